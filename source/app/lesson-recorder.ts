// Records what a learner does in lessons in the progress file.

import {basename, resolve} from 'node:path';
import {compiledLesson} from '../io/lessons.ts';
import {openProgress, type Progress} from '../io/progress.ts';
import type {ProgressTrouble} from '../io/progress-file.ts';
import type {Text} from '../lesson/text.ts';
import {answerTo} from '../quiz/candidate.ts';
import {answerInLesson} from '../quiz/lesson-answer.ts';
import type {FreshRecord} from '../quiz/progress-record.ts';
import type {Learned} from '../ui/learned.ts';

import {inOneLine} from '../view/note.ts';
import type {Problem} from '../words/problem.ts';
import {notSavedYet, progressLost} from '../words/progress.ts';
import {challengeToday} from './challenge-desk.ts';
import {now, troubleText} from './learner.ts';

type Tried = Extract<Learned, {readonly kind: 'tried'}>;

type Recorder = {
  /** The trouble with the progress file in one line; undefined if there is none. */
  readonly notice: Text | undefined;
  record(learned: Learned): void;
  keep(fresh: FreshRecord): void;
  /** Returns in one line what is not saved to the progress file yet; undefined if all is saved. */
  unsaved(): Text | undefined;
  /** Tries again to write the progress file, and returns the problem if answers are lost. */
  lost(): Problem | undefined;
  readonly progress: Progress;
};

/** Returns the message about the progress file with file names only, because the player has little room. */
const briefly = (trouble: ProgressTrouble): Text => {
  if (trouble.code === 'nowhere') return inOneLine(troubleText(trouble));
  const aside = 'aside' in trouble && trouble.aside !== undefined ? {aside: basename(trouble.aside)} : {};
  return inOneLine(troubleText({...trouble, file: basename(trouble.file), ...aside}));
};

/** The most kinds of questions that review asks about one challenge. */
const mostRests = 3;

/** Returns the kinds of questions with which review asks about a lesson: its own, then those that it lists for the quiz. */
const skillsOf = (id: string | undefined): readonly string[] => {
  const lesson = id === undefined ? undefined : compiledLesson(id);
  const own = lesson?.beats.map(({kind}) => kind).filter((kind) => kind !== 'narration') ?? [];
  return [...new Set([...own, ...(lesson?.kinds ?? [])])].slice(0, mostRests).map((kind) => `${id}/${kind}`);
};

const triedIn = ({run, challenge: {challenge, moves, judgement}, hints}: Tried): FreshRecord => ({
  kind: 'tried',
  challenge: run.source,
  lesson: challenge.lesson ?? run.source,
  solved: judgement.solved,
  moves: moves.length,
  hints,
  rests: skillsOf(challenge.lesson),
  ...(challengeToday().id === run.source ? {day: challengeToday().day} : {}),
  ...(run.openedFrom === undefined ? {} : {file: run.openedFrom}),
});

/** Returns the recorder of what a learner does in lessons, of the program or of packs. Scripts and captures are not recorded. */
export const lessonRecorder = (): Recorder => {
  const progress = openProgress(now);
  const keep = (fresh: FreshRecord): void => {
    const {file} = fresh;
    progress.record(file === undefined ? fresh : {...fresh, file: resolve(file)});
  };
  return {
    progress,
    keep,
    notice: progress.trouble && briefly(progress.trouble),
    unsaved() {
      const unsaved = progress.unsaved();
      if (unsaved === undefined) return undefined;
      const {count, trouble} = unsaved;
      return notSavedYet(count, 'name' in trouble ? trouble.name : undefined);
    },
    lost() {
      const unsaved = progress.saveUnsaved();
      return unsaved && progressLost(unsaved.count, troubleText(unsaved.trouble));
    },
    record(learned) {
      const {source: id, track, openedFrom} = learned.run;
      const asked = learned.kind === 'answer' ? learned.run.questionOf?.(learned.question.index) : undefined;
      if (learned.kind === 'answer' && asked) {
        const {choice, hinted, again} = learned;
        const second = again === undefined ? {} : {again};
        return keep(answerTo(asked, {given: choice, ...second, hints: hinted ? 1 : 0, askedIn: 'practice'}));
      }
      if (learned.kind === 'tried') return keep(triedIn(learned));
      if (track === undefined) return;
      const from = openedFrom === undefined ? {} : {openedFrom};
      const fresh: FreshRecord | undefined =
        learned.kind === 'finished'
          ? {kind: 'finished', lesson: id, ...(openedFrom === undefined ? {} : {file: openedFrom})}
          : answerInLesson({...learned, lesson: {id, track, ...from}});
      if (fresh) keep(fresh);
    },
  };
};
