// A question sheet for printing, as values: the questions as on the screen with places for answers, or the key to them.

import {citation} from '../../account/citation.ts';
import type {Language, Text} from '../../lesson/text.ts';
import type {PromptLine} from '../../quiz/prompt.ts';
import type {Question} from '../../quiz/question.ts';
import {replyIn} from '../../quiz/reply.ts';
import {paperWords} from '../../words/catalogue/paper.ts';
import {padEnd} from '../../words/width.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import {promptRows} from './prompt-rows.ts';
import type {QuizReference} from './quiz-screen.ts';
import {firstColumn} from './row.ts';

/** A block of lines on a printed question sheet: wrapped sentences (`text`), or rows whose columns are aligned (`drawn`). */
export type PaperBlock = {readonly kind: 'text' | 'drawn'; readonly lines: readonly string[]};

type PaperChoice = {readonly id: string; readonly text: string};

export type PaperQuestion = {
  readonly prompt: readonly PaperBlock[];
  readonly choices: readonly PaperChoice[];
  /**
   * Tells the reader of a printed question how to mark the choices, or what to write on the line for the answer; undefined in the usual
   * case that one choice is right.
   */
  readonly how?: string;
  readonly form: Question['form'];
};

export type PaperAnswer = {
  readonly right: string;
  /** The explanations of an answer in the key of a question sheet: the reason, the rule, and the reply to each wrong choice. */
  readonly because: readonly string[];
};

export type Paper = {
  readonly language: Language;
  readonly title: string;
  readonly conditions: string;
} & (
  | {readonly questions: readonly PaperQuestion[]; readonly key?: undefined}
  /** The answers to all questions of a printed sheet, without the questions, because a teacher has these at hand. */
  | {readonly key: readonly PaperAnswer[]; readonly questions?: undefined}
);

/** The number of columns of a question sheet that fit on A4 in a readable fixed-pitch font. */
const paperColumns = 86;

type Look = {readonly language: Language; readonly glyphs: Glyphs};

const isSentence = (line: PromptLine): line is Text => !('kind' in line);

const drawnLines = (prompt: readonly PromptLine[], {language, glyphs}: Look): readonly string[] => {
  const rows = promptRows({prompt}, {language, glyphs, columns: paperColumns + firstColumn, picked: ''});
  return rows.map(({pieces}) =>
    pieces
      .reduce((line, {column, text}) => padEnd(line, column - firstColumn) + plainText(text, glyphs), '')
      .trimEnd(),
  );
};

const blocksOf = ({prompt}: Question, look: Look): readonly PaperBlock[] => {
  const groups: PromptLine[][] = [];
  for (const line of prompt) {
    const last = groups.at(-1);
    const [first] = last ?? [];
    if (last && first && isSentence(first) === isSentence(line)) last.push(line);
    else groups.push([line]);
  }
  return groups.map((group) =>
    group.every(isSentence)
      ? {kind: 'text', lines: group.map((line) => line[look.language])}
      : {kind: 'drawn', lines: drawnLines(group, look)},
  );
};

const answerOf = ({form, answer, choices}: Question, language: Language): string => {
  if (typeof answer === 'number') return String(answer);
  const textOf = (right: string): string =>
    `${right}  ${choices.find(({id}) => id === right)?.text[language] ?? ''}`;
  if (typeof answer !== 'object') return textOf(answer);
  // The key of a question sheet lists only the letters for a question about an order, because the choices are long.
  return form === 'several' ? answer.map(textOf).join(' · ') : answer.join(' ');
};

const becauseOf = (question: Question, reference: QuizReference, language: Language): readonly string[] => {
  const {explain, because, choices, answer, wrongAnswers} = question;
  const rule = because === undefined ? undefined : reference.rule(because);
  const right = typeof answer === 'object' ? answer : [answer];
  const wrong = [
    ...choices.flatMap((each) => (right.includes(each.id) ? [] : [{each, given: each.id}])),
    ...wrongAnswers.map((each) => ({each, given: String(each.value)})),
  ];
  return [
    explain[language],
    ...(rule ? [`${citation(rule.rfc)} · ${rule.text[language]}`] : []),
    ...wrong.flatMap(({each, given}) => {
      const reply = replyIn(question, each, reference.misconception);
      return reply ? [paperWords.shows[language]({given, reply: reply[language]})] : [];
    }),
  ];
};

export const paperOf = (
  {
    title,
    conditions,
    questions,
  }: Pick<Paper, 'title' | 'conditions'> & {
    readonly questions: readonly Question[];
  },
  {withKey, reference, ...look}: Look & {readonly withKey: boolean; readonly reference: QuizReference},
): Paper => {
  const {language} = look;
  const head = {language, title, conditions};
  if (withKey)
    return {
      ...head,
      key: questions.map((question) => ({
        right: answerOf(question, language),
        because: becauseOf(question, reference, language),
      })),
    };
  return {
    ...head,
    questions: questions.map((question) => ({
      prompt: blocksOf(question, look),
      choices: question.choices.map(({id, text}) => ({id, text: text[language]})),
      form: question.form,
      ...(question.form === 'choice' ? {} : {how: paperWords.how[question.form][language]}),
    })),
  };
};
