// Shows how far the reading of a long capture is, and stops it on a key with what was read so far.
import process from 'node:process';
import type {Watch} from '../io/capture-reading.ts';
import {asciiGlyphs, unicodeGlyphs} from '../view/glyphs.ts';
import {betweenMs, patienceMs, readingLine} from '../view/reading-line.ts';
import {takeColumns} from '../words/width.ts';
import {terminal} from '../words/written.ts';
import type {Context} from './command.ts';
import {stopOnInterrupt} from './interrupt.ts';
import {printNote} from './print.ts';
import {guardTerminal} from './terminal-guard.ts';

export type Bar = Pick<Context, 'language' | 'ascii' | 'screenReader'>;

/** Listens to the keyboard and calls `stop` for each key that ends the reading; returns a function that restores the terminal. */
const listenForStop = (stop: (again: boolean) => void): (() => void) => {
  const {stdin} = process;
  let asked = false;
  const ask = (): void => {
    stop(asked);
    asked = true;
  };
  const ends = stopOnInterrupt(() => {
    stop(asked);
    return true;
  });
  const read = (): void => {
    for (let typed = stdin.read(); typed !== null; typed = stdin.read()) {
      const keys = String(typed);
      if (keys === '\x1b' || /[\x03q]/.test(keys)) ask();
    }
  };
  // If standard input is a pipe, there is no keyboard to listen to.
  const hasKeys = stdin.isTTY === true;
  const giveBack = (): void => {
    ends();
    guard.release();
    if (!hasKeys) return;
    stdin.off('readable', read);
    stdin.setRawMode(false);
    // If stdin were paused, Node would not read on for the player, which would end silently. It must not keep the program alive either.
    stdin.unref();
  };
  const guard = guardTerminal(giveBack, ['SIGTERM', 'SIGHUP']);
  if (hasKeys) {
    stdin.setRawMode(true);
    stdin.ref();
    stdin.on('readable', read);
  }
  return giveBack;
};

/** Returns the functions that show and overwrite the line of progress; for a screen reader the line is printed only once. */
const makeLine = ({screenReader}: Bar) => {
  const {stderr} = process;
  let said = false;
  return {
    write(text: string): void {
      if (screenReader) {
        if (!said) printNote(text);
        said = true;
      } else stderr.write(`\r\x1b[2K${terminal.text(takeColumns(text, (stderr.columns || 80) - 1))}`);
    },
    erase(): void {
      if (!screenReader) stderr.write('\r\x1b[2K');
    },
  };
};

/** Reads without a bar, because nobody watches; SIGINT may still end the reading. */
const withoutBar = async <T>(read: (watch: Watch) => Promise<T>): Promise<T> => {
  const abort = new AbortController();
  let packets = 0;
  const giveBack = stopOnInterrupt(() => {
    abort.abort();
    return packets > 0;
  });
  try {
    return await read({
      stop: abort.signal,
      read(nowPackets) {
        packets = nowPackets;
      },
    });
  } finally {
    giveBack();
  }
};

/** Shows the bar if `read` takes long and somebody watches; otherwise it only handles SIGINT. */
export const withBar = async <T>(
  name: string,
  bar: Bar | undefined,
  read: (watch: Watch) => Promise<T>,
): Promise<T> => {
  if (bar === undefined || process.stderr.isTTY !== true || process.env['TERM'] === 'dumb')
    return withoutBar(read);
  const {language, ascii} = bar;
  const glyphs = ascii ? asciiGlyphs : unicodeGlyphs;
  const abort = new AbortController();
  const line = makeLine(bar);
  let [packets, share, drawnMs]: [number, number | undefined, number] = [0, undefined, 0];
  let giveBack: (() => void) | undefined;
  const draw = (): void => {
    const hasKeys = process.stdin.isTTY === true;
    line.write(readingLine({name, packets, share, hasKeys}, {glyphs, language}));
  };
  const finish = (): void => {
    clearTimeout(begins);
    if (giveBack === undefined) return;
    giveBack();
    line.erase();
  };
  const begins = setTimeout(() => {
    giveBack = listenForStop((again) => {
      if (!again && packets > 0) return abort.abort();
      // The program ends if nothing was read yet, or at the second key.
      finish();
      process.exit(130);
    });
    draw();
  }, patienceMs);
  try {
    return await read({
      stop: abort.signal,
      read(nowPackets, nowShare) {
        [packets, share] = [nowPackets, nowShare];
        const nowMs = performance.now();
        if (giveBack === undefined || (share !== 1 && nowMs - drawnMs < betweenMs)) return;
        drawnMs = nowMs;
        draw();
      },
    });
  } finally {
    finish();
  }
};
