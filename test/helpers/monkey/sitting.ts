// One sitting of the monkey inside this process: the program's own command opens the source and its own machine takes the keys;
// each frame is drawn into lines and said in sentences, only Ink and the terminal are left out.
import process from 'node:process';
import type {Arguments, Command, Context} from '../../../source/app/command.ts';
import {catalog} from '../../../source/commands/catalog.ts';
import {openProgress} from '../../../source/io/progress.ts';
import type {Language} from '../../../source/lesson/text.ts';
import type {AppOptions, RunningApp} from '../../../source/ui/app-options.ts';
import type {AppState, ExitReason} from '../../../source/ui/app-state.ts';
import {type Controller, makeController} from '../../../source/ui/controller.ts';
import {keyContext} from '../../../source/ui/key-context.ts';
import {type KeyContext, presenting} from '../../../source/ui/key-entry.ts';
import {learnedBetween} from '../../../source/ui/learned.ts';
import {pressUndrawn} from '../../../source/ui/reader.ts';
import {screenLines} from '../../../source/ui/screen-lines.ts';
import {changeSaid, stateSaid} from '../../../source/ui/spoken-app.ts';
import type {Size} from '../../../source/view/layout.ts';
import type {MonkeySource} from './sources.ts';
import {pressedBy, type Step} from './steps.ts';

export type Sitting = {
  readonly steps: readonly Step[];
  /** undefined: all went well. */
  readonly failure: string | undefined;
  /** What was on the screen, by what the keys meant. */
  readonly contexts: ReadonlySet<KeyContext>;
};

/** The next step; undefined: the sitting is over. */
export type NextStep = (context: KeyContext, now: Now) => Step | undefined;

/** What is on a screen of which size. */
export type Now = {readonly state: AppState; readonly size: Size};

/** Where text is typed; `quiz` where its answer is a number, `captures` begins a path by it. */
const lines = new Set<KeyContext>(['typing', 'search', 'path', 'captures', 'quiz']);

export type How = {
  readonly patienceMs?: number | undefined;
  readonly language?: Language;
  /** Is told each step with what it led from and to. */
  readonly watch?: (step: Step, before: AppState, after: AppState) => void;
};

/** Of the clock and of processors, in ms: another process may have the one, the compiler's threads share in the other. */
const hangMs = 1000;

const argumentsOf = ({positionals, options}: MonkeySource): Arguments => {
  const list = (name: string): readonly string[] => {
    const value = options[name];
    return typeof value === 'string' ? [value] : [];
  };
  return {positionals, flag: (name) => options[name] === true, value: (name) => list(name).at(-1), list};
};

const context: Omit<Context, 'language'> = {
  ...{
    json: false,
    ascii: true,
    color: true,
    theme: 'dark',
    motion: 'full',
    graphs: 'braille',
  },
  ...{screenReader: false, stored: {}},
};

const commandOf = async ({command}: MonkeySource): Promise<Command> => {
  if (command === '') return (await import('../../../source/commands/menu.ts')).menu;
  const entry = catalog.find(({name}) => name === command);
  if (entry === undefined) throw new Error(`no command ${command}`);
  return entry.load();
};

const answersKept = (): number =>
  openProgress(() => 0)
    .records()
    .filter(({kind}) => kind === 'answer').length;

class Player {
  readonly steps: Step[] = [];
  failure: string | undefined;
  answers = 0;
  readonly contexts = new Set<KeyContext>();
  exit: ExitReason | Error | undefined;
  readonly #next: NextStep;
  readonly #patienceMs: number;
  readonly #watch: How['watch'];
  #size = {columns: 80, rows: 24};
  #nowMs = 1000;
  #pressing = false;

  constructor(next: NextStep, {patienceMs = hangMs, watch}: How) {
    this.#next = next;
    this.#patienceMs = patienceMs;
    this.#watch = watch;
  }

  readonly start = async (options: AppOptions): Promise<RunningApp> => {
    const {preferences} = options.resumed ?? options;
    const given = {...options, preferences: {...preferences, ascii: false}};
    const controller = makeController(given, {now: () => this.#nowMs, size: () => this.#size});
    let settle: (how: ExitReason) => void = () => {};
    const done = new Promise<ExitReason>((resolve) => {
      settle = resolve;
    });
    controller.attach({
      exit: (how) => {
        if (!this.#pressing) this.#fail(`it left although no key asked for that: ${String(how)}`);
        if (how instanceof Error) this.#fail(`it left with an error: ${how.stack}`);
        this.exit = how;
      },
      redraw: () => {},
      copy: () => true,
      suspend: async () => {},
    });
    let before = controller.get();
    controller.subscribe(() => {
      this.#count(before, controller.get());
      before = controller.get();
    });
    void this.#play(controller).then(() => settle('quit'));
    // Another kind of output is asked for by a setting: here both are the same.
    return {done, restore: () => {}, state: controller.get, failures: controller.failures};
  };

  #fail(what: string): void {
    this.failure ??= what;
  }

  #count(before: AppState, after: AppState): void {
    const [was, is] = [before.quiz?.state.answered.length ?? 0, after.quiz?.state.answered.length ?? 0];
    if (before.quiz?.round === after.quiz?.round && is > was) this.answers += is - was;
    // What stands in the file of a lesson is an answer; a capture's questions are nobody's lesson.
    for (const learned of learnedBetween(before.player, after.player))
      if (learned.kind === 'answer' && learned.run.track !== undefined) this.answers += 1;
  }

  async #play(controller: Controller): Promise<void> {
    this.#draw(controller, controller.get());
    while (this.exit === undefined && this.failure === undefined) {
      const state = controller.get();
      const step = this.#next(this.#context(state), {state, size: this.#size});
      if (step === undefined) break;
      this.steps.push(step);
      this.#take(controller, step);
      // What was asked of the world comes back between keys.
      await new Promise((resolve) => setTimeout(resolve));
      for (let turn = 0; turn < 20 && controller.get().opening !== undefined; turn++)
        await new Promise((resolve) => setTimeout(resolve, turn));
      this.#look(controller);
      this.#watch?.(step, state, controller.get());
    }
  }

  #take(controller: Controller, step: Step): void {
    const before = controller.get();
    const begun = process.cpuUsage();
    const begunMs = performance.now();
    try {
      this.#pressing = true;
      if ('columns' in step) this.#size = step;
      else if ('waitMs' in step) this.#wait(controller, step.waitMs);
      else if ('did' in step) controller.mouse(step);
      else {
        this.#nowMs += 50 + ((this.steps.length * 37) % 900);
        pressUndrawn(controller, pressedBy(step) ?? '');
        if ('paste' in step && !lines.has(keyContext(before)) && controller.get() !== before)
          this.#fail(`a paste did something in ${keyContext(before)}`);
      }
      this.#draw(controller, before);
    } catch (error) {
      this.#fail(error instanceof Error ? `${error.stack}` : String(error));
    } finally {
      this.#pressing = false;
    }
    const {user} = process.cpuUsage(begun);
    const tookMs = Math.min(user / 1000, performance.now() - begunMs);
    if (tookMs > this.#patienceMs) this.#fail(`no answer for ${Math.round(tookMs)} ms`);
  }

  /** Before an audience half of the keys are the presenter's. */
  #context(state: AppState): KeyContext {
    const isStage = state.screen === 'player' && state.preferences.presented;
    const context = isStage && this.steps.length % 2 === 0 ? presenting : keyContext(state);
    this.contexts.add(context);
    return context;
  }

  /** In a few ticks: of what goes by in between nothing is drawn anyway. */
  #wait(controller: Controller, ms: number): void {
    for (let turn = 0; turn < 4 && controller.interval() !== undefined; turn++) {
      this.#nowMs += ms / 4;
      controller.tick(ms / 4);
    }
  }

  #draw(controller: Controller, before: AppState): void {
    const state = controller.get();
    const lines = screenLines(state, this.#size, controller.told);
    if (lines !== undefined && lines.length > Math.max(1, this.#size.rows))
      this.#fail(`${lines.length} lines for ${this.#size.rows} rows`);
    changeSaid(before, state, controller.told);
    if (this.steps.length % 8 === 0) stateSaid(state, controller.told);
    this.contexts.add(keyContext(state));
    this.#look(controller);
  }

  /** A failure that was contained is a bug all the same. */
  #look(controller: Controller): void {
    const [failed] = controller.failures();
    if (failed === undefined) return;
    const {error, part} = failed;
    this.#fail(`${part.en} failed: ${error instanceof Error ? error.stack : String(error)}`);
  }
}

/** In a home of its own, in which captures lie too: exports write beside them. */
export const sit = async (source: MonkeySource, next: NextStep, how: How = {}): Promise<Sitting> => {
  const player = new Player(next, how);
  const before = answersKept();
  try {
    const command = await commandOf(source);
    // What is no capture is refused: that is an answer, too.
    await command.run(argumentsOf(source), {...context, language: how.language ?? 'en', start: player.start});
  } catch (error) {
    player.failure ??= error instanceof Error ? `${error.stack}` : String(error);
  }
  const kept = answersKept() - before;
  // Of an audience nothing is learned.
  const isStaged = 'present' in source.options || 'autoplay' in source.options;
  const owed = isStaged ? 0 : player.answers;
  if (kept < owed) player.failure ??= `${owed} answers were given, ${kept} are kept`;
  const {steps, failure, contexts} = player;
  return {steps, failure, contexts};
};
