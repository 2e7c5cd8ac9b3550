// Computes the content of the page at the end of a lesson: which goals the answers show to be reached, and where to continue.

import type {Misconception} from '../../lesson/data.ts';
import type {Text} from '../../lesson/text.ts';
import type {SceneInput} from '../scene-input.ts';
import {isQuestion, type Question} from '../time/waypoints.ts';
import type {OpeningPage} from './opening.ts';

export type Mark = 'right' | 'wrong' | 'open';

/** The reader's choices on a lesson's closing page: the next lesson, a challenge, the track's check, or a what-if by its index. */
export type ClosingChoice = 'next' | 'challenge' | 'check' | number;

/**
 * Names what follows a lesson: the next lesson, undefined if there is none or if this lesson's place in the curriculum is unknown, and the
 * challenge that fits.
 */
export type Closing = {
  readonly next: {readonly id: string; readonly title: Text; readonly minutes: number} | undefined;
  /** True if the lesson is the last of the curriculum, or of its pack. */
  readonly isLast?: boolean;
  /** True if the first of the run's what-ifs is the lesson's challenge, in which the learner plays a host. */
  readonly byHand?: true;
  /** The challenge that fits the lesson, if the learner has not solved it. */
  readonly challenge?: {readonly id: string; readonly title: Text};
};

type Belief = Pick<Misconception, 'id' | 'belief' | 'correct'>;

export type ClosingPage = Closing & {
  readonly id: string;
  readonly title: Text;
  /** The lesson's goals, each with the marks that the tries of its questions got. */
  readonly goals: readonly {readonly text: Text; readonly marks: readonly (readonly Mark[])[]}[];
  /** The number of questions in this run; other runs of the lesson have pages of their own. */
  readonly asked: number;
  readonly right: number;
  /** The number of questions whose first answer was wrong and whose second was right. */
  readonly second: number;
  readonly answered: number;
  /** The misconceptions that the learner has overcome, and those that he still has. */
  readonly mended: readonly Belief[];
  readonly weak: readonly Belief[];
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
  ...(closing.challenge ? (['challenge'] as const) : []),
  ...whatIfs.keys(),
  ...(check === undefined ? [] : (['check'] as const)),
];

/**
 * Returns the learner's choice at the first try of a question, which decides what he knows, and the choice of the second try if there was
 * one; empty if he has not answered.
 */
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

/**
 * Tells for each misconception for which a wrong choice of the questions stands whether any first answer showed it, and whether the last
 * first answer did.
 */
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
      // A wrong answer that stands for something else says nothing about this misconception.
      if (!isIt && !chosen.correct) continue;
      beliefs.set(misconception, {shown: isIt || beliefs.get(misconception)?.shown === true, last: isIt});
    }
  }
  return beliefs;
};

/**
 * Returns the content of the page at the end of a lesson; `weakBefore` contains the misconceptions that the learner has shown in any
 * lesson.
 */
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
  const known = (which: (id: string, of: {shown: boolean; last: boolean}) => boolean): readonly Belief[] =>
    beliefs.flatMap(([id, of]) => (which(id, of) ? (misconception(id) ?? []) : []));
  return {
    ...closing,
    id: opening.id,
    title: opening.title,
    goals: opening.goals.map((goal) => ({
      text: goal.text,
      // A goal's marks are only those of the questions in this run, although other runs of the lesson may have questions on it, too.
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
    mended: known((id, {shown, last}) => shown && !isWeak(id, last)),
    weak: known((id, {last}) => isWeak(id, last)),
    whatIfs,
    choices: closingChoices({closing, whatIfs, check}),
  };
};
