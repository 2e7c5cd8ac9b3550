// Tells what the learner's run of a challenge has come to at a place in viewing time.
import {isTurnOpen} from '../../account/own-turns.ts';
import type {SceneInput} from '../scene-input.ts';
import {viewOf} from '../time/pace.ts';

/** `open`: the run goes on, or nothing was changed in it. `missed`: it has ended unsolved. */
export type Verdict = 'open' | 'missed' | 'solved';

/**
 * Returns the verdict. A challenge with conditions is solved at the end of its run, because they are true of the whole; another one as soon
 * as the last event of its goal has happened.
 */
export const verdictAt = ({
  challenge: input,
  playback: {viewMs},
  pacing,
  trace,
}: Pick<SceneInput, 'challenge' | 'playback' | 'pacing' | 'trace'>): Verdict => {
  if (input === undefined) return 'open';
  const {challenge, judgement, moves} = input;
  const isOver = viewMs >= pacing.durationMs;
  // While the learner's own segment is awaited, the run is not over.
  if (!judgement.solved) return isOver && moves.length > 0 && !isTurnOpen(trace) ? 'missed' : 'open';
  if (challenge.holds.length > 0) return isOver ? 'solved' : 'open';
  const last = Math.max(0, ...judgement.goals.map(({event = 0}) => event));
  return isOver || viewOf(pacing, last) <= viewMs ? 'solved' : 'open';
};
