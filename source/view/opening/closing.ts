// The content of the page at the end of a lesson: what was learnt by the given answers, and where to continue.

import type {Text} from '../../lesson/text.ts';
import type {SceneInput} from '../scene-input.ts';
import {isQuestion, type Question} from '../time/waypoints.ts';
import type {OpeningPage} from './opening.ts';

export type Mark = 'right' | 'wrong' | 'open';

/** A choice of the page; a number is the index of a what-if. */
export type ClosingChoice = 'next' | 'check' | number;

/** The next lesson; undefined if there is none, or the place of this one is unknown. */
export type Closing = {
  readonly next: {readonly id: string; readonly title: Text; readonly minutes: number} | undefined;
  /** The lesson is the last of the curriculum, or of its pack. */
  readonly isLast?: boolean;
};

export type ClosingPage = Closing & {
  readonly id: string;
  readonly title: Text;
  /** The goals, each with the marks of the tries of its questions. */
  readonly goals: readonly {readonly text: Text; readonly marks: readonly (readonly Mark[])[]}[];
  /** The number of questions of this run; other runs have pages of their own. */
  readonly asked: number;
  readonly right: number;
  /** The number of questions that were wrong at first and right at the second try. */
  readonly second: number;
  readonly answered: number;
  /** The names of beliefs that the learner has overcome, and of those that he still has. */
  readonly mended: readonly Text[];
  readonly weak: readonly Text[];
  readonly whatIfs: readonly Text[];
  readonly choices: readonly ClosingChoice[];
};

type Ended = Pick<SceneInput, 'beats' | 'playback' | 'misconception' | 'whatIfs' | 'check'> & {
  readonly opening: OpeningPage;
  readonly closing: Closing;
};

export const closingChoices = ({
  closing,
  whatIfs,
  check,
}: Pick<Ended, 'closing' | 'whatIfs' | 'check'>): readonly ClosingChoice[] => [
  ...(closing.next ? (['next'] as const) : []),
  ...whatIfs.keys(),
  ...(check === undefined ? [] : (['check'] as const)),
];

/** Returns the choices of the first try, which counts for the learner, and of the second one if there was one. */
const triesIn = (
  question: Question,
  {answers}: Ended['playback'],
): readonly Question['choices'][number][] => {
  const answer = answers[question.index];
  if (answer === undefined || answer === 'skipped') return [];
  return [answer.first?.choice, answer.choice].flatMap(
    (choice) => question.choices.find(({id}) => id === choice) ?? [],
  );
};

const marksOf = (question: Question, playback: Ended['playback']): readonly [Mark, ...Mark[]] => {
  const [first, ...others] = triesIn(question, playback).map(
    ({correct}): Mark => (correct ? 'right' : 'wrong'),
  );
  return [first ?? 'open', ...others];
};

/** Returns for each belief that a choice stands for whether the last answer showed it, and whether any did. */
const beliefsIn = (
  questions: readonly Question[],
  playback: Ended['playback'],
): ReadonlyMap<string, {readonly shown: boolean; readonly last: boolean}> => {
  const beliefs = new Map<string, {readonly shown: boolean; readonly last: boolean}>();
  for (const question of questions) {
    const [chosen] = triesIn(question, playback);
    if (chosen === undefined) continue;
    for (const {misconception, correct} of question.choices) {
      if (misconception === undefined || correct) continue;
      const isIt = !chosen.correct && chosen.misconception === misconception;
      // Another wrong answer says nothing about this belief.
      if (!isIt && !chosen.correct) continue;
      beliefs.set(misconception, {shown: isIt || beliefs.get(misconception)?.shown === true, last: isIt});
    }
  }
  return beliefs;
};

/** Returns the content; `weakBefore` contains the beliefs that the learner has shown in any lesson. */
export const closingPage = (
  {opening, closing, beats, playback, misconception, whatIfs, check}: Ended,
  weakBefore: ReadonlySet<string> = new Set(),
): ClosingPage => {
  const questions = beats.filter(isQuestion);
  const invitations = new Set(
    beats.flatMap((beat) => (beat.kind === 'narration' && beat.invites ? [beat.index] : [])),
  );
  const byIndex = new Map<number, Question>(questions.map((each) => [each.index, each]));
  const tries = questions.map((each) => marksOf(each, playback));
  const marks = tries.map(([first]) => first);
  const beliefs = [...beliefsIn(questions, playback)];
  const isWeak = (id: string, last: boolean): boolean => last || weakBefore.has(id);
  const named = (which: (id: string, of: {shown: boolean; last: boolean}) => boolean): readonly Text[] =>
    beliefs.flatMap(([id, of]) => (which(id, of) ? (misconception(id)?.name ?? []) : []));
  return {
    ...closing,
    id: opening.id,
    title: opening.title,
    goals: opening.goals.map((goal) => ({
      text: goal.text,
      // A goal may also have questions in other runs of the lesson; only those of this run are shown.
      marks: goal.questions.flatMap((index): readonly (readonly Mark[])[] => {
        const question = byIndex.get(index);
        if (question) return [marksOf(question, playback)];
        const mark = playback.taken.includes(index) ? 'right' : invitations.has(index) ? 'open' : undefined;
        return mark ? [[mark]] : [];
      }),
    })),
    asked: marks.length,
    right: marks.filter((mark) => mark === 'right').length,
    second: tries.filter(([first, again]) => first === 'wrong' && again === 'right').length,
    answered: marks.filter((mark) => mark !== 'open').length,
    mended: named((id, {shown, last}) => shown && !isWeak(id, last)),
    weak: named((id, {last}) => isWeak(id, last)),
    whatIfs,
    choices: closingChoices({closing, whatIfs, check}),
  };
};
