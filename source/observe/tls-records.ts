// The TLS records of a connection, cut out of what each direction carried, each with the packet that completes it
// (RFC 9846 §5.1). How far it can be read is told; nothing is guessed behind a gap.
import {recordHeaderSize, splitRecords, type TlsRecord} from '../wire/tls/record.ts';
import {AlertLevel, ContentType, HandshakeType} from '../wire/tls/registry.ts';
import type {Side, Told} from './connections.ts';
import {asTheyAre, type Undo} from './steps-back.ts';

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

const none = new Uint8Array(0);

type Half = {rest: Uint8Array; at: number; stop: RecordStop | undefined; known: boolean};

const newHalf = (): Half => ({rest: none, at: 0, stop: undefined, known: false});

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

const cut = (half: Half, {side, piece, event}: Told): readonly SeenRecord[] => {
  if (piece.kind === 'end') return [];
  if (piece.kind === 'hole') {
    half.stop = {why: 'hole', at: piece.start};
    return [];
  }
  const {records, rest, error} = splitRecords(half.rest, piece.bytes);
  half.rest = rest;
  const seen: SeenRecord[] = [];
  for (const record of records) {
    if (!half.known && !isHello(record) && !isAlert(record)) break;
    half.known = true;
    seen.push({side, record, start: half.at, frame: piece.frame, event});
    half.at += recordHeaderSize + record.fragment.length;
  }
  if (error || seen.length < records.length) half.stop = {why: 'no-record', at: half.at};
  return seen;
};

/** Both directions of a connection. What is no TLS, or had begun before the capture, has no records. */
export class RecordCutter {
  /** In the order of events. */
  readonly records: SeenRecord[] = [];
  readonly #halves: readonly [Half, Half] = [newHalf(), newHalf()];

  get stopped(): readonly [RecordStop | undefined, RecordStop | undefined] {
    return [this.#halves[0].stop, this.#halves[1].stop];
  }

  /** The records that it completes. */
  take(told: Told): readonly SeenRecord[] {
    const half = this.#halves[told.side];
    const seen = half.stop ? [] : cut(half, told);
    this.records.push(...seen);
    return seen;
  }

  /** Makes it again what it is now. */
  asItIs(): Undo {
    return asTheyAre(this.#halves, [this.records]);
  }
}
