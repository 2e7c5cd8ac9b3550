// Converts between the script's numbers and the wire's: sequence numbers count from each side's first, timestamps from the first one seen.

import {offsetText} from '../../sim/byte-stream.ts';
import {ropeOf} from '../../wire/rope.ts';
import {type Seq, seq, seqAdd} from '../../wire/seq.ts';
import {hasFlag, TcpFlag, type TcpOption, type TcpSegment} from '../../wire/tcp.ts';
import {padded} from './option-list.ts';
import type {PacketSpec} from './script.ts';
import type {Ports} from './sockets.ts';

/** The first numbers of the two sides of the current connection. */
export type Origins = {readonly local: Seq; readonly remote: Seq};

/** The stack's timestamps by those of the script for the same segments, and the first such pair. */
export type StampMap = {
  readonly known: ReadonlyMap<number, number>;
  readonly first: {readonly script: number; readonly wire: number} | undefined;
};

export const noOrigins: Origins = {local: seq(0), remote: seq(0)};
export const noStamps: StampMap = {known: new Map(), first: undefined};

/** Returns the base of the peer's numbers; in a segment with SYN they are the wire's own. */
const remoteBase = ({remote}: Origins, syn: boolean): number => (syn ? 0 : remote);

const moveBlocks = (option: TcpOption, by: number): TcpOption => {
  if (option.kind !== 'sack') return option;
  const blocks = option.blocks.map(({left, right}) => ({left: seqAdd(left, by), right: seqAdd(right, by)}));
  return {kind: 'sack', blocks};
};

/**
 * The state for converting between a script's numbers and those on the wire. With `scaled`, an echo of what the script never saw counts
 * from the first timestamp (`--tcp_ts_ecr_scaled`).
 */
type Circumstances = {
  readonly origins: Origins;
  readonly stamps: StampMap;
  readonly ports: Ports;
  readonly scaled?: boolean;
};

/** Returns the segment to inject; undefined if it echoes a timestamp that the stack never sent. */
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
      // 0 echoes nothing (RFC 7323 §3.2).
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
    // The payload's content depends on its offset in the stream, so that consecutive segments join into one continuous text.
    payload: ropeOf(offsetText, Math.max(0, number - 1), lengthBytes),
  };
};

/** Returns what the stack sent in the script's numbers. Timestamps stay as they are on the wire. */
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

/** Returns the known timestamps together with the pair of this segment: the script's timestamp and the stack's. */
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

/** Returns the stack's timestamp as the script would count it. */
export const scriptStamp = (stamps: StampMap, val: number): number =>
  stamps.first === undefined ? val : seq(stamps.first.script + val - stamps.first.wire);
