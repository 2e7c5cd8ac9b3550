// Judges the learner's run of a challenge, and says in words why a near miss is none.
import {fillTemplate} from '../lesson/bind.ts';
import {judged} from '../lesson/judge.ts';
import type {Challenge} from '../lesson/lesson.ts';
import type {Move} from '../lesson/move.ts';
import type {Trace} from '../sim/trace.ts';
import type {ChallengeInput} from '../view/scene-input.ts';

export const judgedRun = (
  challenge: Challenge,
  trace: Trace,
  moves: readonly Move[],
): Pick<ChallengeInput, 'judgement' | 'miss'> => {
  const judgement = judged(challenge, trace, moves);
  const miss = moves.length === 0 ? undefined : challenge.misses[judgement.miss ?? -1];
  return {judgement, miss: miss && fillTemplate(miss.say, {trace, event: trace.length}).text};
};
