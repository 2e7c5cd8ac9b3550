// Lists the records of the present TLS connection: which of them anybody can read, which key encrypts the others, and what the ends find
// inside.

import {entriesOf} from '../../account/entries.ts';
import {type Eyes, eyesOf} from '../../account/eyes.ts';
import {isKeyPlace, type KeyPlace} from '../../account/key-places.ts';
import {framesInRecord} from '../../account/opened-parts.ts';
import {packetOf} from '../../account/packet.ts';
import type {Http2Part, WebSocketPart} from '../../account/part.ts';
import {type RefusedRecord, refusedRecordsOn} from '../../account/refused-records.ts';
import {type SeenRecords, seenRecordsOn} from '../../account/seen-records.ts';
import {anyMayBeRead, type Connection, connectionsIn, type Side} from '../../observe/connections.ts';
import type {TlsContent} from '../../observe/tls-contents.ts';
import {serverNameIn} from '../../observe/tls-hellos.ts';
import {type TlsSession, tlsSessionOf} from '../../observe/tls-sessions.ts';
import type {Trace} from '../../sim/trace.ts';
import type {Epoch} from '../../stack/tls/effect.ts';
import {hexOf, noOctets} from '../../wire/octets.ts';
import {oncePer} from '../../wire/once-per.ts';
import {decodeAlert} from '../../wire/tls/alert.ts';
import {splitHandshake} from '../../wire/tls/handshake-stream.ts';
import {messageName} from '../../wire/tls/message-name.ts';
import {recordHeaderSize} from '../../wire/tls/record.ts';
import {alertName, ContentType, ProtocolVersion} from '../../wire/tls/registry.ts';
import {lastSeen} from '../seen.ts';
import {selectedPacket, type View} from '../view.ts';
import {keyNumber} from './key-schedule.ts';

type Place = Pick<RefusedRecord, 'side' | 'start'>;

/**
 * A part of a TLS record's content: a handshake message, an alert or data, each as a text of one line; or frames of HTTP/2 or WebSocket.
 */
export type RecordPart =
  | {readonly kind: 'message' | 'alert' | 'data'; readonly text: string; readonly size: number}
  | {readonly kind: 'frames'; readonly frames: Http2Part | WebSocketPart}
  /** An empty record of TLS 1.0, which is sent before data. */
  | {readonly kind: 'empty'}
  /** A piece of a TLS handshake message that continues in the next record. */
  | {readonly kind: 'piece'; readonly size: number}
  /** A change_cipher_spec: TLS 1.3 sends it only for middleboxes (RFC 9846 §E.4), in older versions it changes the keys. */
  | {readonly kind: 'spec'; readonly changes: boolean};

export type Seal = {
  /** The key that encrypts the TLS record; undefined if an observer cannot tell which one it is. */
  readonly key: {readonly place: KeyPlace; readonly number: number} | undefined;
  /** True if the content of the encrypted TLS record is known, because its secrets are. */
  readonly opened: boolean;
};

export type RecordRow = {
  /** The number of the packet that completes the TLS record. */
  readonly packet: number;
  readonly side: Side;
  /** The offset of the TLS record in the byte stream of its direction. */
  readonly start: number;
  readonly host: string;
  /** The content type in the header of the TLS record. */
  readonly type: number;
  readonly size: number;
  /** The encryption of the TLS record; undefined if the record is not encrypted. */
  readonly seal: Seal | undefined;
  readonly parts: readonly RecordPart[];
  /** How and by whom the TLS record was rejected after it arrived; undefined if its receiver did not reject it. */
  readonly refused: RefusedRecord | undefined;
  readonly selected: boolean;
};

export type RecordScene = {
  readonly session: TlsSession;
  /** The rows of the TLS record panel; in a long connection only the records around the selected packet. */
  readonly rows: readonly RecordRow[];
  /** The number of TLS records before the first row of the panel; `later` counts those after the last row. */
  readonly earlier: number;
  readonly later: number;
  /** The number of encrypted TLS records of the connection so far. */
  readonly sealed: number;
};

/**
 * Tells whether a run or capture has TLS records that may be shown. Computed once per trace, because each frame of the screen asks, even
 * with thousands of connections.
 */
const areThere = oncePer(
  (trace: Trace): boolean =>
    anyMayBeRead(trace) &&
    connectionsIn(trace).all.some((connection) => tlsSessionOf(trace, connection) !== undefined),
);

export const hasRecords = ({input}: Pick<View, 'input'>): boolean => areThere(input.trace);

/**
 * Returns the records of the selected packet's TLS connection, or else of the newest that has begun and in which the observer takes part;
 * undefined before there is one.
 */
const atHand = (view: View): SeenRecords | undefined => {
  const {trace} = view.input;
  const seen = lastSeen(view);
  const begunOn = (connection: Connection | undefined): SeenRecords | undefined => {
    const records = connection && seenRecordsOn(trace, connection);
    return records && (records.contents[0]?.seen.event ?? seen + 1) <= seen ? records : undefined;
  };
  const packet = selectedPacket(view);
  const {all, carriedBy} = connectionsIn(trace);
  const carried = packet === undefined ? undefined : carriedBy(packet);
  return begunOn(carried?.connection) ?? begunOn(all.findLast((connection) => begunOn(connection)));
};

export const sessionAtHand = (view: View): TlsSession | undefined => atHand(view)?.session;

type Opened = {readonly type: number; readonly content: Uint8Array; readonly epoch: Epoch};

/** How many octets of a TLS record's ciphertext are compared to identify the record among those of the same sender. */
const marking = 32;

const keyOf = (host: string, record: Uint8Array): string => `${host} ${hexOf(record.subarray(0, marking))}`;

const mayAsk = (eyes: Eyes, host: string): boolean =>
  typeof eyes === 'string' ? eyes === 'ends' : eyes.host === host;

/**
 * Returns the content of encrypted records by their ciphertext, as the ends of a simulated run logged it, if the observer may know that.
 */
const openedIn = oncePer((trace: Trace): ReadonlyMap<string, Opened> => {
  const all = new Map<string, Opened>();
  const eyes = eyesOf(trace);
  for (const event of entriesOf(trace, 'tls')) {
    if (event.what.kind !== 'record' || !mayAsk(eyes, event.host)) continue;
    const {type, content, epoch, record} = event.what;
    all.set(keyOf(event.host, record.subarray(recordHeaderSize)), {type, content, epoch});
  }
  return all;
});

const sizeMost = 60;

/** Returns the first line of a program's data; empty if that is no ASCII text. */
const firstLine = (content: Uint8Array): string => {
  const end = content.indexOf(0x0d);
  const line = content.subarray(0, Math.min(sizeMost, end < 0 ? content.length : end));
  return line.every((octet) => octet >= 0x20 && octet < 0x7f) ? String.fromCharCode(...line) : '';
};

/** The state of one direction of a TLS connection while its records are read one by one. */
type Half = {held: Uint8Array; finished: boolean; updates: number};

class Reader {
  readonly #halves: readonly [Half, Half] = [
    {held: noOctets, finished: false, updates: 0},
    {held: noOctets, finished: false, updates: 0},
  ];
  readonly #session: TlsSession;
  readonly #opened: ReadonlyMap<string, Opened>;
  readonly #trace: Trace;

  constructor(session: TlsSession, trace: Trace) {
    this.#session = session;
    this.#opened = openedIn(trace);
    this.#trace = trace;
  }

  /** Reads a TLS record that gets no row, because it affects how later records are read. */
  pass(each: TlsContent): void {
    const {innerType, inside} = this.#inside(each);
    if (innerType === ContentType.handshake && inside) this.#messages(each.seen.side, inside);
  }

  read(each: TlsContent): Omit<RecordRow, 'selected' | 'refused'> {
    const {seen, encrypted} = each;
    const {side, start, record, frame} = seen;
    const {told, innerType, inside} = this.#inside(each);
    const key = encrypted ? this.#key(side, innerType, {epoch: told?.epoch, content: inside}) : undefined;
    const frames = framesInRecord(this.#trace, this.#session, each);
    const whole = frames && ([{kind: 'frames', frames}] as const);
    const parts = whole ?? (inside ? this.#parts(side, innerType, inside) : []);
    const seal = encrypted ? {key, opened: inside !== undefined} : undefined;
    const size = record.fragment.length;
    const host = this.#hostOf(each);
    return {packet: frame, side, start, host, type: record.type, size, seal, parts};
  }

  /** Returns the host that sent a TLS record; it differs from the host of the source address if the record was sent in another's name. */
  #hostOf({seen: {frame}}: TlsContent): string {
    return packetOf(this.#trace, frame).from;
  }

  /**
   * Returns the inner content type and the content of a TLS record. A capture has no log of the ends, so only what was decrypted is known.
   */
  #inside(each: TlsContent) {
    const asks = each.encrypted && this.#opened.size > 0;
    const told = asks ? this.#opened.get(keyOf(this.#hostOf(each), each.seen.record.fragment)) : undefined;
    return {told, innerType: told?.type ?? each.type, inside: told?.content ?? each.content};
  }

  #key(
    side: Side,
    type: number,
    {epoch, content}: {readonly epoch: Epoch | undefined; readonly content: Uint8Array | undefined},
  ): Seal['key'] {
    const {version} = this.#session;
    const {finished, updates} = this.#halves[side];
    const role = side === 0 ? 'client' : 'server';
    const is12 = version !== ProtocolVersion['TLS 1.3'];
    if (!is12 && content === undefined) return undefined;
    // A client that has not sent its Finished can encrypt application data only as early data (RFC 9846 §2.3).
    const early = role === 'client' && type === ContentType.application_data;
    const guessed = is12 || finished ? 'application' : early ? 'early' : 'handshake';
    const place = `${role} ${epoch ?? guessed}`;
    if (!isKeyPlace(place)) return undefined;
    const number = keyNumber(place, updates, version);
    return number === undefined ? undefined : {place, number};
  }

  #parts(side: Side, type: number, content: Uint8Array): readonly RecordPart[] {
    const size = content.length;
    switch (type) {
      case ContentType.handshake:
        return this.#messages(side, content);
      case ContentType.alert: {
        const alert = decodeAlert(content);
        return [{kind: 'alert', text: alert.ok ? alertName(alert.value.description) : '', size}];
      }
      case ContentType.change_cipher_spec:
        return [{kind: 'spec', changes: this.#session.version !== ProtocolVersion['TLS 1.3']}];
      default:
        if (size === 0 && (this.#session.version ?? Infinity) < ProtocolVersion['TLS 1.1'])
          return [{kind: 'empty'}];
        return [{kind: 'data', text: firstLine(content), size}];
    }
  }

  #messages(side: Side, content: Uint8Array): readonly RecordPart[] {
    const half = this.#halves[side];
    const split = splitHandshake(half.held, content);
    half.held = split.ok ? split.value.rest : noOctets;
    const messages = split.ok ? split.value.messages : [];
    const parts = messages.map((bytes): RecordPart => {
      const name = messageName(bytes);
      if (name === 'Finished') half.finished = true;
      if (name === 'KeyUpdate') half.updates += 1;
      return {kind: 'message', text: this.#told(name), size: bytes.length};
    });
    return half.held.length > 0 ? [...parts, {kind: 'piece', size: half.held.length}] : parts;
  }

  /** Returns the text for a handshake message; a ClientHello has the name of the site, which readers look for. */
  #told(name: string): string {
    const {client} = this.#session.hellos;
    const site = name === 'ClientHello' && client ? serverNameIn(client) : undefined;
    return site === undefined ? name : `${name} (SNI ${site})`;
  }
}

/** Tells whether two records of one connection are the same: the same direction and offset. */
export const isSameRecord = (a: Place, b: Place): boolean => a.side === b.side && a.start === b.start;

/** The number of TLS records before and after the selected packet that become rows, more than any screen shows. */
const around = 200;

/** Returns the index of the first TLS record that the selected packet completes, or else of the last record. */
const placeIn = (contents: readonly TlsContent[], packet: number | undefined): number => {
  const selected = contents.findIndex(({seen}) => seen.frame === packet);
  return selected < 0 ? contents.length - 1 : selected;
};

/** Returns the values of the TLS record panel at the present place of the run; undefined before any TLS message. */
export const recordScene = (view: View): RecordScene | undefined => {
  const found = atHand(view);
  if (!found) return undefined;
  const {session} = found;
  const {trace} = view.input;
  const reader = new Reader(session, trace);
  const seen = lastSeen(view);
  const packet = selectedPacket(view);
  const refused = refusedRecordsOn(trace, session.connection).filter(({event}) => event <= seen);
  const refusalOf = ({seen}: TlsContent): RefusedRecord | undefined =>
    refused.find((each) => isSameRecord(each, seen));
  const contents = found.contents.slice(
    0,
    found.contents.findLastIndex((content) => content.seen.event <= seen) + 1,
  );
  const place = placeIn(contents, packet);
  const [from, to] = [Math.max(0, place - around), Math.min(contents.length, place + around)];
  for (const content of contents.slice(0, from)) reader.pass(content);
  const rows = contents
    .slice(from, to)
    .map((content) => ({...reader.read(content), refused: refusalOf(content)}))
    .map((row) => ({...row, selected: row.packet === packet}));
  const sealed = contents.reduce((sum, {encrypted}) => sum + (encrypted ? 1 : 0), 0);
  return {session, rows, earlier: from, later: contents.length - to, sealed};
};
