// The page that a lesson ends with, for eyes and ears.

import {type Language, worded} from '../../lesson/text.ts';
import {closingWords, closingSentences as said} from '../../words/catalogue/opening.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {spokenSentence} from '../../words/spoken.ts';
import type {Glyphs} from '../glyphs.ts';
import type {PageFrame} from '../key-line.ts';
import type {Note} from '../note.ts';
import {frameRows, noteRows, type PageRow, quizPage} from '../quiz/row.ts';
import type {Line} from '../span.ts';
import type {ClosingChoice, ClosingPage, Mark} from './closing.ts';
import {heard, lessonHead, type Section, sectionPageRows, sectionSentences} from './sections.ts';

type ClosingLook = {readonly language: Language; readonly glyphs: Glyphs; readonly marked: number};

const signs: Readonly<Record<Mark, keyof Glyphs>> = {right: 'right', wrong: 'lost', open: 'toDo'};

const scoreOf = (right: number, of: number, language: Language): string =>
  worded(said.score, {right, of})[language];

const goalSign = (marks: readonly (readonly Mark[])[], {language, glyphs}: ClosingLook) => {
  if (marks.length === 0) return undefined;
  const right = marks.filter(([first]) => first === 'right').length;
  return {
    text: marks
      .flat()
      .map((mark) => glyphs[signs[mark]])
      .join(''),
    said: scoreOf(right, marks.length, language),
    good: right === marks.length,
  };
};

/** In so many rows; the last one has what is left, as far as it fits. */
const whatIfTexts = ({whatIfs}: ClosingPage, language: Language, rows: number): readonly string[] => {
  const titles = whatIfs.map((title) => title[language]);
  const alone = titles.length <= rows ? rows : rows - 1;
  return [...titles.slice(0, alone), titles.slice(alone).join(punctuation.listComma[language])].filter(
    (text) => text !== '',
  );
};

const choiceTexts = (
  choice: ClosingChoice,
  page: ClosingPage,
  language: Language,
  rows: number,
): readonly string[] => {
  const {next} = page;
  if (choice === 'whatIf') return whatIfTexts(page, language, rows);
  if (choice === 'check') return [said.questions[language]];
  return [next ? worded(said.next, {title: next.title, minutes: next.minutes})[language] : ''];
};

/** `rows`: for the what-ifs; 1: each choice is one text. */
const choiceSections = (page: ClosingPage, {language, marked}: ClosingLook, rows = 1): readonly Section[] =>
  page.choices.map((choice, index) => ({
    label: closingWords[choice][language],
    entries: choiceTexts(choice, page, language, rows).map((text) => ({text})),
    choice: index === marked ? 'marked' : 'free',
  }));

/** Nobody is told to be able to do what they have just got wrong, or were not asked. */
const isLearnt = ({right, goals}: ClosingPage): boolean =>
  right > 0 && goals.every(({marks}) => marks.every(([first]) => first === 'right'));

const learntSections = (page: ClosingPage, look: ClosingLook): readonly Section[] => {
  const {language} = look;
  const named = (which: 'mended' | 'weak'): Section => ({
    label: closingWords[which][language],
    entries: page[which].map((name) => ({text: name[language]})),
  });
  return [
    {
      label: closingWords[isLearnt(page) ? 'learnt' : 'goals'][language],
      entries: page.goals.map(({text, marks}) => ({text: text[language], sign: goalSign(marks, look)})),
    },
    named('mended'),
    named('weak'),
  ].filter(({entries}) => entries.length > 0);
};

const conditionsOf = ({asked, right, answered}: ClosingPage, language: Language): string => {
  if (asked === 0) return '';
  return answered === 0 ? said.unanswered[language] : scoreOf(right, answered, language);
};

export const closingScreen = (
  page: ClosingPage,
  look: ClosingLook & PageFrame & {readonly note?: Note | undefined},
): readonly Line[] => {
  const {language, note} = look;
  const withWhatIfs = (rows: number): readonly PageRow[] =>
    sectionPageRows([...learntSections(page, look), ...choiceSections(page, look, rows)], look);
  // A note that comes moves nothing.
  const free = look.rows - frameRows - noteRows - withWhatIfs(1).length;
  return quizPage(
    {
      ...lessonHead(page.id, page.title[language], conditionsOf(page, language), look.columns),
      body: withWhatIfs(1 + Math.max(0, free)),
      note,
    },
    look,
  );
};

/** What can be chosen, one a sentence. */
export const closingChoiceSentences = (page: ClosingPage, look: ClosingLook): readonly string[] =>
  sectionSentences(choiceSections(page, look), look.language);

export const closingSentences = (page: ClosingPage, look: ClosingLook): readonly string[] => {
  const {language, marked} = look;
  const conditions = conditionsOf(page, language);
  const head = [page.title[language], ...(conditions === '' ? [] : [conditions])].join(
    punctuation.comma[language],
  );
  const choices = closingChoiceSentences(page, look);
  return [
    heard(head, language),
    ...sectionSentences(learntSections(page, look), language),
    ...choices,
    spokenSentence(worded(said.marked, {choice: choices[marked] ?? ''})[language], language),
  ];
};
