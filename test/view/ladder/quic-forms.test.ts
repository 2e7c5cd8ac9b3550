// What QUIC says on a line that gets shorter and shorter. Oracle: the names of frames, RFC 9000 §19.
import {expect, it} from 'vitest';
import type {QuicPart} from '../../../source/account/part.ts';
import {quicForms} from '../../../source/view/ladder/quic-forms.ts';
import {eyeHands} from '../../../source/words/hands.ts';

it('says that a connection is closed where why has no room', () => {
  const part: QuicPart = {
    kind: 'quic',
    packets: [
      {
        ...{type: '1-RTT', octets: 27},
        frames: [{frame: 'ACK'}, {frame: 'CONNECTION_CLOSE', code: 'H3_NO_ERROR'}],
      },
    ],
  };
  const forms = quicForms(part, eyeHands.en);
  expect(forms[0]).toBe('1-RTT: ACK, CONNECTION_CLOSE H3_NO_ERROR');
  expect(forms).toContain('1-RTT: CONNECTION_CLOSE');
  expect(forms.at(-1)).toBe('1-RTT');
});
