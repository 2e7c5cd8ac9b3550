// Whether the question of the quiz can be seen: in a window that is too small for it no key answers it.
import {canBeAnswered} from '../present/quiz/quiz-screen.ts';
import type {AppState} from './app-state.ts';
import type {Size} from './screen-output.ts';
import {glyphsOf} from './settings.ts';

export function seesQuestion({quiz, preferences}: AppState, size: Size): boolean {
  // Sentences need no window.
  if (quiz === undefined || preferences.screenReader) return true;
  const {round, state} = quiz;
  const {language} = preferences;
  const look = {...size, glyphs: glyphsOf(preferences), keyHints: [], language, reference: round.reference};
  return canBeAnswered(state, look);
}
