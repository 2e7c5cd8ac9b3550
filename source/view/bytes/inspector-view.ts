// Prepares one packet for the inspector: its sender, whether and when it arrives, its bytes and their layers. Values that an open question
// asks for are hidden.

import {type Partner, partnerOf} from '../../account/dns/transaction.ts';
import {fateAt, fateOf} from '../../account/fates.ts';
import {partsText} from '../../account/notation.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import {sentParts} from '../../account/packet-parts.ts';
import {hostName} from '../../lesson/host-names.ts';
import type {Language} from '../../lesson/text.ts';
import {packetLayers, tlsVersionOf} from '../../observe/packet-layers.ts';
import {payloadOffset} from '../../observe/program-streams.ts';
import {relativeNumbers} from '../../sim/relative.ts';
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import type {Layer} from '../../wire/dissect.ts';
import {flagNames} from '../../wire/tcp.ts';
import {ProtocolVersion} from '../../wire/tls/registry.ts';
import {eyeHands} from '../../words/hands.ts';
import type {MessagePart} from '../../words/message-parts.ts';
import {messagePartsIn} from '../http/packet-parts.ts';
import type {AlteredField} from './altered.ts';

export type PacketView = {
  readonly id: number;
  /** A summary of the packet: the flags of a TCP segment, or a few words for any other packet. */
  readonly summary: string;
  readonly from: string;
  readonly to: string;
  readonly sentUs: number;
  readonly fate: 'flying' | 'arrived' | 'presumed' | 'lost' | 'presumed lost' | 'unseen';
  /** The time in µs at which the packet arrives or is lost; it may be later than the present instant. */
  readonly fateUs: number;
  readonly bytes: Uint8Array;
  readonly originalLength: number;
  readonly layers: readonly Layer[];
  /** True if the packet's connection negotiated TLS 1.2 or older, or if its client offers nothing newer. */
  readonly isTls12: boolean;
  /** The reason for which dissecting the packet's bytes stopped early, as `dissect` returns it; undefined if it did not stop. */
  readonly problem: string | undefined;
  /** The other half of a DNS exchange: the query of a response, or the response to a query if it has come. */
  readonly partner: Partner | undefined;
  /** The parts of HTTP messages in this packet, for messages longer than one packet; given by offsets in the frame. */
  readonly parts: readonly MessagePart[];
  readonly relative: {readonly seq: number; readonly ack: number} | undefined;
  /** The names of the fields that an open question asks for, and of those that would reveal its answer. */
  readonly hidden: ReadonlySet<string>;
  /** The names of the fields that the path has altered, with the values that arrived. */
  readonly altered: ReadonlyMap<string, string>;
};

export type ViewOptions = {
  readonly language: Language;
  /** The number of the last event whose effects may be shown. */
  readonly cursor: number;
  /** The fields of this packet that an open question asks for. */
  readonly hides: readonly string[];
  readonly altered?: readonly AlteredField[];
  /** True if a question about another packet asks for a value in the start line of the HTTP message of which this packet is a part. */
  readonly asksForStart?: boolean;
};

const endOf = (trace: Trace, packet: PacketRecord, cursor: number): Pick<PacketView, 'fate' | 'fateUs'> => {
  const fate = fateAt(trace, packet, cursor);
  if (!fate) {
    const {what, atUs = packet.dueUs} = fateOf(trace, packet) ?? {};
    return {fate: 'flying', fateUs: what === 'delivered' ? atUs : packet.dueUs};
  }
  const isPresumed = fate.how === 'presumed';
  if (fate.what === 'unknown') return {fate: 'unseen', fateUs: fate.atUs};
  if (fate.what === 'lost') return {fate: isPresumed ? 'presumed lost' : 'lost', fateUs: fate.atUs};
  return {fate: isPresumed ? 'presumed' : 'arrived', fateUs: fate.atUs};
};

/** Lists for each field that a question may ask for the names of other fields that would reveal its value. */
const tellTales: {readonly [asked: string]: readonly string[]} = {
  flags: ['tcp.flags'],
  'tcp.seq': ['tcp.seq_raw'],
  'tcp.ack': ['tcp.ack_raw'],
  'tcp.len': ['ip.len', 'ipv6.plen', 'tcp.payload', 'data.data', 'data.len'],
};

/**
 * Tells whether two field names are equal or one is the beginning of the other, as with `tcp.flags` and `tcp.flags.syn`. Then each field
 * reveals the other.
 */
const related = (asked: string, name: string): boolean =>
  asked === name || asked.startsWith(`${name}.`) || name.startsWith(`${asked}.`);

/** The names of HTTP fields that repeat others: whole lines, the meaning of a status, and the raw bytes. */
const httpTales: readonly string[] = [
  ...['http.request.line', 'http.response.line', 'http.response.code', 'http.response.phrase'],
  ...['tcp.payload', 'data.data'],
];

/**
 * Returns the names of the fields that reveal the value of `field`, which a question asks for. For HTTP, these include the raw bytes of the
 * message.
 */
const tellTalesOf = (field: string): readonly string[] => {
  if (field.startsWith('http.')) return httpTales;
  return field.startsWith('dns.') ? ['udp.payload', 'tcp.payload'] : (tellTales[field] ?? []);
};

const hiddenFields = (layers: readonly Layer[], hides: readonly string[]): ReadonlySet<string> => {
  const asked = hides.flatMap((field) => [field, ...tellTalesOf(field)]);
  const names = layers.flatMap(({fields}) => fields.map(({name}) => name));
  const hidden = names.filter((name) => asked.some((each) => related(each, name)));
  // Checksums are hidden while a question is open: with a checksum, a learner could test the choices one by one.
  return new Set(
    hidden.length === 0 ? [] : [...hidden, ...names.filter((name) => name.endsWith('.checksum'))],
  );
};

const summary = (
  trace: Trace,
  packet: PacketRecord,
  {hidden, language}: {readonly hidden: ReadonlySet<string>; readonly language: Language},
): string => {
  const segment = segmentOf(packet);
  if (segment) return hidden.has('tcp.flags') ? '?' : flagNames(segment).join(',');
  if ([...hidden].some((name) => name.startsWith('dns.'))) return '?';
  return packet.frame
    ? partsText(sentParts(trace, {packet: packet.id, frame: packet.frame}), eyeHands[language])
    : `${packet.originalLength} B`;
};

/**
 * Returns the parts of HTTP messages in a packet, by offsets in the frame; the start line and fields are left out while a question asks
 * about them.
 */
const partsOf = (
  trace: Trace,
  id: number,
  layers: readonly Layer[],
  {cursor, hides, asksForStart = false}: ViewOptions,
): readonly MessagePart[] => {
  const tcp = layers.find(({protocol, quoted}) => protocol === 'tcp' && !quoted);
  if (!tcp) return [];
  const untold = asksForStart || hides.some((field) => field.startsWith('http.'));
  const inFrame = (octet: number): number => tcp.end + payloadOffset(trace, id, octet);
  return messagePartsIn(trace, id, cursor).map((part) => ({
    ...part,
    start: inFrame(part.start),
    end: inFrame(part.end - 1) + 1,
    ...(untold && {words: ''}),
  }));
};

export const packetView = (trace: Trace, id: number, options: ViewOptions): PacketView => {
  const packet = packetOf(trace, id);
  const {bytes, originalLength, from, to, sentUs} = packet;
  const {layers, problem} = packetLayers(trace, id);
  const hidden = hiddenFields(layers, options.hides);
  // True if the packet is a TCP segment without data, and so contains no part of an HTTP message.
  const isBare = segmentOf(packet)?.payload.length === 0;
  return {
    id,
    summary: summary(trace, packet, {hidden, language: options.language}),
    from: hostName(trace, from)[options.language],
    to: hostName(trace, to)[options.language],
    sentUs,
    ...endOf(trace, packet, options.cursor),
    bytes,
    originalLength,
    layers,
    isTls12: !isBare && (tlsVersionOf(trace, id) ?? Infinity) <= ProtocolVersion['TLS 1.2'],
    problem,
    partner: isBare ? undefined : partnerOf(trace, id, options.cursor),
    parts: isBare ? [] : partsOf(trace, id, layers, options),
    relative: relativeNumbers(trace, id),
    hidden,
    altered: new Map(options.altered?.map(({name, arrived}) => [name, arrived])),
  };
};
