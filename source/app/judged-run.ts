// Computes what the player shows of a learner's attempt at a challenge: the judgement, the reason of a near miss, the settings on offer;
// and the attempt's replay code.
import {fillTemplate} from '../lesson/bind.ts';
import {judged} from '../lesson/judge.ts';
import type {Challenge, Lesson, Run} from '../lesson/lesson.ts';
import type {Move} from '../lesson/move.ts';
import {moveText} from '../lesson/move-text.ts';
import {isOffered} from '../lesson/offer.ts';
import {scenarioOf} from '../lesson/run-scenario.ts';
import {type Settable, settablesOf} from '../lesson/settable.ts';
import {identityOf} from '../sim/identity.ts';
import {decodeReplay, encodeReplay, isOnlyMove, type Replay} from '../sim/replay.ts';
import type {Trace} from '../sim/trace.ts';
import type {ChallengeInput} from '../view/scene-input.ts';

const judgedRun = (
  challenge: Challenge,
  trace: Trace,
  moves: readonly Move[],
): Pick<ChallengeInput, 'judgement' | 'miss'> => {
  const judgement = judged(challenge, trace, moves);
  const miss = challenge.misses[judgement.miss ?? -1];
  return {judgement, miss: miss && fillTemplate(miss.say, {trace, event: trace.length}).text};
};

/** Returns the settings of a run that a challenge lets the learner change. */
const offeredSettings = (lesson: Lesson, challenge: Challenge, run: string): readonly Settable[] =>
  challenge.offer.settings.length === 0
    ? []
    : settablesOf(lesson, run).filter(({place}) =>
        isOffered(challenge, {kind: 'set', atUs: 0, setting: {place, value: ''}}),
      );

/** Returns the challenge of a lesson as the player shows it, with the learner's run of it; `own` is the lesson's run. */
export const challengeOf = (
  lesson: Lesson,
  challenge: Challenge,
  {own: run, trace, moves}: {readonly own: Run; readonly trace: Trace; readonly moves: readonly Move[]},
): ChallengeInput => ({
  ...{challenge, run, moves},
  ...judgedRun(challenge, trace, moves),
  settable: offeredSettings(lesson, challenge, run.name),
});

/**
 * Returns the replay-code contents of a challenge run with these moves; `own` are those of the run without them. Undefined if the code
 * would be too long, or the run had other changes than moves.
 */
export const replayOfMoves = (
  {stack}: Challenge,
  own: Replay,
  {run, moves}: {readonly run: Run; readonly moves: readonly Move[]},
): Replay | undefined => {
  if (moves.length === 0) return own;
  const texts = moves.map(moveText);
  const asMoves = texts.some(isOnlyMove);
  if (own.set || own.faults.length > 0 || (stack && !asMoves)) return undefined;
  const identity = identityOf(scenarioOf(run));
  const faults = moves.flatMap((move) => (move.kind === 'fault' ? [move.fault] : []));
  const set = moves.flatMap((move) => (move.kind === 'set' ? [move.setting] : []));
  const changes = asMoves ? {moves: texts} : {faults, ...(set.length > 0 ? {set} : {})};
  const replay = {...own, identity, ...changes};
  return decodeReplay(encodeReplay(replay)).ok ? replay : undefined;
};
