// The learner's own run of a challenge: the lesson's causes, and the moves that the learner adds one after the other.
import type {Cause} from '../sim/scenario.ts';
import {formatSetting} from '../sim/setting.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {moveTextSentences} from '../words/catalogue/challenge-check.ts';
import {byHandRun} from './by-hand-run.ts';
import type {Lesson, Run} from './lesson.ts';
import type {Move} from './move.ts';
import {type Problem, problemWith} from './problem.ts';
import {runVariant} from './run-variant.ts';
import {varied} from './vary.ts';

const causeOf = ({atUs, host, action}: Extract<Move, {kind: 'call'}>): Cause => ({
  when: {kind: 'at', atUs},
  host,
  action,
});

/**
 * Returns the run with the learner's settings, or why a setting cannot be made. It is compiled anew, so everything is added again that the
 * run was asked for with, as by `play ID --set … --fault …`.
 */
const withSettings = (lesson: Lesson, run: Run, moves: readonly Move[]): Result<Run, Problem> => {
  const set = moves.flatMap((move) => (move.kind === 'set' ? [move.setting] : []));
  const [first] = set;
  if (first === undefined) return ok(run);
  const other = varied(lesson, run.name, {set: [...(run.set ?? []), ...set]});
  if (other.ok) return ok(runVariant({...other.value, faults: []}, run));
  const [problem = problemWith(moveTextSentences.unread, {text: formatSetting(first)})] = other.error;
  return err(problem);
};

/** Returns the run in which the learner plays a host, with his segments, if the challenge asks for that; otherwise the run itself. */
const ofHand = ({challenge}: Lesson, run: Run, moves: readonly Move[]): Run =>
  challenge?.stack
    ? byHandRun(
        run,
        challenge.stack,
        moves.flatMap((move) => (move.kind === 'answer' ? [move.answer] : [])),
      )
    : run;

/** Returns the run of a lesson with the learner's moves, or why a setting among them cannot be made. */
export const attemptRun = (lesson: Lesson, own: Run, moves: readonly Move[]): Result<Run, Problem> => {
  const set = withSettings(lesson, own, moves);
  if (!set.ok) return set;
  const run = ofHand(lesson, set.value, moves);
  return ok({
    ...run,
    script: [...run.script, ...moves.flatMap((move) => (move.kind === 'call' ? [causeOf(move)] : []))],
    faults: [...run.faults, ...moves.flatMap((move) => (move.kind === 'fault' ? [move.fault] : []))],
  });
};
