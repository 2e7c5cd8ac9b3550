// Makes the messages of the app during a challenge: a move was taken, a hint, what to do at the learner's turn or when a run has ended
// unsolved.

import {isTurnOpen} from '../account/own-turns.ts';
import type {Move} from '../lesson/move.ts';
import {type Text, worded} from '../lesson/text.ts';
import {hintsRead, verdictAt} from '../view/challenge/verdict.ts';
import {type Message, plainly} from '../view/note.ts';
import {missedText, moveTitle} from '../view/story/challenge.ts';
import {atEnd} from '../view/time/waypoints.ts';
import {challengeTold as say} from '../words/catalogue/challenge-told.ts';
import type {Action} from './key-entry.ts';
import {type PlayerState, playPlayer, sceneInput, under} from './player.ts';

/**
 * Tells whether the run of a challenge with a task of its own has come to its end; a challenge within a lesson goes on to the lesson's last
 * page instead.
 */
const isOver = ({run: {challenge}, playback, context}: PlayerState): boolean =>
  challenge?.challenge.task !== undefined &&
  playback.gate === undefined &&
  !playback.playing &&
  playback.step === undefined &&
  atEnd(playback, context);

const isSolved = (player: PlayerState): boolean => verdictAt(sceneInput(player)) === 'solved';

/**
 * Tells whether a challenge's run is at its end or at the learner's turn, so that this key (play, next, or step if the challenge is solved)
 * leads on instead of moving the run.
 */
export const restsHere = (action: Action, player: PlayerState): boolean =>
  isOver(player) &&
  (action === 'playPause' || action === 'next' || (action === 'stepForward' && isSolved(player)));

/** Returns the label of the play key where a challenge's run has stopped: it shows the result, or tells what to do now. */
export const restLabel = (player: PlayerState): Text =>
  !isTurnOpen(player.run.trace) && isSolved(player) ? say.result : say.whatNow;

const endText = ({run: {challenge}}: PlayerState): Message =>
  challenge !== undefined && challenge.moves.length > 0
    ? missedText(challenge)
    : plainly(worded(say.ended, {altersPackets: (challenge?.challenge.offer.faults.length ?? 0) > 0}));

/**
 * Returns what a key that plays does where a challenge's run has stopped: at the learner's turn it focuses the form, at a solved challenge
 * it opens the page for that, otherwise a message tells what to do.
 */
export const restingAt = (
  player: PlayerState,
): {readonly player: PlayerState; readonly message?: Message} => {
  if (isTurnOpen(player.run.trace))
    return {
      player: playPlayer(player, {kind: 'focus', panel: 'turn', keep: true}),
      message: plainly(say.turn),
    };
  if (isSolved(player)) return {player: under(player, {kind: 'closing', marked: 0})};
  return {player, message: endText(player)};
};

/** Returns the message when a challenge's run without any move has just come to its end unsolved; undefined otherwise. */
export const endedBetween = (
  before: PlayerState | undefined,
  after: PlayerState | undefined,
): Message | undefined => {
  if (before === undefined || after === undefined || before.run !== after.run) return undefined;
  if (!isOver(after) || isOver(before) || (after.run.challenge?.moves.length ?? 0) > 0) return undefined;
  const isOpen = !isTurnOpen(after.run.trace) && verdictAt(sceneInput(after)) === 'open';
  return isOpen ? endText(after) : undefined;
};

/** Returns the message with the hint that the learner has just asked for in a challenge; undefined if he has read none. */
export const hintTold = ({run: {challenge}, playback}: PlayerState): Message | undefined => {
  const {hints = []} = challenge?.challenge ?? {};
  const number = hintsRead(playback.own);
  const hint = hints[number - 1];
  return hint && {...worded(say.hint, {number, hints: hints.length, hint}), isDone: true};
};

/**
 * Returns the message on the challenge move that was just made; undefined for a segment of the learner's own, because he sees it
 * travelling.
 */
export const takenTold = ({run: {challenge}}: PlayerState, moves: readonly Move[]): Message | undefined => {
  const last = moves.at(-1);
  if (challenge === undefined || last === undefined || last.kind === 'answer') return undefined;
  return {...worded(say.taken, {move: moveTitle(last, challenge.run)}), isDone: true};
};
