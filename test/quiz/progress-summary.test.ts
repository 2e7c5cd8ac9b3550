// Checks the summary of a history. Oracle: the same history summed up in one piece, and FSRS's own `next` for the days of cards.
import {createHash} from 'node:crypto';
import * as fc from 'fast-check';
import {createEmptyCard, fsrs} from 'ts-fsrs';
import {expect, test} from 'vitest';
import {mergeRecords, type ProgressRecord} from '../../source/quiz/progress-record.ts';
import {addRecord, emptySummary, type Summary, summaryOf} from '../../source/quiz/progress-summary.ts';
import {dueCards, gradeOf, type ReviewCard, reviewCards} from '../../source/quiz/schedule.ts';
import {standingIn, standingOf} from '../../source/quiz/standing.ts';
import {summaryFrom, summaryValue, summaryVersion} from '../../source/quiz/summary-text.ts';
import {canonicalJson, isRecord} from '../../source/sim/canonical-json.ts';
import {anyRecords, firstMs} from '../helpers/progress-logs.ts';
import {runs} from '../helpers/seeds.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

const stored = (summary: Summary): Summary => {
  const read = summaryFrom(JSON.stringify(summaryValue(summary)));
  if (read === undefined) throw new Error('a summary is not read again');
  return read;
};

const zones = fc.integer({min: -12, max: 14}).map((hours) => hours * hourMs);

/** A history of two months with four answers a day, among which are all other kinds of records. */
const fixed = Array.from({length: 240}, (_, n): ProgressRecord => {
  const common = {id: `id ${n}`, atMs: firstMs + n * 6 * hourMs, lesson: ['handshake', 'gone'][n % 2] ?? ''};
  if (n % 11 === 3) return {...common, kind: 'finished'};
  if (n % 11 === 5) return {...common, kind: 'later', card: 'belief', name: 'plus-one'};
  if (n % 11 === 9)
    return {
      ...{...common, kind: 'tried', challenge: `c${n % 3}`, solved: n % 2 === 0, moves: n % 5, hints: n % 4},
      ...{rests: ['handshake/next-ack'], day: `2026-01-${10 + (n % 20)}`},
    };
  const missed = n % 3 === 0 ? ['two'] : [];
  if (n % 11 === 7) return {...common, kind: 'ticks', question: 'why', topic: 'tcp', ticked: ['one'], missed};
  const right = n % 4 !== 1;
  return {
    ...{...common, kind: 'answer', question: `${n}`, text: `${n}`, asks: 'next-ack', topic: 'tcp'},
    ...{
      skill: `handshake/${n % 3}`,
      touches: ['plus-one'],
      means: right ? [] : ['plus-one'],
      wrongWays: n % 4,
    },
    ...{given: 'a', right, hints: n % 5 === 0 ? 1 : 0, askedIn: n % 7 < 3 ? 'check' : 'practice'},
    ...(n % 6 === 0 ? {confidence: 'guess', file: '/there/gone.yaml'} : {}),
  };
});

test('a summary made in pieces, each stored and read again, equals one made in a single piece', () => {
  fc.assert(
    fc.property(
      anyRecords(120),
      fc.array(fc.nat({max: 120})),
      zones,
      fc.nat({max: 400}),
      (drawn, cuts, offsetMs, days) => {
        const records = mergeRecords(drawn);
        let summary = emptySummary(offsetMs);
        for (const [index, record] of records.entries()) {
          if (cuts.includes(index)) summary = stored(summary);
          expect(addRecord(summary, record)).toBe(true);
        }
        const nowMs = firstMs + days * dayMs;
        const whole = standingOf(records, {nowMs, offsetMs});
        const inPieces = standingIn(stored(summary), nowMs);
        expect(inPieces).toEqual(whole);
        expect([...inPieces.lessons.keys(), ...inPieces.days.keys()]).toEqual([
          ...whole.lessons.keys(),
          ...whole.days.keys(),
        ]);
        expect(summaryValue(stored(summary))).toEqual(summaryValue(summaryOf(records, offsetMs)));
      },
    ),
    {numRuns: runs(300)},
  );
});

test('a record that is no newer than the others, or may be among them, is not added', () => {
  fc.assert(
    fc.property(anyRecords(60), (drawn) => {
      const records = mergeRecords(drawn);
      const summary = stored(summaryOf(records, 0));
      const before = canonicalJson(summaryValue(summary));
      for (const record of records) {
        expect(addRecord(summary, record)).toBe(false);
        expect(addRecord(summary, {...record, atMs: firstMs + 10_000 * dayMs})).toBe(false);
      }
      expect(canonicalJson(summaryValue(summary))).toBe(before);
    }),
    {numRuns: runs(100)},
  );
});

/**
 * Returns the retention that FSRS is asked for after these reviews. Ten reviews at 92 % are assumed at the start, and the difference from 92 %
 * counts twice (docs/quiz.md).
 */
const requested = (recalled: readonly boolean[]): number => {
  const last = recalled.slice(-60);
  const share = (last.filter((each) => each).length + 9.2) / (last.length + 10);
  return Math.min(0.98, Math.max(0.8, Math.round((0.92 + 2 * (0.92 - share)) * 100) / 100));
};

test('a card is due on the day that FSRS gives when it computes all grades for each answer', () => {
  fc.assert(
    fc.property(anyRecords(80), (drawn) => {
      const answers = mergeRecords(drawn)
        .flatMap((record) => (record.kind === 'answer' && record.given !== undefined ? [record] : []))
        .map((each) => ({...each, skill: 'one', touches: [], means: []}));
      let card = createEmptyCard(firstMs);
      const recalled: boolean[] = [];
      for (const answer of answers) {
        const scheduler = fsrs({
          request_retention: requested(recalled),
          enable_fuzz: false,
          enable_short_term: false,
        });
        if (card.last_review && answer.atMs - card.last_review.getTime() >= dayMs)
          recalled.push(answer.right);
        card = scheduler.next(card, answer.atMs, gradeOf(answer)).card;
      }
      expect(reviewCards(answers).map(({dueMs, lastMs}) => [dueMs, lastMs])).toEqual(
        answers.length === 0 ? [] : [[card.due.getTime(), card.last_review?.getTime()]],
      );
    }),
    {numRuns: runs(300)},
  );
});

test('no topic comes twice in a row while another is due, and the card due longest comes first', () => {
  const card = (topic: string, n: number): ReviewCard => ({
    ...{kind: 'skill', name: `${String(n).padStart(3, '0')}`, topic, lesson: topic},
    ...{dueMs: n, lastMs: 0, answers: [true]},
  });
  /** Orders cards in the slow way: it searches all remaining cards each time. */
  const slowly = (cards: readonly ReviewCard[]): readonly ReviewCard[] => {
    const left = [...cards];
    const order: ReviewCard[] = [];
    while (left.length > 0) {
      const other = left.findIndex(({topic}) => topic !== order.at(-1)?.topic);
      order.push(...left.splice(Math.max(0, other), 1));
    }
    return order;
  };
  fc.assert(
    fc.property(fc.array(fc.constantFrom('tcp', 'tcp', 'dns', 'http')), (topics) => {
      const cards = topics.map(card);
      expect(dueCards(cards, 1000)).toEqual(slowly(cards));
    }),
    {numRuns: runs(500)},
  );
});

/** Yields copies of a value; in each, another place contains something that does not belong there. */
function* spoilt(value: unknown): Generator<unknown, void> {
  if (Array.isArray(value)) {
    for (const [index, each] of value.entries())
      for (const other of spoilt(each)) yield value.with(index, other);
  } else if (isRecord(value)) {
    for (const [name, each] of Object.entries(value))
      for (const other of spoilt(each)) yield {...value, [name]: other};
  }
  yield {};
  yield 0.5;
  yield [{}];
}

test('text damaged in one place gives no summary, or one that can be shown', () => {
  const value: unknown = JSON.parse(JSON.stringify(summaryValue(summaryOf(fixed, 0))));
  let refused = 0;
  for (const bad of spoilt(value)) {
    const read = summaryFrom(JSON.stringify(bad));
    if (read === undefined) refused += 1;
    else expect(() => standingIn(read, firstMs)).not.toThrow();
  }
  expect(refused).toBeGreaterThan(200);
  for (const text of ['', '{}', 'null', '[', JSON.stringify([value])])
    expect(summaryFrom(text)).toBeUndefined();
});

// A change of what is summed up, or of FSRS, has to raise the version, because stored summaries were made by the old code.
test('this version of the summary has these sums', () => {
  const sums = createHash('sha256')
    .update(canonicalJson(summaryValue(summaryOf(fixed, 0))))
    .digest('hex');
  expect([summaryVersion, sums.slice(0, 16)]).toEqual([3, '35c5f6bd07395710']);
});
