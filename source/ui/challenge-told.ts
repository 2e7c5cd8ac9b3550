// Makes the messages of the app during a challenge: that a move was taken, a hint, what to do at the learner's turn and at a run's end.

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

/** Tells whether the run of a challenge that is played like a lesson's has come to its end; a lesson's own run goes on to its last page. */
const isOver = ({run: {challenge}, playback, context}: PlayerState): boolean =>
  challenge?.challenge.task !== undefined &&
  playback.gate === undefined &&
  !playback.playing &&
  playback.step === undefined &&
  atEnd(playback, context);

const isSolved = (player: PlayerState): boolean => verdictAt(sceneInput(player)) === 'solved';

/**
 * Tells whether a key would begin the run again, or do nothing, where the learner wants to go on: at his turn, or at the end of a
 * challenge's run. The key that steps leads on from there only to the page of a solved challenge.
 */
export const restsHere = (action: Action, player: PlayerState): boolean =>
  isOver(player) &&
  (action === 'playPause' || action === 'next' || (action === 'stepForward' && isSolved(player)));

/** Returns the label of the key that plays where the run rests. */
export const restLabel = (player: PlayerState): Text =>
  !isTurnOpen(player.run.trace) && isSolved(player) ? say.result : say.whatNow;

const endText = ({run: {challenge}}: PlayerState): Message =>
  challenge !== undefined && challenge.moves.length > 0
    ? missedText(challenge)
    : plainly(worded(say.ended, {altersPackets: (challenge?.challenge.offer.faults.length ?? 0) > 0}));

/** Returns what the key does instead: it leads to the form at the learner's turn, and to the page of a solved challenge; or tells what to do. */
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

/** Returns what is said when a run without any move has come to its end; undefined if it has not, or solves the challenge. */
export const endedBetween = (
  before: PlayerState | undefined,
  after: PlayerState | undefined,
): Message | undefined => {
  if (before === undefined || after === undefined || before.run !== after.run) return undefined;
  if (!isOver(after) || isOver(before) || (after.run.challenge?.moves.length ?? 0) > 0) return undefined;
  const isOpen = !isTurnOpen(after.run.trace) && verdictAt(sceneInput(after)) === 'open';
  return isOpen ? endText(after) : undefined;
};

/** Returns the hint that the learner has just asked for; undefined if he has read none. */
export const hintTold = ({run: {challenge}, playback}: PlayerState): Message | undefined => {
  const {hints = []} = challenge?.challenge ?? {};
  const number = hintsRead(playback.own);
  const hint = hints[number - 1];
  return hint && {...worded(say.hint, {number, hints: hints.length, hint}), isDone: true};
};

/** Returns what is said of a move that was just made. A segment of one's own is seen travelling, and its verdict is in its panel. */
export const takenTold = ({run: {challenge}}: PlayerState, moves: readonly Move[]): Message | undefined => {
  const last = moves.at(-1);
  if (challenge === undefined || last === undefined || last.kind === 'answer') return undefined;
  return {...worded(say.taken, {move: moveTitle(last, challenge.run)}), isDone: true};
};
