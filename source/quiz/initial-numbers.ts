// Initial sequence numbers, from which a question about seq or ack may be counted: `+120` is 120 behind the SYN (RFC 9293 §3.4).
import {packetOf} from '../account/packet.ts';
import {namesIn} from '../lesson/host-names.ts';
import type {Text} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import {type Seq, seq, seqAdd} from '../wire/seq.ts';
import {hasFlag} from '../wire/tcp.ts';
import {segmentsOf} from './segments.ts';

export type NumberField = 'seq' | 'ack';

/** The numbers from which the seq and the ack of a segment count; undefined: that SYN is not in the trace. */
export type InitialNumbers = {readonly [field in NumberField]: Seq | undefined};

/** The initial numbers as the sender of the packet knew them: of its own SYN, and of the SYN that had arrived there. */
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

/** What `+N` counts from in an answer. */
export type CountsFrom = {
  /** The end whose number is asked for, as it is called within a sentence. */
  readonly host: Text;
  readonly isn: Seq;
};

/** Undefined: the SYN of the end whose number this field of the packet is was not captured. */
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

/** The initial numbers of both ends, as a question about a number of one of them has them. */
export type BothInitial = {readonly asked: Seq; readonly other: Seq | undefined};

type Counting = {readonly countsFrom?: CountsFrom; readonly initial?: BothInitial};

/** Nothing where no `field` is asked for, or where the SYN of its end was not captured. */
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

/** A number farther from the SYN than this is one of the other end, or is not a raw number: a count would say nothing about it. */
const farthest = 2 ** 24;

/** How far a raw number lies behind the initial one; undefined: it is not counted from there. */
export const countedFrom = (raw: number, isn: Seq | undefined): number | undefined => {
  if (isn === undefined) return undefined;
  const count = seq(raw - isn);
  return count < farthest ? count : undefined;
};

/** `4093871001 (+1)`; without a count the raw number alone. */
export const withCount = (raw: number, isn: Seq | undefined): string => {
  const count = countedFrom(raw, isn);
  return count === undefined ? String(raw) : `${raw} (+${count})`;
};

const space = 2 ** 32;
const rawTyped = /^(0x[0-9a-f]{1,12}|\d{1,15})$/;

/** Whether more digits can make a counted number of it. */
export const beginsCount = (typed: string): boolean =>
  /^\+\d{0,10}$/.test(typed) && Number(typed.slice(1)) < space;

/** The raw number that was typed: `+N` is counted from `isn`, a bare number is raw. Undefined: it is no number, or cannot be counted. */
export const rawOf = (typed: string, isn: Seq | undefined): string | undefined => {
  if (rawTyped.test(typed)) return typed;
  const isCount = isn !== undefined && typed.length > 1 && beginsCount(typed);
  return isCount ? String(seqAdd(isn, Number(typed.slice(1)))) : undefined;
};
