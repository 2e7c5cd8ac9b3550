// A challenge for ears: what is to be met, what was done, what can be done now.
import {type Language, worded} from '../../lesson/text.ts';
import {challengeTexts, metText, movesText} from '../../words/catalogue/challenge.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {spokenTexts} from '../../words/catalogue/spoken.ts';
import {spokenSentence} from '../../words/spoken.ts';
import type {ChallengeScene} from '../story/challenge.ts';

export const spokenChallenge = (
  {goals, met, moves, par, offers, hints}: ChallengeScene,
  marked: number,
  language: Language,
): readonly string[] => {
  const colon = punctuation.colon[language];
  const line = (text: string): string => spokenSentence(text, language);
  const offer = offers[marked];
  return [
    line(`${challengeTexts.goal[language]}${colon}${worded(metText, {met, goals: goals.length})[language]}`),
    ...goals.map((goal) =>
      line(`${goal.text}${colon}${spokenTexts[goal.met ? 'isMet' : 'isNotMet'][language]}`),
    ),
    line(worded(movesText, {moves: moves.length, par})[language]),
    ...moves.map(line),
    ...hints.map((hint) => line(`${spokenTexts.hint[language]}${colon}${hint}`)),
    ...offers.map(({text}, index) => line(`${index + 1}${colon}${text}`)),
    ...(offer === undefined ? [] : [line(`${spokenTexts.marked[language]}${colon}${offer.text}`)]),
  ];
};
