// Finds short text that a segment carries and that fits the packet's line, and the text that a program has received.

import type {Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {type Rope, ropeToBytes} from '../wire/rope.ts';
import {type Seq, seqDiff} from '../wire/seq.ts';
import {entriesOf} from './entries.ts';
import {segmentOf} from './packet.ts';
import {frameCome} from './told/come.ts';

/** A longer text would push the numbers off the line. */
const mostLetters = 16;

const printable = /^[\x20-\x7e]+$/;

/** Two lines of the simulator's own filler (sim/byte-stream.ts), with all digits written as 0. */
const filler = 'offset 00000000\n'.repeat(2);

/**
 * Returns the text of a payload of at most 16 printable ASCII letters, without its line end. Returns undefined for anything else, and for
 * filler, which only tells its own place in the stream.
 */
export const lettersOf = (payload: Rope): string | undefined => {
  if (payload.length === 0 || payload.length > mostLetters) return undefined;
  const text = String.fromCharCode(...ropeToBytes(payload));
  const line = text.replace(/\r?\n$/, '');
  return printable.test(line) && !filler.includes(text.replace(/\d/g, '0')) ? line : undefined;
};

/** Tells whether programs of this run write text of their own, and no more of it than one line shows. */
const isShortTalk = oncePer((trace: Trace): boolean => {
  let written = 0;
  for (const {action} of entriesOf(trace, 'call'))
    if (action.call === 'send') written += action.octets === undefined ? mostLetters + 1 : action.bytes;
  return written > 0 && written <= mostLetters;
});

/** Returns the text that the program on `host` has received by event `n`; undefined if there is none or it is too long. */
export const lettersHad = (trace: Trace, host: string, n: number): string | undefined => {
  if (!isShortTalk(trace)) return undefined;
  let bytes = 0;
  for (const deliver of entriesOf(trace, 'deliver'))
    if (deliver.n <= n && deliver.host === host) bytes += deliver.bytes;
  const pieces = new Map<Seq, string>();
  for (const arrival of entriesOf(trace, 'arrive')) {
    if (arrival.n > n || arrival.host !== host) continue;
    const segment = segmentOf({frame: frameCome(trace, arrival)});
    const letters = segment && lettersOf(segment.payload);
    if (segment && letters !== undefined) pieces.set(segment.seq, letters);
  }
  const text = [...pieces]
    .sort(([a], [b]) => seqDiff(a, b))
    .map(([, letters]) => letters)
    .join('')
    .slice(0, bytes);
  return text === '' ? undefined : text;
};
