// The segments that a learner chooses for a host by hand, and their notation: `flags:SYN+ACK,seq:9000,ack:1001`, with `,len:0` if the length is
// chosen, too.
import {err, ok, type Result} from '../wire/result.ts';
import {type Seq, seq} from '../wire/seq.ts';
import {flagOrder, type TcpFlagName, type TcpSegment} from '../wire/tcp.ts';

/** A segment as the learner chooses it. What it leaves open is as the host's stack would have it. */
export type OwnSegment = {
  readonly flags: readonly TcpFlagName[];
  readonly seq: Seq;
  readonly ack: Seq;
  /** Bytes of data; absent: the data that the host's program sends at this turn. */
  readonly length?: number;
};

/**
 * The host that is played by hand. Its stack sends the segments before number `from` itself; the learner's follow in the order of his
 * turns.
 */
export type ByHand = {
  readonly host: string;
  /** Counted from 1. */
  readonly from: number;
  readonly segments: readonly OwnSegment[];
};

/** How far a host by hand has come. */
export type Hand = {
  /** The turns so far. */
  readonly turns: number;
  /** True after an RST that the stack would not have sent: whoever resets a connection has nothing more to say on it. */
  readonly silent: boolean;
  /** The segment that the stack would send at the open turn, for which there is none of the learner's yet. */
  readonly open?: TcpSegment;
};

/** The most data of an own segment, which fit into a packet of any link that a lesson can have. */
const mostOwnBytes = 500;

/** The part of the text that cannot be read, and what may stand there instead. */
export type OwnSegmentError = {readonly part: string; readonly allowed: readonly string[]};

const longestNumber = 0xffff_ffff;

const numberUpTo = (text: string, most: number): number | undefined =>
  /^\d{1,10}$/.test(text) && Number(text) <= most ? Number(text) : undefined;

const flagsIn = (text: string): readonly TcpFlagName[] | undefined => {
  const words = text.split('+');
  const flags = flagOrder.filter((name) => words.includes(name));
  return flags.length === words.length ? flags : undefined;
};

type Parts = {flags?: readonly TcpFlagName[]; seq?: number; ack?: number; length?: number};

const keys = ['flags:SYN+ACK', 'seq:9000', 'ack:1001', 'len:0'];

const readPart = (part: string, parts: Parts): OwnSegmentError | undefined => {
  const [key = '', value = ''] = part.split(':', 2);
  if (key === 'flags') {
    const flags = flagsIn(value);
    if (!flags) return {part, allowed: flagOrder};
    parts.flags = flags;
    return undefined;
  }
  if (key !== 'seq' && key !== 'ack' && key !== 'len') return {part, allowed: keys};
  const most = key === 'len' ? mostOwnBytes : longestNumber;
  const number = numberUpTo(value, most);
  if (number === undefined) return {part, allowed: [`${key}:0`, `${key}:${most}`]};
  parts[key === 'len' ? 'length' : key] = number;
  return undefined;
};

/** Parses an own segment. Flags and the sequence number have to be there, the acknowledgment number only beside ACK. */
export const parseOwnSegment = (text: string): Result<OwnSegment, OwnSegmentError> => {
  const parts: Parts = {};
  for (const part of text.split(',')) {
    const problem = readPart(part, parts);
    if (problem) return err(problem);
  }
  const {flags, length} = parts;
  if (!flags || parts.seq === undefined) return err({part: text, allowed: keys});
  if (flags.includes('ACK') && parts.ack === undefined) return err({part: text, allowed: ['ack:1001']});
  const numbers = {seq: seq(parts.seq), ack: seq(parts.ack ?? 0)};
  return ok({flags, ...numbers, ...(length === undefined ? {} : {length})});
};

/** Writes an own segment; the inverse of `parseOwnSegment`. */
export const formatOwnSegment = ({flags, seq: own, ack, length}: OwnSegment): string =>
  [
    `flags:${flagOrder.filter((name) => flags.includes(name)).join('+')}`,
    `seq:${own}`,
    ...(flags.includes('ACK') ? [`ack:${ack}`] : []),
    ...(length === undefined ? [] : [`len:${length}`]),
  ].join(',');
