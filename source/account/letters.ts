// Finds short text that a segment carries and that fits the packet's line, and the text that a program has received.

import type {Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {type Rope, ropeToBytes} from '../wire/rope.ts';
import {type Seq, seqDiff} from '../wire/seq.ts';
import {decodeUtf8, encodeUtf8} from '../wire/utf8.ts';
import {entriesOf} from './entries.ts';
import {segmentOf} from './packet.ts';
import {frameCome} from './told/come.ts';

/** The most octets of a text on a packet's line; a longer one would push the numbers off the line. */
const mostLetters = 16;

/**
 * Matches text that can stand on a line: characters that take a place of their own, and marks behind them; no controls, and nothing that
 * changes the direction of writing.
 */
const printable = /^[\p{L}\p{N}\p{P}\p{S} ][\p{L}\p{M}\p{N}\p{P}\p{S} ]*$/u;

/** The character into which the UTF-8 decoder turns octets that are no text. */
const replacement = '\ufffd';

/** Two lines of the simulator's own filler (sim/byte-stream.ts), with all digits written as 0. */
const filler = 'offset 00000000\n'.repeat(2);

/** Returns octets as text in UTF-8, without its line end; undefined if they are none that can be printed, or if they are filler. */
const textOf = (octets: Uint8Array): string | undefined => {
  const text = decodeUtf8(octets);
  const line = text.replace(/\r?\n$/, '');
  const isText = printable.test(line) && !line.includes(replacement);
  return isText && !filler.includes(text.replace(/\d/g, '0')) ? line : undefined;
};

/**
 * Returns the text of a payload of at most 16 octets of printable UTF-8, without its line end. Returns undefined for anything else, and for
 * filler, which only tells its own place in the stream.
 */
const lettersOf = (payload: Rope): string | undefined =>
  payload.length === 0 || payload.length > mostLetters ? undefined : textOf(ropeToBytes(payload));

/** Tells whether programs of a run send data, and all of it is text that the lesson gives. */
const isTalk = oncePer((trace: Trace): boolean => {
  const sends = [...entriesOf(trace, 'call')].flatMap(({action}) => (action.call === 'send' ? action : []));
  return sends.length > 0 && sends.every(({octets}) => octets !== undefined);
});

/** Returns the beginning of a text, as many whole characters as fit a packet's line, with an ellipsis if others follow. */
const begun = (text: string | undefined): string | undefined => {
  if (text === undefined) return undefined;
  let shown = '';
  for (const character of text) {
    if (encodeUtf8(shown + character).length > mostLetters) return `${shown}…`;
    shown += character;
  }
  return shown;
};

/**
 * Returns the text of a payload for the packet's line: a short text, or in a run whose programs write nothing but text the beginning of a
 * longer one; undefined if there is none.
 */
export const lettersIn = (trace: Trace, payload: Rope): string | undefined =>
  payload.length > mostLetters && isTalk(trace) ? begun(textOf(ropeToBytes(payload))) : lettersOf(payload);

/**
 * Returns the beginning of the text that the program on `host` has received by event `n`; undefined if it has none, or if the run's
 * programs do not write text only.
 */
export const lettersHad = (trace: Trace, host: string, n: number): string | undefined => {
  if (!isTalk(trace)) return undefined;
  let bytes = 0;
  for (const deliver of entriesOf(trace, 'deliver'))
    if (deliver.n <= n && deliver.host === host) bytes += deliver.bytes;
  if (bytes === 0) return undefined;
  const pieces = new Map<Seq, Uint8Array>();
  for (const arrival of entriesOf(trace, 'arrive')) {
    if (arrival.n > n || arrival.host !== host) continue;
    const segment = segmentOf({frame: frameCome(trace, arrival)});
    if (segment && segment.payload.length > 0) pieces.set(segment.seq, ropeToBytes(segment.payload));
  }
  const octets = [...pieces].sort(([a], [b]) => seqDiff(a, b)).flatMap(([, piece]) => [...piece]);
  return begun(textOf(Uint8Array.from(octets.slice(0, bytes))));
};
