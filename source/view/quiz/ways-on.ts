// Finds out what a learner can do next: practise what is weak or what he has finished, go to the interview, or open a lesson; and which
// misconceptions may be named to him.

import {factOf, mythAndFact} from '../../lesson/belief.ts';
import type {Misconception} from '../../lesson/data.ts';
import {type Language, type Text, worded} from '../../lesson/text.ts';
import type {BeliefStanding, Standing} from '../../quiz/standing.ts';
import {progressWords} from '../../words/catalogue/progress.ts';
import {shell, shellFile, type Written} from '../../words/written.ts';

/** The id of the lesson with which a learner begins who has finished none. */
export const lessonZero = 'first-packet';

/**
 * Returns the lesson to open next: lesson zero as long as none is finished, then the first usable one that is not finished; undefined if
 * there is none.
 */
export const lessonAhead = <Lesson extends {readonly id: string; readonly fault?: unknown}>(
  lessons: readonly Lesson[],
  isDone: (id: string) => boolean,
): Lesson | undefined => {
  const zero = lessons.find(({id}) => id === lessonZero);
  if (zero && !lessons.some(({id}) => isDone(id))) return zero;
  return lessons.find((lesson) => lesson !== zero && !lesson.fault && !isDone(lesson.id));
};

/** A misconception; only its id is known if it belongs to a pack that is no longer there. */
export type PageBelief = Pick<Misconception, 'id'> &
  Partial<Pick<Misconception, 'belief' | 'correct' | 'lesson' | 'counter'>>;

/** A misconception whose texts are known, so that it can be told together with its fact. */
type ToldBelief = PageBelief & Pick<Misconception, 'belief' | 'correct'>;

const isTold = (belief: PageBelief | undefined): belief is ToldBelief =>
  belief?.belief !== undefined && belief.correct !== undefined;

type Learnt = {
  readonly standing: Standing;
  readonly lessons: readonly {readonly id: string; readonly title: Text}[];
  /** All misconceptions that the program knows. */
  readonly misconceptions: readonly PageBelief[];
};

/**
 * Returns the misconception with that id if a wrong answer of the learner has shown it or a finished lesson corrects it; otherwise
 * undefined.
 */
export const shownBelief = (id: string, {standing, misconceptions}: Learnt): ToldBelief | undefined => {
  const known = misconceptions.find((each) => each.id === id);
  if (!isTold(known)) return undefined;
  const answers = standing.beliefs.find(({misconception}) => misconception === id)?.answers ?? [];
  const isFinished = known.lesson !== undefined && standing.lessons.get(known.lesson)?.finished === true;
  return isFinished || answers.includes(false) ? known : undefined;
};

/**
 * Returns a misconception in two sentences, as a myth with its fact. If it was never shown, only the fact is told, since nobody should read
 * a wrong sentence for the first time in a list. Empty if its pack is gone.
 */
export const beliefTold = (id: string, page: Learnt, language: Language): readonly string[] => {
  const shown = shownBelief(id, page);
  if (shown !== undefined) return mythAndFact(shown, language);
  const correct = page.misconceptions.find((each) => each.id === id)?.correct;
  return correct === undefined ? [] : [factOf({correct})[language]];
};

/**
 * Returns the misconceptions that may be named to the learner: those about which he has answered something, the weakest first, then those
 * that a finished lesson corrects.
 */
export const shownBeliefs = (
  page: Learnt,
): readonly {readonly id: string; readonly standing: BeliefStanding | undefined}[] => {
  const asked = page.standing.beliefs.map((standing) => ({id: standing.misconception, standing}));
  const ids = new Set(asked.map(({id}) => id));
  const others = page.misconceptions.flatMap(({id}) => (ids.has(id) ? [] : [{id, standing: undefined}]));
  return [...asked, ...others].filter(({id}) => shownBelief(id, page) !== undefined);
};

const isWeak = ({level}: Pick<BeliefStanding, 'level'>): boolean => level === 'weak' || level === 'shaky';

/**
 * Returns the ids of the misconceptions for practice of weak ones: those that the learner's answers have shown and whose level is still
 * weak or shaky.
 */
export const weakBeliefs = (page: Learnt): readonly string[] =>
  shownBeliefs(page).flatMap(({id, standing}) => (standing && isWeak(standing) ? [id] : []));

export type Way = {
  readonly does: 'weak' | 'practice' | 'interview' | {readonly lesson: string};
  readonly text: Text;
  /** The shell command that does the same as this proposal for what to do next. */
  readonly command: Written<'shell'>;
};

const nothingYet = ({answers, lessons}: Standing): boolean =>
  answers === 0 && ![...lessons.values()].some(({finished}) => finished);

/** Returns what the learner can do next; somebody who has done nothing yet is only offered the first lesson. */
export const waysOn = (page: Learnt): readonly Way[] => {
  const {standing, lessons, misconceptions} = page;
  const {ways} = progressWords;
  const isDone = (id: string): boolean => standing.lessons.get(id)?.finished === true;
  const ahead = lessonAhead(lessons, isDone);
  const isNew = nothingYet(standing);
  const text = isNew ? ways.first : ways.next;
  const next: readonly Way[] = ahead
    ? [
        {
          does: {lesson: ahead.id},
          text: worded(text, {title: ahead.title}),
          command: shell`packet-tutor play ${shellFile(ahead.id)}`,
        },
      ]
    : [];
  if (isNew) return next;
  const weak = weakBeliefs(page);
  const finished = lessons.filter(({id}) => isDone(id)).length;
  const [weakest] = weak.flatMap((id) => misconceptions.find((each) => each.id === id)?.lesson ?? []);
  return [
    ...(weak.length === 0
      ? []
      : [
          {
            does: 'weak',
            text: worded(ways.weak, {count: weak.length}),
            command: shell`packet-tutor quiz ${shellFile(weakest ?? '')}`,
          } as const,
        ]),
    ...(finished === 0
      ? []
      : [
          {
            does: 'practice',
            text: worded(ways.practice, {count: finished}),
            command: shell`packet-tutor quiz`,
          } as const,
        ]),
    {does: 'interview', text: ways.interview, command: shell`packet-tutor interview`},
    ...next,
  ];
};
