// Questions about recorded captures. Oracle: Wireshark 4.0 marks packets 12, 14 and 18 of the capture as keep-alives: each begins one
// below the next number (RFC 9293 §3.8.4).
import {expect, test} from 'vitest';
import {asCaptured} from '../../../source/lesson/quiz/captured.ts';
import {nextSeq} from '../../../source/lesson/quiz/tcp-numbers.ts';
import {capturedTrace} from '../../helpers/captured.ts';

test('no number is counted on from a probe', () => {
  const trace = capturedTrace('10e-zero-window-reset.pcap');
  const packets = nextSeq.places(asCaptured(trace)).map((place) => {
    const event = trace.event(place);
    return event.kind === 'send' ? event.packet : 0;
  });
  expect(packets).toContain(7);
  for (const probe of [12, 14, 18]) expect(packets).not.toContain(probe);
});
