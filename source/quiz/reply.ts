// Writes the reply to a learner's wrong answer in the quiz: for each choice wrongly taken or left out, for a number that a known mistake
// leads to, for a wrong order. Why the right answer is right stands in the question's explanation instead.

import {mythAndFactTexts} from '../lesson/belief.ts';
import type {Misconception} from '../lesson/data.ts';
import {isSameText, madeOf, type Text, worded} from '../lesson/text.ts';
import {inEvery, type Language, languages} from '../words/catalogue/language.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import {replySentences as said} from '../words/catalogue/questions.ts';
import type {GivenAnswer} from './grade.ts';
import type {QuestionKind} from './kinds.ts';
import type {Question, QuizChoice, WrongAnswer} from './question.ts';

/** A function that looks up a misconception by its id; undefined if there is none with this id. */
export type KnownBeliefs = (id: string) => Misconception | undefined;

type Shown = Pick<QuizChoice, 'misconception' | 'belief'>;

/**
 * The kinds of quiz questions whose choices are whole sentences or verdicts on them, so that they cannot be inserted into the sentence of a
 * reply.
 */
const ofSentences: readonly QuestionKind[] = ['is-it-so', 'which-is-so', 'which-are-so'];

/**
 * Returns the words of an answer for insertion into a sentence of a reply; Chinese text is put in quotation marks, which need no space
 * around them.
 */
const quoted = (text: string): string => (/[\u4e00-\u9fff]/.test(text) ? `「${text}」` : text);

/**
 * Returns a reply's text with the learner's answer in place of `{given}` and the right one in place of `{right}`. Both are inserted as they
 * are, even if they contain a placeholder's name or a replacement pattern.
 */
export const withAnswers = (text: string, given: string, right: string): string =>
  text.replace(/( ?)\{(given|right)\}( ?)/g, (_, before: string, place: string, after: string) => {
    const words = quoted(place === 'given' ? given : right);
    return words.startsWith('「') ? words : `${before}${words}${after}`;
  });

const idsOf = (answer: GivenAnswer): readonly string[] => [answer].flat().map(String);

/**
 * Returns the words for a learner's answer in one language: the text of the choice with this id, otherwise the number or ids themselves.
 */
const answerText = ({choices}: Question, answer: GivenAnswer, language: Language): string =>
  choices.find(({id}) => id === answer)?.text[language] ?? idsOf(answer).join(' ');

const isPartOf = (whole: Text, part: Text): boolean =>
  languages.every((language) => whole[language].includes(part[language]));

/** Returns the reply to one wrong choice or number, `given`: its own text, or what its misconception says; empty if neither is known. */
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

/**
 * Returns the reply to an answer that puts items in a wrong order: it names the first two neighbours of the right order that stand the
 * wrong way round.
 */
const replyToOrder = ({answer}: Question, given: GivenAnswer): readonly Text[] => {
  const [right, own] = [answer, given].map((each) => (typeof each === 'number' ? [] : idsOf(each)));
  const at = (id: string): number => own?.indexOf(id) ?? -1;
  const [later] = (right ?? []).flatMap((id, index) => {
    const next = right?.[index + 1];
    return next !== undefined && at(next) >= 0 && at(next) < at(id) ? [{later: next, earlier: id}] : [];
  });
  return later ? [worded(said.order, later)] : [];
};

/**
 * Returns the choices or known wrong numbers in which an answer is wrong. If `isTaken`, right choices that the answer leaves out are not
 * among them.
 */
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

/**
 * Returns the replies to a wrong answer after the learner's last try, each text once, without what the question's explanation says already;
 * empty for a right answer.
 */
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
 * Returns the replies to a wrong answer while the learner has another try: nothing names the right answer, and nothing is said about
 * choices left out, because that would tell that they are right.
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

/**
 * Returns the reply to one choice or wrong number of a question as a single text, for files and other programs; undefined if there is none.
 */
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

/** A reply to wrong answers of a question: the letters of the choices, or the numbers, that it answers, and its text. */
type SharedReply = {readonly given: readonly string[]; readonly reply: Text};

/** Returns the replies to all wrong answers of a question, each text once, with the answers to which it is given. */
export const sharedReplies = (question: Question, known: KnownBeliefs): readonly SharedReply[] => {
  const {answer, choices, wrongAnswers} = question;
  const right = [answer].flat().map(String);
  const shared: SharedReply[] = [];
  for (const each of [...choices, ...wrongAnswers]) {
    const name = 'id' in each ? each.id : String(each.value);
    const reply = right.includes(name) ? undefined : replyIn(question, each, known);
    if (reply === undefined) continue;
    const at = shared.findIndex((other) => isSameText(other.reply, reply));
    const before = shared[at];
    if (before === undefined) shared.push({given: [name], reply});
    else shared[at] = {...before, given: [...before.given, name]};
  }
  return shared;
};
