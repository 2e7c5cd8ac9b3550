// The page of a solved challenge in the app: what it needs to know of the learner, what its choices do, and which challenge a lesson offers.

import {type ChallengeEntry, challengeAhead} from '../view/challenge/challenge-list.ts';
import type {Around, Shown, SolvedChoice} from '../view/challenge/challenge-page.ts';
import {hintsRead} from '../view/challenge/verdict.ts';
import type {AppState, Effect, Outcome} from './app-state.ts';
import {begin, leavePlayer, only} from './leaving.ts';
import type {OpenedRun} from './opened-run.ts';
import {lookOf, type PlayerState} from './player.ts';
import type {LearnerNote} from './quiz-round.ts';

const nextOf = ({run}: PlayerState, learner: LearnerNote | undefined): ChallengeEntry | undefined =>
  learner?.challenges && challengeAhead(learner.challenges, run.source);

const aroundOf = (player: PlayerState, learner: LearnerNote | undefined): Around => {
  const {run, playback} = player;
  const {language} = playback;
  const list = learner?.challenges;
  const {lesson} = run.challenge?.challenge ?? {};
  return {
    best: list?.entries.find(({id}) => id === run.source)?.best,
    hints: hintsRead(playback.own),
    day: list?.today?.id === run.source ? list.today.day : undefined,
    next: nextOf(player, learner)?.title[language],
    lesson: lesson === undefined ? undefined : run.reference?.lessonTitle(lesson)?.[language],
  };
};

/** Returns what the pages of a challenge show; undefined if the run is not one of a challenge. */
export const challengeShown = (player: PlayerState, learner: LearnerNote | undefined): Shown | undefined =>
  player.run.challenge && {
    view: lookOf(player),
    input: player.run.challenge,
    around: aroundOf(player, learner),
  };

/**
 * Returns the run with the challenge that its last page offers: the first unsolved one to which this lesson belongs. The lesson's own one is
 * in the lesson, or among the page's other choices.
 */
export const offeringChallenge = (run: OpenedRun, learner: LearnerNote | undefined): OpenedRun => {
  const challenge = learner?.challenges?.entries.find(
    ({id, lesson, solved}) => lesson === run.source && id !== run.source && !solved,
  );
  return run.closing && challenge ? {...run, closing: {...run.closing, challenge}} : run;
};

/** Returns the effect that shares the result of a solved challenge; undefined if the run has solved none. */
const shareOf = ({run, playback}: PlayerState): Effect | undefined => {
  const {source: id, title, challenge: input} = run;
  if (input === undefined || !input.judgement.solved) return undefined;
  const {moves, challenge} = input;
  const hints = hintsRead(playback.own);
  return {kind: 'share', solved: {id, title, moves: moves.length, par: challenge.par, hints}};
};

/**
 * Returns the outcome of choosing an entry on the page of a solved challenge: the next challenge, its lesson, sharing the result, or
 * playing it again.
 */
export const chosenSolved = (state: AppState, choice: SolvedChoice): Outcome => {
  const {player, learner} = state;
  const input = player?.run.challenge;
  if (player === undefined || input === undefined) return only(state);
  switch (choice) {
    case 'next': {
      const next = nextOf(player, learner);
      return next === undefined
        ? leavePlayer(state)
        : begin(state, next.id, {kind: 'open', lesson: next.id, challenge: true});
    }
    case 'lesson': {
      const {lesson} = input.challenge;
      return lesson === undefined ? only(state) : begin(state, lesson, {kind: 'open', lesson});
    }
    case 'share': {
      const effect = shareOf(player);
      return {state, effects: effect ? [effect] : []};
    }
    case 'again':
      return begin(state, player.run.source, {kind: 'attempt', moves: []});
  }
};
