// The TLS records in a packet, from the stream of its direction: a record that spans several packets is decoded in the one that completes
// it (RFC 9846 §5.1). Below an encrypted record follow its decrypted contents, each field at the place of its ciphertext.
import type {Trace} from '../sim/trace.ts';
import {dissectHttp} from '../wire/dissect-http.ts';
import {bytesField, stretchOf} from '../wire/dissect-step.ts';
import {dissectTls, openedRows, recordLayer} from '../wire/dissect-tls.ts';
import type {Span} from '../wire/http/grammar.ts';
import type {Layer} from '../wire/layer.ts';
import {encodeRecord, recordHeaderSize} from '../wire/tls/record.ts';
import {ContentType} from '../wire/tls/registry.ts';
import {type Payload, placedLayer} from './placed-layers.ts';
import {programLayers} from './program-layers.ts';
import {programPlace} from './program-streams.ts';
import type {TlsContent} from './tls-contents.ts';
import {contentsOf, recordEnd, recordsWithin, type TlsSession, tlsSessionOf} from './tls-sessions.ts';

const none = new Uint8Array(0);

/** A TLS record as a packet shows it: the whole record in the packet that completes it, otherwise the part that the packet carries. */
export type PlacedRecord = {
  readonly layer: Layer;
  /** The offset in the direction's TCP stream from which the offsets of a TLS record's layer count. */
  readonly zero: number;
  /** The number of octets of a TLS record that earlier packets carried. */
  readonly earlier: number;
  /** The contents of a TLS record that this packet completes; undefined if the record goes on or its end is not known. */
  readonly content: TlsContent | undefined;
  readonly problem: string | undefined;
};

type Part = {readonly from: number; readonly to: number; readonly secret: boolean};

/** Returns a TLS record that begins in the packet and is not complete there, decoded as far as its octets in the packet go. */
const begun = ({carried, bytes}: Payload, {from, to, secret}: Part): readonly PlacedRecord[] => {
  const own = bytes.subarray(from - carried.start, to - carried.start);
  const {layers, problem} = dissectTls(stretchOf(own), secret);
  return layers.map((layer) => ({layer, zero: from, earlier: 0, content: undefined, problem}));
};

/** Returns a packet's octets of a TLS record as raw bytes, for a record that began in an earlier packet and does not end in this one. */
const piece = ({carried, bytes}: Payload, {from, to}: Part): readonly PlacedRecord[] => {
  const fields = [bytesField('tls.segment.data', bytes, from - carried.start, to - carried.start)];
  const layer = {protocol: 'tls', start: from - carried.start, end: to - carried.start, fields};
  return [{layer, zero: carried.start, earlier: 0, content: undefined, problem: undefined}];
};

const whole = (
  {carried}: Payload,
  {heldBefore}: TlsSession,
  content: TlsContent,
): readonly PlacedRecord[] => {
  const {seen, encrypted} = content;
  const held = heldBefore.get(content) ?? none;
  const {layer, problem} = recordLayer(encodeRecord(seen.record), {secret: encrypted, held});
  const earlier = Math.max(0, carried.start - seen.start);
  return [{layer, zero: seen.start, earlier, content, problem}];
};

/**
 * Returns the octets of a packet that follow the last complete TLS record of its direction: the beginning of another record, or more of
 * one.
 */
const tail = (payload: Payload, session: TlsSession, last: TlsContent | undefined) => {
  const {side, start, end} = payload.carried;
  const known = last ? recordEnd(last) : 0;
  const from = Math.max(start, known);
  if (from >= end) return [];
  const secret = last !== undefined && (last.encrypted || last.type === ContentType.change_cipher_spec);
  const part = {from, to: end, secret};
  const goesOn = from > known && session.stopped[side] === undefined;
  return goesOn ? piece(payload, part) : begun(payload, part);
};

/** Returns the TLS records in a packet in the order of its stream; undefined if the packet's connection does not begin with TLS. */
export const placedRecords = (trace: Trace, payload: Payload): readonly PlacedRecord[] | undefined => {
  const {connection, side, start, end} = payload.carried;
  const session = tlsSessionOf(trace, connection);
  if (!session) return undefined;
  const records = recordsWithin(session, payload.carried).flatMap((content) => {
    if (recordEnd(content) <= end) return whole(payload, session, content);
    const part = {from: Math.max(start, content.seen.start), to: end, secret: content.encrypted};
    const begins = part.from === content.seen.start && !session.heldBefore.has(content);
    return begins ? begun(payload, part) : piece(payload, part);
  });
  return [...records, ...tail(payload, session, contentsOf(session)[side].at(-1))];
};

/** Returns the frames of HTTP/2 or of a WebSocket in a decrypted TLS record; a frame that an earlier record began has a negative start. */
const framesIn = (trace: Trace, {seen: {side}, start}: TlsContent, size: number, session: TlsSession) => {
  const {connection} = session;
  const place = programPlace(trace, {connection, side, start, end: start + size});
  const placed = programLayers(place);
  return placed?.map(({layer, zero}) => {
    const by = zero - place.start;
    const moved = <T extends Span>(each: T): T => ({
      ...each,
      start: each.start + by,
      end: each.end + by,
    });
    return {...moved(layer), fields: layer.fields.map(moved)};
  });
};

const plainLayers = (
  trace: Trace,
  each: TlsContent,
  content: Uint8Array,
  session: TlsSession,
): readonly Layer[] => {
  if (each.type === ContentType.application_data) {
    const frames = framesIn(trace, each, content.length, session);
    if (frames) return frames;
    const {layers} = dissectHttp(stretchOf(content));
    if (layers.length > 0) return layers;
  }
  const about = {held: session.heldBefore.get(each) ?? none, version: session.version ?? 0};
  return [{protocol: 'tls', start: 0, end: content.length, fields: openedRows(each.type, content, about)}];
};

/**
 * Returns the decrypted layers of a TLS record in the packet that first completed it; none if the record is in clear, cannot be decrypted
 * or was retransmitted.
 */
const openedLayers = (trace: Trace, each: TlsContent | undefined, payload: Payload): readonly Layer[] => {
  const session = tlsSessionOf(trace, payload.carried.connection);
  if (!session || !each?.encrypted || each.content === undefined || each.seen.frame !== payload.packet)
    return [];
  const span = {zero: each.start, from: payload.carried.start, to: payload.carried.end};
  return plainLayers(trace, each, each.content, session).map((layer) => ({
    ...placedLayer(inContent(layer), span, payload),
    opened: true,
  }));
};

/** Moves a span that begins or ends before the offset `least` so that it does so at `least`. */
const notBefore = <T extends Span>(each: T, least: number): T => ({
  ...each,
  start: Math.max(least, each.start),
  end: Math.max(least, each.end),
});

/** Clips a decrypted layer and its fields to the record's content: octets that earlier records carried collapse to offset 0. */
const inContent = (layer: Layer): Layer => ({
  ...layer,
  start: Math.max(0, layer.start),
  fields: layer.fields.map((field) => notBefore(field, 0)),
});

const headers: readonly string[] = ['tls.record.content_type', 'tls.record.version', 'tls.record.length'];

const behindHeader = (layer: Layer): Layer => ({
  ...layer,
  fields: layer.fields.map((field) =>
    headers.includes(field.name) ? field : notBefore(field, recordHeaderSize),
  ),
});

/**
 * Returns the layers of the TLS records in a packet and the first decoding problem; undefined if the connection does not begin with TLS.
 */
export const tlsLayers = (
  trace: Trace,
  payload: Payload,
): {readonly layers: readonly Layer[]; readonly problem: string | undefined} | undefined => {
  const records = placedRecords(trace, payload);
  if (!records) return undefined;
  const layers = records.flatMap(({layer, zero, content}) => {
    const {start, end} = payload.carried;
    const span = {zero, from: content?.seen.start ?? start, to: content ? recordEnd(content) : end};
    const shown = content ? behindHeader(layer) : layer;
    return [placedLayer(shown, span, payload), ...openedLayers(trace, content, payload)];
  });
  return {layers, problem: records.find(({problem}) => problem !== undefined)?.problem};
};
