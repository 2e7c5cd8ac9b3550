// Questions whose answer is typed. Oracle: RFC 9293 §3.4 and its figures, RFC 5681 §3.1, with the octets of the runs.
import {expect, test} from 'vitest';
import {segmentsOf} from '../../source/quiz/segments.ts';
import {about, draftsOf, drawing} from './drafts.ts';

// What is typed counts from an initial number, too: then a relative number is no mistake.
test.each([
  [
    'teardown',
    'next-ack',
    9,
    102,
    [-1, 0, -97],
    ['ack-is-last-byte-received', 'every-packet-plus-one', 'seq-counts-packets'],
  ],
  ['teardown', 'next-seq', 7, 101, [-99, -98], ['every-packet-plus-one', 'seq-counts-packets']],
] as const)('%s: %s of packet %i is typed', (run, kind, packet, relative, wrong, beliefs) => {
  const draft = draftsOf(about(run), kind, drawing(0)).find(({evidence}) => evidence.packet === packet);
  if (draft?.form !== 'number') throw new Error('nothing is typed');
  const {right, base = 0} = draft;
  expect(right - base).toBe(relative);
  expect(draft.wrong.map(({value}) => value - right)).toEqual(wrong);
  expect(draft.wrong.map(({misconception}) => misconception)).toEqual(beliefs);
});

test.each([
  ['sliding-window', 'usable-window', 27, 2000, [{value: 8000, misconception: 'rwnd-is-cwnd'}]],
  ['loss-recovery/no-sack', 'cwnd-after', 15, 6500, [{value: 64_256, misconception: 'rwnd-is-cwnd'}]],
] as const)('%s: %s of packet %i is typed', (run, kind, packet, right, wrong) => {
  const draft = draftsOf(about(run), kind, drawing(0)).find(({evidence}) => evidence.packet === packet);
  expect(draft).toMatchObject({form: 'number', right, wrong});
});

// RFC 9293 figure 6: the blank is the ack= of the second, or of the third, or its seq=.
test.each([
  [0, 2, 'c'],
  [1, 3, 'c'],
  [2, 3, 's'],
] as const)('blank %i of the handshake', (index, packet, counts) => {
  const [draft] = draftsOf(about('handshake'), 'fill-in-handshake', drawing(index));
  if (draft?.form !== 'number') throw new Error('nothing is typed');
  const flow = counts === 'c' ? 0 : 1;
  const {sent} = segmentsOf(about('handshake').trace);
  expect(draft.evidence.packet).toBe(packet);
  expect(draft.right).toBe(Number(sent[flow]?.segment.seq) + 1);
});
