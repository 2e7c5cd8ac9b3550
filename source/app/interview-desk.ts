// The interview for the app: its questions with the points that the learner missed, the questions that are due, and the runs that prove
// their points.

import {compiledLesson, interviewQuestions, lessonData, lessonSummaries} from '../io/lessons.ts';
import type {Progress} from '../io/progress.ts';
import {matchingEvents} from '../lesson/match.ts';
import type {OpenResult} from '../ui/opened-run.ts';
import {begun, type InterviewState, openInterview} from '../view/interview/interview-state.ts';
import {interviewWords} from '../words/catalogue/interview.ts';
import {byId} from './by-id.ts';
import {glanceAt} from './glance.ts';
import {freshSeed} from './learner.ts';
import {openLesson} from './open-lesson.ts';

/** Returns the points that the learner missed in each interview question when it was last answered. */
const missedIn = (progress: Progress): InterviewState['missed'] =>
  new Map(
    progress
      .records()
      .flatMap((record) => (record.kind === 'ticks' ? [[record.question, record.missed] as const] : [])),
  );

export const interviewOf = (progress: Progress): InterviewState =>
  openInterview({
    all: interviewQuestions(),
    missed: missedIn(progress),
    titles: new Map(lessonSummaries().map(({id, title}) => [id, title])),
    beliefs: new Map(lessonData().misconceptions.map(({id, ...said}) => [id, said])),
    seed: freshSeed(),
  });

/** Begins an interview with the questions that are due for review, by their IDs; the question `first` is asked first. */
export const interviewAbout = (due: readonly string[], first: string, progress: Progress): InterviewState => {
  const state = interviewOf(progress);
  const ids = [first, ...due.filter((id) => id !== first)];
  const questionNamed = byId(state.all);
  return begun(
    state,
    ids.flatMap((id) => questionNamed(id) ?? []),
    {from: {kind: 'due'}},
  );
};

export const openProof = async (question: string, point: string, lesson: string): Promise<OpenResult> => {
  const nowhere = {message: interviewWords.shownByNone};
  const home = compiledLesson(lesson);
  const proof = home?.proofs?.find((each) => each.question === question && each.point === point);
  const text = interviewQuestions()
    .find(({id}) => id === question)
    ?.points.find(({id}) => id === point)?.text;
  if (home === undefined || proof === undefined) return nowhere;
  const opened = await openLesson(home, {run: proof.run});
  if (!opened.ok) return {message: opened.error.what};
  const [event] = matchingEvents(proof.at, opened.value.trace);
  if (event === undefined) return nowhere;
  return {run: glanceAt(opened.value, {event, runTitle: interviewWords.shownTitle, text})};
};
