// Reads the TLS records that a single TCP segment contains, without the rest of the stream, and their handshake messages with inspector
// rows.
import {stretchOf} from '../dissect-step.ts';
import {dissectTls, isTlsPort, looksLikeTls} from '../dissect-tls.ts';
import type {Field, Layer} from '../layer.ts';
import {hexOf} from '../octets.ts';
import {type Rope, ropeCopy, ropeSlice, ropeToBytes} from '../rope.ts';
import {servicePort} from '../service-port.ts';
import type {TcpSegment} from '../tcp.ts';
import {handshakeHeaderSize} from './handshake.ts';
import {helloRetryRandom} from './hello.ts';
import {spokenMessage} from './message-name.ts';
import {handshakeTypeName} from './registry.ts';

export const valuesOf = (fields: readonly Field[], name: string): readonly string[] =>
  fields.filter((field) => field.name === name).map(({value}) => value);

export type ShownMessage = {
  /** The name of the TLS handshake message as in the RFCs. */
  readonly name: string;
  readonly fields: readonly Field[];
  /** The offset of the message's end, which is beyond the layer if the message continues in another segment. */
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

/** Tells whether the second octet of a payload is 3, TLS's major version. Most payloads without TLS fail this. */
const saysVersion3 = (payload: Rope): boolean => {
  const major = new Uint8Array(1);
  ropeCopy(ropeSlice(payload, 1, 2), major, 0);
  return major[0] === 3;
};

const read = (payload: Rope, certain: boolean): readonly Layer[] => {
  const bytes = ropeToBytes(payload);
  const stretch = stretchOf(bytes);
  return certain || looksLikeTls(stretch) ? dissectTls(stretch).layers : [];
};

/** A cache of the TLS layers of payloads, because the screen asks for the same ones repeatedly. */
const known = new WeakMap<Rope, readonly Layer[]>();

/**
 * Returns the TLS layers of a TCP segment with offsets in its payload; none if it has no TLS, or if its ports are not TLS ports and its
 * content does not clearly begin with a record.
 */
export const segmentTlsLayers = ({srcPort, dstPort, payload}: TcpSegment): readonly Layer[] => {
  const certain = servicePort([srcPort, dstPort], isTlsPort) !== undefined;
  if (payload.length === 0 || !(certain || saysVersion3(payload))) return [];
  const before = known.get(payload);
  if (before !== undefined) return before;
  const layers = read(payload, certain);
  known.set(payload, layers);
  return layers;
};
