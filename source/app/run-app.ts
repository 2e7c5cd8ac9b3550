// Joins the terminal app with files: opens lessons for it, keeps its settings, and restores the terminal on signals.

import process from 'node:process';
import {lessonData} from '../io/lessons.ts';
import type {Progress} from '../io/progress.ts';
import type {LessonData} from '../lesson/data.ts';
import type {Language, Text} from '../lesson/text.ts';
import type {AppOptions, Fitting, RunningApp} from '../ui/app-options.ts';
import type {AppState, ExitReason} from '../ui/app-state.ts';
import type {CaptureDesk} from '../ui/capture-state.ts';
import type {OpenedRun, Place, RunPart} from '../ui/opened-run.ts';
import {reasonDepths} from '../ui/preferences.ts';
import {answersSoFar, askTerminal} from '../ui/probe.ts';
import type {FreshAnswer} from '../ui/quiz-round.ts';
import type {SearchDesk} from '../ui/search-desk.ts';
import {backgroundFromEnvironment, needsAscii, type TerminalAnswers} from '../ui/terminal-answers.ts';
import {colourDepth} from '../ui/theme.ts';
import {type Draw, drawn} from '../view/interview/interview-draw.ts';
import {begun} from '../view/interview/interview-state.ts';
import type {Speed} from '../view/time/playback-state.ts';
import {appTexts} from '../words/catalogue/help.ts';
import {type Failed, failedLines} from '../words/failed.ts';
import {openAsked} from './asked-run.ts';
import {capturesDesk} from './captures-desk.ts';
import type {Context, Outcome} from './command.ts';
import {interviewOf} from './interview-desk.ts';
import {now} from './learner.ts';
import type {About} from './learner-page.ts';
import {lessonRecorder} from './lesson-recorder.ts';
import {lessonEntries} from './menu-lessons.ts';
import {openById} from './open-by-id.ts';
import type {Opened} from './opened.ts';
import {packs} from './packs.ts';
import {type PlacesKeeper, placesKeeper} from './places-keeper.ts';
import {type Play, playable} from './playable.ts';
import {printNote, printWarning} from './print.ts';
import {learnerPage, quizDesk} from './quiz-desk.ts';
import type {RoundMaker} from './quiz-round.ts';
import {resumed} from './resume-lesson.ts';
import {type Keeper, settingsKeeper} from './settings-keeper.ts';
import {guardTerminal, type TerminalGuard} from './terminal-guard.ts';

/** The first screen of the app; `file` is the absolute path of a capture that the command named. */
type Beginning =
  | {readonly screen: 'menu'; readonly track?: string}
  | {
      readonly screen: 'player';
      readonly opened: Opened;
      readonly speed: Speed | undefined;
      readonly at: Place | undefined;
      /**
       * Whether the lesson is resumed where it was left. `asked`: only if it was left with the faults and settings that the command names.
       */
      readonly resumes: 'any' | 'asked' | undefined;
      readonly follow?: NonNullable<AppOptions['follow']>;
      readonly desk?: CaptureDesk | undefined;
      readonly file: string | undefined;
      readonly stage: Stage;
    }
  | {readonly screen: 'picker'; readonly desk: CaptureDesk; readonly file: string | undefined}
  | {readonly screen: 'review'; readonly about: About | undefined}
  | {readonly screen: 'interview'; readonly draw: Draw | undefined}
  | ({readonly screen: 'quiz'} & RoundMaker);

/**
 * Returns the function that opens runs in the player. The code for questions about captures is loaded only for a capture or a simulated
 * connection.
 */
const playerOf = async ({simulated, captured}: Opened): Promise<Play> =>
  simulated || captured ? (await import('./askable.ts')).askable : playable;

const firstRun = async (
  {opened: asked, speed, at, resumes}: Extract<Beginning, {screen: 'player'}>,
  data: LessonData,
  places: PlacesKeeper,
): Promise<OpenedRun> => {
  const {opened, left} = resumes
    ? await resumed(asked, places, resumes === 'asked')
    : {opened: asked, left: undefined};
  return {
    ...(await playerOf(opened))(opened, data),
    ...(left ? {left} : {}),
    ...(speed === undefined ? {} : {speed}),
    ...(at === undefined ? {} : {at}),
  };
};

/** Whether the app runs as a presentation or unattended on a screen; neither for a single learner. */
type Stage = Pick<AppOptions['preferences'], 'presented' | 'unattended'>;

/** Asks the terminal what it can do, and returns a function that turns the answers into settings; those that the user chose stay. */
const fitted = (
  context: Context,
  stdin: NodeJS.ReadStream,
  stage: Stage,
): ((answers: TerminalAnswers) => Fitting) => {
  const {language, ascii, graphs = 'braille', theme, motion = 'full', screenReader, stored} = context;
  const {stdout, env} = process;
  const plain = ascii || needsAscii(env);
  const told = theme ?? backgroundFromEnvironment(env);
  // Nothing is asked with a screen reader, because a query is an escape sequence and the answer is not needed.
  if (!screenReader) askTerminal({stdin, stdout, askWidth: !plain, askBackground: told === undefined});
  let known: TerminalAnswers = {};
  return (answers) => {
    known = {...known, ...answers};
    const {column = 2, background = 'dark'} = known;
    const wideGlyphs = !plain && column !== 2;
    return {
      preferences: {
        language,
        graphs,
        allValues: stored.allValues ?? false,
        reasons: reasonDepths.find((each) => each === stored.reasons) ?? 'finished',
        mouse: stored.mouse ?? true,
        motion,
        screenReader,
        theme: told ?? background,
        ascii: plain || wideGlyphs,
        ...stage,
      },
      ...(wideGlyphs ? {message: appTexts.wideGlyphs} : {}),
    };
  };
};

/** Loads the app; Ink is loaded only if the app draws pictures, not for a screen reader. */
const loadApp = async (screenReader: boolean): Promise<(options: AppOptions) => RunningApp> =>
  screenReader ? (await import('../ui/reader.ts')).startReader : (await import('../ui/start.tsx')).startApp;

const onTerminal = async (options: AppOptions): Promise<RunningApp> =>
  (await loadApp((options.resumed?.preferences ?? options.preferences).screenReader))(options);

const mostTold = 3;

/** Prints the app's failures again on the shell's screen, where they can be copied; with stack traces only in debugging. */
const tellFailures = (failures: readonly Failed[], language: Language): void => {
  for (const failed of failures.slice(0, mostTold)) {
    for (const line of failedLines(failed, language)) printNote(line);
    if (process.env['DEBUG'] === 'packet-tutor' && failed.error instanceof Error)
      console.error(failed.error.stack);
  }
};

/** Runs the app until the user leaves it; it is restarted when the settings switch between pictures and a screen reader's sentences. */
const runUntilLeft = async (
  options: Omit<AppOptions, 'onPreferences'>,
  keep: Keeper,
  {
    start,
    guard,
    bye,
  }: {
    readonly start: (options: AppOptions) => Promise<RunningApp>;
    readonly guard: TerminalGuard;
    readonly bye: () => void;
  },
): Promise<ExitReason> => {
  let resumed: AppState | undefined;
  for (;;) {
    const shown = (resumed ?? options).preferences.screenReader;
    const app = await start({
      ...options,
      ...(resumed === undefined ? {} : {resumed}),
      onPreferences: (kept) => {
        const told = keep.preferences(kept);
        if ((kept.screenReader ?? shown) !== shown) app.restore();
        return told;
      },
    });
    guard.restoreBy(() => {
      app.restore();
      bye();
    });
    const reason = await app.done;
    const state = app.state();
    tellFailures(app.failures(), state.preferences.language);
    if (state.preferences.screenReader === shown) return reason;
    resumed = {...state, opening: undefined};
  }
};

const initialOf = async (
  beginning: Beginning,
  data: LessonData,
  {progress, places}: {readonly progress: Progress; readonly places: PlacesKeeper},
): Promise<AppOptions['initial']> => {
  switch (beginning.screen) {
    case 'menu':
    case 'picker':
      return beginning;
    case 'player':
      return {screen: 'player', run: await firstRun(beginning, data, places), desk: beginning.desk};
    case 'review':
      return {screen: 'page', page: learnerPage('review', progress, beginning.about)};
    case 'interview': {
      const {draw} = beginning;
      const state = interviewOf(progress);
      const interview = draw ? begun(state, drawn(state.all, draw), draw) : state;
      return {screen: 'interview', interview};
    }
    case 'quiz':
      return {screen: 'quiz', round: beginning.makeRound(progress)};
  }
};

/** Returns a function that calls `tell` only at the first call, because the program may end in several ways. */
const onlyOnce = (tell: () => void): (() => void) => {
  let isTold = false;
  return () => {
    if (!isTold) tell();
    isTold = true;
  };
};

/** The search of the app; its code is loaded only when something is looked up. */
const searchLater: SearchDesk = {
  all: async () => (await import('./search-desk.ts')).searchDesk.all(),
  openFound: async (found) => (await import('./search-desk.ts')).searchDesk.openFound(found),
};

/** Returns whether the app runs before an audience, and whether it records progress, which it does not for an audience. */
const stageOf = (beginning: Beginning): {readonly stage: Stage; readonly isLearner: boolean} => {
  const stage = beginning.screen === 'player' ? beginning.stage : {};
  return {stage, isLearner: !stage.presented && !stage.unattended};
};

/** Runs the app from its first screen to its end; `stdin` is the terminal from which keys are read. */
export const runApp = async (
  beginning: Beginning,
  context: Context,
  stdin: NodeJS.ReadStream = process.stdin,
  /** A notice about what was opened, shown until the first key. */
  notice?: Text,
): Promise<Outcome> => {
  const {stdout, env} = process;
  const data = lessonData();
  const guard = guardTerminal(() => stdin.isTTY && stdin.setRawMode(false));
  const {stage, isLearner} = stageOf(beginning);
  const fitting = fitted(context, stdin, stage);
  const recorder = lessonRecorder();
  const keep = settingsKeeper(context.stored);
  const places = placesKeeper(recorder.progress.places, now);
  if ('file' in beginning && beginning.file !== undefined) keep.opened(beginning.file);
  const bye = onlyOnce(() => {
    const problems = [recorder.lost(), places.lost(), keep.lost()];
    for (const problem of problems) if (problem) printWarning(problem, undefined, context.language);
  });
  const exam = beginning.screen === 'quiz' ? beginning.exam : undefined;
  const packed = await packs();
  const initial = await initialOf(beginning, data, {progress: recorder.progress, places});
  // Slow loading is done while the terminal answers the queries.
  if (!context.start) await loadApp(context.screenReader);
  const {preferences, message: fits} = fitting(context.screenReader ? {} : await answersSoFar(stdin));
  const message = recorder.notice ?? places.notice ?? notice ?? fits;
  const options = {
    lessons: lessonEntries(packed),
    openLesson: (id: string, part?: RunPart) => openById(id, data, isLearner ? places : undefined, part),
    initial,
    quiz: {
      record(answer: FreshAnswer) {
        recorder.keep(answer);
        if (answer.askedIn === 'exam') exam?.keep(answer);
      },
      ...quizDesk(recorder.progress, recorder.keep, 'about' in beginning ? beginning.about : undefined),
      openAsked,
    },
    ...(isLearner ? {places, onLearned: recorder.record} : {}),
    search: searchLater,
    captures: capturesDesk({last: keep.lastCapture, keep: keep.opened}),
    preferences,
    fitting,
    unsaved: () => exam?.unsaved() ?? recorder.unsaved(),
    ...('follow' in beginning ? {follow: beginning.follow} : {}),
    colours: context.color ? colourDepth(env) : 'mono',
    stdin,
    stdout,
    ...(message ? {message} : {}),
  } as const;
  try {
    return (await runUntilLeft(options, keep, {start: context.start ?? onTerminal, guard, bye})) ===
      'interrupted'
      ? 130
      : 0;
  } finally {
    bye();
    guard.release();
    // Standard input is paused, because it would keep the process alive.
    stdin.pause();
    stdin.unref();
  }
};
