// Cuts each direction of a connection into TLS records, each with the packet that completes it (RFC 9846 §5.1). Reading stops at a gap, or
// at bytes that are no record.
import {recordHeaderSize, splitRecords, type TlsRecord} from '../wire/tls/record.ts';
import {AlertLevel, ContentType, HandshakeType} from '../wire/tls/registry.ts';
import type {Side, Told} from './connections.ts';
import {asTheyAre, type Undo} from './steps-back.ts';

export type SeenRecord = {
  readonly side: Side;
  readonly record: TlsRecord;
  /** The offset of the TLS record's header in the stream of its direction. */
  readonly start: number;
  /** The number of the packet with the TLS record's last octet. */
  readonly frame: number;
  /** The event from which on the TLS record is complete. */
  readonly event: number;
};

/** Why reading TLS records of a direction stops at the offset `at`: the capture lacks bytes there, or the bytes cannot be a record. */
export type RecordStop = {readonly why: 'hole' | 'no-record'; readonly at: number};

const none = new Uint8Array(0);

type Half = {rest: Uint8Array; at: number; stop: RecordStop | undefined; known: boolean};

const newHalf = (): Half => ({rest: none, at: 0, stop: undefined, known: false});

/** Tells whether a TLS record begins with a ClientHello or ServerHello, by which a TLS connection is recognised. */
const isHello = ({type, version, fragment}: TlsRecord): boolean =>
  type === ContentType.handshake &&
  version >> 8 === 3 &&
  (fragment[0] === HandshakeType.client_hello || fragment[0] === HandshakeType.server_hello);

/** Tells whether a record is a TLS alert in clear (two octets: level and description); a server that refuses a hello sends nothing else. */
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

/** Cuts both directions of a connection into TLS records. It finds none if the connection is not TLS or its beginning was not captured. */
export class RecordCutter {
  /** The TLS records of both directions in the order of events. */
  readonly records: SeenRecord[] = [];
  readonly #halves: readonly [Half, Half] = [newHalf(), newHalf()];

  get stopped(): readonly [RecordStop | undefined, RecordStop | undefined] {
    return [this.#halves[0].stop, this.#halves[1].stop];
  }

  /** True once no further TLS record can be read in either direction. */
  get isOver(): boolean {
    return this.#halves[0].stop !== undefined && this.#halves[1].stop !== undefined;
  }

  /** Returns the TLS records that this piece of a stream completes. */
  take(told: Told): readonly SeenRecord[] {
    const half = this.#halves[told.side];
    const seen = half.stop ? [] : cut(half, told);
    this.records.push(...seen);
    return seen;
  }

  /** Returns an undo function that resets the cutter of TLS records to its present state. */
  asItIs(): Undo {
    return asTheyAre(this.#halves, [this.records]);
  }
}
