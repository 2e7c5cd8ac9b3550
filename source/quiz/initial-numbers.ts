// Initial sequence numbers, from which an answer about seq or ack may be counted: `+120` is 120 after the SYN (RFC 9293 §3.4).
import {packetOf} from '../account/packet.ts';
import {namesIn} from '../lesson/host-names.ts';
import type {Text} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import {type Seq, seq, seqAdd} from '../wire/seq.ts';
import {hasFlag} from '../wire/tcp.ts';
import {segmentsOf} from './segments.ts';

export type NumberField = 'seq' | 'ack';

/** The numbers from which the seq and the ack of a segment count; undefined if that SYN is not in the trace. */
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

/** The number from which `+N` counts in an answer. */
export type CountsFrom = {
  /** The end that chose this number, as it is called within a sentence. */
  readonly host: Text;
  readonly isn: Seq;
};

/** Returns the initial number that this field counts from; undefined if the SYN of that end was not captured. */
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

/** The initial numbers of both ends: of the end whose number is asked for, and of the other one. */
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

/** A number farther from the SYN than this belongs to the other end or is not raw, so a count would say nothing. */
const farthest = 2 ** 24;

/** Returns the distance of a raw number from the initial one; undefined if it does not count from there. */
export const countedFrom = (raw: number, isn: Seq | undefined): number | undefined => {
  if (isn === undefined) return undefined;
  const count = seq(raw - isn);
  return count < farthest ? count : undefined;
};

/** Returns `4093871001 (+1)`, or the raw number alone if there is no count. */
export const withCount = (raw: number, isn: Seq | undefined): string => {
  const count = countedFrom(raw, isn);
  return count === undefined ? String(raw) : `${raw} (+${count})`;
};

const space = 2 ** 32;
const rawTyped = /^(0x[0-9a-f]{1,12}|\d{1,15})$/;

/** Tells whether this may be the beginning of a counted number. */
export const beginsCount = (typed: string): boolean =>
  /^\+\d{0,10}$/.test(typed) && Number(typed.slice(1)) < space;

/**
 * Returns the raw number that was typed: `+N` counts from `isn`, a bare number is raw. Undefined if it is no number or cannot be counted.
 */
export const rawOf = (typed: string, isn: Seq | undefined): string | undefined => {
  if (rawTyped.test(typed)) return typed;
  const isCount = isn !== undefined && typed.length > 1 && beginsCount(typed);
  return isCount ? String(seqAdd(isn, Number(typed.slice(1)))) : undefined;
};
