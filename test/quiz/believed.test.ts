// What beliefs answer at places of runs: the wrong choices, in the order of the beliefs. Oracle: worked out by hand from what is printed
// there, with the numbers named beside each; a belief that comes to the right number is left out of the choices.
import {expect, test} from 'vitest';
import type {QuestionKind} from '../../source/quiz/kinds.ts';
import {about, believedAt, questionsOf} from './asked-runs.ts';
import '../helpers/meaning.ts';

test.each<[run: string, kind: QuestionKind, packet: number, answers: string]>([
  // The last octet; every packet one more; as many as packets; ISN as 0; what came; the other direction's.
  ['teardown', 'next-ack', 2, 'c+0 1'],
  ['teardown', 'next-ack', 3, 's+0 1 c+1'],
  ['teardown', 'next-ack', 5, 'c+100 c+2 c+3 101 c+1 s+1'],
  ['data-transfer', 'next-ack', 7, 'c+1460 c+2 c+3 1461 c+1 s+1'],
  ['teardown', 'next-seq', 3, '1 c+0'],
  ['teardown', 'next-seq', 5, '1 s+0 c+1'],
  ['data-transfer', 'next-seq', 5, 'c+2 c+3 1461 c+1 s+1 c+1460'],
  // Relative 101; one more, as if the SYN counted twice; one less, as if it did not.
  ['teardown', 'raw-number', 8, '101 c+102 c+100'],
  ['teardown', 'raw-number', 10, '201 s+202 s+200'],

  // The right one is c+3001: its last octet; the end of what was late; as if that counted once more.
  ['data-transfer', 'if-delayed', 10, 'c+3000 c+1 c+3002'],
  ['data-transfer', 'if-delayed', 11, 'c+3000 c+1461 c+4461 c+1'],

  // 502 and a shift of 7: as it stands, times seven, the other end's shift. 65,535 in a SYN, shifts of 5 and 0.
  ['teardown', 'window-bytes', 3, '502 3514 64256'],
  ['congestion', 'window-bytes', 2, '65535 327675 2097120'],
  // ack=332387015, 64,256 octets, SND.NXT=332388555: from SND.NXT on; the last that may be sent; the window alone.
  ['data-transfer', 'right-edge', 7, '332452811 332451270 64256'],
  // 80 octets from 332388475 on, ack=332387015: the last one alone; up to where it begins; one too many; none.
  ['data-transfer', 'flight-size', 7, '80 1460 1541 0'],
  // SND.WND=65535, cwnd=10000, 4000 under way: without cwnd; without what is under way; SND.WND; none.
  ['loss-recovery', 'usable-window', 9, '61535 10000 65535 0'],
  // 1000 octets fill the gap before 3000: they alone; none; what was held alone.
  ['loss-recovery', 'bytes-read', 13, '1000 0 4000 3000'],
  // ack=c+1001, SACK from c+2001 to c+5001, the last sent at c+4001.
  ['loss-recovery', 'resent-seq', 13, 'c+4001 c+2001 c+5001 c+1000'],

  // 12 octets of options, no data: without Ethernet, options, IP, the rest of TCP.
  ['teardown', 'frame-bytes', 1, '52 54 46 46'],
  ['dns-cache', 'frame-bytes', 1, '55 49 61'],
  // A frame of 62 with 8 octets of options: without these; in words; with IP. One of 69 with UDP; one of 114.
  ['loss-recovery', 'layer-size', 1, '20 7 48'],
  ['dns-cache', 'layer-size', 1, '49 55 27'],
  ['dns-cache', 'layer-size', 3, '114 80'],
  // y.abc.com: nine characters; with the root's octet alone; letters alone.
  ['dns-cache', 'name-octets', 1, '9 10 7'],
  ['dns-cache', 'hop-ttl', 2, '64 62 65'],

  // In TIME-WAIT since 1.35 s, MSL 30 s, RTO 300 ms: four MSL, one, the RTO.
  ['teardown', 'which-timer', 12, '2MSL@31350000 RTO@1650000'],
  // Data at 0.125 s, 40 ms, RTO 210 ms: twice as long; the timers of others.
  ['delayed-ack', 'which-timer', 10, 'RTO@335000 2MSL@60125000 persist@335000'],
  // Entered at 1.35 s, 60 s on Linux: at the other end; the RFC's 240 s; half of it; nobody waits.
  ['teardown', 'ends-in-time-wait', 12, 'server@61350000 client@241350000 client@31350000 0'],
  // SRTT 10 ms, a sample of 50: the sample; the mean; the weights the other way round; as it was.
  ['delayed-ack', 'srtt-after', 11, '50000 30000 45000 10000'],
])('%s, %s, packet %i: %s', (run, kind, packet, answers) => {
  expect(believedAt(about(run), kind, packet)).toBe(answers);
});

test('what comes is taken by the state it meets, and that clause is cited (RFC 9293 §3.10.7.2 to §3.10.7.4)', () => {
  const cited = questionsOf(about('teardown'), 'next-ack').map(
    ({evidence, because = ''}) => `${evidence.packet} ${because.split('/').slice(0, -1).join('/')}`,
  );
  expect(cited).toEqual([
    ...['2 9293:3.10.7.2/listen', '3 9293:3.10.7.3/syn-sent', '5 9293:3.10.7.4/text'],
    // A FIN is no text, and what acknowledges it is not about its number.
    ...['7 9293:3.10.7.4/text', '9 ', '11 9293:3.10.7.4/text', '13 '],
  ]);
});

test('of a header of TCP it is said what the options add, of other sizes the whole sum', () => {
  const [syn] = questionsOf(about('loss-recovery'), 'layer-size');
  expect(syn?.explain.en).toSay({
    says: 'questions.layersSentences.sizeDraft.header',
    transport: 'TCP',
    options: 8,
    own: 28,
  });
  const sums = questionsOf(about('dns-cache'), 'layer-size').map(({explain}) => explain.en);
  for (const sum of sums) expect(sum).not.toContain('of options:');
});
