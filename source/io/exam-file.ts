// Writes and reads the file that an exam leaves: the learner, the sheet, the answers with their times, and a checksum. `quiz --answers` and
// `quiz --grade` read it. The checksum has no secret: it shows that a file was altered, not who wrote it.

import {createHash} from 'node:crypto';
import {type GivenAnswer, isGiven, isWords} from '../quiz/grade.ts';
import {promptText} from '../quiz/prompt.ts';
import type {Question} from '../quiz/question.ts';
import {canonicalJson, isRecord, parseJson} from '../sim/canonical-json.ts';
import {machineVersion} from '../sim/identity.ts';
import {err, ok, type Result} from '../wire/result.ts';

const format = 1;

/**
 * Defines a sheet of questions: the `quiz` options from which it was drawn, and the hash of the questions, which shows whether they are
 * still the same.
 */
export type SheetName = {
  /** The lessons, tracks and files as the learner named them; an empty list stands for all lessons. */
  readonly sources: readonly string[];
  readonly seed: number;
  readonly count: number;
  /** The other options of `quiz` that change which questions are asked, with their values; flags have none. */
  readonly options: {readonly [name: string]: readonly string[]};
  readonly machine: number;
  /** The SHA-256 hash of the sheet's questions, with `sha256:` before the hexadecimal digits. */
  readonly questions: string;
};

export type ExamFile = SheetName & {
  readonly name: string;
  /** The time at which the exam began, in ISO 8601. */
  readonly began: string;
  /** The time at which each question was answered, in ISO 8601, by the question's id. */
  readonly times: {readonly [id: string]: string};
  readonly answers: {readonly [id: string]: GivenAnswer};
};

/**
 * Tells what is wrong with the times in an exam's answer file. `unreadable`: not a date since 1970. `backwards`: before the exam's start.
 * `future`: more than a day ahead of the grader's clock.
 */
export type TimeFault = 'unreadable' | 'backwards' | 'future';

const dayMs = 86_400_000;

/**
 * Parses a time of an answer file, only in the ISO 8601 form that the program writes; NaN for any other text. `Date.parse` alone would
 * accept almost any text.
 */
const timeMs = (time: string): number =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(time) ? Date.parse(time) : Number.NaN;

/**
 * Returns what is wrong with the times in an exam's answer file; undefined if nothing is. A time may be up to one day ahead, because the
 * clocks of computers differ.
 */
export const timeFault = ({began, times}: ExamFile, nowMs: number): TimeFault | undefined => {
  const startMs = timeMs(began);
  const allMs = [startMs, ...Object.values(times).map(timeMs)];
  if (!allMs.every((ms) => ms >= 0)) return 'unreadable';
  if (allMs.some((ms) => ms < startMs)) return 'backwards';
  return allMs.some((ms) => ms > nowMs + dayMs) ? 'future' : undefined;
};

const hashOf = (value: unknown): string =>
  `sha256:${createHash('sha256').update(canonicalJson(value)).digest('hex')}`;

/** Returns a hash of the texts, choices and right answers of a sheet's questions; if it is the same, so are the questions. */
const questionsHash = (questions: readonly Question[]): string =>
  hashOf(
    questions.map(({id, form, prompt, choices, answer}) => {
      const {en, zh} = promptText(prompt);
      return {
        id,
        form,
        prompt: {en, zh},
        answer,
        choices: choices.map(({id: letter, value}) => [letter, value]),
      };
    }),
  );

export const sheetName = (
  call: Omit<SheetName, 'machine' | 'questions'>,
  questions: readonly Question[],
): SheetName => ({...call, machine: machineVersion, questions: questionsHash(questions)});

export const examText = (exam: ExamFile): string =>
  `${JSON.stringify({format, ...exam, checksum: hashOf(exam)}, null, 1)}\n`;

/**
 * Why an exam's answer file cannot be graded. `other`: no exam wrote it. `newer`: its format is newer than the program. `changed`: the
 * content does not fit the checksum.
 */
export type ExamFault = 'other' | 'newer' | 'changed';

const isOf =
  <T>(isIt: (value: unknown) => value is T) =>
  (value: unknown): value is {readonly [key: string]: T} =>
    isRecord(value) && Object.values(value).every(isIt);

const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

const examIn = (value: {readonly [key: string]: unknown}): ExamFile | undefined => {
  const {name, sources, seed, count, machine, questions, began} = value;
  const {options, times, answers} = value;
  if (!isText(name) || !isText(questions) || !isText(began) || !isWords(sources)) return undefined;
  if (!isCount(seed) || !isCount(count) || !isCount(machine)) return undefined;
  if (!isOf(isWords)(options) || !isOf(isText)(times) || !isOf(isGiven)(answers)) return undefined;
  return {name, sources, seed, count, options, machine, questions, began, times, answers};
};

export const readExam = (text: string): Result<ExamFile, ExamFault> => {
  const value = parseJson(text);
  if (!isRecord(value) || !isText(value['checksum'])) return err('other');
  if (isCount(value['format']) && value['format'] > format) return err('newer');
  const exam = examIn(value);
  // An answer file whose members are missing or have wrong types was altered as well, so it counts as `changed`.
  return exam && value['format'] === format && hashOf(exam) === value['checksum'] ? ok(exam) : err('changed');
};
