// The run that a question is about, in the player at the question's place.
import {compiledLesson, lessonData, lessonIds} from '../io/lessons.ts';
import type {Question} from '../lesson/quiz/question.ts';
import {noLesson} from '../present/text/errors.ts';
import {parseFault} from '../sim/fault-text.ts';
import type {OpenResult} from '../ui/app-options.ts';
import {type Opened, openLesson} from './open-source.ts';
import {known, profileNames} from './options.ts';
import {playable} from './playable.ts';

/** `capture`: what was asked about, where that is no lesson. */
export const openAsked = async (
  {evidence, place}: Question,
  capture: Opened | undefined,
): Promise<OpenResult> => {
  const at = {event: Math.max(0, place.n - 1)};
  if (capture) return {run: {...playable(capture, lessonData()), at}};
  const {source, run, seed} = evidence;
  const profile = known(profileNames, evidence.profile);
  const lesson = compiledLesson(source);
  if (!lesson) return {message: noLesson(source, lessonIds()).what};
  const faults = evidence.faults.flatMap((given) => {
    const fault = parseFault(given);
    return fault.ok ? [fault.value] : [];
  });
  const opened = await openLesson(lesson, {run, seed, profile, faults, drops: []});
  return opened.ok ? {run: {...playable(opened.value, lessonData()), at}} : {message: opened.error.what};
};
