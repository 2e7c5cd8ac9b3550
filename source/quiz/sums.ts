// Writes sums of sequence numbers for quiz replies: a sum that passes 2^32 has a term for the wrap (RFC 9293 §3.4).
import {seq} from '../wire/seq.ts';

const space = 2 ** 32;

/** Returns the sum of a sequence number and a count as text: `from + count = …`. */
export const sumText = (from: number, count: number): string =>
  `${from} + ${count}${from + count >= space ? ' − 2^32' : ''} = ${seq(from + count)}`;

/** Returns `from + length − since = …` as text: how many octets the end of a segment that begins at `from` is after `since`. */
export const spanText = (from: number, length: number, since: number): string => {
  const wraps = from + length < since;
  return `${from} + ${length} − ${since}${wraps ? ' + 2^32' : ''} = ${seq(from + length - since)}`;
};
