// Writes questions for Moodle (docs.moodle.org/en/GIFT_format): the feedback on a distractor is the belief behind it, and the general
// feedback is the derivation. A blank line ends a question, so a question contains none.
import type {Misconception} from '../../lesson/data.ts';
import type {Language} from '../../lesson/text.ts';
import {type PromptLine, packetLineText} from '../../quiz/prompt.ts';
import type {Question} from '../../quiz/question.ts';
import {mythAndFact} from '../../words/belief.ts';
import {gift, type Written} from '../../words/written.ts';
import type {Deck} from './anki.ts';

type Gift = Written<'gift'>;

const lineHtml = (line: PromptLine, language: Language): Gift => {
  if (!('kind' in line)) return gift`<p>${gift.text(line[language])}</p>`;
  const shown = line.kind === 'values' ? line.text[language] : packetLineText(line, language);
  return gift`<pre>${gift.text(shown)}</pre>`;
};

type Look = {readonly language: Language; readonly beliefs: ReadonlyMap<string, Misconception>};

/** Returns the feedback on a wrong answer; nothing if no belief is known for it. */
const feedback = (misconception: string | undefined, {language, beliefs}: Look): Gift => {
  const known = misconception === undefined ? undefined : beliefs.get(misconception);
  if (known === undefined) return gift``;
  const [myth, fact] = mythAndFact(known, language);
  return gift`#<b>${gift.text(myth)}</b><br>${gift.text(fact)}`;
};

/** Returns a share in percent with at most five decimals, the form in which Moodle lists the shares that it accepts. */
const share = (parts: number): Gift => gift.text(String(Number((100 / parts).toFixed(5))));

/**
 * Returns the choices of a question with several right answers: all right ones together give 100 %, and as many wrong ones take that away.
 */
const severalLines = ({choices, answer}: Question, look: Look): readonly Gift[] => {
  const right = typeof answer === 'object' ? answer : [];
  const parts = share(Math.max(1, right.length));
  return choices.map(({id, text, misconception}) => {
    const isRight = right.includes(id);
    const sign = isRight ? gift`` : gift`-`;
    const told = isRight ? gift`` : feedback(misconception, look);
    return gift`~%${sign}${parts}%${gift.text(text[look.language])}${told}`;
  });
};

/** Returns the items of an ordering question as pairs, in which the first item is matched with 1. */
const orderLines = ({choices, answer}: Question, {language}: Look): readonly Gift[] =>
  choices.map(({id, text}) => {
    const place = typeof answer === 'object' ? answer.indexOf(id) + 1 : 0;
    return gift`=${gift.text(text[language])} -> ${place}`;
  });

/** Returns the answers of a numeric question with a tolerance of 0. */
const numberLines = ({answer, wrongAnswers}: Question, look: Look): readonly Gift[] => {
  const right = Number(answer);
  const wrong = wrongAnswers.filter(({value}) => value !== right);
  return [
    gift`#`,
    gift`=${right}:0`,
    ...wrong.map(({value, misconception}) => gift`=%0%${value}:0${feedback(misconception, look)}`),
  ];
};

const choiceLines = ({choices, answer}: Question, look: Look): readonly Gift[] =>
  choices.map(({id, text, misconception}) => {
    const words = gift.text(text[look.language]);
    return id === answer ? gift`=${words}` : gift`~${words}${feedback(misconception, look)}`;
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
  const look = {language, beliefs: new Map(misconceptions.map((each) => [each.id, each]))};
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
