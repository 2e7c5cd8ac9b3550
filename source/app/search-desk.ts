// Opens what the search has found: a lesson's run, at the instant that shows it.
import {compiledLesson, interviewQuestions, lessonData, lessonIds} from '../io/lessons.ts';
import type {Text} from '../lesson/text.ts';
import type {OpenResult} from '../ui/opened-run.ts';
import type {SearchDesk} from '../ui/search-desk.ts';
import type {Findable} from '../view/search/search-state.ts';
import {searchWords as say} from '../words/catalogue/search.ts';
import {noLesson} from '../words/errors.ts';
import {findables} from './findables.ts';
import {glanceAt} from './glance.ts';
import {openLesson} from './open-lesson.ts';
import {playable} from './playable.ts';

/** Returns the text to show at that instant instead of the lesson's; undefined if the lesson's own text describes the thing found. */
const textOf = ({id, kind, told, opens}: Findable): Text | undefined => {
  const name = id.slice(kind.length + 1);
  switch (kind) {
    case 'rule':
    case 'error':
    case 'setting':
      return told[0];
    case 'interview':
      return interviewQuestions()
        .find((question) => question.id === name)
        ?.points.find(({proof}) => proof?.lesson === opens?.lesson)?.text;
    default:
      return undefined;
  }
};

const openFound = async (found: Findable): Promise<OpenResult> => {
  const {lesson: id = '', run, event} = found.opens ?? {};
  const lesson = compiledLesson(id);
  if (lesson === undefined) return {message: noLesson(id, lessonIds()).what};
  const opened = await openLesson(lesson, run === undefined ? {} : {run});
  if (!opened.ok) return {message: opened.error.what};
  if (event !== undefined)
    return {run: glanceAt(opened.value, {event, runTitle: say.seen, text: textOf(found)})};
  return {run: {...playable(opened.value, lessonData()), whatIfs: []}};
};

export const searchDesk: SearchDesk = {all: async () => findables(), openFound};
