// Makes random histories of learners. There are few lessons, beliefs and ids, so that records share them, and times are both close together and far
// apart.
import * as fc from 'fast-check';
import type {ProgressRecord} from '../../source/quiz/progress-record.ts';

const dayMs = 86_400_000;
export const firstMs = Date.UTC(2026, 0, 1);

const common = {
  id: fc.integer({min: 0, max: 2000}).map((n) => `id${n}`),
  atMs: fc.integer({min: 0, max: 600}).map((n) => firstMs + Math.floor((n * n * dayMs) / 1200)),
  lesson: fc.constantFrom('handshake', 'refused', 'gone'),
};
const beliefs = fc.array(fc.constantFrom('plus-one', 'flags-stick', 'last-byte'), {maxLength: 3});

const answer = fc
  .record({
    ...common,
    skill: fc.constantFrom('handshake/next-ack', 'refused/ends', 'handshake/times'),
    topic: fc.constantFrom('tcp', 'dns'),
    touches: beliefs,
    means: beliefs,
    wrongWays: fc.nat({max: 4}),
    right: fc.boolean(),
    given: fc.option(fc.constantFrom('a', 'ü'), {nil: undefined}),
    confidence: fc.constantFrom('sure', 'think', 'guess', undefined),
    hints: fc.nat({max: 3}),
    askedIn: fc.constantFrom('check', 'lesson', 'practice'),
    file: fc.constantFrom('/there/gone.yaml', undefined),
  })
  .map(
    (drawn): ProgressRecord => ({
      ...drawn,
      kind: 'answer',
      question: drawn.id,
      text: drawn.id,
      asks: 'next-ack',
    }),
  );

const other: fc.Arbitrary<ProgressRecord> = fc.oneof(
  fc.record({...common, kind: fc.constant('finished')}),
  fc.record({
    ...common,
    kind: fc.constant('later'),
    card: fc.constantFrom('belief', 'skill'),
    name: fc.constantFrom('plus-one', 'refused/ends', 'interview/why-three'),
  }),
  fc.record({
    ...common,
    kind: fc.constant('ticks'),
    question: fc.constantFrom('why-three', 'what-next'),
    topic: fc.constantFrom('tcp-open', 'dns'),
    ticked: fc.constant(['one']),
    missed: fc.constantFrom([], ['two']),
  }),
  fc.record({
    ...common,
    kind: fc.constant('tried'),
    challenge: fc.constantFrom('crossed-fins', 'make-17'),
    solved: fc.boolean(),
    moves: fc.nat({max: 5}),
    hints: fc.nat({max: 3}),
    rests: fc.constantFrom([], ['handshake/next-ack', 'refused/prediction']),
    day: fc.constantFrom(undefined, '2026-01-01', '2026-01-02'),
  }),
);

export const anyRecord: fc.Arbitrary<ProgressRecord> = fc.oneof(
  {weight: 4, arbitrary: answer},
  {weight: 1, arbitrary: other},
);

export const anyRecords = (maxLength: number): fc.Arbitrary<ProgressRecord[]> =>
  fc.array(anyRecord, {maxLength, size: 'max'});
