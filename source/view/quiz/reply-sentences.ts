// Says what a learner's answer was worth: the verdict, the reply to a wrong answer, and the reason of the right one, no sentence twice.

import {type Language, worded} from '../../lesson/text.ts';
import type {GivenAnswer} from '../../quiz/grade.ts';
import {withCount} from '../../quiz/initial-numbers.ts';
import type {Question} from '../../quiz/question.ts';
import {type KnownBeliefs, repliesBeforeAgain, repliesTo} from '../../quiz/reply.ts';
import {answerNamed, quizWords} from '../../words/catalogue/quiz.ts';
import {secondTry} from '../../words/catalogue/second-try.ts';
import type {Answered} from './answered.ts';

type Ears = {readonly language: Language; readonly reference: {readonly misconception: KnownBeliefs}};

/** Returns the words for an answer that the learner tried: the letters of choices, or the number with its relative sequence number. */
const triedWords = ({choices, countsFrom}: Question, given: GivenAnswer): string =>
  choices.length === 0 && countsFrom ? withCount(Number(given), countsFrom.isn) : [given].flat().join(' ');

/** Returns the words for a quiz answer as they stand inside a sentence. */
const answerWords = (question: Question, given: GivenAnswer, language: Language): string => {
  const {choices} = question;
  const ids = typeof given === 'object' ? given : [String(given)];
  if (choices.length === 0 || ids.length > 1) return triedWords(question, given);
  const choice = choices.find(({id}) => id === ids[0]);
  if (choice === undefined) return String(given);
  // The full stop of a choice is removed, because the sentence that contains it goes on.
  const text = choice.text[language].replace(/[.。]$/, '');
  return answerNamed[language]({id: choice.id, text});
};

/** Returns the reply to a wrong first try, which does not name the right answer. */
export const againSentences = (
  {question, given}: Answered,
  {language, reference}: Ears,
): readonly string[] => {
  const several = question.form === 'several';
  return [
    secondTry.notThat[language]({given: triedWords(question, given), several, points: true}),
    ...repliesBeforeAgain(question, given, reference.misconception).map((each) => each[language]),
  ];
};

/**
 * Tells whether all choices of an answer are right, though perhaps not all right ones were chosen; false if only one choice can be right.
 */
const isSomeOf = ({form, answer}: Question, given: GivenAnswer): boolean =>
  form === 'several' && [given].flat().every((id) => [answer].flat().includes(String(id)));

/**
 * Returns the sentences of the reply to a learner's answer. With `listed` the choices stand above the reply, and the verdict names them by
 * letters alone; otherwise it quotes them.
 */
export const replySentences = (
  {question, again, ...first}: Answered,
  {language, reference, listed = false}: Ears & {readonly listed?: boolean},
): readonly string[] => {
  const last = again ?? first;
  const words = (given: GivenAnswer): string =>
    listed ? triedWords(question, given) : answerWords(question, given, language);
  const wrong = worded(isSomeOf(question, last.given) ? quizWords.someOf : quizWords.wrong, {
    given: words(last.given),
    right: words(question.answer),
  });
  const right = again ? quizWords.mended : quizWords.right;
  const tries = last.grade.right ? [] : [first, ...(again ? [again] : [])];
  const replies = tries.flatMap(({given, grade}) =>
    grade.right ? [] : repliesTo(question, given, reference.misconception).map((each) => each[language]),
  );
  return [(last.grade.right ? right : wrong)[language], ...new Set(replies), question.explain[language]];
};
