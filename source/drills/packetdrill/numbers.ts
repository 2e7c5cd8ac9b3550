// Converts between the numbers of a packetdrill script and those on the wire: sequence numbers count from each side's ISN, timestamps from
// the first one seen.

import {offsetText} from '../../sim/byte-stream.ts';
import {ropeOf} from '../../wire/rope.ts';
import {type Seq, seq, seqAdd} from '../../wire/seq.ts';
import {hasFlag, TcpFlag, type TcpOption, type TcpSegment} from '../../wire/tcp.ts';
import {padded} from './option-list.ts';
import type {PacketSpec} from './script.ts';
import type {Ports} from './sockets.ts';

/** The initial sequence numbers of the two sides of the script's current connection. */
export type Origins = {readonly local: Seq; readonly remote: Seq};

/**
 * Maps each timestamp in the script to the one that the stack sent in the same segment, and holds the first such pair, undefined before
 * any.
 */
export type StampMap = {
  readonly known: ReadonlyMap<number, number>;
  readonly first: {readonly script: number; readonly wire: number} | undefined;
};

export const noOrigins: Origins = {local: seq(0), remote: seq(0)};
export const noStamps: StampMap = {known: new Map(), first: undefined};

/**
 * Returns the number from which the peer's sequence numbers count in a script: its ISN, or 0 in a segment with SYN, which has the number on
 * the wire.
 */
const remoteBase = ({remote}: Origins, syn: boolean): number => (syn ? 0 : remote);

const moveBlocks = (option: TcpOption, by: number): TcpOption => {
  if (option.kind !== 'sack') return option;
  const blocks = option.blocks.map(({left, right}) => ({left: seqAdd(left, by), right: seqAdd(right, by)}));
  return {kind: 'sack', blocks};
};

/**
 * Holds what is needed to convert a script's segment to the wire. With `scaled` (`--tcp_ts_ecr_scaled`), an echoed timestamp that the
 * script never saw is converted by its distance from the first one.
 */
type Circumstances = {
  readonly origins: Origins;
  readonly stamps: StampMap;
  readonly ports: Ports;
  readonly scaled?: boolean;
};

/** Returns a script's segment as it arrives at the stack under test; undefined if it echoes a timestamp that the stack never sent. */
export const toWire = (
  packet: PacketSpec,
  {origins, stamps, ports, scaled = false}: Circumstances,
): TcpSegment | undefined => {
  const {flags, ack, window, urgent, lengthBytes} = packet;
  const base = remoteBase(origins, (flags & TcpFlag.SYN) !== 0);
  const number = packet.seq === 'any' ? 0 : packet.seq;
  const options: TcpOption[] = [];
  for (const option of packet.options === 'any' ? [] : packet.options) {
    if (option.kind === 'timestamps' && ack !== undefined) {
      // A timestamp echo reply (TSecr) of 0 echoes nothing (RFC 7323 §3.2).
      const known = option.ecr === 0 ? 0 : stamps.known.get(option.ecr);
      const ecr = known ?? (scaled ? wireStamp(stamps, option.ecr) : undefined);
      if (ecr === undefined) return undefined;
      options.push({...option, ecr});
    } else options.push(moveBlocks(option, origins.local));
  }
  return {
    srcPort: ports.remote,
    dstPort: ports.local,
    seq: seq(number + (packet.rawSeq ? 0 : base)),
    ack: ack === undefined ? seq(0) : seqAdd(origins.local, ack),
    flags,
    window: window ?? 0,
    urgent,
    options,
    // An injected payload is text that depends on its offset in the stream, so that consecutive segments join into one continuous text.
    payload: ropeOf(offsetText, Math.max(0, number - 1), lengthBytes),
  };
};

/** Returns a segment that the stack sent with the script's sequence numbers. Timestamps stay as they are on the wire. */
export const fromWire = (segment: TcpSegment, origins: Origins): PacketSpec => {
  const base = remoteBase(origins, hasFlag(segment, 'SYN'));
  return {
    flags: segment.flags,
    seq: seqAdd(segment.seq, -origins.local),
    rawSeq: false,
    lengthBytes: segment.payload.length,
    ack: hasFlag(segment, 'ACK') ? seq(segment.ack - base) : undefined,
    window: segment.window,
    urgent: segment.urgent,
    options: padded(segment.options.map((option) => moveBlocks(option, -base))),
    ecn: undefined,
  };
};

type Stamp = Extract<TcpOption, {kind: 'timestamps'}>;

export const stampOf = (options: PacketSpec['options']): Stamp | undefined => {
  if (options === 'any') return undefined;
  return options.find((option) => option.kind === 'timestamps');
};

/** Adds to the known timestamps the pair of this segment: the script's timestamp and the stack's; unchanged if either has none. */
export const learnStamp = (stamps: StampMap, script: PacketSpec, actual: PacketSpec): StampMap => {
  const said = stampOf(script.options);
  const sent = stampOf(actual.options);
  if (said === undefined || sent === undefined) return stamps;
  return {
    known: new Map([...stamps.known, [said.val, sent.val]]),
    first: stamps.first ?? {script: said.val, wire: sent.val},
  };
};

const wireStamp = ({first}: StampMap, val: number): number =>
  first === undefined ? val : seq(first.wire + val - first.script);

/** Returns a timestamp of the stack as the script counts it, by its distance from the first pair; unchanged if none was seen. */
export const scriptStamp = (stamps: StampMap, val: number): number =>
  stamps.first === undefined ? val : seq(stamps.first.script + val - stamps.first.wire);
