// Questions follow from what they print: over candidates of a few lessons, those that are rejected among them; and what is planted is found.
import {expect, test} from 'vitest';
import {sameIn} from '../../source/lesson/text.ts';
import {kindOf} from '../../source/quiz/kind.ts';
import {type Sent, segmentsOf} from '../../source/quiz/segments.ts';
import {allLessons} from '../helpers/all-runs.ts';
import {runs, some, thorough} from '../helpers/seeds.ts';
import {about, kindNamed} from './asked-runs.ts';
import {Counting, censusOf, otherwise} from './census.ts';

const few = some(['handshake', 'http-status', 'dns-cache'], 1);

test('equal givens have equal answers, all that is given is printed, and beliefs stand behind what is wrong', () => {
  const census = censusOf(
    allLessons().filter(({id}) => few.includes(id)),
    {seeds: [2], runs: runs(4, 2), places: 3, forks: 1},
  );
  expect(census.candidates).toBeGreaterThan(50);
  expect(census.conflicts).toEqual([]);
  expect([...census.unprinted]).toEqual([]);
  expect(census.unbelieved).toEqual([]);
  expect(otherwise(census)).toEqual([]);
});

/** The next segment of each flow, from no more than where the one before it began. */
const planted = (print: boolean, by: number) =>
  kindOf<{readonly seq: number; readonly length: number}, Sent>({
    kind: 'next-seq',
    form: 'number',
    among: ({trace}) => segmentsOf(trace).sent,
    at: (_, index) => index,
    find({trace}, own) {
      const {sent} = segmentsOf(trace);
      const next = sent
        .slice(sent.indexOf(own) + 1)
        .find(({flow, event}) => flow === own.flow && !event.retransmission);
      if (!next) return 'hidden';
      const length = print ? next.segment.seq - own.segment.seq : 0;
      const evidence = {packet: next.event.packet, field: 'tcp.seq_raw', value: String(next.segment.seq)};
      return {
        givens: {seq: own.segment.seq, length},
        did: String(next.segment.seq),
        n: next.event.n,
        evidence,
      };
    },
    ask: ({seq, length}) => [sameIn(print ? `${seq} ${length}` : `${seq}`)],
    solve: ({seq, length}) => ({
      answer: String(seq + length + by),
      explain: sameIn('.'),
      hints: [sameIn('.')],
    }),
    beliefs: [],
  });

const counted = (print: boolean, by: number) => {
  const counting = new Counting();
  const asked = about('teardown');
  const kind = planted(print, by);
  for (const place of kind.places(asked)) counting.add(kind, asked, place);
  return counting.census;
};

thorough('a D-SACK is not printed: nothing is asked about it (RFC 2883 §4)', () => {
  const counting = new Counting();
  for (const run of ['what-if-4', 'outage', 'what-if-2']) {
    const asked = about(`congestion/${run}`);
    const kind = kindNamed('cwnd-after');
    for (const place of kind.places(asked)) counting.add(kind, asked, place);
  }
  expect(counting.census.candidates).toBeGreaterThan(10);
  expect(counting.census.conflicts).toEqual([]);
});

test('a given that is left out is found, and one that is not printed', () => {
  expect(counted(true, 0).conflicts).toEqual([]);
  expect([...counted(true, 0).unprinted]).toEqual([]);
  const census = counted(false, 0);
  expect(census.conflicts.length).toBeGreaterThan(0);
  expect([...census.unprinted]).toEqual(['next-seq.length']);
});

test('a wrong solver is found', () => {
  expect(otherwise(counted(true, 0))).toEqual([]);
  expect(otherwise(counted(true, 1)).length).toBe(1);
});
