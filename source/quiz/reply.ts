// Writes the reply to a wrong answer: to each choice that was wrongly taken or left out, to a number that a known mistake leads to, to a wrong
// order. The sentence answers that mistake; why the right answer is right stands in the question's explanation.

import {mythAndFactTexts} from '../lesson/belief.ts';
import type {Misconception} from '../lesson/data.ts';
import {isSameText, madeOf, type Text, worded} from '../lesson/text.ts';
import {inEvery, type Language, languages} from '../words/catalogue/language.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import {replySentences as said} from '../words/catalogue/questions.ts';
import type {GivenAnswer} from './grade.ts';
import type {QuestionKind} from './kinds.ts';
import type {Question, QuizChoice, WrongAnswer} from './question.ts';

/** Looks up a misconception by its id. */
export type KnownBeliefs = (id: string) => Misconception | undefined;

type Shown = Pick<QuizChoice, 'misconception' | 'belief'>;

/** The kinds of questions whose choices judge whole sentences, which do not fit into the sentence of a reply. */
const ofSentences: readonly QuestionKind[] = ['is-it-so', 'which-is-so', 'which-are-so'];

/** Returns an answer for a sentence; Chinese text is put in quotation marks, which need no space around them. */
const quoted = (text: string): string => (/[\u4e00-\u9fff]/.test(text) ? `「${text}」` : text);

/**
 * Returns the text with both answers in place of `{given}` and `{right}`. They are inserted as they are, even if they contain the name of a
 * placeholder or a replacement pattern.
 */
export const withAnswers = (text: string, given: string, right: string): string =>
  text.replace(/( ?)\{(given|right)\}( ?)/g, (_, before: string, place: string, after: string) => {
    const words = quoted(place === 'given' ? given : right);
    return words.startsWith('「') ? words : `${before}${words}${after}`;
  });

const idsOf = (answer: GivenAnswer): readonly string[] => [answer].flat().map(String);

/** Returns the words for one answer: the text of its choice, or the number. */
const answerText = ({choices}: Question, answer: GivenAnswer, language: Language): string =>
  choices.find(({id}) => id === answer)?.text[language] ?? idsOf(answer).join(' ');

const isPartOf = (whole: Text, part: Text): boolean =>
  languages.every((language) => whole[language].includes(part[language]));

/** Returns the reply to one wrong answer, `given`, which shows a misconception or a slip. */
const replyTo = (
  question: Question,
  {misconception, belief}: Shown,
  given: string | number,
  known: KnownBeliefs,
): readonly Text[] => {
  if (belief) return [belief];
  const found = misconception === undefined ? undefined : known(misconception);
  if (found === undefined) return [];
  const {kind, form, explain, answer} = question;
  if (form === 'several' || ofSentences.includes(kind)) {
    const [myth, fact] = mythAndFactTexts(found);
    return [myth, isPartOf(explain, found.correct) ? undefined : fact].flatMap((each) => each ?? []);
  }
  return [
    inEvery((language) =>
      withAnswers(
        found.answerMeans[language],
        answerText(question, given, language),
        answerText(question, answer, language),
      ),
    ),
  ];
};

/** Returns the reply to a wrong order: the first two that stand the wrong way round. */
const replyToOrder = ({answer}: Question, given: GivenAnswer): readonly Text[] => {
  const [right, own] = [answer, given].map((each) => (typeof each === 'number' ? [] : idsOf(each)));
  const at = (id: string): number => own?.indexOf(id) ?? -1;
  const [later] = (right ?? []).flatMap((id, index) => {
    const next = right?.[index + 1];
    return next !== undefined && at(next) >= 0 && at(next) < at(id) ? [{later: next, earlier: id}] : [];
  });
  return later ? [worded(said.order, later)] : [];
};

/** Returns the choices or numbers in which an answer is wrong; `isTaken` only those that it contains. */
const wrongIn = (question: Question, given: GivenAnswer, isTaken: boolean) => {
  const {form, choices, answer, wrongAnswers} = question;
  if (typeof answer === 'number')
    return wrongAnswers.flatMap((each) => (each.value === Number(given) ? {...each, given: each.value} : []));
  const [taken, right] = [idsOf(given), idsOf(answer)];
  return choices.flatMap((choice) => {
    const [is, should] = [taken.includes(choice.id), right.includes(choice.id)];
    const isLeftOut = form === 'several' && !isTaken && !is && should;
    return (is && !should) || isLeftOut ? {...choice, given: choice.id} : [];
  });
};

/** Returns what is said to a wrong answer after the last try, each sentence once; empty for a right one. */
export const repliesTo = (question: Question, given: GivenAnswer, known: KnownBeliefs): readonly Text[] => {
  if (question.form === 'order') return replyToOrder(question, given);
  const replies = wrongIn(question, given, false).flatMap((each) =>
    replyTo(question, each, each.given, known),
  );
  return replies.filter(
    (each, index) =>
      !isPartOf(question.explain, each) && replies.findIndex((other) => isSameText(other, each)) === index,
  );
};

/**
 * Returns what is said while there is one more try: nothing that names the right answer, and nothing about a choice that the answer lacks,
 * because that would tell that it is right.
 */
export const repliesBeforeAgain = (
  question: Question,
  given: GivenAnswer,
  known: KnownBeliefs,
): readonly Text[] =>
  question.form === 'order'
    ? []
    : wrongIn(question, given, true).flatMap(({belief, misconception}) => {
        if (belief) return [belief];
        const found = misconception === undefined ? undefined : known(misconception);
        return found ? mythAndFactTexts(found) : [];
      });

/** Returns the reply to one choice or number as a single text, for files and other programs; undefined if there is none. */
export const replyIn = (
  question: Question,
  each: QuizChoice | WrongAnswer,
  known: KnownBeliefs,
): Text | undefined => {
  const replies = replyTo(question, each, 'id' in each ? each.id : each.value, known);
  return replies.length === 0
    ? undefined
    : madeOf(replies, (language) =>
        replies.map((reply) => reply[language]).join(punctuation.space[language]),
      );
};
