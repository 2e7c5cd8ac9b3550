// The learner's progress for commands: the clock, the file, and what is said when the file cannot be used.
import {basename, resolve} from 'node:path';
import process from 'node:process';
import {fileProblem} from '../io/file-problem.ts';
import {openProgress, type Progress} from '../io/progress.ts';
import type {ProgressTrouble} from '../io/progress-file.ts';
import type {Language, Text} from '../lesson/text.ts';
import {answerTo} from '../quiz/candidate.ts';
import {answerInLesson} from '../quiz/lesson-answer.ts';
import type {FreshRecord} from '../quiz/progress-record.ts';
import type {Learned} from '../ui/learned.ts';
import {inOneLine} from '../view/note.ts';
import type {Problem} from '../words/problem.ts';
import {
  notSavedYet,
  progressDamaged,
  progressLost,
  progressNewer,
  progressUnreadable,
  progressUnwritable,
} from '../words/progress.ts';
import {printWarning} from './print.ts';

/** Test hook (PACKET_TUTOR_TEST_NOW, milliseconds since 1970): another day. */
export const now = (): number => {
  const given = process.env['PACKET_TUTOR_TEST_NOW'];
  return given !== undefined && /^\d{1,15}$/.test(given) ? Number(given) : Date.now();
};

export const troubleText = (trouble: ProgressTrouble): Problem => {
  switch (trouble.code) {
    case 'damaged':
      return progressDamaged(trouble.file, trouble.aside, trouble.kept);
    case 'newer':
      return progressNewer(trouble.file, trouble.format, trouble.aside);
    case 'unreadable':
      return progressUnreadable(fileProblem(trouble.file, trouble.error));
    case 'unwritable':
      return progressUnwritable(trouble.file, trouble.name);
  }
};

/** What is wrong with the file is said at once; the command goes on. */
export const openLearner = (language: Language): Progress => {
  const progress = openProgress(now);
  if (progress.trouble) printWarning(troubleText(progress.trouble), undefined, language);
  return progress;
};

type Recorder = {
  /** What was wrong with the file, in one line. */
  readonly notice: Text | undefined;
  record(learned: Learned): void;
  keep(fresh: FreshRecord): void;
  /** What is nowhere but in memory so far, in one line. */
  unsaved(): Text | undefined;
  /** One more try, and what is lost else. */
  lost(): Problem | undefined;
  readonly progress: Progress;
};

/** In the player there is room for names without their folders. */
const briefly = (trouble: ProgressTrouble): Text => {
  const aside = 'aside' in trouble && trouble.aside !== undefined ? {aside: basename(trouble.aside)} : {};
  return inOneLine(troubleText({...trouble, file: basename(trouble.file), ...aside}));
};

/** What the player shows goes into the file: of lessons, ours and others', not of scripts and captures. */
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
        const {choice, hinted} = learned;
        return keep(answerTo(asked, {given: choice, hints: hinted ? 1 : 0, askedIn: 'practice'}));
      }
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
