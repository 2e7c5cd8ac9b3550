// Grades an answer: whether it is right, and which misconceptions a wrong one shows. Different spellings of one answer count as the same.
import {languages} from '../words/catalogue/language.ts';
import {canonical} from './equivalent.ts';
import type {Question} from './question.ts';

/** An answer as an answer file has it: a choice's id or value, a list of them, or a number. */
export type GivenAnswer = string | number | readonly string[];

export const isWords = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

export const isGiven = (value: unknown): value is GivenAnswer =>
  typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value)) || isWords(value);

export type Grade = {
  readonly right: boolean;
  /** The misconceptions that a wrong answer shows. */
  readonly misconceptions: readonly string[];
};

/** The part of a question that grading needs, which printed sheets contain as well. */
type Gradable = Omit<Question, 'prompt'>;

/** Returns the id of the choice that an answer names by letter, value or words; undefined if it names none. */
const choiceMeant = ({choices}: Gradable, given: string): string | undefined => {
  const meant = canonical(given);
  const byLetter = choices.find(({id}) => id === meant);
  const found =
    byLetter ??
    choices.find(({value, text}) =>
      [value, ...languages.map((language) => text[language])].some((each) => canonical(each) === meant),
    );
  return found?.id;
};

/** Returns the number that an answer states in decimal or hexadecimal; undefined if it is not a whole number. */
const numberMeant = (given: string | number): number | undefined => {
  const written = canonical(String(given));
  return /^\d{1,15}$/.test(written) ? Number(written) : undefined;
};

const beliefs = ({choices}: Gradable, ids: readonly string[]): readonly string[] =>
  choices.flatMap(({id, misconception}) => (ids.includes(id) && misconception ? [misconception] : []));

const gradeNumber = (question: Gradable, given: GivenAnswer): Grade => {
  const value = typeof given === 'object' ? undefined : numberMeant(given);
  const {answer, wrongAnswers} = question;
  const right = value === answer;
  const misconceptions = wrongAnswers.flatMap((wrong) =>
    wrong.value === value ? (wrong.misconception ?? []) : [],
  );
  return {right, misconceptions: right ? [] : misconceptions};
};

export const grade = (question: Gradable, given: GivenAnswer): Grade => {
  const {answer, form} = question;
  if (typeof answer === 'number') return gradeNumber(question, given);
  const list = typeof given === 'object' ? given : String(given).split(/[\s,，、]+/);
  const whole = typeof given === 'object' ? undefined : choiceMeant(question, String(given));
  const ids = whole === undefined ? list.flatMap((each) => choiceMeant(question, each) ?? []) : [whole];
  const known = whole !== undefined || ids.length === list.length;
  const taken = form === 'several' ? [...new Set(ids)].toSorted() : ids;
  const wanted = typeof answer === 'string' ? [answer] : answer;
  const right = known && taken.join(' ') === wanted.join(' ');
  // If several choices are right, leaving out one of them shows a belief as well.
  const wrong = [
    ...taken.filter((id) => !wanted.includes(id)),
    ...(form === 'several' ? wanted.filter((id) => !taken.includes(id)) : []),
  ];
  return {right, misconceptions: right ? [] : [...new Set(beliefs(question, wrong))]};
};

export type Report = {
  readonly questions: number;
  readonly right: number;
  /** The counts for each misconception: `asked` is the number of answers that could show it, `wrong` the number that did. */
  readonly misconceptions: readonly {readonly id: string; readonly asked: number; readonly wrong: number}[];
};

/** Grades the answers to a sheet. An unanswered question counts as not right and shows no misconception. */
export const reportOn = (
  questions: readonly Question[],
  answers: ReadonlyMap<string, GivenAnswer>,
): Report => {
  const beliefs = new Map<string, {asked: number; wrong: number}>();
  const tally = (id: string): {asked: number; wrong: number} => {
    const known = beliefs.get(id) ?? {asked: 0, wrong: 0};
    beliefs.set(id, known);
    return known;
  };
  let right = 0;
  for (const question of questions) {
    const given = answers.get(question.id);
    const graded = given === undefined ? undefined : grade(question, given);
    if (graded?.right) right += 1;
    for (const id of question.touches) tally(id).asked += given === undefined ? 0 : 1;
    for (const id of graded?.misconceptions ?? []) tally(id).wrong += 1;
  }
  const misconceptions = [...beliefs]
    .map(([id, counts]) => ({id, ...counts}))
    .toSorted((a, b) => b.wrong - a.wrong || (a.id < b.id ? -1 : 1));
  return {questions: questions.length, right, misconceptions};
};
