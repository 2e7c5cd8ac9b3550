// Writes questions for Moodle (docs.moodle.org/en/GIFT_format): the feedback on a wrong answer is the reply to it, and the general feedback
// is the derivation. A blank line ends a question, so a question contains none.
import type {Language} from '../../lesson/text.ts';
import {type PromptLine, packetLineText} from '../../quiz/prompt.ts';
import type {Question, QuizChoice, WrongAnswer} from '../../quiz/question.ts';
import {type KnownBeliefs, replyIn} from '../../quiz/reply.ts';
import {gift, type Written} from '../../words/written.ts';
import type {Deck} from './anki.ts';

type Gift = Written<'gift'>;

const lineHtml = (line: PromptLine, language: Language): Gift => {
  if (!('kind' in line)) return gift`<p>${gift.text(line[language])}</p>`;
  const shown = line.kind === 'values' ? line.text[language] : packetLineText(line, language);
  return gift`<pre>${gift.text(shown)}</pre>`;
};

type Look = {readonly language: Language; readonly known: KnownBeliefs};

/** Returns the feedback on a wrong answer in GIFT format (Moodle); empty if there is no reply to this answer. */
const feedback = (question: Question, each: QuizChoice | WrongAnswer, {language, known}: Look): Gift => {
  const reply = replyIn(question, each, known);
  return reply === undefined ? gift`` : gift`#${gift.text(reply[language])}`;
};

/** Returns 100 / `parts` as a percentage with at most five decimals, the form in which Moodle accepts shares of a grade. */
const share = (parts: number): Gift => gift.text(String(Number((100 / parts).toFixed(5))));

/**
 * Returns the choices of a question with several right answers in GIFT format: all right ones together give 100 %, and each wrong one takes
 * away as much as a right one gives.
 */
const severalLines = (question: Question, look: Look): readonly Gift[] => {
  const {choices, answer} = question;
  const right = typeof answer === 'object' ? answer : [];
  const parts = share(Math.max(1, right.length));
  return choices.map((choice) => {
    const {id, text} = choice;
    const isRight = right.includes(id);
    const sign = isRight ? gift`` : gift`-`;
    const told = isRight ? gift`` : feedback(question, choice, look);
    return gift`~%${sign}${parts}%${gift.text(text[look.language])}${told}`;
  });
};

/** Returns the items of an ordering question as a GIFT matching question: each item is matched with its place, counted from 1. */
const orderLines = ({choices, answer}: Question, {language}: Look): readonly Gift[] =>
  choices.map(({id, text}) => {
    const place = typeof answer === 'object' ? answer.indexOf(id) + 1 : 0;
    return gift`=${gift.text(text[language])} -> ${place}`;
  });

/** Returns the right and wrong answers of a numeric question in GIFT format, each with a tolerance of 0. */
const numberLines = (question: Question, look: Look): readonly Gift[] => {
  const {answer, wrongAnswers} = question;
  const right = Number(answer);
  const wrong = wrongAnswers.filter(({value}) => value !== right);
  return [
    gift`#`,
    gift`=${right}:0`,
    ...wrong.map((each) => gift`=%0%${each.value}:0${feedback(question, each, look)}`),
  ];
};

const choiceLines = (question: Question, look: Look): readonly Gift[] =>
  question.choices.map((choice) => {
    const words = gift.text(choice.text[look.language]);
    return choice.id === question.answer
      ? gift`=${words}`
      : gift`~${words}${feedback(question, choice, look)}`;
  });

const writers = {
  choice: choiceLines,
  several: severalLines,
  order: orderLines,
  number: numberLines,
  packet: numberLines,
} as const;

export function* giftLines({
  language,
  questions,
  misconceptions,
}: Omit<Deck, 'title'>): Generator<Gift, void> {
  const beliefs = new Map(misconceptions.map((each) => [each.id, each]));
  const look: Look = {language, known: (id) => beliefs.get(id)};
  for (const question of questions) {
    const {id, lesson, form, prompt, explain} = question;
    yield gift`// [id:${gift.text(id)}] [tag:packet-tutor]`;
    yield gift`::${gift.text(`${lesson} ${id}`)}::[html]${gift.join(prompt.map((line) => lineHtml(line, language)))}{`;
    yield* writers[form](question, look);
    yield gift`####${gift.text(explain[language])}`;
    yield gift`}`;
    yield gift``;
  }
}
