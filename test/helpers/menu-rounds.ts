// Rounds of the quiz as the menu begins them, after finished lessons, answered by somebody who is always right, never, or now and then.
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {quizDesk} from '../../source/app/quiz-desk.ts';
import {openProgress, type Progress} from '../../source/io/progress.ts';
import {answerTo} from '../../source/quiz/candidate.ts';
import {grade} from '../../source/quiz/grade.ts';
import type {Question} from '../../source/quiz/question.ts';
import type {Answered} from '../../source/view/quiz/answered.ts';
import {chanceOf} from './simulated-learner.ts';

export type Style = 'right' | 'wrong' | 'chance';

/** A wrong answer, where there is one by a belief. */
const wrongTo = (question: Question): string | readonly string[] | number => {
  const {answer, choices, form, wrongAnswers} = question;
  if (form === 'number' || form === 'packet') return wrongAnswers[0]?.value ?? Number(answer) + 1;
  if (form === 'order') return choices.map(({id}) => id);
  const isWrong = ({id}: {readonly id: string}): boolean =>
    !grade(question, form === 'several' ? [id] : id).right;
  const wrong =
    choices.find((each) => isWrong(each) && each.misconception !== undefined) ?? choices.find(isWrong);
  return form === 'several' ? [wrong?.id ?? 'a'] : (wrong?.id ?? 'a');
};

/** The seed of a round is the second at which it begins. */
const at = (seed: number): void => {
  process.env['PACKET_TUTOR_TEST_NOW'] = String(1_800_000_000_000 + seed * 1000);
};

const learnerAfter = (finished: readonly string[]): Progress => {
  const file = join(mkdtempSync(join(tmpdir(), 'menu-rounds-')), 'progress.json');
  const progress = openProgress(() => Number(process.env['PACKET_TUTOR_TEST_NOW']), file);
  for (const lesson of finished) progress.record({kind: 'finished', lesson});
  return progress;
};

const removeFileOf = ({file}: Progress): void => {
  if (file !== undefined) rmSync(dirname(file), {recursive: true, force: true});
};

export type Played = {readonly questions: readonly Question[]; readonly rights: readonly boolean[]};

/** Plays a round of ten; undefined if none begins. */
export const playMenuRound = async (
  finished: readonly string[],
  {seed, style}: {readonly seed: number; readonly style: Style},
  which: 'practice' | 'everything' = 'practice',
): Promise<Played | undefined> => {
  at(seed);
  const progress = learnerAfter(finished);
  const begun = await quizDesk(progress, (fresh) => void progress.record(fresh)).begin(which);
  if (!('round' in begun)) {
    removeFileOf(progress);
    return undefined;
  }
  const {round} = begun;
  const chance = chanceOf(seed);
  const questions: Question[] = [];
  const rights: boolean[] = [];
  const answered: Answered[] = [];
  while (questions.length < round.info.count) {
    const question = round.next(answered, 0);
    if (question === undefined) break;
    const isRight = style === 'right' || (style === 'chance' && chance() < 0.5);
    const given = isRight ? question.answer : wrongTo(question);
    progress.record({...answerTo(question, {given, hints: 0, askedIn: 'practice'})});
    questions.push(question);
    rights.push(isRight);
    answered.push({question, given, grade: grade(question, given), hints: 0});
  }
  removeFileOf(progress);
  return {questions, rights};
};
