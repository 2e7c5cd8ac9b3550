// The monkey at the built program in a real pseudo terminal: what Ink, the input and the terminal add to what is pressed in-process.
import type {KeyContext} from '../../../source/ui/key-entry.ts';
import {Terminal} from '../terminal.ts';
import {type Chance, chanceOf} from './chance.ts';
import {sourcesBy} from './monkey.ts';
import {type MonkeySource, wordsOf} from './sources.ts';
import {type Step, stepFor} from './steps.ts';

export type TerminalSitting = {
  readonly source: MonkeySource;
  readonly keys: readonly Step[];
  readonly failure: string | undefined;
};

const bytes: Readonly<Record<string, string>> = {
  ...{up: '\x1b[A', down: '\x1b[B', right: '\x1b[C', left: '\x1b[D', home: '\x1b[H', end: '\x1b[F'},
  ...{
    'page-up': '\x1b[5~',
    'page-down': '\x1b[6~',
    enter: '\r',
    space: ' ',
    tab: '\t',
    'shift-tab': '\x1b[Z',
  },
  ...{escape: '\x1b', backspace: '\x7f', 'ctrl-l': '\x0c', 'ctrl-u': '\x15', 'ctrl-c': '\x03'},
};

/** What is on the screen is guessed: wrong keys are keys as well. */
const contexts: {readonly [command in MonkeySource['command']]: readonly KeyContext[]} = {
  '': ['menu', 'lessons', 'settings', 'player', 'captures', 'path'],
  play: [
    'player',
    'question',
    'reply',
    'why',
    'ending',
    'alter',
    'forks',
    'compare',
    'typing',
    'help',
    'picker',
  ],
  quiz: ['quiz', 'quizSure', 'quizReply', 'quizResult'],
  interview: ['interviewList', 'interviewAsked', 'interviewPoints', 'interviewRead'],
  challenge: ['opening', 'player', 'alter', 'closing', 'typing', 'help', 'challenges'],
  review: ['review', 'quiz', 'quizSure', 'quizReply', 'progress'],
};

const burst = 8;
const mostKeys = 40;
const askedAgainMs = 1000;
const wrong = /the rest still works|其他照常|this is a bug|内部出错|^\s+at .+:\d+:\d+/m;
const leaves = new Set(['q', 'escape', 'ctrl-c']);

/** A paste comes with its brackets, or as bare text, as old terminals send it. */
const typed = (step: Step, chance: Chance): string => {
  if ('paste' in step) return chance.percent(50) ? `\x1b[200~${step.paste}\x1b[201~` : step.paste;
  return 'key' in step ? (bytes[step.key] ?? step.key) : '';
};

class Sitting {
  readonly keys: Step[] = [];
  readonly #terminal: Terminal;
  readonly #patienceMs: number;
  #code: number | undefined;

  constructor(source: MonkeySource, patienceMs: number) {
    this.#terminal = new Terminal(wordsOf(source), {folder: process.cwd()});
    this.#patienceMs = patienceMs;
    void this.#terminal.exit().then((code) => {
      this.#code = code;
    });
  }

  /** undefined: all went well. */
  async play(chance: Chance, among: readonly KeyContext[]): Promise<string | undefined> {
    try {
      return (await this.#keys(chance, among)) ?? (await this.#leave());
    } finally {
      this.#terminal.close();
    }
  }

  async #keys(chance: Chance, among: readonly KeyContext[]): Promise<string | undefined> {
    await this.#until(() => this.#terminal.text().trim() !== '', 20_000);
    while (this.keys.length < mostKeys && this.#code === undefined) {
      const steps = Array.from({length: burst}, () => stepFor(chance, chance.of(among)));
      for (const step of steps) {
        this.keys.push(step);
        if ('columns' in step) this.#terminal.resize(step.columns, step.rows);
        else this.#terminal.type(typed(step, chance));
      }
      const trouble = await this.#probe();
      if (trouble !== undefined) return trouble;
    }
    return undefined;
  }

  /**
   * A redraw is answered by output, whatever is on the screen. It is asked for again: a program that is busy for
   * longer than the quiet drops it with the other keys that wait, as it has to where the screen changes or too many wait.
   */
  async #probe(): Promise<string | undefined> {
    await this.#terminal.quiet();
    if (this.#code !== undefined) return undefined;
    const {length} = this.#terminal.output;
    const isAlive = () => this.#terminal.output.length > length || this.#code !== undefined;
    const untilMs = performance.now() + this.#patienceMs;
    do this.#terminal.type('\x0c');
    while (!(await this.#until(isAlive, askedAgainMs)) && performance.now() < untilMs);
    if (!isAlive()) return `no answer for ${this.#patienceMs} ms`;
    const shown = wrong.exec(this.#terminal.text());
    return shown ? `on the screen: ${shown[0]}\n${this.#terminal.text()}` : undefined;
  }

  async #leave(): Promise<string | undefined> {
    const asked = this.keys.some(
      (step) => ('key' in step && leaves.has(step.key)) || ('paste' in step && /q|\x1b/.test(step.paste)),
    );
    if (this.#code !== undefined && !asked)
      return `it left with ${this.#code} although no key asked for that`;
    if (this.#code === undefined) this.#terminal.type('\x03');
    if (!(await this.#until(() => this.#code !== undefined, this.#patienceMs)))
      return `ctrl-c was not obeyed within ${this.#patienceMs} ms`;
    if (this.#code !== 0 && this.#code !== 130) return `exit code ${this.#code}\n${this.#terminal.text()}`;
    if (this.#terminal.alternate || !this.#terminal.cursorShown) return 'the terminal is not as it was';
    const shown = wrong.exec(this.#terminal.text());
    return shown ? `after the end: ${shown[0]}\n${this.#terminal.text()}` : undefined;
  }

  async #until(holds: () => boolean, mostMs: number): Promise<boolean> {
    const untilMs = performance.now() + mostMs;
    while (!holds() && performance.now() < untilMs) await new Promise((resolve) => setTimeout(resolve, 5));
    return holds();
  }
}

/** Captures that are refused have no screen. */
const isRefused = ({positionals}: MonkeySource): boolean => /19[a-z]-/.test(positionals[0] ?? '');

export async function* terminalMonkey(
  seed: number,
  keys: number,
  patienceMs: number,
): AsyncGenerator<TerminalSitting, void> {
  const chance = chanceOf(seed + 1);
  // What is drawn by nobody but Ink comes more often.
  const sources = sourcesBy(chance, [2, 0, 1, 2, 0, 0]);
  for (let pressed = 0; pressed < keys; ) {
    const source = sources.next().value;
    if (isRefused(source)) continue;
    const sitting = new Sitting(source, patienceMs);
    const failure = await sitting.play(chance, contexts[source.command]);
    pressed += Math.max(1, sitting.keys.length);
    yield {source, keys: sitting.keys, failure};
  }
}
