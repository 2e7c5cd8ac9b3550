// What a segment carries of TLS in a few words, equal in every language: `TLS 1.3 ClientHello (SNI www.example.com)`.
import {dissectTls, isTlsPort, looksLikeTls} from '../wire/dissect-tls.ts';
import type {Layer} from '../wire/layer.ts';
import {readUint} from '../wire/octets.ts';
import {type Rope, ropeCopy, ropeSlice, ropeToBytes} from '../wire/rope.ts';
import type {TcpSegment} from '../wire/tcp.ts';
import {helloRetryRandom, sameBytes} from '../wire/tls/hello.ts';
import {alertName, ContentType, HandshakeType, handshakeTypeName, versionName} from '../wire/tls/registry.ts';

/** `client_hello` as the RFCs call the message: `ClientHello`. */
export const spokenMessage = (name: string): string =>
  name
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

const messageName = (type: number): string => spokenMessage(handshakeTypeName(type));

/** Of a whole handshake message: its name as the RFCs write it. */
export const messageWords = (message: Uint8Array): string => {
  const type = readUint(message, 0, 1);
  const retry = type === HandshakeType.server_hello && sameBytes(message.subarray(6, 38), helloRetryRandom);
  return retry ? 'HelloRetryRequest' : messageName(type);
};

const valuesOf = ({fields}: Layer, name: string): readonly string[] =>
  fields.filter((field) => field.name === name).map(({value}) => value);

const hex = (value: string | undefined): number => Number(value ?? 0);

/** Of a hello the highest version that is offered, or the one that is chosen (RFC 9846 §4.3.1). */
const versionIn = (layer: Layer): string => {
  const listed = valuesOf(layer, 'tls.handshake.extensions.supported_version').map(hex);
  const known = listed.filter((version) => version <= 0x0304);
  const all = known.length > 0 ? known : valuesOf(layer, 'tls.handshake.version').map(hex);
  return all.length > 0 ? `${versionName(Math.max(...all))} ` : '';
};

const retryRandom = 'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c';

/** Whoever sends a hello writes what it likes into it: a terminal must not obey that. */
const shownName = (name: string): string => name.replace(/[^\x21-\x7e]/g, '?').slice(0, 255);

const helloWords = (layer: Layer, type: number): string => {
  const [name] = valuesOf(layer, 'tls.handshake.extensions_server_name');
  if (type === HandshakeType.client_hello)
    return `ClientHello${name === undefined ? '' : ` (SNI ${shownName(name)})`}`;
  return valuesOf(layer, 'tls.handshake.random').includes(retryRandom) ? 'HelloRetryRequest' : 'ServerHello';
};

const handshakeWords = (layer: Layer): readonly string[] => {
  const types = valuesOf(layer, 'tls.handshake.type').map(Number);
  if (types.length === 0) return ['Handshake (encrypted)'];
  return types.map((type) => {
    const hello = type === HandshakeType.client_hello || type === HandshakeType.server_hello;
    return hello ? `${versionIn(layer)}${helloWords(layer, type)}` : messageName(type);
  });
};

const alertWords = (layer: Layer): string => {
  const [description] = valuesOf(layer, 'tls.alert_message.desc');
  return `Alert ${description === undefined ? '(encrypted)' : alertName(Number(description))}`;
};

/** Of one record. */
export const tlsWords = (layer: Layer): readonly string[] => {
  const [type] = valuesOf(layer, 'tls.record.content_type').map(Number);
  const [size] = valuesOf(layer, 'tls.record.length');
  if (type === undefined) return ['part of a record'];
  switch (type) {
    case ContentType.handshake:
      return handshakeWords(layer);
    case ContentType.alert:
      return [alertWords(layer)];
    case ContentType.change_cipher_spec:
      return ['ChangeCipherSpec'];
    default:
      return [`Application Data ${size} B`];
  }
};

/** Enough to see that a payload on another port cannot be TLS. */
const headerOctets = 3;

const beginsLikeRecord = (payload: Rope): boolean => {
  const head = new Uint8Array(headerOctets);
  ropeCopy(ropeSlice(payload, 0, headerOctets), head, 0);
  const [type = 0, major] = head;
  return type >= ContentType.change_cipher_spec && type <= ContentType.application_data && major === 3;
};

/** `Application Data 42 B, Application Data 690 B` → `Application Data 42+690 B`. */
const joined = (words: readonly string[]): string =>
  words.join(', ').replaceAll(/ B, Application Data (?=\d)/g, '+');

const spoken = (payload: Rope, certain: boolean): string => {
  const bytes = ropeToBytes(payload);
  const stretch = {bytes, start: 0, end: bytes.length, wireEnd: bytes.length, quoted: false};
  if (!certain && !looksLikeTls(stretch)) return '';
  const words = joined(dissectTls(stretch).layers.flatMap(tlsWords));
  return words.startsWith('TLS ') ? words : `TLS ${words}`;
};

/** By payload: pictures ask again and again. */
const known = new WeakMap<Rope, string>();

/** Empty where the segment carries no TLS, or has not the port and does not show it plainly. */
export const tlsSummary = ({srcPort, dstPort, payload}: TcpSegment): string => {
  const certain = isTlsPort(srcPort) || isTlsPort(dstPort);
  if (payload.length === 0 || !(certain || beginsLikeRecord(payload))) return '';
  const before = known.get(payload);
  if (before !== undefined) return before;
  const words = spoken(payload, certain);
  known.set(payload, words);
  return words;
};
