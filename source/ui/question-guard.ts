// A key meant for a question never acts on the screen behind it: pressed a little early or late, it does nothing there.
import {playback} from '../view/time/playback.ts';
import type {AppState} from './app-state.ts';
import {keyContext} from './key-context.ts';
import {type Action, isText} from './key-entry.ts';
import {keysFor} from './keymap.ts';

/** Longer than a key is on its way, or than it takes to press one twice; shorter than it takes to read what comes next. */
const graceMs = 400;

const inLesson: readonly Action[] = ['answer', 'hint', 'skip'];
const inQuiz: readonly Action[] = [
  ...(['quizType', 'quizToggle', 'quizTake', 'quizHint'] as const),
  ...(['sureYes', 'sureThink', 'sureGuess'] as const),
];
const lessonKeys = keysFor(inLesson);
const quizKeys = keysFor(inQuiz);

/** The keys of the question that is up; undefined: none is. */
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

/** Whether a key is for a question that is coming up: looked for, or as far ahead as those keys stay without effect once it has closed. */
function isEarly(key: string, {opening, player}: AppState): boolean {
  if (opening === 'quiz') return quizKeys.has(key);
  if (player === undefined || player.playback.gate !== undefined || !lessonKeys.has(key)) return false;
  const {playback: now, context} = player;
  if (!now.playing && now.step === undefined) return false;
  return playback(now, {kind: 'tick', ms: graceMs}, context).gate !== undefined;
}

export type QuestionGuard = {
  /** Of every change of the state. */
  saw(before: AppState, after: AppState): void;
  /** Whether this key is a question's although none is up. */
  holds(key: string, state: AppState): boolean;
};

/** `now`: a steady clock, in ms. */
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
