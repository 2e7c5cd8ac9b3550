// Joins the pure machine to the world: holds the state, tells who listens, and carries out its effects.
import type {Move} from '../lesson/attempt.ts';
import type {Question} from '../lesson/quiz/question.ts';
import type {Conversation} from '../observe/capture-trace.ts';
import type {Size} from '../present/layout.ts';
import {type LearnerPage, markedAs} from '../present/quiz/learner-page.ts';
import type {AppOptions, ExitReason, Preferences} from './app-options.ts';
import {
  type AppState,
  choose,
  type Effect,
  type Mark,
  mark,
  type Outcome,
  play,
  pressKey,
} from './app-state.ts';
import {makeCapturesWorld} from './captures-world.ts';
import type {ExportWish} from './export-form.ts';
import {grownPlayer} from './growing.ts';
import {learnedBetween} from './learned.ts';
import {initialMenu} from './menu-state.ts';
import {attempted, opened, openedOver, openedWhatIf, roundBegun, simulated} from './opened.ts';
import {workOn} from './panel-keys.ts';
import {exportBegun, grownPicker, openPicker, written} from './picker.ts';
import {openPlayer} from './player.ts';
import {makeQuestionGuard} from './question-guard.ts';
import {asked, beginQuiz, type Postponed, passed, prepared, type RoundWish} from './quiz-round.ts';
import {withUnsaved} from './unsaved.ts';

/** What the machine asks of the terminal; `exit` with an error makes the app reject with it. */
type Terminal = {
  exit(how: ExitReason | Error): void;
  suspend(): Promise<void>;
  redraw(): void;
  /** Into the clipboard, where the terminal lets programs do that. */
  copy(text: string): void;
};

export type Controller = {
  get(): AppState;
  subscribe(listener: () => void): () => void;
  press(key: string): void;
  tick(ms: number): void;
  mark(row: Mark): void;
  choose(row: Mark): void;
  fail(error: unknown): void;
  attach(terminal: Terminal): void;
  /** The screen shows this state, and whatever is new on it listens to keys. */
  drawn(state: AppState): void;
  isDrawn(): boolean;
};

export function initialState({
  lessons,
  preferences,
  initial,
  message: notice,
  captures,
}: Pick<AppOptions, 'lessons' | 'preferences' | 'initial' | 'message' | 'captures'>): AppState {
  const common = {
    lessons,
    preferences,
    menu: initialMenu(lessons),
    ...(captures ? {openable: {last: captures.last()}} : {}),
    setting: 'language',
    help: false,
    message: undefined,
    notice,
    opening: undefined,
    suspended: false,
  } as const;
  if (initial.screen === 'menu') return {...common, screen: 'menu', underPlayer: 'menu', player: undefined};
  if (initial.screen === 'page') return {...common, ...initial, underPlayer: 'quiz', player: undefined};
  if (initial.screen === 'quiz')
    return {
      ...common,
      screen: 'quiz',
      underPlayer: 'quiz',
      player: undefined,
      quiz: beginQuiz(initial.round),
    };
  if (initial.screen === 'picker') {
    const {desk} = initial;
    return {
      ...common,
      screen: 'picker',
      underPlayer: 'picker',
      player: undefined,
      desk,
      picker: openPicker(desk),
    };
  }
  const {desk, run} = initial;
  const underPlayer = desk ? 'picker' : 'shell';
  return {...common, screen: 'player', underPlayer, desk, player: openPlayer(run, preferences)};
}

/** `ms` later: what plays has moved, and what is worked on meanwhile is further. */
export function ticked(before: AppState, ms: number): AppState {
  const isAsked = before.screen === 'quiz' && before.quiz !== undefined;
  const state = isAsked ? {...before, quiz: passed(before.quiz, ms)} : before;
  const moved = play(state, {kind: 'tick', ms});
  const player = moved.player && workOn(moved.player);
  return player === moved.player ? moved : {...moved, player};
}

/** What a key press is judged by: a steady clock in ms, and the screen as it is now. */
type Surroundings = {now(): number; size(): Size};

export function makeController(options: AppOptions, {now, size}: Surroundings): Controller {
  let state = options.resumed ?? {...initialState(options), learner: options.quiz?.note()};
  const guard = makeQuestionGuard(now);
  let onScreen: AppState | undefined;
  let terminal: Terminal | undefined;
  const listeners = new Set<() => void>();

  const become = (next: AppState) => {
    if (next === state) return;
    const learned = learnedBetween(state.player, next.player);
    for (const each of learned) options.onLearned?.(each);
    guard.saw(state, next);
    state =
      learned.length === 0
        ? next
        : withUnsaved({...next, learner: options.quiz?.note()}, options.unsaved?.());
    for (const listener of listeners) listener();
  };
  const fail = (error: unknown) => terminal?.exit(error instanceof Error ? error : new Error(String(error)));

  const open = async (lesson: string) => {
    const result = await options.openLesson(lesson);
    // Read only now: keys were pressed meanwhile.
    become(opened(state, result));
  };
  const openWhatIf = async (index: number) => {
    const result = await state.player?.run.openWhatIf(index);
    if (result !== undefined) become(openedWhatIf(state, result));
  };
  const openLink = async (lesson: string) => {
    const result = await options.openLesson(lesson);
    become(openedOver(state, result));
  };
  const attempt = async (moves: readonly Move[]) => {
    const result = await state.player?.run.attempt?.(moves);
    if (result !== undefined) become(attempted(state, moves, result));
  };
  let preparing = false;
  /** The next question, piece by piece, so that a key never waits long; and then nothing more. */
  const prepare = () => {
    if (preparing) return;
    preparing = true;
    setTimeout(() => {
      preparing = false;
      try {
        if (state.quiz !== undefined && prepared(state.quiz)) prepare();
      } catch (error) {
        fail(error);
      }
    });
  };
  const simulate = async (packet: number | undefined) => {
    const result = await state.player?.run.simulate?.(packet);
    if (result !== undefined) become(simulated(state, result));
  };
  /** Later, so that what was pressed is seen first. */
  const askNext = () => {
    setTimeout(() => {
      try {
        if (state.quiz?.state.question === undefined && state.quiz?.state.phase === 'asking')
          become({...state, quiz: asked(state.quiz, now())});
        prepare();
      } catch (error) {
        fail(error);
      }
    });
  };
  /** The file has been told something. */
  const kept = () => become(withUnsaved({...state, learner: options.quiz?.note()}, options.unsaved?.()));
  const keepPreferences = (changed: Partial<Preferences>) => {
    const message = options.onPreferences(changed);
    if (message !== undefined) become({...state, message});
  };
  const showPage = (kind: LearnerPage['kind']) => {
    // Later: the `enter` that chose it in the menu is not to start what the page offers.
    setTimeout(() => {
      const page = options.quiz?.page(kind);
      if (page !== undefined) become({...state, screen: 'page', page: markedAs(state.page, page)});
    });
  };
  const beginRound = async (which: RoundWish) => {
    const own = state.screen === 'player' && typeof which === 'object' && 'check' in which;
    const result = await ((own ? state.player?.run.beginCheck?.() : undefined) ?? options.quiz?.begin(which));
    if (result === undefined) return;
    become(roundBegun(state, result));
    askNext();
  };
  const openAsked = async (question: Question) => {
    const result = await (state.quiz?.round.openAsked ?? options.quiz?.openAsked)?.(question);
    if (result !== undefined && state.screen === 'quiz') become(opened(state, result));
  };
  const openCounter = async (misconception: string) => {
    const result = await options.quiz?.openCounter(misconception);
    if (result === undefined) return;
    become(state.screen === 'player' ? openedOver(state, result) : opened(state, result));
  };
  const putOff = (what: Postponed) => {
    options.quiz?.putOff(what);
    kept();
    if (state.screen === 'page' && state.page !== undefined) showPage(state.page.kind);
  };
  const exportProgress = () => {
    const message = options.quiz?.exportProgress();
    if (message !== undefined) become({...state, message});
  };
  const repeatWrong = (questions: readonly Question[]) => {
    const {quiz} = state;
    if (quiz === undefined) return;
    become({...state, quiz: beginQuiz(quiz.round.repeat(questions))});
    askNext();
  };
  const pick = async (id: Conversation) => {
    // Later, so that it is seen that something is being opened.
    await new Promise((resolve) => setTimeout(resolve));
    const result = await state.desk?.open(id);
    if (result !== undefined) become(opened(state, result));
  };
  const writePicked = async (id: Conversation, wish: ExportWish) => {
    // Later, so that it is seen that something is being written.
    await new Promise((resolve) => setTimeout(resolve));
    const result = await state.desk?.write(id, wish, state.preferences);
    if (result !== undefined) become(written(state, result));
  };
  const captures =
    options.captures && makeCapturesWorld(options.captures, {get: () => state, become, fail, now});
  const suspend = async () => {
    become({...state, suspended: true});
    try {
      await terminal?.suspend();
    } finally {
      become({...state, suspended: false});
    }
  };
  const carryOut = (effect: Effect) => {
    switch (effect.kind) {
      case 'exit':
        return terminal?.exit(effect.reason);
      case 'preferences':
        return keepPreferences(effect.kept);
      case 'open':
        return void open(effect.lesson).catch(fail);
      case 'openWhatIf':
        return void openWhatIf(effect.index).catch(fail);
      case 'openLink':
        return void openLink(effect.lesson).catch(fail);
      case 'attempt':
        return void attempt(effect.moves).catch(fail);
      case 'simulate':
        return void simulate(effect.packet).catch(fail);
      case 'askNext':
        return askNext();
      case 'beginRound':
        return void beginRound(effect.which).catch(fail);
      case 'showPage':
        return showPage(effect.page);
      case 'record':
        options.quiz?.record(effect.answer);
        return kept();
      case 'openAsked':
        return void openAsked(effect.question).catch(fail);
      case 'openCounter':
        return void openCounter(effect.misconception).catch(fail);
      case 'putOff':
        return putOff(effect.what);
      case 'exportProgress':
        return exportProgress();
      case 'repeatWrong':
        return repeatWrong(effect.questions);
      case 'pick':
        return void pick(effect.id).catch(fail);
      case 'writePicked':
        return void writePicked(effect.id, effect.wish).catch(fail);
      case 'beginExport':
        return become(exportBegun(state, effect.id));
      case 'offerCaptures':
      case 'openCapture':
      case 'completePath':
      case 'stopReading':
        return captures?.(effect);
      case 'copy':
        return terminal?.copy(effect.text);
      case 'suspend':
        return void suspend().catch(fail);
      case 'redraw':
        return terminal?.redraw();
    }
  };
  const settle = (outcome: Outcome) => {
    become(outcome.state);
    for (const effect of outcome.effects) carryOut(effect);
  };

  options.follow?.((growth, message) => {
    const player = state.player && grownPlayer(state.player, growth);
    become({...state, player, picker: grownPicker(state), message: message ?? state.message});
  });
  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    press: (key) => {
      if (!guard.holds(key, state)) settle(pressKey(state, {key, atMs: now(), size: size()}));
    },
    tick: (ms) => become(ticked(state, ms)),
    mark: (row) => become(mark(state, row)),
    choose: (row) => {
      if (!guard.holds('enter', state)) settle(choose(state, row));
    },
    fail,
    attach(attached) {
      terminal = attached;
      if (state.quiz !== undefined) askNext();
    },
    drawn(shown) {
      onScreen = shown;
    },
    isDrawn: () => onScreen === state,
  };
}
