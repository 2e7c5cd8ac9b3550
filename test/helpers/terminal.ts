// The built program in a real pseudo terminal, its output drawn by a headless one: what a person would see and type.
import {mkdtempSync, readFileSync, readSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {StringDecoder} from 'node:string_decoder';
import type {ReadStream} from 'node:tty';
import {type IPty, spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {compiledEnv, homeEnv} from './home-env.ts';
import {root} from './root.ts';

export const program = join(root, 'dist', 'cli.js');

export type TerminalOptions = {
  readonly columns?: number;
  readonly rows?: number;
  /** A shell's command line in place of the program's arguments. */
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Where it is called. @default the root of the repository */
  readonly folder?: string;
};

/** How long a person would wait for the screen to change before thinking it hangs. */
const quietMs = 100;
const patienceMs = 15_000;

/**
 * Reads what libuv leaves behind: it takes a hang-up after a short read for the end, though last words may lie behind it, and
 * node-pty closes its end 200 ms after a program has ended, read or not.
 */
const readToTheEnd = (pty: IPty, receive: (data: Uint8Array) => void): void => {
  const {_socket: socket, fd} = pty as IPty & {_socket: ReadStream; fd: number};
  const destroy = socket.destroy.bind(socket);
  socket.destroy = (error) => {
    socket.destroy = destroy;
    try {
      const buffer = Buffer.alloc(4096);
      for (let length = readSync(fd, buffer); length > 0; length = readSync(fd, buffer))
        receive(Uint8Array.from(buffer.subarray(0, length)));
    } catch {
      // EIO is the end of a terminal whose programs are gone, EAGAIN that of one which some other program still holds.
    }
    return destroy(error);
  };
};

/** Changes while a process runs, or would if the machine let it: its state, with the ticks of user and system time, by proc(5). */
const workOf = (pid: number): string => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    const [state] = fields;
    return state === 'R' ? `running ${performance.now()}` : [fields[11], fields[12]].join(' ');
  } catch {
    // No such file system, or no such process any more.
    return '';
  }
};

export class Terminal {
  readonly #pty: IPty;
  readonly #screen: InstanceType<typeof xterm.Terminal>;
  readonly #home: string;
  readonly #exited: Promise<number>;
  readonly #decoder = new StringDecoder('utf8');
  readonly #waiting = new Set<() => void>();
  /** Everything that the program has written. */
  output = '';

  constructor(
    args: readonly string[],
    {columns = 80, rows = 24, env = {}, shell, folder = root}: TerminalOptions = {},
  ) {
    this.#home = mkdtempSync(join(tmpdir(), 'packet-tutor-home-'));
    this.#screen = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
    const [file, words] =
      shell === undefined ? [process.execPath, [program, ...args]] : ['/bin/sh', ['-c', shell]];
    this.#pty = spawn(file, words, {
      cols: columns,
      rows,
      cwd: folder,
      encoding: null,
      name: env['TERM'] ?? 'xterm-256color',
      env: {
        ...homeEnv(this.#home),
        ...compiledEnv,
        LANG: 'C.UTF-8',
        TERM: 'xterm-256color',
        NODE: process.execPath,
        PROGRAM: program,
        ...env,
      },
    });
    const receive = (data: Uint8Array): void => this.#receive(data);
    readToTheEnd(this.#pty, receive);
    // What the terminal answers (where the cursor is) goes back to the program, as it does in life.
    this.#screen.onData((answer) => this.#pty.write(answer));
    // Bytes, as there is no encoding, whatever the type says.
    this.#pty.onData((data) => receive(Buffer.from(data)));
    this.#exited = new Promise((resolve) =>
      this.#pty.onExit(({exitCode, signal}) => resolve(exitCode || (signal ? 128 + signal : 0))),
    );
  }

  get pid(): number {
    return this.#pty.pid;
  }

  #receive(data: Uint8Array): void {
    this.output += this.#decoder.write(data);
    this.#screen.write(data, () => this.#notify());
  }

  /** Wakes nobody within a frame (synchronized output): a terminal shows whole ones, too. */
  #notify(): void {
    if (this.#screen.modes.synchronizedOutputMode) return;
    for (const wake of this.#waiting) wake();
  }

  /** The rows of the screen, without trailing blanks. */
  rows(): readonly string[] {
    const buffer = this.#screen.buffer.active;
    return Array.from(
      {length: this.#screen.rows},
      (_, y) => buffer.getLine(buffer.viewportY + y)?.translateToString(true, 0, this.#screen.cols) ?? '',
    );
  }

  text(): string {
    return this.rows().join('\n');
  }

  /** Cells with their colours. */
  get buffer(): InstanceType<typeof xterm.Terminal>['buffer']['active'] {
    return this.#screen.buffer.active;
  }

  get alternate(): boolean {
    return this.#screen.buffer.active.type === 'alternate';
  }

  /** Whether the last word about the cursor was to show it. */
  get cursorShown(): boolean {
    return this.output.lastIndexOf('\x1b[?25h') >= this.output.lastIndexOf('\x1b[?25l');
  }

  type(keys: string): void {
    this.#pty.write(keys);
  }

  resize(columns: number, rows: number): void {
    this.#screen.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  kill(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }

  /** Settles as soon as the screen looks as wanted; woken by output, not by a clock. */
  until(what: string, looks: (text: string) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (finish: () => void): void => {
        clearTimeout(timer);
        this.#waiting.delete(check);
        finish();
      };
      const check = (): void => {
        if (looks(this.text())) done(resolve);
      };
      const fail = (): void =>
        reject(new Error(`waited in vain for ${what}; the screen shows\n${this.text()}`));
      const timer = setTimeout(() => done(fail), patienceMs);
      this.#waiting.add(check);
      if (!this.#screen.modes.synchronizedOutputMode) check();
    });
  }

  /** Settles once the program has written nothing for a while, and has nothing to do: what a key does may take two frames. */
  quiet(): Promise<void> {
    return new Promise((resolve) => {
      const sinceMs = performance.now();
      let worked = workOf(this.pid);
      const wake = (): void => {
        clearTimeout(timer);
        timer = setTimeout(done, quietMs);
      };
      const done = (): void => {
        const work = workOf(this.pid);
        if (work !== worked && performance.now() - sinceMs < patienceMs) {
          worked = work;
          wake();
          return;
        }
        this.#waiting.delete(wake);
        resolve();
      };
      let timer = setTimeout(done, quietMs);
      this.#waiting.add(wake);
    });
  }

  shows(part: string | RegExp): Promise<void> {
    return this.until(String(part), (text) =>
      typeof part === 'string' ? text.includes(part) : part.test(text),
    );
  }

  /** The terminal closes, as a window does; the program may write on into nothing. */
  hangUp(): void {
    const pty = this.#pty;
    if (!('destroy' in pty) || typeof pty.destroy !== 'function')
      throw new Error('no way to close a terminal');
    pty.destroy();
  }

  /** The exit code; 128 + N for a program that a signal ended. */
  ended(): Promise<number> {
    return this.#exited;
  }

  /** The exit code, once all output has been drawn; 128 + N for a program that a signal ended. */
  async exit(): Promise<number> {
    const code = await this.#exited;
    await new Promise<void>((resolve) => this.#screen.write('', resolve));
    return code;
  }

  close(): void {
    try {
      this.#pty.kill('SIGKILL');
    } catch {
      // It has ended on its own.
    }
    this.#screen.dispose();
    rmSync(this.#home, {recursive: true, force: true});
  }
}
