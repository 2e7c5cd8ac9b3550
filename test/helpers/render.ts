// The terminal app on a terminal that tests own: keys go in, a headless xterm shows what comes out.

import {Readable, Writable} from 'node:stream';
import xterm from '@xterm/headless';
import type {BoundBeat} from '../../source/lesson/bound-beat.ts';
import {everywhere} from '../../source/lesson/everywhere.ts';
import type {AppOptions} from '../../source/ui/app-options.ts';
import type {ExitReason} from '../../source/ui/app-state.ts';
import type {LessonEntry} from '../../source/ui/menu-state.ts';
import type {OpenedRun} from '../../source/ui/opened-run.ts';
import {startApp} from '../../source/ui/start.tsx';
import {handshakeScenario} from './scenarios.ts';
import {run} from './traces.ts';

class Keyboard extends Readable {
  readonly isTTY = true;
  isRaw = false;
  override _read(): void {}
  setRawMode(isRaw: boolean): this {
    this.isRaw = isRaw;
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}

class Monitor extends Writable {
  readonly isTTY = true;
  written = '';
  columns: number;
  rows: number;
  readonly #shown: () => void;
  readonly #xterm: InstanceType<typeof xterm.Terminal>;

  constructor(columns: number, rows: number, shown: () => void) {
    super({decodeStrings: false});
    this.columns = columns;
    this.rows = rows;
    this.#shown = shown;
    this.#xterm = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, convertEol: true});
  }

  override _write(chunk: string, _encoding: string, done: () => void): void {
    this.written += chunk;
    this.#xterm.write(chunk, this.#shown);
    done();
  }

  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.#xterm.resize(columns, rows);
    this.emit('resize');
  }

  lines(): readonly string[] {
    const {active} = this.#xterm.buffer;
    return Array.from(
      {length: this.rows},
      (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '',
    );
  }

  isAlternate(): boolean {
    return this.#xterm.buffer.active.type === 'alternate';
  }
}

export type Rendered = {
  readonly keyboard: Keyboard;
  readonly monitor: Monitor;
  readonly done: Promise<ExitReason>;
  restore(): void;
  /** As the terminal sends them, several at once if so given. */
  press(...keys: readonly string[]): void;
  text(): string;
  /** Once the condition holds; the test's own time limit is the only one. */
  until(condition: (text: string) => boolean): Promise<string>;
  shows(...texts: readonly string[]): Promise<string>;
};

export const keys = {
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D',
  enter: '\r',
  ctrlC: '\x03',
  ctrlL: '\x0c',
} as const;

/** A terminal without an app. */
export function openTerminal(columns = 80, rows = 24) {
  const waiting = new Set<() => void>();
  const keyboard = new Keyboard();
  const monitor = new Monitor(columns, rows, () => {
    for (const check of waiting) check();
  });
  const text = () => monitor.lines().join('\n');
  const until = (condition: (shown: string) => boolean): Promise<string> =>
    new Promise((resolve) => {
      const check = () => {
        const shown = text();
        if (!condition(shown)) return;
        waiting.delete(check);
        resolve(shown);
      };
      waiting.add(check);
      check();
    });
  // What Ink and Node ask of a terminal is all there; the rest of their interfaces is about sockets.
  const stdin = keyboard as unknown as NodeJS.ReadStream;
  const stdout = monitor as unknown as NodeJS.WriteStream;
  return {keyboard, monitor, stdin, stdout, text, until};
}

const two = (en: string, zh: string) => everywhere({en, zh});

export const lessons: readonly LessonEntry[] = [
  {
    id: 'handshake',
    title: two('The three-way handshake', '三次握手'),
    summary: two('Three segments open a connection.', '三个报文段建立一条连接。'),
    track: 'tcp-open',
    minutes: 8,
  },
  {
    id: 'refused',
    title: two('Nobody listens', '没有人监听'),
    summary: two('A closed port answers with a reset.', '关闭的端口用 RST 回应。'),
    track: 'tcp-open',
    minutes: 7,
  },
  {
    id: 'teardown',
    title: two('The four-segment close', '四次挥手'),
    summary: two('Each direction closes on its own.', '两个方向各自关闭。'),
    track: 'tcp-close',
    minutes: 10,
  },
];

const narration = (index: number, event: number, en: string, zh: string): BoundBeat => ({
  kind: 'narration',
  index,
  event,
  show: [],
  panels: undefined,
  say: two(en, zh),
  note: undefined,
  myth: undefined,
  card: undefined,
});

const question = (index: number, event: number): BoundBeat => ({
  kind: 'prediction',
  index,
  event,
  show: [],
  panels: undefined,
  ask: two('Which acknowledgment number?', '确认号是多少？'),
  hint: undefined,
  choices: ['1000', '1001', '9001'].map((value, at) => ({
    id: 'abc'.charAt(at),
    text: two(value, value),
    value: Number(value),
    correct: value === '1001',
  })),
  explain: two('The SYN used up one number.', 'SYN 占用一个序号。'),
  hides: {packet: 2, fields: ['tcp.ack_raw']},
  rfc: undefined,
});

/** A real handshake with two narrations and a question. */
export function handshakeRun({asks = true}: {readonly asks?: boolean} = {}): OpenedRun {
  const trace = run(handshakeScenario());
  const sends = [...trace.events()].filter((event) => event.kind === 'send').map(({n}) => n);
  const [first = 1, second = 1, third = 1] = sends;
  return {
    source: 'handshake',
    title: two('The three-way handshake', '三次握手'),
    runTitle: undefined,
    trace,
    beats: [
      narration(0, first, 'The client asks to open.', '客户端请求建立连接。'),
      ...(asks ? [question(1, second)] : []),
      narration(2, third, 'The client is ESTABLISHED.', '客户端进入 ESTABLISHED。'),
    ],
    whatIfs: [],
    openWhatIf: () => ({message: two('there is none', '没有')}),
    rule: () => undefined,
    misconception: () => undefined,
  };
}

export const appOptions = {
  lessons,
  openLesson: () => ({run: handshakeRun()}),
  initial: {screen: 'menu'},
  preferences: {
    language: 'en',
    theme: 'dark',
    ascii: false,
    graphs: 'braille',
    motion: 'full',
    mouse: false,
    screenReader: false,
  },
  onPreferences: () => {},
  colours: 'true',
} satisfies Omit<AppOptions, 'stdin' | 'stdout'>;

export function renderApp(
  changes: Partial<AppOptions> = {},
  size: {readonly columns: number; readonly rows: number} = {columns: 80, rows: 24},
): Rendered {
  const {keyboard, monitor, stdin, stdout, text, until} = openTerminal(size.columns, size.rows);
  const {done, restore} = startApp({...appOptions, ...changes, stdin, stdout});
  // An app that has ended with an error will never show what is waited for.
  const failed = done.then(() => new Promise<never>(() => {}));
  failed.catch(() => {});
  const orFail = (shown: Promise<string>) => Promise.race([shown, failed]);
  return {
    keyboard,
    monitor,
    done,
    restore,
    press: (...pressed) => void keyboard.push(pressed.join('')),
    text,
    until: (condition) => orFail(until(condition)),
    shows: (...texts) => orFail(until((shown) => texts.every((each) => shown.includes(each)))),
  };
}
