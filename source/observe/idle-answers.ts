// Acknowledgments without SACK that say nothing new, counted. Whatever fills a gap or comes again is answered at once (RFC 5681 §4.2,
// RFC 9293 §3.10.7.4): of several that were sent again behind the one that filled the gap, each brings such an answer. As many
// answers, so many of the last of them had nothing to fill, because what they repeat had come before.
import type {Copy} from './sent-copies.ts';

/** What was sent again, when the acknowledgment moved on or since: in the order in which it passed. */
export type Repeats = {
  readonly copies: Copy[];
  /** So many of the first carry what had not been acknowledged when they passed; the others were in vain. */
  readonly needed: number;
  /** So many of these may be what moved the acknowledgment on: one of them did. 0: something else has. */
  readonly filling: number;
  /** With the window as it was told before. */
  answers: number;
  /** One with another window: an answer, or the program has read (RFC 9293 §3.8.6.2.2). */
  reading: boolean;
};

export const repeatsOf = (copies: Copy[], filling: number): Repeats => ({
  ...{copies, needed: copies.length, filling, answers: 0, reading: false},
});

/** `idle`: what they carry had come before; `came`: they came themselves. */
type Told = {readonly idle: readonly Copy[]; readonly came: readonly Copy[]};

/** So many make it likely that the one with another window is an answer like them. */
const enough = 3;

/** `beyond`: of what was sent in between and is not acknowledged each could have brought about an answer, too. */
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
