// Recognizes what each end of a connection says first, which shows if the two speak different protocols.
import {textOfOctets} from '../wire/http/grammar.ts';
import {beginsHttp, mayAnswerHttp2} from './first-octets.ts';

/**
 * The kind of an end's first data. `client-hello`, `server-hello`: TLS; `alert`: a TLS alert in clear; `ssl2`: a hello of SSL 2.0; `told`:
 * an HTTP response that says that this port speaks TLS; `text`: printable octets of another protocol.
 */
export type FirstWords = {
  readonly kind: 'client-hello' | 'server-hello' | 'alert' | 'ssl2' | 'http' | 'http2' | 'told' | 'text';
  readonly frame: number;
  /** The first line of HTTP or text, or its beginning; empty for other kinds. */
  readonly line: string;
};

const hello: ReadonlyMap<number, 'client-hello' | 'server-hello'> = new Map([
  [1, 'client-hello'],
  [2, 'server-hello'],
]);

const handshakeRecord = 22;
const alertRecord = 21;
/** The number of octets of a TLS alert record in clear: a header of five, a level and a description. */
const alertOctets = 7;
const leastText = 4;
const mostLine = 60;

const isPrintable = (octet: number): boolean => octet >= 0x20 && octet < 0x7f;

/** The phrases with which nginx, Apache, Go and others answer an HTTP request without TLS on a TLS port. */
const tellsOfTls = /HTTPS port|SSL-enabled|HTTP request to an HTTPS server|requires TLS/i;

const mostSearched = 1024;

const tellsOf = (bytes: Uint8Array): boolean =>
  tellsOfTls.test(textOfOctets(bytes, 0, Math.min(bytes.length, mostSearched)));

const lineOf = (bytes: Uint8Array): string => {
  let end = 0;
  while (end < mostLine && isPrintable(bytes[end] ?? 0)) end += 1;
  return textOfOctets(bytes, 0, end);
};

const kindOf = (bytes: Uint8Array): FirstWords['kind'] | undefined => {
  const type = bytes[0] ?? 0;
  const first = bytes[5] ?? 0;
  if (type === handshakeRecord && bytes[1] === 3) return hello.get(first);
  if (type === alertRecord && bytes[1] === 3)
    return bytes.length >= alertOctets && bytes[4] === 2 && (first === 1 || first === 2)
      ? 'alert'
      : undefined;
  // A hello of SSL 2.0 contains two octets of length with the first bit set, CLIENT-HELLO (1) or SERVER-HELLO (4), and the version 0x0002
  // (the SSL Protocol, 1995).
  const isClient = bytes[2] === 1 && bytes[3] === 0 && bytes[4] === 2;
  const isServer = bytes[2] === 4 && bytes[5] === 0 && bytes[6] === 2;
  if ((type & 0x80) !== 0 && (isClient || isServer)) return 'ssl2';
  if (mayAnswerHttp2(bytes)) return 'http2';
  if (beginsHttp(bytes)) return type === 0x48 && tellsOf(bytes) ? 'told' : 'http';
  return bytes.length >= leastText && bytes.subarray(0, leastText).every(isPrintable) ? 'text' : undefined;
};

const hasLine: ReadonlySet<FirstWords['kind'] | undefined> = new Set(['http', 'told', 'text']);

/** Returns the kind of an end's first data, whose octets are `bytes`; undefined if it is not recognized. */
export const firstWordsOf = (bytes: Uint8Array, frame: number): FirstWords | undefined => {
  const kind = kindOf(bytes);
  return kind && {kind, frame, line: hasLine.has(kind) ? lineOf(bytes) : ''};
};
