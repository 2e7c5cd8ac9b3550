// Tells what a TCP segment says in TLS: the records that it completes and the one that it begins, from the rows of their dissection.
import {capturedOf, connectionsIn, mayBeRead} from '../observe/connections.ts';
import {asFarAs} from '../observe/placed-layers.ts';
import {placedRecords} from '../observe/tls-layers.ts';
import {tlsSessionOf} from '../observe/tls-sessions.ts';
import type {Trace} from '../sim/trace.ts';
import type {Field, Layer} from '../wire/layer.ts';
import type {TcpSegment} from '../wire/tcp.ts';
import {recordHeaderSize} from '../wire/tls/record.ts';
import {ContentType} from '../wire/tls/registry.ts';
import {messagesIn, type ShownMessage, segmentTlsLayers, valuesOf} from '../wire/tls/segment-layers.ts';
import {foreign} from './foreign.ts';
import type {TlsPart} from './part.ts';

/** Returns the highest TLS version that a hello offers, or the chosen one (RFC 9846 §4.3.1); undefined if the fields contain none. */
const versionIn = (fields: readonly Field[]): number | undefined => {
  const numbers = (name: string): readonly number[] => valuesOf(fields, name).map(Number);
  const known = numbers('tls.handshake.extensions.supported_version').filter((version) => version <= 0x0304);
  const all = known.length > 0 ? known : numbers('tls.handshake.version');
  return all.length > 0 ? Math.max(...all) : undefined;
};

const hellos: readonly string[] = ['ClientHello', 'ServerHello', 'HelloRetryRequest'];

/** The most characters of a host name (RFC 1035 §2.3.4). */
const longestSite = 255;

const messagePart = ({name, fields}: ShownMessage, begins: boolean): TlsPart => {
  if (!hellos.includes(name)) return {kind: 'tls', says: 'message', name, begins};
  const [site] = valuesOf(fields, 'tls.handshake.extensions_server_name');
  return {
    ...{kind: 'tls', says: 'hello', name, begins},
    version: begins ? undefined : versionIn(fields),
    site: site === undefined ? undefined : foreign(site.slice(0, longestSite)),
  };
};

/** Tells whether the TLS record in this layer continues in a later packet. */
const isCut = ({fields, start, end}: Layer): boolean =>
  Number(valuesOf(fields, 'tls.record.length')[0] ?? 0) > end - start - recordHeaderSize;

const handshakeParts = (layer: Layer, said: number): readonly TlsPart[] => {
  const messages = messagesIn(layer);
  if (messages.length === 0)
    return [{kind: 'tls', says: isCut(layer) ? 'piece' : 'handshake', begins: false}];
  return messages
    .filter(({end}) => end > layer.start + said)
    .map((message) => messagePart(message, message.end > layer.end));
};

/** Returns the layer of a reassembled TLS record with offsets in the record itself, wherever its octets are in this frame. */
const asWhole = (layer: Layer): Layer => {
  const spans = layer.reassembled?.spans;
  if (!spans) return layer;
  const fields = layer.fields.map((field, index) => ({...field, ...spans[index]}));
  return {...layer, start: 0, end: Math.max(...spans.map(({end}) => end)), fields};
};

/**
 * Returns the parts of one TLS record. `said` is the number of its octets that came in earlier packets; messages that end in them were told
 * there.
 */
export const recordParts = (placed: Layer, said = 0): readonly TlsPart[] => {
  const layer = asWhole(placed);
  const {fields, start, end} = layer;
  const [type] = valuesOf(fields, 'tls.record.content_type').map(Number);
  const begins = isCut(layer);
  switch (type) {
    case undefined:
      return [{kind: 'tls', says: 'piece', begins: false}];
    case ContentType.handshake:
      return handshakeParts(layer, said);
    case ContentType.alert: {
      const [description] = valuesOf(fields, 'tls.alert_message.desc').map(Number);
      return [{kind: 'tls', says: 'alert', description, begins}];
    }
    case ContentType.change_cipher_spec:
      return [{kind: 'tls', says: 'change', begins}];
    default: {
      const octets = Number(valuesOf(fields, 'tls.record.length')[0] ?? end - start);
      return [{kind: 'tls', says: 'data', octets, begins}];
    }
  }
};

/** Returns the TLS parts of a segment as far as it tells them by itself, without knowledge of other packets. */
export const segmentTlsParts = (segment: TcpSegment): readonly TlsPart[] =>
  segmentTlsLayers(segment).flatMap((layer) => recordParts(layer));

const known = new WeakMap<Trace, Map<number, readonly TlsPart[]>>();

const read = (trace: Trace, packet: number, segment: TcpSegment): readonly TlsPart[] => {
  const carried = mayBeRead(trace, packet) ? connectionsIn(trace).carriedBy(packet) : undefined;
  if (!carried || !tlsSessionOf(trace, carried.connection)) return segmentTlsParts(segment);
  const bytes = capturedOf(trace.packet(packet), segment.payload);
  const records = placedRecords(trace, {packet, carried: asFarAs(carried, bytes), bytes, dataStart: 0});
  return records?.flatMap(({layer, earlier}) => recordParts(layer, earlier)) ?? [];
};

/** Returns the TLS parts of a segment in its Trace: a record that spans several packets is told by the one that completes it. */
export const tlsPartsIn = (trace: Trace, packet: number, segment: TcpSegment): readonly TlsPart[] => {
  if (segment.payload.length === 0) return [];
  const packets = known.get(trace) ?? new Map<number, readonly TlsPart[]>();
  known.set(trace, packets);
  const parts = packets.get(packet) ?? read(trace, packet, segment);
  packets.set(packet, parts);
  return parts;
};
