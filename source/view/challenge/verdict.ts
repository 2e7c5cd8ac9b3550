// Tells whether the learner's run of a challenge is open, missed or solved at an instant of the playback.
import {isTurnOpen, type Verdict as OwnVerdict, verdictsTo} from '../../account/own-turns.ts';
import {isRecord} from '../../sim/canonical-json.ts';
import type {SceneInput} from '../scene-input.ts';
import {viewOf} from '../time/pace.ts';
import type {PlaybackState} from '../time/playback-state.ts';
import type {View} from '../view.ts';

/**
 * The verdict on a run of a challenge. `open`: the run goes on, or the learner has changed nothing in it. `missed`: it has ended unsolved.
 */
export type Verdict = 'open' | 'missed' | 'solved';

/**
 * Returns the verdict on a run of a challenge. With conditions on the whole run, a challenge is solved only at the end of the run,
 * otherwise as soon as the last event of its goals has happened.
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
  // The run of a challenge is not over while it waits for a segment that the learner must send.
  if (!judgement.solved) return isOver && moves.length > 0 && !isTurnOpen(trace) ? 'missed' : 'open';
  if (challenge.holds.length > 0) return isOver ? 'solved' : 'open';
  const last = Math.max(0, ...judgement.goals.map(({event = 0}) => event));
  return isOver || viewOf(pacing, last) <= viewMs ? 'solved' : 'open';
};

/** Returns how many hints the learner has read in the panel of the challenge, from the state that panels keep. */
export const hintsRead = ({challenge}: PlaybackState['own']): number =>
  isRecord(challenge) && typeof challenge['hints'] === 'number' ? challenge['hints'] : 0;

/** Returns how many segments the learner has sent at each of his turns in a challenge, including those that he took back. */
const triesMade = ({turn}: PlaybackState['own']): readonly unknown[] =>
  isRecord(turn) && Array.isArray(turn['tries']) ? turn['tries'] : [];

/**
 * Tells whether the learner is shown the whole segment that the stack would have sent. At first he is told only which fields are wrong: he
 * sees all of it at the second try, after an earlier wrong segment, or with the last hint.
 */
export const tellsWhole = ({input, cursor}: View, {packet}: OwnVerdict): boolean => {
  const {trace, challenge, playback} = input;
  const before = verdictsTo(trace, cursor).filter((each) => each.packet < packet);
  const tries = triesMade(playback.own)[before.length];
  const hints = challenge?.challenge.hints.length ?? 0;
  return (
    before.some(({differs}) => differs.length > 0) ||
    (typeof tries === 'number' && tries > 1) ||
    (hints > 0 && hintsRead(playback.own) >= hints)
  );
};
