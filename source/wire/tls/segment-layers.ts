// What one segment shows of TLS by itself: its records, and the handshake messages of each by their rows.
import {dissectTls, isTlsPort, looksLikeTls} from '../dissect-tls.ts';
import type {Field, Layer} from '../layer.ts';
import {hexOf} from '../octets.ts';
import {type Rope, ropeCopy, ropeSlice, ropeToBytes} from '../rope.ts';
import type {TcpSegment} from '../tcp.ts';
import {handshakeHeaderSize} from './handshake.ts';
import {helloRetryRandom} from './hello.ts';
import {spokenMessage} from './message-name.ts';
import {ContentType, handshakeTypeName} from './registry.ts';

export const valuesOf = (fields: readonly Field[], name: string): readonly string[] =>
  fields.filter((field) => field.name === name).map(({value}) => value);

export type ShownMessage = {
  /** As the RFCs write it. */
  readonly name: string;
  readonly fields: readonly Field[];
  /** Beyond the layer where it goes on elsewhere. */
  readonly end: number;
};

const retryRandom = hexOf(helloRetryRandom);

const nameOf = (fields: readonly Field[], type: number): string =>
  valuesOf(fields, 'tls.handshake.random').includes(retryRandom)
    ? 'HelloRetryRequest'
    : spokenMessage(handshakeTypeName(type));

export const messagesIn = ({fields}: Layer): readonly ShownMessage[] => {
  const starts = fields.flatMap(({name}, index) => (name === 'tls.handshake.type' ? [index] : []));
  return starts.map((at, nth) => {
    const own = fields.slice(at, starts[nth + 1]);
    const [{start = 0, value = ''} = {}] = own;
    const length = Number(valuesOf(own, 'tls.handshake.length')[0] ?? 0);
    return {name: nameOf(own, Number(value)), fields: own, end: start + handshakeHeaderSize + length};
  });
};

/** Enough to see that a payload on another port cannot be TLS. */
const headerOctets = 3;

const beginsLikeRecord = (payload: Rope): boolean => {
  const head = new Uint8Array(headerOctets);
  ropeCopy(ropeSlice(payload, 0, headerOctets), head, 0);
  const [type = 0, major] = head;
  return type >= ContentType.change_cipher_spec && type <= ContentType.application_data && major === 3;
};

const read = (payload: Rope, certain: boolean): readonly Layer[] => {
  const bytes = ropeToBytes(payload);
  const stretch = {bytes, start: 0, end: bytes.length, wireEnd: bytes.length, quoted: false};
  return certain || looksLikeTls(stretch) ? dissectTls(stretch).layers : [];
};

/** By payload: pictures ask again and again. */
const known = new WeakMap<Rope, readonly Layer[]>();

/** By offsets in its payload; none where it carries no TLS, or has not the port and does not show it plainly. */
export const segmentTlsLayers = ({srcPort, dstPort, payload}: TcpSegment): readonly Layer[] => {
  const certain = isTlsPort(srcPort) || isTlsPort(dstPort);
  if (payload.length === 0 || !(certain || beginsLikeRecord(payload))) return [];
  const before = known.get(payload);
  if (before !== undefined) return before;
  const layers = read(payload, certain);
  known.set(payload, layers);
  return layers;
};
