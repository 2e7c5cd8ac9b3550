// Determines what a change of the player shows about the learner: an answer to a lesson's question, a finished lesson, or a try at a
// challenge.
import type {BoundBeat} from '../lesson/bound-beat.ts';
import {challengeTrack} from '../lesson/tracks.ts';
import {hintsRead, verdictAt} from '../view/challenge/verdict.ts';
import type {ChallengeInput} from '../view/scene-input.ts';
import {atEnd} from '../view/time/waypoints.ts';
import type {OpenedRun} from './opened-run.ts';
import {isAside, type PlayerState, sceneInput} from './player.ts';

type LessonQuestion = Extract<BoundBeat, {kind: 'prediction' | 'concept'}>;

export type Learned =
  | {
      readonly kind: 'answer';
      readonly run: OpenedRun;
      readonly question: LessonQuestion;
      readonly choice: string;
      readonly hinted: boolean;
      /** The id of the choice that the learner took at the second try; absent if there was none. */
      readonly again?: string;
    }
  | {readonly kind: 'finished'; readonly run: OpenedRun}
  /** The learner has tried a challenge: its run with his moves has ended or solved it. */
  | {
      readonly kind: 'tried';
      readonly run: OpenedRun;
      readonly challenge: ChallengeInput;
      readonly hints: number;
    };

const questionsOf = ({beats}: OpenedRun): readonly LessonQuestion[] =>
  beats.flatMap((beat) => (beat.kind === 'narration' ? [] : [beat]));

/**
 * Tells whether a lesson counts as finished: the run is at its end, and at least half of its questions are answered, so that jumping to the
 * end is not enough.
 */
const isFinished = (player: PlayerState): boolean => {
  const questions = questionsOf(player.run);
  const {answers} = player.playback;
  const answered = questions.filter(({index}) => typeof answers[index] === 'object');
  return atEnd(player.playback, player.context) && answered.length * 2 >= questions.length;
};

/** Returns as answers the wrong first tries that can no longer be corrected, because the run is left. */
const triedOnce = ({run, playback: {firstTries, answers}}: PlayerState): readonly Learned[] =>
  questionsOf(run).flatMap((question): readonly Learned[] => {
    const first = answers[question.index] === undefined ? firstTries[question.index] : undefined;
    return first ? [{kind: 'answer', run, question, ...first}] : [];
  });

/** Returns the try at a challenge that has just been decided, as solved or missed; empty if none has. */
const triedBetween = (before: PlayerState, after: PlayerState | undefined): readonly Learned[] => {
  const challenge = after?.run.challenge;
  if (after === undefined || challenge === undefined) return [];
  const isDecided = (player: PlayerState): boolean => verdictAt(sceneInput(player)) !== 'open';
  if (!isDecided(after) || (before.run === after.run && isDecided(before))) return [];
  return [{kind: 'tried', run: after.run, challenge, hints: hintsRead(after.playback.own)}];
};

export const learnedBetween = (
  before: PlayerState | undefined,
  after: PlayerState | undefined,
): readonly Learned[] => {
  // Without a run before, or without a change, the learner has shown nothing new.
  if (!before || before === after) return [];
  const tried = triedBetween(before, after);
  if (tried.length > 0) return tried;
  const {run} = before;
  // A challenge is not a lesson that one goes through; only its tries count. Nor is one in which the learner plays a host of a lesson.
  const isChallenge = run.track === challengeTrack || run.trace.header.byHand !== undefined;
  if (isAside(run) || run.glance === true || isChallenge) return [];
  // A fork repeats questions that were answered in the lesson's run, so only finishing it counts.
  if (run.yours === true)
    return run === after?.run && isFinished(after) && !isFinished(before) ? [{kind: 'finished', run}] : [];
  if (after === undefined) return triedOnce(before);
  if (run !== after.run) return before.beneath?.run === after.run ? triedOnce(before) : [];
  const [known, now] = [before.playback.answers, after.playback.answers];
  const answers =
    known === now
      ? []
      : questionsOf(run).flatMap((question): readonly Learned[] => {
          const given = now[question.index];
          if (typeof given !== 'object' || known[question.index] !== undefined) return [];
          const hintedNow = before.playback.gate?.hint === true;
          const {choice, hinted} = given.first ?? {choice: given.choice, hinted: hintedNow};
          const again = given.choice === choice ? {} : {again: given.choice};
          return [{kind: 'answer', run, question, choice, hinted, ...again}];
        });
  return isFinished(after) && !isFinished(before) ? [...answers, {kind: 'finished', run}] : answers;
};
