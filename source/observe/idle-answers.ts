// Counts acknowledgments without SACK that acknowledge nothing new. Each retransmission of data that had already arrived is answered at
// once (RFC 5681 §4.2, RFC 9293 §3.10.7.4), so as many of the last retransmissions as there are such answers were needless.
import type {Copy} from './sent-copies.ts';

/** The retransmissions that had passed when the acknowledgment number last advanced, followed by those that passed since. */
export type Repeats = {
  readonly copies: Copy[];
  /** The number of copies, from the first on, whose data had not been acknowledged when they passed; later copies were needless. */
  readonly needed: number;
  /** The number of copies, from the first on, one of which may have advanced the acknowledgment number; 0 if something else advanced it. */
  readonly filling: number;
  /** The number of acknowledgments that advance nothing and have an unchanged window. */
  answers: number;
  /**
   * True if an acknowledgment that advances nothing changed the window: it answers a retransmission, or the program has read data
   * (RFC 9293 §3.8.6.2.2).
   */
  reading: boolean;
};

export const repeatsOf = (copies: Copy[], filling: number): Repeats => ({
  ...{copies, needed: copies.length, filling, answers: 0, reading: false},
});

/**
 * Tells what the answers to retransmissions show: `idle` copies repeated data that had arrived before; `came` copies arrived themselves.
 */
type Told = {readonly idle: readonly Copy[]; readonly came: readonly Copy[]};

/** This number of acknowledgments that advance nothing makes one with a changed window count as an answer to a retransmission, too. */
const enough = 3;

/**
 * Returns which retransmissions were needless and which arrived, as the answers show. `beyond` is the number of unacknowledged segments
 * sent in between; each may have caused one of the answers.
 */
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
