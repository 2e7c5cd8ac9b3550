// Writes sums of sequence numbers for replies: a sum that passes the end of the 32 bits has a term for that (RFC 9293 §3.4).
import {seq} from '../wire/seq.ts';

const space = 2 ** 32;

/** Returns `from + count = …`. */
export const sumText = (from: number, count: number): string =>
  `${from} + ${count}${from + count >= space ? ' − 2^32' : ''} = ${seq(from + count)}`;

/** Returns `from + length − since = …`, the distance from `since` to the end of a segment that begins at `from`. */
export const spanText = (from: number, length: number, since: number): string => {
  const wraps = from + length < since;
  return `${from} + ${length} − ${since}${wraps ? ' + 2^32' : ''} = ${seq(from + length - since)}`;
};
