// Initial sequence numbers, from which an answer about seq or ack may be counted: `+120` is 120 after the SYN (RFC 9293 §3.4).
import {packetOf} from '../account/packet.ts';
import {namesIn} from '../lesson/host-names.ts';
import type {Text} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import {type Seq, seq, seqAdd} from '../wire/seq.ts';
import {hasFlag} from '../wire/tcp.ts';
import {segmentsOf} from './segments.ts';

export type NumberField = 'seq' | 'ack';

/** The initial sequence numbers from which a segment's seq and ack count; undefined where the SYN is not in the trace. */
export type InitialNumbers = {readonly [field in NumberField]: Seq | undefined};

/** Returns the initial numbers as the packet's sender knew them: that of its own SYN, and that of the SYN that it had received. */
export const initialNumbers = (trace: Trace, packet: number): InitialNumbers => {
  const {sent, arrived} = segmentsOf(trace);
  const {sendEvent} = packetOf(trace, packet);
  const own = sent.find(({event}) => event.n === sendEvent);
  const isBefore = (n: number): boolean => n <= sendEvent;
  const sentSyn = sent.findLast(
    ({flow, segment, event}) => flow === own?.flow && hasFlag(segment, 'SYN') && isBefore(event.n),
  );
  const arrivedSyn = arrived.findLast(
    ({flow, segment, n}) => flow === own?.back && hasFlag(segment, 'SYN') && isBefore(n),
  );
  return {seq: sentSyn?.segment.seq, ack: arrivedSyn?.segment.seq};
};

/** The initial sequence number from which an answer such as `+120` counts. */
export type CountsFrom = {
  /** The name of the end that chose the initial sequence number, in the form for within a sentence. */
  readonly host: Text;
  readonly isn: Seq;
};

/**
 * Returns the initial sequence number from which the packet's seq or ack (`field`) counts; undefined if that end's SYN was not captured.
 */
export const countsFromOf = (
  trace: Trace,
  packet: number | undefined,
  field: NumberField,
): CountsFrom | undefined => {
  if (packet === undefined) return undefined;
  const isn = initialNumbers(trace, packet)[field];
  const {from, to} = packetOf(trace, packet);
  return isn === undefined ? undefined : {host: namesIn(trace)(field === 'seq' ? from : to).within, isn};
};

/** The initial sequence numbers of both ends: `asked` of the end whose number is asked for, `other` of the other one, if it is known. */
export type BothInitial = {readonly asked: Seq; readonly other: Seq | undefined};

type Counting = {readonly countsFrom?: CountsFrom; readonly initial?: BothInitial};

/**
 * Returns from which initial sequence numbers the field in question is counted; an empty object if no `field` is asked for, or if the
 * SYN of its end was not captured.
 */
export const countingOf = (
  trace: Trace,
  packet: number | undefined,
  field: NumberField | undefined,
): Counting => {
  const countsFrom = field && countsFromOf(trace, packet, field);
  if (packet === undefined || countsFrom === undefined) return {};
  const other = initialNumbers(trace, packet)[field === 'seq' ? 'ack' : 'seq'];
  return {countsFrom, initial: {asked: countsFrom.isn, other}};
};

/**
 * A number farther beyond the initial sequence number than this is not counted from it: it may belong to the other end or be relative
 * already.
 */
const farthest = 2 ** 24;

/** Returns how far a sequence number is beyond the initial one; undefined if that is unknown or too far away. */
export const countedFrom = (raw: number, isn: Seq | undefined): number | undefined => {
  if (isn === undefined) return undefined;
  const count = seq(raw - isn);
  return count < farthest ? count : undefined;
};

/** Returns a sequence number with its distance from the initial one, such as `4093871001 (+1)`; without the distance if there is none. */
export const withCount = (raw: number, isn: Seq | undefined): string => {
  const count = countedFrom(raw, isn);
  return count === undefined ? String(raw) : `${raw} (+${count})`;
};

const space = 2 ** 32;
const rawTyped = /^(0x[0-9a-f]{1,12}|\d{1,15})$/;

/** Tells whether typed text is or can become an answer such as `+120`, counted from the initial sequence number. */
export const beginsCount = (typed: string): boolean =>
  /^\+\d{0,10}$/.test(typed) && Number(typed.slice(1)) < space;

/**
 * Returns the sequence number that a typed answer means: `+N` counts from `isn`, a bare number stands as it is; undefined if it is no
 * number or `isn` is unknown.
 */
export const rawOf = (typed: string, isn: Seq | undefined): string | undefined => {
  if (rawTyped.test(typed)) return typed;
  const isCount = isn !== undefined && typed.length > 1 && beginsCount(typed);
  return isCount ? String(seqAdd(isn, Number(typed.slice(1)))) : undefined;
};
