// What the learner's run of a challenge has come to at a place in viewing time.
import type {SceneInput} from '../scene-input.ts';
import {viewOf} from '../time/pace.ts';
import type {PlaybackContext, PlaybackState} from '../time/playback-state.ts';
import {atEnd} from '../time/waypoints.ts';

/** `open`: the run goes on, or nothing was changed in it. `missed`: it has ended unsolved. */
export type Verdict = 'open' | 'missed' | 'solved';

type Watched = {
  readonly run: Pick<SceneInput, 'challenge'>;
  readonly playback: PlaybackState;
  readonly context: PlaybackContext;
};

/**
 * Returns the verdict. A challenge with conditions is solved at the end of its run, because they are true of the whole; another one as soon
 * as the last event of its goal has happened.
 */
export const verdictAt = ({run: {challenge: input}, playback, context}: Watched): Verdict => {
  if (input === undefined) return 'open';
  const {challenge, judgement, moves} = input;
  const isOver = atEnd(playback, context);
  if (!judgement.solved) return isOver && moves.length > 0 ? 'missed' : 'open';
  if (challenge.holds.length > 0) return isOver ? 'solved' : 'open';
  const last = Math.max(0, ...judgement.goals.map(({event = 0}) => event));
  return isOver || viewOf(context.pacing, last) <= playback.viewMs ? 'solved' : 'open';
};
