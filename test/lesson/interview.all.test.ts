// What interviews ask: every run that is to show a point is there, and shows it; what would show nothing is told apart.
import {expect, test} from 'vitest';
import {interviewFile} from '../../scripts/lesson-files.ts';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {evaluate, type Instant} from '../../source/lesson/evaluate.ts';
import {everywhere} from '../../source/lesson/everywhere.ts';
import type {Expression} from '../../source/lesson/expression.ts';
import {interviewSets, type Proof, setNames, withoutProofs} from '../../source/lesson/interview.ts';
import type {Lesson, Run} from '../../source/lesson/lesson.ts';
import {loadInterview} from '../../source/lesson/load-interview.ts';
import {matchingEvents} from '../../source/lesson/match.ts';
import {scenarioOf} from '../../source/lesson/run-scenario.ts';
import {allRuns} from '../../source/lesson/run-variant.ts';
import {published, worded} from '../../source/lesson/text.ts';
import {simulate} from '../../source/sim/simulate.ts';
import type {Trace, TraceEvent} from '../../source/sim/trace.ts';
import {drawn, unknownWords} from '../../source/view/interview/interview-draw.ts';
import {spokenSeconds} from '../../source/view/interview/interview-text.ts';
import {interviewWords} from '../../source/words/catalogue/interview.ts';
import {languages} from '../../source/words/catalogue/language.ts';
import {allLessons} from '../helpers/all-runs.ts';

const loaded = loadInterview(interviewFile('lessons'), published);
if (!loaded.ok) throw new Error(`the interview cannot be read: ${JSON.stringify(loaded.error[0])}`);
const questions = loaded.value;
const lessons = allLessons();

const proofs = lessons.flatMap((lesson) => (lesson.proofs ?? []).map((proof) => ({lesson, proof})));

/** The run as far as somebody has seen it who stops at this event; all of it, where none is named. */
const runOf = ({id}: Lesson, run: Run, last?: number): Trace => {
  const scenario = scenarioOf(run, nodeCrypto);
  const until = {watch: () => (event: TraceEvent) => event.n === last, awaits: last};
  return simulate(last === undefined ? scenario : {...scenario, until}, {source: id, run: run.name});
};

const isTrue = (that: Expression, where: Instant): boolean => {
  const value = evaluate(that, where);
  return value.ok && value.value.kind === 'truth' && value.value.value;
};

/** Undefined: the instant never comes. Nothing that comes later may be needed. */
const seen = (lesson: Lesson, {run: name, at, that}: Proof): boolean | undefined => {
  const run = allRuns(lesson).find((each) => each.name === name);
  if (!run) throw new Error(`${lesson.id} has no run ${name}`);
  const trace = runOf(lesson, run);
  const [event] = matchingEvents(at, trace);
  if (event === undefined) return undefined;
  return isTrue(that, {trace, event}) && isTrue(that, {trace: runOf(lesson, run, event), event});
};

test.each(proofs.map((each) => [`${each.proof.question}/${each.proof.point}`, each] as const))(
  '%s is seen',
  (_, {lesson, proof}) => expect(seen(lesson, proof)).toBe(true),
);

test('every proof that is written belongs to a lesson that has it, and no name stands twice', () => {
  const written = questions.flatMap(({id, points}) =>
    points.flatMap((point) => (point.proof ? [`${id}/${point.id}`] : [])),
  );
  expect(proofs.map(({proof}) => `${proof.question}/${proof.point}`).toSorted()).toEqual(written.toSorted());
  for (const {points} of questions) expect(new Set(points.map(({id}) => id)).size).toBe(points.length);
});

test('each question has a run to look at, and points that are few enough to be said', () => {
  for (const {id, points, next} of questions) {
    expect(points.filter(({proof}) => proof).length, id).toBeGreaterThan(0);
    expect(points.length, id).toBeLessThanOrEqual(8);
    expect(next.length, id).toBeGreaterThan(0);
  }
});

test('a point has a run or the reason why it has none, and a belief is one that a run refutes', () => {
  const refuted = new Set(
    lessons.flatMap(({counters}) => (counters ?? []).map((each) => each.misconception)),
  );
  for (const {id, points, belief} of questions) {
    for (const point of points)
      expect([point.proof, point.unshown].filter(Boolean), `${id}/${point.id}`).toHaveLength(1);
    if (belief !== undefined) expect(refuted, id).toContain(belief);
  }
});

test('an answer takes 55 to 90 seconds in each language', () => {
  for (const {id, answer} of questions)
    for (const language of languages) {
      expect(spokenSeconds(answer[language]), `${id} ${language}`).toBeGreaterThanOrEqual(55);
      expect(spokenSeconds(answer[language]), `${id} ${language}`).toBeLessThanOrEqual(90);
    }
});

test('a set has more questions than it asks, of several topics and of each level', () => {
  for (const set of setNames) {
    const pool = questions.filter(({sets}) => sets.includes(set));
    expect(pool.length, set).toBeGreaterThan(interviewSets[set]);
    for (const seed of [1, 2, 3]) {
      const asked = drawn(pool.map(withoutProofs), {from: {kind: 'set', set}, seed});
      expect(new Set(asked.map(({topic}) => topic)).size, set).toBeGreaterThanOrEqual(4);
      expect(
        asked.map(({level}) => level),
        set,
      ).toEqual(asked.map(({level}) => level).toSorted());
      expect(new Set(asked.map(({level}) => level)).size, set).toBeGreaterThan(1);
    }
  }
});

test('the words of interviewers find their question first', () => {
  const all = questions.map(withoutProofs);
  const first = (...words: readonly string[]) => drawn(all, {from: {kind: 'words', words}})[0]?.id;
  const wanted = {
    ...{
      nat: 'nat',
      粘包: 'sticky-packets',
      cookie: 'cookie-session-token',
      三次握手: 'why-three',
      四次挥手: 'why-four-close',
    },
    ...{
      半连接队列: 'two-queues',
      全连接队列: 'two-queues',
      快重传: 'fast-retransmit',
      强缓存: 'http-caching',
    },
    ...{
      协商缓存: 'http-caching',
      中间人: 'mitm',
      tw_reuse: 'many-time-wait',
      抓包: 'capture-point',
      jwt: 'cookie-session-token',
    },
    ...{ping: 'ping-no-page', 'TLS1.3': 'https-handshake', 泛洪: 'syn-flood', recv: 'socket-queues'},
  };
  const found = Object.fromEntries(Object.keys(wanted).map((word) => [word, first(word)]));
  expect(found).toEqual(wanted);
  expect(first('time', 'wait', '怎么办')).toBe('many-time-wait');
  expect(unknownWords(all, ['cors', 'nta'])).toEqual([
    {word: 'cors', near: undefined},
    {word: 'nta', near: 'nat'},
  ]);
});

test('what they go on to ask is quoted where it is shown, and has no such quotation marks inside', () => {
  expect(worded(interviewWords.goOn, {question: everywhere({en: 'x', zh: 'x'})}).en).toContain('“x”');
  const inside = questions.flatMap(({next}) => next.filter(({en}) => /[“”]/.test(en)).map(({en}) => en));
  expect(inside).toEqual([]);
});
