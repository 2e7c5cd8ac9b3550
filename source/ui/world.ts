// Carries out the effects that the app's state machine asks for, and updates its state with the results.

import {sameIn, type Text} from '../lesson/text.ts';
import type {Question} from '../quiz/question.ts';
import {forkScenario} from '../sim/fork.ts';
import {guarded} from '../view/guarded.ts';
import type {Message} from '../view/note.ts';
import {type LearnerPage, markedAs} from '../view/quiz/learner-page.ts';
import {failedParts} from '../words/catalogue/failed.ts';
import type {AppOptions} from './app-options.ts';
import type {AppState, Effect, ExitReason} from './app-state.ts';
import type {CapturesEffect, PickerEffect} from './capture-state.ts';
import {CapturesWorld} from './captures-world.ts';
import type {Forking} from './fork-state.ts';
import type {FreshTicks, InterviewEffect} from './interview.ts';
import {
  attempted,
  forkMade,
  opened,
  openedAgain,
  openedOver,
  openedWhatIf,
  roundBegun,
  simulated,
  watchedOver,
} from './opened.ts';
import {type OpenResult, partIn} from './opened-run.ts';
import {exportBegun, keysOpened, written} from './picker.ts';
import {
  asked,
  beginQuiz,
  ended,
  type FreshAnswer,
  type Postponed,
  prepared,
  type RoundWish,
} from './quiz-round.ts';
import {seen} from './screen-output.ts';
import {searchFilled} from './search.ts';
import type {SearchEffect} from './search-desk.ts';
import {withUnsaved} from './unsaved.ts';

/** The functions of the terminal that the app uses. If `exit` gets an error, the promise of the app's end rejects with it. */
export type Terminal = {
  exit(how: ExitReason | Error): void;
  suspend(): Promise<void>;
  redraw(): void;
  /** Copies a text to the clipboard, if the terminal permits that. */
  copy(text: string): void;
};

type App = {
  get(): AppState;
  become(state: AppState): void;
  /** Reports that a part of the app, such as opening a lesson, failed; everything else continues. */
  failed(part: Text, error: unknown): void;
  /** Returns the time in ms of a steady clock. */
  now(): number;
  /** Returns the terminal's functions; undefined before the first drawing. */
  terminal(): Terminal | undefined;
};

type World = App & {readonly options: AppOptions; askNext(): void};

/** Waits until the event loop has had a turn, so that the screen shows the effect of a key before longer work begins. */
const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/**
 * Waits for a result and applies it to the app's state as it is by then, because keys may have been pressed meanwhile. Without a result,
 * the state stays.
 */
const into = async <T>(
  {get, become}: App,
  wanted: T | Promise<T>,
  change: (state: AppState, came: NonNullable<T>) => AppState,
): Promise<void> => {
  const came = await wanted;
  if (came !== undefined && came !== null) become(change(get(), came));
};

/** Returns a function that puts an opened run into the app's state, but only if the reader is still on the screen that asked for it. */
const openedOn =
  (screen: AppState['screen']) =>
  (state: AppState, result: OpenResult): AppState =>
    state.screen === screen ? opened(state, result) : state;

/** Simulates the fork of a long run in parts, so that a key never has to wait for all of it. */
const forkLong = async ({get, become}: World, forking: Forking): Promise<void> => {
  const {player, tree} = forking;
  await seen();
  const made = player.run.fork?.again(forkScenario(tree));
  await later();
  const beats = made?.beats() ?? [];
  await later();
  become(forkMade(get(), forking, made && {...made, beats: () => beats}));
};

const counterOpened = (state: AppState, result: OpenResult): AppState =>
  state.screen === 'player' ? watchedOver(state, result) : opened(state, result);

/** Carries out an effect that opens a run: it replaces the run on the screen, or is shown over it until it is closed. */
const again = (
  world: World,
  effect: Extract<
    Effect,
    | {kind: 'open' | 'openFresh' | 'openAsked' | 'openWhatIf' | 'openLink' | 'openCounter'}
    | {kind: 'attempt' | 'fork' | 'simulate'}
  >,
): Promise<void> => {
  const {options, get} = world;
  const {player, quiz} = get();
  const run = player?.run;
  switch (effect.kind) {
    case 'open':
      return into(world, options.openLesson(effect.lesson, ...partIn(effect)), opened);
    case 'openFresh': {
      // The sort is the id of no lesson if nothing makes a fresh challenge of it, and opening it says so.
      const id = options.quiz?.freshChallenge?.(effect.sort) ?? effect.sort;
      return into(world, options.openLesson(id), opened);
    }
    case 'openAsked':
      return into(
        world,
        (quiz?.round.openAsked ?? options.quiz?.openAsked)?.(effect.question),
        openedOn('quiz'),
      );
    case 'openWhatIf':
      return into(world, run?.openWhatIf(effect.index), openedWhatIf);
    case 'attempt':
      return into(world, run?.attempt?.(effect.moves), (state, result) =>
        state.player?.run === run ? attempted(state, effect.moves, result) : {...state, opening: undefined},
      );
    case 'fork':
      return forkLong(world, effect.forking);
    case 'simulate':
      return into(world, run?.simulate?.(effect.packet), simulated);
    case 'openLink':
      return into(world, options.openLesson(effect.lesson, ...partIn(effect)), openedOver);
    case 'openCounter':
      return into(world, options.quiz?.openCounter(effect.misconception), counterOpened);
  }
};

/** After an answer was stored, updates what the menu says about the learner, and the message about answers that could not be stored. */
const kept = ({options, get, become}: World): void =>
  become(withUnsaved({...get(), learner: options.quiz?.note()}, options.unsaved?.()));

const record = (world: World, answer: FreshAnswer | FreshTicks): void => {
  world.options.quiz?.record(answer);
  kept(world);
};

const told = ({get, become}: World, message: Message | undefined): void => {
  if (message !== undefined) become({...get(), message});
};

/**
 * Shows the page of review or progress a turn later, so that the `enter` that chose it in the menu does not act on the page. If a run was
 * opened from the page meanwhile, it stays.
 */
const showPage = async (world: World, kind: LearnerPage['kind']): Promise<void> => {
  await later();
  await into(world, world.options.quiz?.page(kind), (state, page) => ({
    ...state,
    screen: state.screen === 'player' ? state.screen : 'page',
    page: markedAs(state.page, page),
  }));
};

const beginRound = async (world: World, which: RoundWish): Promise<void> => {
  const {screen, player} = world.get();
  const own = screen === 'player' && typeof which === 'object' && 'check' in which;
  const begun = (own ? player?.run.beginCheck?.() : undefined) ?? world.options.quiz?.begin(which);
  await into(world, begun, roundBegun);
  world.askNext();
};

const openInterview = async (world: World, about: string | undefined): Promise<void> => {
  await later();
  await into(world, world.options.quiz?.interview(about), (state, interview) => ({
    ...state,
    screen: 'interview',
    interview,
  }));
};

const talk = (world: World, effect: InterviewEffect): Promise<void> | void => {
  if (effect.kind === 'recordTicks') return record(world, effect.ticks);
  if (effect.kind === 'openInterview') return openInterview(world, effect.about);
  const {question, point, lesson} = effect;
  return into(world, world.options.quiz?.openProof(question, point, lesson), openedOn('interview'));
};

const search = async (world: World, effect: SearchEffect): Promise<void> => {
  const desk = world.options.search;
  if (effect.kind === 'openFound') return into(world, desk?.openFound(effect.found), openedOn('search'));
  await seen();
  return into(world, desk?.all(), searchFilled);
};

const putOff = async (world: World, what: Postponed): Promise<void> => {
  world.options.quiz?.putOff(what);
  kept(world);
  const {screen, page} = world.get();
  if (screen === 'page' && page !== undefined) await showPage(world, page.kind);
};

const repeatQuestions = ({get, become, askNext}: World, questions: readonly Question[]): void => {
  const {quiz} = get();
  if (quiz === undefined) return;
  become({...get(), quiz: beginQuiz(quiz.round.repeat(questions))});
  askNext();
};

/** Carries out an effect on the capture file that is open: opens one of its conversations as a run, or writes one into a file. */
const ofDesk = async (
  world: World,
  effect: Extract<PickerEffect, {kind: 'pick' | 'writePicked'}>,
): Promise<void> => {
  await seen();
  const {desk, preferences} = world.get();
  if (effect.kind === 'pick') await into(world, desk?.open(effect.id), opened);
  else await into(world, desk?.write(effect.id, effect.wish, preferences), written);
};

/** Reads the capture again with its key log, and updates its page and, if it is on the screen, its run. */
const openKeys = async (world: World): Promise<void> => {
  await seen();
  const {get, become} = world;
  const {desk, player} = get();
  const came = await desk?.openKeys?.();
  if (came === undefined) return become({...get(), opening: undefined});
  become(keysOpened(get(), came));
  const {screen, picker, desk: other} = get();
  const isHere = screen === 'player' && player !== undefined && get().player?.run === player.run;
  if (picker && isHere && other !== desk) await into(world, other?.open(picker.state.marked), openedAgain);
};

const suspend = async ({get, become, terminal}: World): Promise<void> => {
  become({...get(), suspended: true});
  try {
    await terminal()?.suspend();
  } finally {
    become({...get(), suspended: false});
  }
};

/** Returns the name of the part of the app that an effect uses, for the message that this part has failed. */
const partOf = ({kind}: Effect): Text => {
  switch (kind) {
    case 'attempt':
    case 'fork':
    case 'simulate':
      return failedParts.simulation;
    case 'askNext':
    case 'repeatQuestions':
      return failedParts.question;
    case 'showPage':
      return failedParts.page;
    case 'preferences':
    case 'record':
    case 'recordTicks':
    case 'putOff':
      return failedParts.keeping;
    case 'share':
    case 'exportProgress':
    case 'beginExport':
    case 'writePicked':
      return failedParts.exporting;
    case 'exit':
    case 'copy':
    case 'suspend':
    case 'redraw':
      return failedParts.terminal;
    default:
      return failedParts.opening;
  }
};

/** Writes the result of a solved challenge, and puts its text into the clipboard. */
const share = ({options, get, become, terminal}: World, {solved}: Extract<Effect, {kind: 'share'}>): void => {
  const {language, screenReader} = get().preferences;
  const shared = options.quiz?.share?.(solved, language);
  if (shared === undefined) return;
  if (!screenReader) terminal()?.copy(shared.text);
  become({...get(), message: screenReader ? sameIn(shared.text) : shared.message});
};

const carry = (
  world: World,
  effect: Exclude<Effect, CapturesEffect | {kind: 'share'}>,
): Promise<void> | void => {
  const {options, get, become, terminal} = world;
  switch (effect.kind) {
    case 'exit':
      return terminal()?.exit(effect.reason);
    case 'preferences':
      return told(world, options.onPreferences(effect.kept));
    case 'open':
    case 'openFresh':
    case 'openAsked':
    case 'openWhatIf':
    case 'attempt':
    case 'fork':
    case 'simulate':
    case 'openLink':
    case 'openCounter':
      return again(world, effect);
    case 'askNext':
      return world.askNext();
    case 'beginRound':
      return beginRound(world, effect.which);
    case 'showPage':
      return showPage(world, effect.page);
    case 'record':
      return record(world, effect.answer);
    case 'openInterview':
    case 'recordTicks':
    case 'openProof':
      return talk(world, effect);
    case 'search':
    case 'openFound':
      return search(world, effect);
    case 'putOff':
      return putOff(world, effect.what);
    case 'exportProgress':
      return told(world, options.quiz?.exportProgress());
    case 'repeatQuestions':
      return repeatQuestions(world, effect.questions);
    case 'pick':
    case 'writePicked':
      return ofDesk(world, effect);
    case 'openKeys':
      return openKeys(world);
    case 'beginExport':
      return become(exportBegun(get(), effect.id));
    case 'suspend':
      return suspend(world);
    case 'copy':
    case 'redraw':
      return effect.kind === 'copy' ? terminal()?.copy(effect.text) : terminal()?.redraw();
  }
};

const ofCaptures = (effect: Effect): effect is CapturesEffect =>
  ['offerCaptures', 'openCapture', 'completePath', 'stopReading'].includes(effect.kind);

/** How many questions of a quiz in a row may fail to be made; each is left out, and after that many the round ends. */
const mostFailures = 3;

function makeAsking({get, become, failed, now}: App) {
  let failures = 0;
  let preparing = false;
  const failing = (error: unknown) => failed(failedParts.question, error);
  /** Prepares the next question of the quiz in parts, so that a key never has to wait long, until nothing is left to prepare. */
  const prepare = () => {
    if (preparing) return;
    preparing = true;
    setTimeout(() => {
      preparing = false;
      guarded(() => {
        const {quiz} = get();
        if (quiz !== undefined && prepared(quiz)) prepare();
      }, failing);
    });
  };
  const ask = () => {
    const {quiz} = get();
    if (quiz?.state.question === undefined && quiz?.state.phase === 'asking') {
      become({...get(), quiz: failures < mostFailures ? asked(quiz, now()) : ended(quiz)});
      failures = 0;
    }
    prepare();
  };
  const askNext = () => {
    setTimeout(() =>
      guarded(ask, (error) => {
        failures += 1;
        failing(error);
        askNext();
      }),
    );
  };
  return askNext;
}

export function makeWorld(options: AppOptions, app: App) {
  const world: World = {...app, options, askNext: makeAsking(app)};
  const captures = options.captures && new CapturesWorld(options.captures, app);
  const carryOut = (effect: Effect): void => {
    const fail = (error: unknown) => app.failed(partOf(effect), error);
    guarded(() => {
      if (ofCaptures(effect)) captures?.carryOut(effect);
      else if (effect.kind === 'share') share(world, effect);
      // The value that the promise resolves to is ignored; only an error is reported.
      else Promise.resolve(carry(world, effect)).catch(fail);
    }, fail);
  };
  return {carryOut, askNext: world.askNext};
}
