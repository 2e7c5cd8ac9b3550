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

it('says the first of several frames, and that there are more, before it says none', () => {
  const frames = [8, 12].map((stream) => ({frame: 'STREAM', stream, octets: 984, fin: false}) as const);
  const forms = quicForms({kind: 'quic', packets: [{type: '1-RTT', octets: 1249, frames}]}, eyeHands.en);
  expect(forms.slice(-2)).toEqual(['1-RTT: STREAM 8 984 B …', '1-RTT']);
});
