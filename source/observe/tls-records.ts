// Cuts the TLS records of a connection out of what each direction carried, each with the packet that completes it (RFC 9846 §5.1). It tells
// where reading stops; nothing is guessed after a gap.
import {recordHeaderSize, splitRecords, type TlsRecord} from '../wire/tls/record.ts';
import {AlertLevel, ContentType, HandshakeType} from '../wire/tls/registry.ts';
import type {Side, Told} from './connections.ts';
import {asTheyAre, type Undo} from './steps-back.ts';

export type SeenRecord = {
  readonly side: Side;
  readonly record: TlsRecord;
  /** The offset of the record's header in the stream of its direction. */
  readonly start: number;
  /** The packet with the record's last octet. */
  readonly frame: number;
  /** The event from which on the record is complete. */
  readonly event: number;
};

/** Why reading of a direction stops: the capture lacks bytes, or they cannot be a record. */
export type RecordStop = {readonly why: 'hole' | 'no-record'; readonly at: number};

const none = new Uint8Array(0);

type Half = {rest: Uint8Array; at: number; stop: RecordStop | undefined; known: boolean};

const newHalf = (): Half => ({rest: none, at: 0, stop: undefined, known: false});

/** Tells whether a record is a hello, with which a connection begins; chance does not produce one. */
const isHello = ({type, version, fragment}: TlsRecord): boolean =>
  type === ContentType.handshake &&
  version >> 8 === 3 &&
  (fragment[0] === HandshakeType.client_hello || fragment[0] === HandshakeType.server_hello);

/**
 * Tells whether a record is an alert in clear, which is all that a server sends if it refuses a hello: two octets, a level and a
 * description.
 */
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

/** Cuts both directions of a connection. If it is not TLS, or had begun before the capture, it has no records. */
export class RecordCutter {
  /** The records in the order of events. */
  readonly records: SeenRecord[] = [];
  readonly #halves: readonly [Half, Half] = [newHalf(), newHalf()];

  get stopped(): readonly [RecordStop | undefined, RecordStop | undefined] {
    return [this.#halves[0].stop, this.#halves[1].stop];
  }

  /** Returns the records that the piece completes. */
  take(told: Told): readonly SeenRecord[] {
    const half = this.#halves[told.side];
    const seen = half.stop ? [] : cut(half, told);
    this.records.push(...seen);
    return seen;
  }

  /** Returns a function that restores the present state. */
  asItIs(): Undo {
    return asTheyAre(this.#halves, [this.records]);
  }
}
