// What interviews ask: every run that is to show a point is there, and shows it; what would show nothing is told apart.
import {expect, test} from 'vitest';
import {interviewFile} from '../../scripts/lesson-files.ts';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {evaluate} from '../../source/lesson/evaluate.ts';
import type {Proof} from '../../source/lesson/interview.ts';
import type {Lesson} from '../../source/lesson/lesson.ts';
import {loadInterview} from '../../source/lesson/load-interview.ts';
import {matchingEvents} from '../../source/lesson/match.ts';
import {allRuns} from '../../source/lesson/run-variant.ts';
import {published} from '../../source/lesson/text.ts';
import {happened} from '../../source/quiz/variant.ts';
import {allLessons} from '../helpers/all-runs.ts';

const loaded = loadInterview(interviewFile('lessons'), published);
if (!loaded.ok) throw new Error(`the interview cannot be read: ${JSON.stringify(loaded.error[0])}`);
const questions = loaded.value;
const lessons = allLessons();

const proofs = lessons.flatMap((lesson) => (lesson.proofs ?? []).map((proof) => ({lesson, proof})));

/** Undefined: the instant never comes. */
const seen = (lesson: Lesson, {run: name, at, that}: Proof): boolean | undefined => {
  const run = allRuns(lesson).find((each) => each.name === name);
  if (!run) throw new Error(`${lesson.id} has no run ${name}`);
  const variant = {lesson, run, seed: run.seed, profile: run.profile, faults: []};
  const {trace} = happened(variant, {crypto: nodeCrypto});
  const [event] = matchingEvents(at, trace);
  if (event === undefined) return undefined;
  const value = evaluate(that, {trace, event});
  return value.ok && value.value.kind === 'truth' ? value.value.value : undefined;
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
