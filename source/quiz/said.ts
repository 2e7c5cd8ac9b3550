// Reads flags and numbers of a TCP segment back from the line that a quiz prompt prints, and makes such lines from segments.
import {segmentParts} from '../account/frame-parts.ts';
import {partsText, plainHand} from '../account/notation.ts';
import type {Part} from '../account/part.ts';
import type {Trace} from '../sim/trace.ts';
import {type Seq, seq, seqAdd} from '../wire/seq.ts';
import type {TcpFlagName, TcpSegment} from '../wire/tcp.ts';
import type {InitialNumbers} from './initial-numbers.ts';
import {
  countedLine,
  countedParts,
  type PromptLine,
  type PromptPacket,
  packetLine,
  valuesLine,
} from './prompt.ts';
import type {Sent} from './segments.ts';

/** The parts of a TCP segment's line in a quiz prompt, such as flags and numbers, as the ladder of packets prints them. */
export type Line = readonly Part[];

export const lineOf = (segment: TcpSegment): Line => segmentParts(segment, []);

export const printed = (line: Line): string => partsText(line, plainHand);

export const printedLine = (line: Line, initial?: InitialNumbers): PromptLine =>
  initial === undefined
    ? valuesLine(printed(line))
    : countedLine(printed(line), printed(countedParts(line, initial)));

/** Returns the prompt's line for a segment that was sent, without what its data contains, so that its numbers have room. */
export const sentLine = (trace: Trace, {event, segment}: Sent): PromptPacket =>
  packetLine(trace, event.packet, lineOf(segment));

export type Said = {
  readonly has: (flag: TcpFlagName) => boolean;
  readonly seq: Seq;
  /** The acknowledgment number that the line of a segment prints; undefined if it prints none, because ACK is not set. */
  readonly ack: Seq | undefined;
  readonly octets: number;
  /** The sequence number after everything that the segment uses up: data, SYN and FIN (RFC 9293 §3.4). */
  readonly end: Seq;
  readonly length: number;
};

const numberIn = (line: Line, field: 'seq' | 'ack'): Seq | undefined => {
  const found = line.find((part) => part.kind === 'number' && part.field === field);
  return found?.kind === 'number' && found.value !== undefined ? seq(found.value) : undefined;
};

/** Reads flags, numbers and length of a TCP segment from its printed line; undefined if the line is not that of a segment. */
export const saidBy = (line: Line): Said | undefined => {
  const flags = line.find(({kind}) => kind === 'flags');
  const number = numberIn(line, 'seq');
  if (flags?.kind !== 'flags' || number === undefined) return undefined;
  const has = (flag: TcpFlagName): boolean => flags.flags.includes(flag);
  const data = line.find(({kind}) => kind === 'length');
  const octets = data?.kind === 'length' ? data.octets : 0;
  const length = octets + (has('SYN') ? 1 : 0) + (has('FIN') ? 1 : 0);
  return {has, seq: number, ack: numberIn(line, 'ack'), octets, end: seqAdd(number, length), length};
};

/** A TCP segment of a quiz prompt with its sender and receiver; `number` is the packet's number, 0 if the prompt does not print it. */
export type Row = Said & Pick<PromptPacket, 'from' | 'to'> & {readonly number: number};

export const rowsIn = (lines: readonly PromptPacket[]): readonly Row[] =>
  lines.flatMap(({from, to, number = 0, parts}) => {
    const said = saidBy(parts);
    return said ? [{...said, from, to, number}] : [];
  });
