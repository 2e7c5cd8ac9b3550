// Writes a graded class as text, for spreadsheets (RFC 4180) and as JSON.

import {kindNames} from '../lesson/question-kinds.ts';
import type {Language, Text} from '../lesson/text.ts';
import {worded} from '../lesson/text.ts';
import type {Person} from '../quiz/class-report.ts';
import {promptText} from '../quiz/prompt.ts';
import {type Column, fitted, rowText} from '../view/table.ts';
import {gradesWords, refusals, timeFaults} from '../words/catalogue/classes.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import {everyLesson} from '../words/catalogue/quiz.ts';
import {resultWords} from '../words/catalogue/quiz-result.ts';
import {lengthOfRound} from '../words/quiz.ts';
import {cut} from '../words/width.ts';
import {csv, terminal, type Written} from '../words/written.ts';
import type {About, GradedClass, Refused} from './grade-class.ts';
import {beliefNameIn, beliefToldIn} from './lesson-file.ts';

type Row = Person<About>;

const reasonOf = ({reason, call}: Refused): Text =>
  reason === 'sheet' ? worded(refusals.sheet, {call: call ?? ''}) : refusals[reason];

const nameColumns = 32;
const fileColumns = 40;
const textColumns = 76;
const ellipsis = '…';
const mostHardest = 5;
const mostBeliefs = 10;
const indent = '    ';

const columnsIn = (language: Language): readonly Column<Row>[] => [
  {head: gradesWords.name[language], read: ({about}) => about.name, most: nameColumns},
  {head: gradesWords.right[language], read: ({right, questions}) => `${right}/${questions}`, atEnd: true},
  {head: gradesWords.answered[language], read: ({answered}) => `${answered}`, atEnd: true},
  {
    head: gradesWords.time[language],
    read: ({about: {seconds}}) => (seconds === undefined ? '' : lengthOfRound(1000 * seconds)[language]),
    atEnd: true,
  },
  {head: gradesWords.file[language], read: ({about}) => about.file, most: fileColumns},
];

const peopleLines = ({report, sheet}: GradedClass, language: Language): readonly string[] => {
  const columns = fitted(columnsIn(language), report.people);
  const beliefs = (person: Row): readonly string[] =>
    person.misconceptions
      .filter(({wrong}) => wrong > 0)
      .flatMap(({id, wrong, asked}) => [
        ...beliefToldIn(id, sheet.lessons, language).map((line) => indent + line),
        `${indent}${indent}${worded(resultWords.beliefTimes, {wrong, asked})[language]}`,
      ]);
  const times = ({about: {timeFault: fault}}: Row): readonly string[] =>
    fault === undefined ? [] : [`${indent}${timeFaults[fault][language]}`];
  return [
    rowText(columns, ({head}) => head, ellipsis),
    ...report.people.flatMap((person) => [
      rowText(columns, ({read}) => read(person), ellipsis),
      ...times(person),
      ...beliefs(person),
    ]),
  ].map((line) => line.trimEnd());
};

const summaryLines = ({report, sheet}: GradedClass, language: Language): readonly string[] => {
  const people = report.people.length;
  const hardest = report.questions.filter(({right}) => right < people).slice(0, mostHardest);
  const beliefs = report.beliefs.slice(0, mostBeliefs);
  return [
    ...(beliefs.length === 0 ? [] : ['', gradesWords.commonest[language]]),
    ...beliefs.flatMap(({id, ...counts}) => [
      ...beliefToldIn(id, sheet.lessons, language).map((line) => indent + line),
      `${indent}${indent}${worded(gradesWords.commonestLine, counts)[language]}`,
    ]),
    ...(hardest.length === 0 || people === 0 ? [] : ['', gradesWords.hardest[language]]),
    ...hardest.flatMap(({question, right}) => {
      const asked = promptText(question.prompt)[language].split('\n').at(-1) ?? '';
      const score = worded(gradesWords.hardestLine, {right, people})[language];
      return [
        `${indent}${score} · ${question.lesson} · ${kindNames[question.kind][language]} · ${question.id}`,
        `${indent}${indent}${cut(asked.trim(), textColumns, ellipsis)}`,
      ];
    }),
  ];
};

const refusedLines = ({refused}: GradedClass, language: Language): readonly string[] =>
  refused.length === 0
    ? []
    : [
        '',
        gradesWords.refused[language],
        ...refused.map(
          (each) => `${indent}${each.file}${punctuation.colon[language]}${reasonOf(each)[language]}`,
        ),
      ];

export const classLines = (graded: GradedClass, language: Language): readonly Written<'terminal'>[] => {
  const {name, report, refused, sheet} = graded;
  const sources =
    name.sources.length === 0 ? everyLesson[language] : name.sources.join(punctuation.listComma[language]);
  const counts = {graded: report.people.length, refused: refused.length};
  const head = {sources, seed: name.seed, count: sheet.questions.length};
  return [
    worded(gradesWords.sheet, head)[language],
    worded(gradesWords.files, counts)[language],
    ...(report.people.length === 0 ? [] : ['', ...peopleLines(graded, language)]),
    ...summaryLines(graded, language),
    ...refusedLines(graded, language),
  ].map(terminal.text);
};

/**
 * Returns the grades of a class as CSV: a row for each answer file, a column for each belief that somebody showed, and last what is wrong
 * with the file.
 */
export const classCsv = (
  {report, refused, sheet}: GradedClass,
  language: Language,
): readonly Written<'csv'>[] => {
  const beliefHead = ({id}: {readonly id: string}): string =>
    worded(gradesWords.beliefOf, {
      belief: beliefToldIn(id, sheet.lessons, language).join(punctuation.space[language]),
      asked: sheet.questions.filter(({touches}) => touches.includes(id)).length,
    })[language];
  const heads = ['name', 'file', 'right', 'questions', 'answered', 'began', 'seconds'] as const;
  const row = (cells: readonly (string | number)[]): Written<'csv'> =>
    csv.join(
      cells.map((cell) => (typeof cell === 'number' ? csv`${cell}` : csv.text(cell))),
      csv`,`,
    );
  const {beliefs} = report;
  const people = report.people.map(({about, right, questions, answered, misconceptions}) => {
    const wrong = new Map(misconceptions.map((each) => [each.id, each.wrong]));
    const shown = beliefs.map(({id}) => wrong.get(id) ?? 0);
    const {file, began, seconds = '', timeFault: fault} = about;
    const problem = fault === undefined ? '' : timeFaults[fault][language];
    return row([about.name, file, right, questions, answered, began, seconds, ...shown, problem]);
  });
  const blank = Array<string>(heads.length - 2 + beliefs.length).fill('');
  const rows = [
    row([
      ...heads.map((head) => gradesWords[head][language]),
      ...beliefs.map(beliefHead),
      gradesWords.problem[language],
    ]),
    ...people,
    ...refused.map((each) => row(['', each.file, ...blank, reasonOf(each)[language]])),
  ];
  return rows.map((each) => csv`${each}\r\n`);
};

export const classJson = ({name, report, refused, sheet}: GradedClass): object => {
  const named = <T extends {readonly id: string}>({id, ...rest}: T) => ({
    id,
    name: beliefNameIn(id, sheet.lessons),
    ...rest,
  });
  return {
    format: 1,
    sheet: name,
    questions: sheet.questions.length,
    people: report.people.map(
      ({about: {timeFault: fault, ...about}, right, questions, answered, misconceptions}) => ({
        ...about,
        ...(fault && {times: {fault, message: timeFaults[fault]}}),
        ...{right, questions, answered, misconceptions: misconceptions.map(named)},
      }),
    ),
    refused: refused.map(({file, ...each}) => ({
      ...{file, reason: each.reason, message: reasonOf({file, ...each})},
    })),
    hardest: report.questions.map(({question: {id, lesson, kind}, right, answered}) => ({
      ...{id, lesson, kind, right, answered},
    })),
    misconceptions: report.beliefs.map(named),
  };
};
