// One QUIC connection of a capture: what its headers show in clear, and what its packets contain if they can be decrypted (RFC 9000, 9001).
// Side 0 is the client.

import {hexOf} from '../wire/octets.ts';
import type {QuicFrame} from '../wire/quic/frame.ts';
import {framesIn} from '../wire/quic/frame.ts';
import type {LongHeader, PacketHeader, RetryHeader} from '../wire/quic/packet-header.ts';
import {isTrueRetry, type QuicKeys} from '../wire/quic/packet-protection.ts';
import type {QuicVersion} from '../wire/quic/quic-version.ts';
import type {Side} from './connections.ts';
import {QuicAcks} from './quic-acks.ts';
import {QuicCloses} from './quic-close.ts';
import {type Level, QuicHandshake} from './quic-handshake.ts';
import {ConnectionKeys, type Opened, openWith, type Phase, phaseChanges} from './quic-keys.ts';
import type {QuicDatagram, QuicPacket} from './quic-packet.ts';
import {isTwoWay, type Passed, QuicStreams, type StreamPiece} from './quic-streams.ts';

/** The addresses and ports of a QUIC connection's client and server, as text. */
export type QuicEnds = readonly [client: string, server: string];

/** A change of address or port of one end of a QUIC connection, which continues (RFC 9000 §9). */
export type QuicMove = {
  readonly by: Side;
  readonly from: string;
  readonly to: string;
  readonly frame: number;
};

const mostMoves = 16;

type Waiting = {readonly packet: QuicPacket; readonly datagram: QuicDatagram};

/** The highest number of QUIC packets that are kept undecrypted until both hellos, which they have overtaken, have been read. */
const mostWaiting = 256;

/** The packet number spaces by QUIC packet type; 0-RTT shares that of 1-RTT (§12.3). */
const levels: ReadonlyMap<string, Level> = new Map([
  ['Initial', 0],
  ['Handshake', 1],
  ['0-RTT', 2],
  ['1-RTT', 2],
]);

/** The types of QUIC packets in the order in which they are listed. */
const kinds = ['Initial', '0-RTT', 'Handshake', 'Retry', 'Version Negotiation', '1-RTT'] as const;
type Kind = (typeof kinds)[number];

/** The names of the QUIC frames that need no ACK (RFC 9002 §2). */
const silentFrames: ReadonlySet<string> = new Set(['ACK', 'PADDING', 'CONNECTION_CLOSE']);

const empty = new Uint8Array(0);

export class QuicConnection {
  /** The number of the QUIC connection in the capture, counted from 1 in the order of first datagrams. */
  readonly id: number;
  readonly ends: QuicEnds;
  readonly firstFrame: number;
  readonly handshake = new QuicHandshake();
  readonly streams = new QuicStreams();
  readonly acks = new QuicAcks();
  /** The QUIC version numbers in the connection's long headers, in the order in which they appear. */
  readonly versions: number[] = [];
  /** The QUIC versions that the first Version Negotiation packet offers; undefined if there was none. */
  versionsOfServer: readonly number[] | undefined;
  retryToken: Uint8Array | undefined;
  #initialDcid: Uint8Array | undefined;
  /** The source connection ID of the first Initial packet of each side; undefined if none was seen. */
  readonly sourceIds: [Uint8Array | undefined, Uint8Array | undefined] = [undefined, undefined];
  readonly counts: Record<Kind, number> = {
    ...{Initial: 0, '0-RTT': 0, Handshake: 0, Retry: 0},
    ...{'Version Negotiation': 0, '1-RTT': 0},
  };
  datagrams = 0;
  /** The octets of the client's first QUIC datagram, which must not be short (RFC 9000 §14.1); undefined if none was seen. */
  firstBytes: number | undefined;
  firstUs = 0;
  lastUs = 0;
  /** The time in µs of the first 1-RTT packet; undefined if there was none. */
  shortUs: number | undefined;
  /**
   * The times at which the first and the last STREAM frame from the server on a bidirectional stream passed; undefined if none was seen.
   */
  back: {readonly firstUs: number; readonly lastUs: number} | undefined;
  /** The number of datagrams that one side has sent since the other side's last one, which is packet `behind` (0 if there was none). */
  silence: {readonly by: Side; readonly behind: number; readonly count: number} | undefined;
  /** The time in µs of the first datagram since the other side's last one. */
  silentFromUs = 0;
  /** The number of 1-RTT packets of the QUIC connection that were decrypted. */
  openedPackets = 0;
  readonly closes = new QuicCloses();
  /** The octets that each side sent in DATAGRAM frames of QUIC (RFC 9221). */
  readonly unreliable: [client: number, server: number] = [0, 0];
  datagramFrames = 0;
  readonly moves: QuicMove[] = [];
  /** The QUIC connection IDs by the side that chose them, in hexadecimal digits. */
  readonly ids: readonly [Set<string>, Set<string>] = [new Set(), new Set()];
  readonly #keys: ConnectionKeys;
  readonly #tell: (piece: StreamPiece, connection: QuicConnection) => void;
  /** The destination connection IDs from which Initial keys are derived, the newest last. */
  readonly #dcids: Uint8Array[] = [];
  readonly #largest: readonly [number[], number[]] = [
    [-1, -1, -1],
    [-1, -1, -1],
  ];
  readonly #phases: readonly [Phase[], Phase[]] = [[], []];
  #version: QuicVersion | undefined;
  #waiting: Waiting[] = [];
  #lastFrame = 0;
  /** True after a Version Negotiation packet, until the client begins again with another QUIC version. */
  #triesAgain = false;
  #now: QuicEnds;

  constructor(
    about: {readonly id: number; readonly ends: QuicEnds; readonly frame: number},
    keys: QuicKeys,
    tell: (piece: StreamPiece, connection: QuicConnection) => void,
  ) {
    this.id = about.id;
    this.ends = about.ends;
    this.#now = about.ends;
    this.firstFrame = about.frame;
    this.#keys = new ConnectionKeys(keys);
    this.#tell = tell;
  }

  /** The destination connection ID of the client's first Initial packet; empty if none was seen. */
  get initialDcid(): Uint8Array {
    return this.#initialDcid ?? empty;
  }

  /**
   * The number of QUIC key updates that the packets show: changes of the key phase bit in the order of packet numbers, both directions
   * together.
   */
  get keyPhaseChanges(): number {
    return this.#phases.reduce((changes, phases) => changes + phaseChanges(phases), 0);
  }

  /** Returns how many octets this side sent in QUIC streams and DATAGRAM frames; repeated stream octets count once. */
  bytes(side: Side): number {
    const streams = this.streams.all.reduce((sum, stream) => sum + stream.bytes(side), 0);
    return streams + (this.unreliable[side] ?? 0);
  }

  /** True if 1-RTT packets of the QUIC connection could be decrypted. */
  get opened(): boolean {
    return this.openedPackets > 0;
  }

  /** The number of QUIC packets of each type; types that do not occur are absent. */
  get packets(): Readonly<Record<string, number>> {
    return Object.fromEntries(
      kinds.flatMap((kind) => (this.counts[kind] > 0 ? [[kind, this.counts[kind]]] : [])),
    );
  }

  /** True once a server has answered. Until then, another Initial of the client is another attempt and not another connection. */
  get isAnswered(): boolean {
    return this.sourceIds[1] !== undefined;
  }

  /** Tells whether another Initial of the client may begin another connection. */
  begins({scid}: LongHeader): boolean {
    const [own] = this.sourceIds;
    if (this.isAnswered || !own) return this.isAnswered;
    const toldToTryAgain = this.retryToken !== undefined || this.versionsOfServer !== undefined;
    return !toldToTryAgain && own.length > 0 && scid.length > 0 && hexOf(scid) !== hexOf(own);
  }

  take(side: Side, headers: readonly PacketHeader[], datagram: QuicDatagram): readonly QuicPacket[] {
    this.#counted(side, datagram);
    return headers.flatMap((header) =>
      this.#packet({header, side, dcidLength: 0, opened: undefined}, datagram),
    );
  }

  #counted(side: Side, {frame, atUs, bytes}: QuicDatagram): void {
    if (this.datagrams === 0) this.firstUs = atUs;
    if (side === 0) this.firstBytes ??= bytes.length;
    this.datagrams += 1;
    this.lastUs = Math.max(this.lastUs, atUs);
    if (this.silence?.by !== side) this.silentFromUs = atUs;
    const {by, behind, count} = this.silence ?? {by: side, behind: 0, count: 0};
    this.silence =
      by === side ? {by, behind, count: count + 1} : {by: side, behind: this.#lastFrame, count: 1};
    this.#lastFrame = frame;
  }

  #packet(packet: QuicPacket, datagram: QuicDatagram): readonly QuicPacket[] {
    const {header, side} = packet;
    switch (header.kind) {
      case 'unknown':
        this.#sawVersion(header.number);
        if (side === 0) this.#initialDcid ??= header.dcid;
        return [packet];
      case 'Version Negotiation':
        this.counts[header.kind] += 1;
        this.versionsOfServer ??= header.versions;
        this.#triesAgain = !this.isAnswered;
        return [packet];
      case 'Retry':
        this.counts.Retry += 1;
        this.#sawVersion(header.version.number);
        this.#retry(header, datagram);
        return [packet];
      case '1-RTT': {
        this.counts['1-RTT'] += 1;
        this.shortUs ??= datagram.atUs;
        const placed = {
          ...packet,
          dcidLength: this.#idLength(side === 0 ? 1 : 0, datagram.bytes, header.start + 1),
        };
        this.#open(placed, datagram);
        return [placed];
      }
      default:
        this.counts[header.kind] += 1;
        this.#long(side, header);
        this.#open(packet, datagram);
        return [packet];
    }
  }

  /** Begins anew when the client comes back with another version: what was said in the first version no longer counts (§6.2). */
  #startAgain(): void {
    this.#triesAgain = false;
    this.handshake.restart();
    this.#keys.forget();
  }

  #sawVersion(number: number): void {
    if (!this.versions.includes(number)) this.versions.push(number);
  }

  #long(side: Side, {kind, version, dcid, scid}: LongHeader): void {
    this.#sawVersion(version.number);
    if (kind === 'Initial') {
      if (side === 0) {
        this.#initialDcid ??= dcid;
        if (this.#triesAgain && version !== this.#version) this.#startAgain();
      }
      // Initial keys are derived from the destination connection ID of the client's first Initial, of one after a Retry, or of another
      // attempt (RFC 9001 §5.2).
      const isFresh =
        side === 0 && !this.isAnswered && !this.#dcids.some((each) => hexOf(each) === hexOf(dcid));
      if (isFresh) this.#dcids.push(dcid);
      this.sourceIds[side] ??= scid;
    }
    this.ids[side].add(hexOf(scid));
    if (side === 1 || this.#version === undefined) this.#version = version;
  }

  #retry(header: RetryHeader, {bytes}: QuicDatagram): void {
    const original = this.#dcids.at(-1);
    if (this.retryToken || !original || !isTrueRetry(this.#keys.crypto, bytes, header, original)) return;
    this.retryToken = header.token;
    this.ids[1].add(hexOf(header.scid));
    this.#dcids.push(header.scid);
  }

  /** Notes that the QUIC connection continues between other addresses, `ends`, with the same connection IDs. */
  movedTo(ends: QuicEnds, frame: number): void {
    const before = this.#now;
    this.#now = ends;
    for (const by of [0, 1] as const)
      if (ends[by] !== before[by] && this.moves.length < mostMoves)
        this.moves.push({by, from: before[by], to: ends[by], frame});
  }

  hasId(owner: Side, bytes: Uint8Array, at: number): boolean {
    return this.#idAt(owner, bytes, at) !== undefined;
  }

  #idAt(owner: Side, bytes: Uint8Array, at: number): string | undefined {
    for (const id of this.ids[owner])
      if (hexOf(bytes, at, Math.min(bytes.length, at + id.length / 2)) === id) return id;
    return undefined;
  }

  /** Returns the length of the connection ID at offset `at` of a datagram, which `owner` has chosen. */
  #idLength(owner: Side, bytes: Uint8Array, at: number): number {
    // If the connection ID is not known, it was probably chosen in an encrypted frame; then it is assumed to be as long as the side's first
    // one.
    const [first = ''] = this.ids[owner];
    return (this.#idAt(owner, bytes, at) ?? first).length / 2;
  }

  #open(packet: QuicPacket, datagram: QuicDatagram): void {
    const opened = this.#opened(packet, datagram);
    if (opened) this.#read(packet, opened, datagram);
    else if (this.#mayOpenLater && this.#waiting.length < mostWaiting) this.#waiting.push({packet, datagram});
  }

  get #mayOpenLater(): boolean {
    return this.handshake.client === undefined || this.handshake.server === undefined;
  }

  #opened({header, side, dcidLength}: QuicPacket, {bytes}: QuicDatagram): Opened | undefined {
    if (header.kind === '1-RTT') return this.#openedShort(side, header, dcidLength, bytes);
    if (!('numberAt' in header)) return undefined;
    const largest = this.#largest[side][levels.get(header.kind) ?? 0] ?? -1;
    for (const keys of this.#longKeys(side, header)) {
      const opened = openWith(keys, bytes, header, largest);
      if (opened) return opened;
    }
    return undefined;
  }

  #longKeys(side: Side, header: LongHeader) {
    if (header.kind === 'Initial')
      return this.#dcids
        .map((dcid) => this.#keys.initial(header.version, dcid)[side === 0 ? 'client' : 'server'])
        .reverse();
    const {client, server} = this.handshake;
    if (!client) return [];
    return this.#keys.long(side, header, {random: client.random, suite: server?.cipherSuite});
  }

  #openedShort(
    side: Side,
    {start, end}: PacketHeader,
    dcidLength: number,
    datagram: Uint8Array,
  ): Opened | undefined {
    const {client, server} = this.handshake;
    const version = this.#version;
    if (!client || !server || !version) return undefined;
    const place = {start, end, numberAt: start + 1 + dcidLength};
    const largest = this.#largest[side][2] ?? -1;
    const agreed = {random: client.random, suite: server.cipherSuite};
    return this.#keys.openShort(side, {version, agreed}, {datagram, place, largest});
  }

  #read(packet: QuicPacket, {payload, ...opened}: Opened, {frame, atUs}: QuicDatagram): void {
    const {header, side} = packet;
    packet.opened = opened;
    const {kind} = header;
    const level = levels.get(kind);
    if (level === undefined) return;
    const {number, first} = opened;
    this.#largest[side][level] = Math.max(this.#largest[side][level] ?? -1, number);
    if (kind === '1-RTT') {
      this.openedPackets += 1;
      this.#phases[side].push({number, bit: (first & 0x04) !== 0});
    }
    this.acks.seen(side, level, {number, frame});
    const {frames} = framesIn(payload);
    // QUIC packets without such frames need no ACK, and an end may forget them before an ACK names them (RFC 9002 §2, RFC 9000 §13.2.3).
    if (frames.some(({name}) => !silentFrames.has(name))) this.acks.sent(side, level, {number, frame});
    for (const each of frames) {
      if (each.name === 'STREAM' && side === 1 && isTwoWay(each.body.streamId))
        this.back = {firstUs: this.back?.firstUs ?? atUs, lastUs: atUs};
      this.#frame(each, {side, level, frame, atUs});
    }
  }

  #frame(
    each: QuicFrame,
    {side, level, frame, atUs}: Passed & {readonly side: Side; readonly level: Level},
  ): void {
    switch (each.name) {
      case 'CRYPTO':
        if (this.handshake.take(side, level, each.body)) this.#tryAgain();
        break;
      case 'STREAM':
        for (const piece of this.streams.take(side, {frame, atUs}, each.body)) this.#tell(piece, this);
        break;
      case 'RESET_STREAM': {
        const stream = this.streams.get(each.body.streamId);
        if (stream) stream.reset ??= {by: side, code: each.body.code, frame};
        break;
      }
      case 'STOP_SENDING': {
        const stream = this.streams.get(each.body.streamId);
        if (stream) stream.stopSending ??= {by: side, code: each.body.code, frame};
        break;
      }
      case 'NEW_CONNECTION_ID':
        this.ids[side].add(hexOf(each.body.connectionId));
        break;
      case 'ACK':
        this.acks.acknowledged(side, level, each.body.ranges, frame);
        break;
      case 'CONNECTION_CLOSE':
        this.closes.take({by: side, ...each.body, frame});
        break;
      case 'DATAGRAM':
        this.datagramFrames += 1;
        this.unreliable[side] += each.body.data.length;
        break;
      default:
    }
  }

  #tryAgain(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const {packet, datagram} of waiting) this.#open(packet, datagram);
  }
}
