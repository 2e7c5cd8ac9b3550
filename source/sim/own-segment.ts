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
  /**
   * A TCP segment that the learner chooses for a host played by hand. Header fields that it does not set are those of the segment that the
   * host's stack would have sent.
   */
  readonly length?: number;
};

/**
 * The host whose TCP segments the learner chooses. Its stack sends the first ones itself; the learner's `segments` replace the others in
 * order, beginning with number `from`.
 */
export type ByHand = {
  readonly host: string;
  /** The number of the host's first segment that the learner chooses, counted from 1. */
  readonly from: number;
  readonly segments: readonly OwnSegment[];
};

/** How many segments a host that is played by hand has sent so far, and whether a choice of the learner is due. */
export type Hand = {
  /** The number of segments that the host played by hand has sent so far. */
  readonly turns: number;
  /**
   * True after the learner has let the host send an RST that its stack would not have sent: from then on the host sends nothing on the
   * connection.
   */
  readonly silent: boolean;
  /** The segment that the host's stack would send now, if the learner has not yet chosen the segment to send instead; otherwise absent. */
  readonly open?: TcpSegment;
};

/** The most bytes of data in a segment that the learner chooses: few enough to fit the MTU of any link in a lesson. */
const mostOwnBytes = 500;

/** An error in the text of a segment chosen by the learner: the part that cannot be read, and what may stand there instead. */
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

/** Parses the text of a segment that the learner chooses. `flags` and `seq` are required, and `ack` if ACK is among the flags. */
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

/** Writes a segment that the learner chose as text; the inverse of `parseOwnSegment`. */
export const formatOwnSegment = ({flags, seq: own, ack, length}: OwnSegment): string =>
  [
    `flags:${flagOrder.filter((name) => flags.includes(name)).join('+')}`,
    `seq:${own}`,
    ...(flags.includes('ACK') ? [`ack:${ack}`] : []),
    ...(length === undefined ? [] : [`len:${length}`]),
  ].join(',');
