// Builds the line in which number questions print what one direction of a connection has sent so far: its first sequence number and the
// amount of data (RFC 9293 §3.4).
import {type Text, worded} from '../lesson/text.ts';
import {type Seq, seqAdd, seqDiff} from '../wire/seq.ts';
import {hasFlag, type TcpSegment} from '../wire/tcp.ts';
import {inEvery} from '../words/catalogue/language.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import {tcpNumbersSentences as said} from '../words/catalogue/questions.ts';
import type {Said} from './said.ts';

/** Returns a text that names the sequence numbers a segment uses up: one for SYN, its data, one for FIN. */
export const usesText = ({has, octets}: Said): Text => {
  const parts = [
    has('SYN') ? said.uses.parts.n1ForSYN : undefined,
    octets > 0 ? worded(said.uses.parts.forItsData, {payloadCount: octets}) : undefined,
    has('FIN') ? said.uses.parts.n1ForFIN : undefined,
  ].flatMap((part) => part ?? []);
  if (parts.length === 0) return said.uses.itself;
  return inEvery((language) => parts.map((part) => part[language]).join(punctuation.comma[language]));
};

/**
 * Tells what one end of a connection sent first: its initial sequence number, the data on its SYN, and the number of its segments so far.
 */
export type Begun = {
  readonly first: Seq | undefined;
  /** The number of data bytes on the SYN; undefined if it had none. */
  readonly early: number | undefined;
  readonly count: number;
};

/** Returns a sequence number relative to its sender's initial one, as Wireshark shows it; undefined if the initial one is not known. */
export const relative = (number: Seq, {first}: Pick<Begun, 'first'>): string | undefined =>
  first === undefined ? undefined : String(seqDiff(number, first));

export const counting = ({first, count}: Begun): string | undefined =>
  first === undefined ? undefined : String(seqAdd(first, count));

/** Returns the summary of what an end has sent, with this segment counted; `before` is absent for the end's first segment. */
export const withSegment = (before: Begun | undefined, segment: TcpSegment): Begun => {
  const count = (before?.count ?? 0) + 1;
  if (before?.first !== undefined || !hasFlag(segment, 'SYN'))
    return {first: before?.first, early: before?.early, count};
  return {first: segment.seq, early: segment.payload.length || undefined, count};
};
