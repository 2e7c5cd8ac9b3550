// A terminal that closes, at any instant, ends the program without a crash; one that stays after SIGHUP has its modes again.
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {afterAll, test as anywhere, beforeAll, expect} from 'vitest';
import {bug} from '../../source/words/catalogue/errors.ts';
import {lacks} from '../helpers/posix.ts';
import {root} from '../helpers/root.ts';
import {runs} from '../helpers/seeds.ts';
import {Terminal, type TerminalOptions} from '../helpers/terminal.ts';

const test = anywhere.skipIf(lacks('SIGHUP and SIGUSR2'));

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-hang-up-'));
});
afterAll(() => rmSync(folder, {recursive: true}));

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The program has asked the terminal how wide it draws: raw mode is on since then. */
const isRaw = '\x1b[6n';

const withTerminal = async <T>(
  [args, options]: readonly [readonly string[], TerminalOptions?],
  use: (terminal: Terminal) => Promise<T>,
): Promise<T> => {
  const terminal = new Terminal(args, options);
  try {
    await terminal.until('raw mode', () => terminal.output.includes(isRaw));
    return await use(terminal);
  } finally {
    terminal.close();
  }
};

const closings = runs(12);
const atOnce = 4;

test('terminals that close while the program starts, and while it plays', async () => {
  const codes: number[] = [];
  let begun = 0;
  const work = async (): Promise<void> => {
    while (begun < closings) {
      const nth = begun;
      begun += 1;
      const args = nth % 3 === 0 ? [] : ['play', 'handshake'];
      const code = await withTerminal([args], async (terminal) => {
        // One in two waits for the screen: how long that takes is a matter of the machine.
        if (nth % 2 === 0) await terminal.until('a screen', () => terminal.alternate);
        await after((300 * nth) / closings);
        terminal.hangUp();
        return terminal.ended();
      });
      codes.push(code);
    }
  };
  await Promise.all(Array.from({length: atOnce}, work));
  expect(codes).toEqual(Array.from({length: closings}, () => 129));
});

test('SIGHUP while the terminal stays: its modes are as before, from the first instant of raw mode on', async () => {
  const times = runs(10);
  for (let n = 0; n < times; n++) {
    const files = join(folder, `${n}`);
    // The shell stays, so that its terminal can be looked at.
    const shell = `stty -a >${files}-before; sh -c 'echo $$ >${files}-pid; exec "$NODE" "$PROGRAM" play handshake'; echo $? >${files}-code; stty -a >${files}-after`;
    await withTerminal([[], {shell}], async (terminal) => {
      await after((300 * n) / times);
      process.kill(Number(readFileSync(`${files}-pid`, 'utf8')), 'SIGHUP');
      await terminal.ended();
    });
    expect(readFileSync(`${files}-code`, 'utf8')).toBe('129\n');
    expect(readFileSync(`${files}-after`, 'utf8')).toBe(readFileSync(`${files}-before`, 'utf8'));
  }
});

const closing = pathToFileURL(join(root, 'test/fixtures/closing-terminal.mjs')).href;
const env = {NODE_OPTIONS: `--import=${closing}`};

// The kernel wakes who reads before it sends SIGHUP, and the processor may be another's in between.
test.each([
  ['pictures', []],
  ['sentences', ['--screen-reader']],
] as const)('%s: reading fails first', async (_, more) => {
  const terminal = new Terminal(['play', 'handshake', ...more], {env});
  try {
    await terminal.shows('handshake');
    terminal.kill('SIGUSR2');
    await after(400);
    terminal.hangUp();
    expect(await terminal.ended()).toBe(129);
  } finally {
    terminal.close();
  }
});

test('reading fails, and the terminal stays: that is told', async () => {
  const terminal = new Terminal(['play', 'handshake'], {env});
  try {
    await terminal.shows('handshake');
    terminal.kill('SIGUSR2');
    expect(await terminal.exit()).toBe(1);
    expect(terminal.alternate).toBe(false);
    expect(terminal.text()).toContain(bug.what.en({message: 'read EIO'}));
  } finally {
    terminal.close();
  }
});
