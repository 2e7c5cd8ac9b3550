// Dissects TLS records as inspector layers, as far as one segment contains them (RFC 9846 §5.1). A record that began in an earlier segment,
// and what cannot be read without keys, stay octets: only a reader of the whole stream can put segments together.
import {
  bytesField,
  computed,
  layerOf,
  numberField,
  type Step,
  type Stretch,
  stretchOf,
} from './dissect-step.ts';
import type {Field, Layer} from './layer.ts';
import {hexNumber, readUint} from './octets.ts';
import type {Result} from './result.ts';
import {alertCodec} from './tls/alert.ts';
import {readCertificate, readName} from './tls/certificate.ts';
import {handshakeHeaderSize, maxHandshakeSize, tls12, tls13} from './tls/handshake.ts';
import {joinBytes, readerOf, type TlsReader} from './tls/presentation.ts';
import {contentTypes, maxCiphertext, recordHeaderSize} from './tls/record.ts';
import {ContentType, HandshakeType, ProtocolVersion} from './tls/registry.ts';
import type {TlsError} from './tls/tls-error.ts';

/** The TCP ports on which segments are dissected as TLS from the first octet on. */
const tlsPorts: readonly number[] = [443, 8443];

export const isTlsPort = (port: number): boolean => tlsPorts.includes(port);

type RecordPlace = {
  readonly type: number;
  readonly start: number;
  /** The offset of the TLS record's content, after its header. */
  readonly content: number;
  /** The offset of the TLS record's end, which is beyond the segment if the record continues in the next one. */
  readonly end: number;
};

/**
 * Returns the place of a TLS record with a plausible header: a known type, SSL 3.0 to TLS 1.3, a length within limits. Undefined if the
 * header is not plausible or incomplete.
 */
const placeAt = (bytes: Uint8Array, start: number, end: number): RecordPlace | undefined => {
  const content = start + recordHeaderSize;
  if (content > end) return undefined;
  const type = readUint(bytes, start, 1);
  const version = readUint(bytes, start + 1, 2);
  const length = readUint(bytes, start + 3, 2);
  const possible =
    contentTypes.includes(type) &&
    version >= 0x0300 &&
    version <= 0x0304 &&
    length <= maxCiphertext['TLS 1.2'] &&
    (length > 0 || type === ContentType.application_data);
  return possible ? {type, start, content, end: content + length} : undefined;
};

/** Tells whether a TLS record begins with a ClientHello or ServerHello whose version is 3.x, so that it is TLS on any port. */
const beginsHello = (bytes: Uint8Array, {type, content, end}: RecordPlace, captured: number): boolean => {
  const inside = Math.min(end, captured) - content;
  if (type !== ContentType.handshake || inside < handshakeHeaderSize + 2) return false;
  const message = readUint(bytes, content, 1);
  const length = readUint(bytes, content + 1, 3);
  return (
    (message === HandshakeType.client_hello || message === HandshakeType.server_hello) &&
    length <= maxHandshakeSize &&
    readUint(bytes, content + handshakeHeaderSize, 1) === 3
  );
};

/**
 * Tells whether a TCP segment's bytes are TLS, on any port: they begin with a hello, or records fill them to the last octet. Neither
 * happens by chance.
 */
export const looksLikeTls = ({bytes, start, end}: Stretch): boolean => {
  let at = start;
  for (;;) {
    const place = placeAt(bytes, at, end);
    if (!place) return false;
    if (at === start && beginsHello(bytes, place, end)) return true;
    if (place.end >= end) return place.end === end;
    at = place.end;
  }
};

const headerRows = (bytes: Uint8Array, {start}: RecordPlace): readonly Field[] => [
  numberField('tls.record.content_type', bytes, start, 1),
  {
    name: 'tls.record.version',
    value: hexNumber(readUint(bytes, start + 1, 2), 4),
    start: start + 1,
    end: start + 3,
  },
  numberField('tls.record.length', bytes, start + 3, 2),
];

/**
 * The TLS handshake messages that may be sent in clear (RFC 5246 §7.3, RFC 9846 §2); after change_cipher_spec only a second ClientHello.
 */
const clearTypes: readonly number[] = [
  HandshakeType.hello_request,
  HandshakeType.client_hello,
  HandshakeType.server_hello,
  HandshakeType.new_session_ticket,
  HandshakeType.certificate,
  HandshakeType.server_key_exchange,
  HandshakeType.certificate_request,
  HandshakeType.server_hello_done,
  HandshakeType.certificate_verify,
  HandshakeType.client_key_exchange,
  HandshakeType.certificate_status,
];

/** A TLS record of fewer octets than this is not expected to end inside a handshake message; if one does, it counts as encrypted. */
const longRecord = 512;

/**
 * Returns the end of each handshake message in a TLS record, beyond the record's end if the last one continues; undefined if these are no
 * messages in clear.
 */
const messageEnds = (
  bytes: Uint8Array,
  {content, end}: RecordPlace,
  captured: number,
): readonly number[] | undefined => {
  const ends: number[] = [];
  let at = content;
  while (at < end && at + handshakeHeaderSize <= captured) {
    if (at + handshakeHeaderSize > end || !clearTypes.includes(readUint(bytes, at, 1))) return undefined;
    const length = readUint(bytes, at + 1, 3);
    at += handshakeHeaderSize + length;
    if (length > maxHandshakeSize || (at > end && end - content < longRecord)) return undefined;
    ends.push(at);
  }
  return ends.length > 0 ? ends : undefined;
};

/** Returns the inspector rows of the DER structure in the octets of `row`, such as a certificate, and the problem if it cannot be read. */
const derRows = (bytes: Uint8Array, {start, end}: Field, read: (from: TlsReader) => unknown) => {
  const from = readerOf(bytes, start, end);
  read(from);
  return {rows: from.rows, problem: from.error && `tls:${from.error.code}`};
};

const moved = (row: Field, by: number): Field => ({...row, start: row.start + by, end: row.end + by});

type Part = {readonly rows: readonly Field[]; readonly problem?: string | undefined};

/** Maps Wireshark's names of the rows that contain DER to the functions that read it. */
const derReaders: Readonly<Record<string, (from: TlsReader) => unknown>> = {
  'tls.handshake.certificate': readCertificate,
  'tls.handshake.dname': readName,
};

const withDer = (bytes: Uint8Array, rows: readonly Field[]): Part => {
  const parts = rows.map((row): Part => {
    const read = derReaders[row.name];
    if (!read) return {rows: [row]};
    const der = derRows(bytes, row, read);
    return {rows: [row, ...der.rows], problem: der.problem};
  });
  return {
    rows: parts.flatMap((part) => part.rows),
    problem: parts.find(({problem}) => problem !== undefined)?.problem,
  };
};

/**
 * Returns an inspector row for octets of a TLS message that continues elsewhere, which no other row describes; none if there are no octets.
 */
const heldRow = (bytes: Uint8Array, start: number, end: number): readonly Field[] =>
  start < end ? [bytesField('tls.segment.data', bytes, start, end)] : [];

/** A reader of TLS handshake messages, that of TLS 1.2 or that of TLS 1.3. */
type MessageReader = {read(from: TlsReader): Result<unknown, TlsError>};

/**
 * Dissects one TLS handshake message at `start … end`; it is incomplete if `captured`, the end of the bytes at hand, is smaller than `end`.
 */
const messagePart = (
  bytes: Uint8Array,
  start: number,
  end: number,
  captured: number,
  messages: MessageReader = tls12,
): Part => {
  const from = readerOf(bytes.subarray(0, Math.min(end, captured)), start, end);
  const read = messages.read(from);
  const {rows, problem} = withDer(bytes, from.rows);
  if (read.ok) return {rows, problem};
  // A handshake message that continues in another record or segment is not malformed.
  if (end > captured) return {rows: [...rows, ...heldRow(bytes, read.error.at, captured)], problem};
  const rest = heldRow(bytes, Math.max(read.error.at, start + handshakeHeaderSize), end);
  return {rows: [...rows, ...rest], problem: `tls:${read.error.code}`};
};

const handshakePart = (bytes: Uint8Array, place: RecordPlace, captured: number, secret: boolean): Part => {
  const end = Math.min(place.end, captured);
  if (place.end > captured && place.content + handshakeHeaderSize > captured) {
    return {rows: heldRow(bytes, place.content, end)};
  }
  const hello = readUint(bytes, place.content, 1) === HandshakeType.client_hello;
  const ends = secret && !hello ? undefined : messageEnds(bytes, place, captured);
  if (!ends) return {rows: [bytesField('tls.handshake', bytes, place.content, end)]};
  const parts = ends.map((messageEnd, index) =>
    messagePart(bytes, ends[index - 1] ?? place.content, messageEnd, end),
  );
  return {
    rows: [...parts.flatMap(({rows}) => rows), ...heldRow(bytes, ends.at(-1) ?? end, end)],
    problem: parts.find(({problem}) => problem !== undefined)?.problem,
  };
};

/** Dissects the content of a TLS alert record: two octets in clear; any other length is encrypted. */
const alertPart = (bytes: Uint8Array, {content}: RecordPlace, end: number): Part => {
  if (end - content !== 2) return {rows: [bytesField('tls.alert_message', bytes, content, end)]};
  const from = readerOf(bytes, content, end);
  alertCodec.read(from);
  return {rows: from.rows};
};

const contentPart = (bytes: Uint8Array, place: RecordPlace, captured: number, secret: boolean): Part => {
  const {type, content} = place;
  const end = Math.min(place.end, captured);
  if (content >= end) return {rows: []};
  if (type === ContentType.handshake) return handshakePart(bytes, place, captured, secret);
  if (place.end > captured) return {rows: heldRow(bytes, content, end)};
  if (type === ContentType.alert) return alertPart(bytes, place, end);
  const name = type === ContentType.application_data ? 'tls.app_data' : 'tls.change_cipher_spec';
  return {rows: [bytesField(name, bytes, content, end)]};
};

/** Returns the inspector rows of consecutive TLS handshake messages; octets of a last one that continues elsewhere get one row. */
const openedMessages = (bytes: Uint8Array, messages: MessageReader): readonly Field[] => {
  const rows: Field[] = [];
  let at = 0;
  while (at + handshakeHeaderSize <= bytes.length) {
    const end = at + handshakeHeaderSize + readUint(bytes, at + 1, 3);
    if (end > bytes.length) break;
    rows.push(...messagePart(bytes, at, end, bytes.length, messages).rows);
    at = end;
  }
  return [...rows, ...heldRow(bytes, at, bytes.length)];
};

/**
 * Returns the inspector rows of TLS handshake messages by offsets in `content`; the rows of octets in `held`, which earlier records
 * contained, have negative offsets.
 */
const messageRows = (held: Uint8Array, content: Uint8Array, messages: MessageReader): readonly Field[] => {
  return openedMessages(joinBytes([held, content]), messages).map((row) => moved(row, -held.length));
};

/**
 * Returns the inspector rows of a TLS record's decrypted content, by offsets in it; those of `held`, the octets of a message that earlier
 * records began, are negative.
 */
export const openedRows = (
  type: number,
  content: Uint8Array,
  {held, version}: {readonly held: Uint8Array; readonly version: number},
): readonly Field[] => {
  const kind = computed('tls.record.content_type', type, 0);
  if (type === ContentType.handshake)
    return [kind, ...messageRows(held, content, version === ProtocolVersion['TLS 1.3'] ? tls13 : tls12)];
  if (type !== ContentType.alert) return [kind, bytesField('tls.app_data', content, 0, content.length)];
  const from = readerOf(content);
  alertCodec.read(from);
  return [kind, ...from.rows];
};

/**
 * Dissects a whole TLS record as an inspector layer. `held` are the octets of a handshake message that earlier records began; their rows
 * have offsets before the record's content.
 */
export const recordLayer = (
  bytes: Uint8Array,
  {secret, held}: {readonly secret: boolean; readonly held: Uint8Array},
): {readonly layer: Layer; readonly problem: string | undefined} => {
  const stretch = stretchOf(bytes);
  const {layers, problem} = dissectTls(stretch, secret);
  const [layer = layerOf('tls', stretch, [])] = layers;
  if (held.length === 0 || secret) return {layer, problem};
  const place = {type: ContentType.handshake, start: 0, content: recordHeaderSize, end: bytes.length};
  const rows = messageRows(held, bytes.subarray(recordHeaderSize), tls12);
  const fields = [...headerRows(bytes, place), ...rows.map((row) => moved(row, recordHeaderSize))];
  return {layer: {...layer, fields}, problem: undefined};
};

/**
 * Returns an inspector layer for each TLS record in a range. With `secret`, handshake records count as encrypted unless they begin with a
 * ClientHello.
 */
export const dissectTls = (stretch: Stretch, secret = false): Step => {
  const {bytes, end} = stretch;
  const layers: Layer[] = [];
  let problem: string | undefined;
  let hidden = secret;
  let at = stretch.start;
  while (at < end) {
    const place = placeAt(bytes, at, end);
    if (!place) {
      // After a record only a cut record header can follow here, so a whole header that is not plausible is an error; before the first
      // record, any part of an earlier one can be here.
      if (layers.length > 0 && at + recordHeaderSize <= end) problem ??= 'tls:content-type';
      layers.push(layerOf('tls', {...stretch, start: at}, heldRow(bytes, at, end)));
      break;
    }
    const part = contentPart(bytes, place, end, hidden);
    problem ??= part.problem;
    const span = {...stretch, start: at, end: Math.min(place.end, end)};
    layers.push(layerOf('tls', span, [...headerRows(bytes, place), ...part.rows]));
    if (place.type === ContentType.change_cipher_spec) hidden = true;
    at = place.end;
  }
  return {layers, ...(problem !== undefined && {problem})};
};
