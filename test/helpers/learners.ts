// Learners of many kinds, as records: what they answered by a belief or rightly, which lessons they finished, what they put off. Lessons and
// beliefs are the program's own, and some of a pack that is gone.
import * as fc from 'fast-check';
import {lessonData, lessonIds} from '../../source/io/lessons.ts';
import type {ProgressRecord} from '../../source/quiz/progress-record.ts';
import {dayMs} from '../../source/quiz/rested.ts';

export const learnerNow = Date.UTC(2026, 10, 20, 12);

const {misconceptions} = lessonData();

export type Did =
  | {readonly kind: 'answers'; readonly belief: string; readonly lesson: string; readonly marks: string}
  | {readonly kind: 'finished'; readonly lesson: string}
  | {readonly kind: 'ticks'; readonly question: string}
  /** All that is due is put off. */
  | {readonly kind: 'later'};

const common = (id: string, daysAgo: number, lesson: string) => ({
  id,
  atMs: learnerNow - Math.round(daysAgo * dayMs),
  lesson,
});

const recordsOf = (did: Did, n: number): readonly ProgressRecord[] => {
  switch (did.kind) {
    case 'answers':
      return [...did.marks].map((mark, at) => ({
        ...common(`a${n} ${at}`, 1 + 2 * (did.marks.length - 1 - at) + n / 1000, did.lesson),
        ...{kind: 'answer', question: `${n}`, text: `${n}`, asks: 'next-ack', topic: 'tcp', wrongWays: 3},
        ...{skill: `${did.lesson}/next-ack`, touches: [did.belief], given: 'a', right: mark === '1'},
        ...{means: mark === '1' ? [] : [did.belief], hints: 0, askedIn: 'practice'},
      }));
    case 'finished':
      return [{...common(`f${n}`, 3 + n / 1000, did.lesson), kind: 'finished'}];
    case 'ticks':
      return [
        {
          ...common(`t${n}`, 2 + n / 1000, 'handshake'),
          ...{kind: 'ticks', question: did.question, topic: 'tcp', ticked: [], missed: ['a']},
        },
      ];
    case 'later':
      return [];
  }
};

/** Returns the records, oldest first. */
export const recordsIn = (all: readonly Did[]): readonly ProgressRecord[] => {
  const records = all.flatMap(recordsOf);
  const cards = records.flatMap((record) =>
    record.kind === 'answer'
      ? [
          {card: 'skill', name: record.skill} as const,
          ...record.touches.map((name) => ({card: 'belief', name}) as const),
        ]
      : record.kind === 'ticks'
        ? [{card: 'skill', name: `interview/${record.question}`} as const]
        : [],
  );
  const later = all.some(({kind}) => kind === 'later')
    ? cards.map((card, n) => ({...common(`l${n}`, 0, 'handshake'), ...card, kind: 'later'}) as const)
    : [];
  return [...records, ...later].sort((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1));
};

const lesson = fc.constantFrom(...lessonIds(), 'gone');
const belief = fc.constantFrom(...misconceptions.map(({id}) => id), 'gone-belief');
const marks = fc.string({unit: fc.constantFrom('0', '1'), minLength: 1, maxLength: 7});

export const learners: fc.Arbitrary<readonly Did[]> = fc.array(
  fc.oneof(
    {weight: 6, arbitrary: fc.record({kind: fc.constant('answers' as const), belief, lesson, marks})},
    {weight: 3, arbitrary: fc.record({kind: fc.constant('finished' as const), lesson})},
    {
      weight: 1,
      arbitrary: fc.record({kind: fc.constant('ticks' as const), question: fc.constantFrom('three-way')}),
    },
    {weight: 1, arbitrary: fc.record({kind: fc.constant('later' as const)})},
  ),
  {maxLength: 12},
);

/** Learners that a test names: nothing done, all due, nothing due, beliefs that are weak, a pack that is gone. */
export const namedLearners: Readonly<Record<string, readonly Did[]>> = {
  'nothing done': [],
  'all due': [{kind: 'answers', belief: 'every-packet-plus-one', lesson: 'handshake', marks: '00'}],
  'nothing due': [
    {kind: 'answers', belief: 'every-packet-plus-one', lesson: 'handshake', marks: '01'},
    {kind: 'finished', lesson: 'handshake'},
    {kind: 'later'},
  ],
  'right throughout': [{kind: 'answers', belief: 'root-knows-ip', lesson: 'dns-iterative', marks: '1111'}],
  'one lesson finished': [{kind: 'finished', lesson: 'handshake'}],
  'a pack that is gone': [{kind: 'answers', belief: 'gone-belief', lesson: 'gone', marks: '00'}],
};
