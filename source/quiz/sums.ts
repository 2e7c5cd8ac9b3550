// Sums of sequence numbers as replies show them: where they pass the end of the 32 bits, that is a term of its own (RFC 9293 §3.4).
import {seq} from '../wire/seq.ts';

const space = 2 ** 32;

/** `from + count = …` */
export const sumText = (from: number, count: number): string =>
  `${from} + ${count}${from + count >= space ? ' − 2^32' : ''} = ${seq(from + count)}`;

/** From one number to the end of what begins at another: `from + length − since = …` */
export const spanText = (from: number, length: number, since: number): string => {
  const wraps = from + length < since;
  return `${from} + ${length} − ${since}${wraps ? ' + 2^32' : ''} = ${seq(from + length - since)}`;
};
