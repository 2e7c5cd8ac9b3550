// Opens the run of a lesson that a question is about, in the player at the question's place.
import {lessonData} from '../io/lessons.ts';
import type {Question} from '../quiz/question.ts';
import {faultsIn} from '../sim/fault-text.ts';
import {parseSetting} from '../sim/setting.ts';
import type {OpenResult} from '../ui/opened-run.ts';
import {openLesson} from './open-lesson.ts';
import {known, profileNames} from './options.ts';
import {playable} from './playable.ts';
import {lessonOfQuestion} from './quiz-subjects.ts';

export const openAsked = async (question: Question): Promise<OpenResult> => {
  const {evidence, place} = question;
  const at = {event: Math.max(0, place.n - 1)};
  const {run, seed} = evidence;
  const profile = known(profileNames, evidence.profile);
  const lesson = await lessonOfQuestion(question);
  if (!lesson.ok) return {message: lesson.error.what};
  const faults = faultsIn(evidence.faults);
  const set = evidence.set?.flatMap((text) => parseSetting(text) ?? []);
  const opened = await openLesson(lesson.value, {run, seed, profile, faults, ...(set ? {set} : {})});
  return opened.ok
    ? {run: {...playable(opened.value, lessonData()), at, asked: true, check: undefined}}
    : {message: opened.error.what};
};
