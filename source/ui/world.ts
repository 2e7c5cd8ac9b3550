// Carries out what the machine asks of the world, and hands back to it what comes of that.

import type {Move} from '../lesson/attempt.ts';
import type {Text} from '../lesson/text.ts';
import type {Conversation} from '../observe/capture-parts.ts';
import type {Question} from '../quiz/question.ts';
import {forkScenario} from '../sim/fork.ts';
import {guarded} from '../view/guarded.ts';
import {type LearnerPage, markedAs} from '../view/quiz/learner-page.ts';
import {failedParts} from '../words/catalogue/failed.ts';
import type {AppOptions} from './app-options.ts';
import type {AppState, Effect, ExitReason} from './app-state.ts';
import type {CapturesEffect} from './capture-state.ts';
import {CapturesWorld} from './captures-world.ts';
import type {ExportWish} from './export-form.ts';
import type {Forking} from './fork-state.ts';
import type {FreshTicks, InterviewEffect} from './interview.ts';
import {
  attempted,
  forkMade,
  opened,
  openedOver,
  openedWhatIf,
  roundBegun,
  simulated,
  watchedOver,
} from './opened.ts';
import {exportBegun, written} from './picker.ts';
import type {Preferences} from './preferences.ts';
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
import {searchBegun} from './search.ts';
import type {SearchEffect} from './search-desk.ts';
import {withUnsaved} from './unsaved.ts';

/** What the machine asks of the terminal; `exit` with an error makes the app reject with it. */
export type Terminal = {
  exit(how: ExitReason | Error): void;
  suspend(): Promise<void>;
  redraw(): void;
  /** Into the clipboard, where the terminal lets programs do that. */
  copy(text: string): void;
};

type App = {
  get(): AppState;
  become(state: AppState): void;
  /** Part of what was asked cannot be done; the rest goes on. */
  failed(part: Text, error: unknown): void;
  /** By a steady clock, in ms. */
  now(): number;
  /** undefined: nothing is drawn yet. */
  terminal(): Terminal | undefined;
};

type World = App & {readonly options: AppOptions; askNext(): void};

/** So that what was pressed is seen first. */
const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

const open = async ({options, get, become}: World, lesson: string): Promise<void> => {
  const result = await options.openLesson(lesson);
  // Read only now: keys were pressed meanwhile.
  become(opened(get(), result));
};

const openWhatIf = async ({get, become}: World, index: number): Promise<void> => {
  const result = await get().player?.run.openWhatIf(index);
  if (result !== undefined) become(openedWhatIf(get(), result));
};

const openLink = async ({options, get, become}: World, lesson: string): Promise<void> => {
  const result = await options.openLesson(lesson);
  become(openedOver(get(), result));
};

const attempt = async ({get, become}: World, moves: readonly Move[]): Promise<void> => {
  const result = await get().player?.run.attempt?.(moves);
  if (result !== undefined) become(attempted(get(), moves, result));
};

/** In pieces, so that a key never waits for all of it. */
const forkLong = async ({get, become}: World, forking: Forking): Promise<void> => {
  const {player, tree} = forking;
  await seen();
  const made = player.run.fork?.again(forkScenario(tree));
  await later();
  const beats = made?.beats() ?? [];
  await later();
  become(forkMade(get(), forking, made && {...made, beats: () => beats}));
};

const simulate = async ({get, become}: World, packet: number | undefined): Promise<void> => {
  const result = await get().player?.run.simulate?.(packet);
  if (result !== undefined) become(simulated(get(), result));
};

/** Another run in place of the one on the screen, or over it. */
const again = (
  world: World,
  effect: Extract<
    Effect,
    {kind: 'openWhatIf' | 'attempt' | 'fork' | 'simulate' | 'openLink' | 'openCounter'}
  >,
): Promise<void> => {
  switch (effect.kind) {
    case 'openWhatIf':
      return openWhatIf(world, effect.index);
    case 'attempt':
      return attempt(world, effect.moves);
    case 'fork':
      return forkLong(world, effect.forking);
    case 'simulate':
      return simulate(world, effect.packet);
    case 'openLink':
      return openLink(world, effect.lesson);
    case 'openCounter':
      return openCounter(world, effect.misconception);
  }
};

/** The file has been told something. */
const kept = ({options, get, become}: World): void =>
  become(withUnsaved({...get(), learner: options.quiz?.note()}, options.unsaved?.()));

const record = (world: World, answer: FreshAnswer | FreshTicks): void => {
  world.options.quiz?.record(answer);
  kept(world);
};

const keepPreferences = ({options, get, become}: World, changed: Partial<Preferences>): void => {
  const message = options.onPreferences(changed);
  if (message !== undefined) become({...get(), message});
};

/** Later: the `enter` that chose it in the menu is not to start what the page offers. */
const showPage = async ({options, get, become}: World, kind: LearnerPage['kind']): Promise<void> => {
  await later();
  const page = options.quiz?.page(kind);
  if (page !== undefined) become({...get(), screen: 'page', page: markedAs(get().page, page)});
};

const beginRound = async ({options, get, become, askNext}: World, which: RoundWish): Promise<void> => {
  const {screen, player} = get();
  const own = screen === 'player' && typeof which === 'object' && 'check' in which;
  const result = await ((own ? player?.run.beginCheck?.() : undefined) ?? options.quiz?.begin(which));
  if (result === undefined) return;
  become(roundBegun(get(), result));
  askNext();
};

const openAsked = async ({options, get, become}: World, question: Question): Promise<void> => {
  const result = await (get().quiz?.round.openAsked ?? options.quiz?.openAsked)?.(question);
  if (result !== undefined && get().screen === 'quiz') become(opened(get(), result));
};

const openCounter = async ({options, get, become}: World, misconception: string): Promise<void> => {
  const result = await options.quiz?.openCounter(misconception);
  if (result === undefined) return;
  become(get().screen === 'player' ? watchedOver(get(), result) : opened(get(), result));
};

const openInterview = async ({options, get, become}: World, about: string | undefined): Promise<void> => {
  await later();
  const interview = options.quiz?.interview(about);
  if (interview !== undefined) become({...get(), screen: 'interview', interview});
};

const openProof = async (
  {options, get, become}: World,
  {question, point, lesson}: Extract<InterviewEffect, {kind: 'openProof'}>,
): Promise<void> => {
  const result = await options.quiz?.openProof(question, point, lesson);
  if (result !== undefined && get().screen === 'interview') become(opened(get(), result));
};

const talk = (world: World, effect: InterviewEffect): Promise<void> | void => {
  if (effect.kind === 'recordTicks') return record(world, effect.ticks);
  return effect.kind === 'openProof' ? openProof(world, effect) : openInterview(world, effect.about);
};

const search = async ({options, get, become}: World, effect: SearchEffect): Promise<void> => {
  if (effect.kind === 'search') {
    const all = await options.search?.all();
    if (all !== undefined && get().screen === 'menu') become(searchBegun(get(), all));
    return;
  }
  const result = await options.search?.openSight(effect.sight);
  if (result !== undefined) become(opened(get(), result));
};

const putOff = async (world: World, what: Postponed): Promise<void> => {
  world.options.quiz?.putOff(what);
  kept(world);
  const {screen, page} = world.get();
  if (screen === 'page' && page !== undefined) await showPage(world, page.kind);
};

const exportProgress = ({options, get, become}: World): void => {
  const message = options.quiz?.exportProgress();
  if (message !== undefined) become({...get(), message});
};

const repeatWrong = ({get, become, askNext}: World, questions: readonly Question[]): void => {
  const {quiz} = get();
  if (quiz === undefined) return;
  become({...get(), quiz: beginQuiz(quiz.round.repeat(questions))});
  askNext();
};

const pick = async ({get, become}: World, id: Conversation): Promise<void> => {
  await seen();
  const result = await get().desk?.open(id);
  if (result !== undefined) become(opened(get(), result));
};

const writePicked = async ({get, become}: World, id: Conversation, wish: ExportWish): Promise<void> => {
  await seen();
  const result = await get().desk?.write(id, wish, get().preferences);
  if (result !== undefined) become(written(get(), result));
};

const suspend = async ({get, become, terminal}: World): Promise<void> => {
  become({...get(), suspended: true});
  try {
    await terminal()?.suspend();
  } finally {
    become({...get(), suspended: false});
  }
};

/** What the reader asked for, as a message names it that says that it has failed. */
const partOf = ({kind}: Effect): Text => {
  switch (kind) {
    case 'attempt':
    case 'fork':
    case 'simulate':
      return failedParts.simulation;
    case 'askNext':
    case 'repeatWrong':
      return failedParts.question;
    case 'showPage':
      return failedParts.page;
    case 'preferences':
    case 'record':
    case 'recordTicks':
    case 'putOff':
      return failedParts.keeping;
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

const carry = (world: World, effect: Exclude<Effect, CapturesEffect>): Promise<void> | void => {
  const {get, become, terminal} = world;
  switch (effect.kind) {
    case 'exit':
      return terminal()?.exit(effect.reason);
    case 'preferences':
      return keepPreferences(world, effect.kept);
    case 'open':
      return open(world, effect.lesson);
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
    case 'openSight':
      return search(world, effect);
    case 'openAsked':
      return openAsked(world, effect.question);
    case 'putOff':
      return putOff(world, effect.what);
    case 'exportProgress':
      return exportProgress(world);
    case 'repeatWrong':
      return repeatWrong(world, effect.questions);
    case 'pick':
      return pick(world, effect.id);
    case 'writePicked':
      return writePicked(world, effect.id, effect.wish);
    case 'beginExport':
      return become(exportBegun(get(), effect.id));
    case 'copy':
      return terminal()?.copy(effect.text);
    case 'suspend':
      return suspend(world);
    case 'redraw':
      return terminal()?.redraw();
  }
};

const ofCaptures = (effect: Effect): effect is CapturesEffect =>
  ['offerCaptures', 'openCapture', 'completePath', 'stopReading'].includes(effect.kind);

/** A question that cannot be made is left out; after so many in a row the round is over. */
const mostFailures = 3;

function makeAsking({get, become, failed, now}: App) {
  let failures = 0;
  let preparing = false;
  const failing = (error: unknown) => failed(failedParts.question, error);
  /** The next question, piece by piece, so that a key never waits long; and then nothing more. */
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
      // A terminal's stream may give back more than nothing.
      else Promise.resolve(carry(world, effect)).catch(fail);
    }, fail);
  };
  return {carryOut, askNext: world.askNext};
}
