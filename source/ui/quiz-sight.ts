// Tells whether the open question of the quiz or a lesson is visible; in a window that is too small for it, no key may answer it.
import {isTooSmall} from '../view/arrange.ts';
import {cutsQuestion} from '../view/line-mode.ts';
import {canBeAnswered} from '../view/quiz/quiz-screen.ts';
import {scene} from '../view/scene.ts';
import type {AppState} from './app-state.ts';
import {sceneInput} from './player.ts';
import type {Size} from './screen-output.ts';
import {glyphsOf} from './settings.ts';

export function seesQuestion({quiz, preferences}: AppState, size: Size): boolean {
  // A question that a screen reader speaks needs no window.
  if (quiz === undefined || preferences.screenReader) return true;
  const {round, state} = quiz;
  const {language} = preferences;
  const look = {...size, glyphs: glyphsOf(preferences), keyHints: [], language, reference: round.reference};
  return canBeAnswered(state, look);
}

export function seesLessonQuestion({player, preferences, message, notice}: AppState, size: Size): boolean {
  if (player === undefined || preferences.screenReader || !isTooSmall(size)) return true;
  const shown = scene(sceneInput(player, {message: message ?? notice}));
  return !cutsQuestion(shown, size, glyphsOf(preferences));
}
