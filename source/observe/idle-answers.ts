// Counts acknowledgments without SACK that acknowledge nothing new. A segment that fills a gap or arrives again is answered at once (RFC
// 5681 §4.2, RFC 9293 §3.10.7.4), so each retransmission after the one that filled the gap causes such an answer. As many of the last
// retransmissions as there are answers filled nothing, because their data had arrived before.
import type {Copy} from './sent-copies.ts';

/** The retransmissions that had passed when the acknowledgment number advanced or since, in the order in which they passed. */
export type Repeats = {
  readonly copies: Copy[];
  /** The number of first copies whose data had not been acknowledged when they passed; the others were in vain. */
  readonly needed: number;
  /** The number of first copies of which one may have advanced the acknowledgment number; 0 if something else has. */
  readonly filling: number;
  /** The number of answers with an unchanged window. */
  answers: number;
  /** True if there was one with another window: it is an answer, or the program has read data (RFC 9293 §3.8.6.2.2). */
  reading: boolean;
};

export const repeatsOf = (copies: Copy[], filling: number): Repeats => ({
  ...{copies, needed: copies.length, filling, answers: 0, reading: false},
});

/** `idle` copies repeated data that had arrived before; `came` are the copies that arrived themselves. */
type Told = {readonly idle: readonly Copy[]; readonly came: readonly Copy[]};

/** The number of answers that makes it likely that the one with another window is an answer, too. */
const enough = 3;

/** `beyond` is the number of segments sent in between that are not acknowledged; each of them may have caused one of the answers. */
export const toldBy = (
  {copies, needed, filling, answers, reading}: Repeats,
  {isDue, beyond}: {isDue: (copy: Copy) => boolean; beyond: number},
): Told => {
  const due = copies.filter(isDue);
  const most = due.length - Math.min(1, filling);
  const sure = answers - beyond;
  const count = Math.min(sure + (reading && sure >= enough ? 1 : 0), most);
  if (count <= 0) return {idle: [], came: []};
  const vain = copies.slice(needed);
  const idle = due.slice(-count).filter((copy) => !vain.includes(copy));
  return {idle, came: count === most ? due : []};
};
