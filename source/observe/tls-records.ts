// The TLS records of a connection, cut out of what each direction carried, each with the packet that completes it
// (RFC 9846 §5.1). How far it can be read is told; nothing is guessed behind a gap.
import {recordHeaderSize, splitRecords, type TlsRecord} from '../wire/tls/record.ts';
import {AlertLevel, ContentType, HandshakeType} from '../wire/tls/registry.ts';
import type {Side, Told} from './connections.ts';

export type SeenRecord = {
  readonly side: Side;
  readonly record: TlsRecord;
  /** Where its header begins in the stream of its direction. */
  readonly start: number;
  /** The packet with its last octet. */
  readonly frame: number;
  /** From which on it is whole. */
  readonly event: number;
};

/** Why a direction is not read on: bytes that the capture lacks, or what cannot be a record. */
export type RecordStop = {readonly why: 'hole' | 'no-record'; readonly at: number};

export type CutRecords = {
  /** In the order of events. */
  readonly records: readonly SeenRecord[];
  readonly stopped: readonly [RecordStop | undefined, RecordStop | undefined];
};

const none = new Uint8Array(0);

type Cutter = {rest: Uint8Array; at: number; stop: RecordStop | undefined; known: boolean};

const newCutter = (): Cutter => ({rest: none, at: 0, stop: undefined, known: false});

/** A connection begins with a hello; chance makes none. */
const isHello = ({type, version, fragment}: TlsRecord): boolean =>
  type === ContentType.handshake &&
  version >> 8 === 3 &&
  (fragment[0] === HandshakeType.client_hello || fragment[0] === HandshakeType.server_hello);

/** A server that refuses a hello says nothing else: two octets in clear, a level and a description. */
const isAlert = ({type, version, fragment}: TlsRecord): boolean =>
  type === ContentType.alert &&
  version >> 8 === 3 &&
  fragment.length === 2 &&
  (fragment[0] === AlertLevel.warning || fragment[0] === AlertLevel.fatal);

const cut = (cutter: Cutter, {side, piece, event}: Told): readonly SeenRecord[] => {
  if (piece.kind === 'end') return [];
  if (piece.kind === 'hole') {
    cutter.stop = {why: 'hole', at: piece.start};
    return [];
  }
  const {records, rest, error} = splitRecords(cutter.rest, piece.bytes);
  cutter.rest = rest;
  const seen: SeenRecord[] = [];
  for (const record of records) {
    if (!cutter.known && !isHello(record) && !isAlert(record)) break;
    cutter.known = true;
    seen.push({side, record, start: cutter.at, frame: piece.frame, event});
    cutter.at += recordHeaderSize + record.fragment.length;
  }
  if (error || seen.length < records.length) cutter.stop = {why: 'no-record', at: cutter.at};
  return seen;
};

/** undefined: this is not TLS, or it had begun before the capture. */
export const tlsRecordsOf = (told: readonly Told[]): CutRecords | undefined => {
  const cutters = [newCutter(), newCutter()] as const;
  const records: SeenRecord[] = [];
  for (const each of told) {
    if (cutters[0].stop && cutters[1].stop) break;
    if (!cutters[each.side].stop) records.push(...cut(cutters[each.side], each));
  }
  if (!records.some(({record}) => isHello(record) || isAlert(record))) return undefined;
  return {records, stopped: [cutters[0].stop, cutters[1].stop]};
};
