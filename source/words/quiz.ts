// Writes the length of a round of the quiz, or the time that is left in it.
import {type Text, worded} from '../lesson/text.ts';
import {roundLength} from './catalogue/quiz.ts';

export const lengthOfRound = (ms: number): Text => {
  const seconds = Math.round(ms / 1000);
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return minutes === 0 ? worded(roundLength.s, {rest}) : worded(roundLength.minS, {minutes, rest});
};
