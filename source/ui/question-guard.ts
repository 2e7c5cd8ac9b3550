// Ignores a key that was meant for a question but is pressed a little early or late, so that it does not act on the screen behind.
import {playback} from '../view/time/playback.ts';
import type {AppState} from './app-state.ts';
import {keyContext} from './key-context.ts';
import {type Action, isText} from './key-entry.ts';
import {keysFor} from './keymap.ts';

/**
 * The time in ms during which a key may still be meant for a question: longer than a double press takes, shorter than reading the next text
 * does.
 */
const graceMs = 400;

const inLesson: readonly Action[] = ['answer', 'hint', 'skip'];
const inQuiz: readonly Action[] = [
  ...(['quizType', 'quizToggle', 'quizTake', 'quizHint'] as const),
  ...(['sureYes', 'sureThink', 'sureGuess'] as const),
];
const lessonKeys = keysFor(inLesson);
const quizKeys = keysFor(inQuiz);

/** Returns the names of the keys that answer the open question of a lesson or the quiz; undefined if no question is open. */
function asked(state: AppState): ReadonlySet<string> | undefined {
  switch (keyContext(state)) {
    case 'question':
      return lessonKeys;
    case 'quiz':
    case 'quizSure':
      return state.quiz?.state.question && quizKeys;
    default:
      return undefined;
  }
}

/** Tells whether a key is meant for a question that is about to open, because it is being made or is reached within `graceMs`. */
function isEarly(key: string, {opening, player}: AppState): boolean {
  if (opening === 'quiz') return quizKeys.has(key);
  if (player === undefined || player.playback.gate !== undefined || !lessonKeys.has(key)) return false;
  const {playback: now, context} = player;
  if (!now.playing && now.step === undefined) return false;
  return playback(now, {kind: 'tick', ms: graceMs}, context).gate !== undefined;
}

export type QuestionGuard = {
  /** Called with every change of the app's state, to notice when a question closes. */
  saw(before: AppState, after: AppState): void;
  /** Tells whether a key has to be ignored, because it is meant for a question although none is open. */
  holds(key: string, state: AppState): boolean;
};

/** Returns a guard that ignores keys meant for a question that is not open; `now` returns the time of a steady clock in ms. */
export function makeQuestionGuard(now: () => number): QuestionGuard {
  let closed: {readonly keys: ReadonlySet<string>; readonly atMs: number} | undefined;
  return {
    saw(before, after) {
      const keys = asked(before);
      if (keys !== undefined && asked(after) === undefined) closed = {keys, atMs: now()};
    },
    holds(key, state) {
      if (asked(state) !== undefined || isText(keyContext(state))) return false;
      if (isEarly(key, state)) return true;
      return closed?.keys.has(key) === true && now() - closed.atMs < graceMs;
    },
  };
}
