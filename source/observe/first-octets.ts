// Recognizes the protocol of a TCP stream by its first octets: HTTP (RFC 9112 §2.1, RFC 9113 §3.4), TLS (RFC 9846 §5.1), or neither.

import {textOfOctets} from '../wire/http/grammar.ts';

export type Spoken = 'http' | 'http2' | 'tls' | 'dns';

const firstLetters = /^[A-Z][A-Z-]{2,15} |^HTTP\/1\.[01] /;

/** The beginning of HTTP/2's client preface (RFC 9113 §3.4), which looks like a request of HTTP/1 but is none. */
const preface = 'PRI * HTTP/2.0';

/** Matches first octets that are, or with more octets may become, the start of an HTTP/1 request or response. */
const someLetters = /^[A-Z][A-Z-]{0,15}$|^[A-Z][A-Z-]{2,15} |^HTTP\/(1(\.[01]?)?)?$/;

const H = 0x48;
const P = 0x50;
const R = 0x52;

const textOf = (bytes: Uint8Array, length: number): string =>
  textOfOctets(bytes, 0, Math.min(length, bytes.length));

// Tells whether a TCP stream begins with HTTP/2's preface. It compares the first octet first, because it is called for each piece of each
// stream.
export const beginsHttp2 = (bytes: Uint8Array): boolean =>
  bytes[0] === P && bytes[1] === R && textOf(bytes, preface.length) === preface;

/** Tells whether octets begin with the response 101 (Switching Protocols), after which another protocol is spoken (RFC 9110 §15.2.2). */
export const switchesProtocol = (bytes: Uint8Array): boolean =>
  bytes[0] === H && /^HTTP\/1\.1 101/.test(textOf(bytes, 12));

const longestStart = 4096;

/** The number of octets from which on a first line without an end counts as an HTTP request. */
const longEnough = 512;

const LF = 0x0a;

const isCapital = (octet: number): boolean => octet >= 0x41 && octet <= 0x5a;

/**
 * Tells whether octets begin with a request line or a status line of HTTP/1 (RFC 9112 §3, §4). A line that does not end in the segment is
 * believed if it is long.
 */
export const beginsHttp = (bytes: Uint8Array): boolean => {
  if (!isCapital(bytes[0] ?? 0)) return false;
  const first = textOf(bytes, 20);
  if (!firstLetters.test(first) || beginsHttp2(bytes)) return false;
  if (first.startsWith('HTTP/')) return true;
  const lineEnd = bytes.subarray(0, longestStart).indexOf(LF);
  if (lineEnd < 0) return bytes.length >= longEnough;
  return / HTTP\/\d\.\d\r?$/.test(textOf(bytes, lineEnd));
};

const recordHeader = 5;

/** Tells whether octets begin with the header of a TLS record. */
const beginsTls = (bytes: Uint8Array): boolean => bytes.length > recordHeader && mayBeginTls(bytes);

const mayBeginTls = (bytes: Uint8Array): boolean =>
  (bytes[0] === 22 || bytes[0] === 21) && (bytes[1] ?? 3) === 3 && (bytes[2] ?? 0) <= 4;

export const spokenIn = (bytes: Uint8Array): Spoken | undefined => {
  if (beginsTls(bytes)) return 'tls';
  if (beginsHttp2(bytes)) return 'http2';
  return beginsHttp(bytes) ? 'http' : undefined;
};

/** Tells whether the octets are too few to decide: more of them may show that it is HTTP or TLS. */
export const mayBegin = (bytes: Uint8Array): boolean => {
  if (bytes.length <= recordHeader && mayBeginTls(bytes)) return true;
  if (!isCapital(bytes[0] ?? 0) || bytes.length >= longEnough || bytes.includes(LF)) return false;
  return someLetters.test(textOf(bytes, 20));
};

const settingsHeader = 9;
const settingsType = 4;

/**
 * Tells whether octets begin with an HTTP/2 SETTINGS frame, which a server may send before the client has asked for anything
 * (RFC 9113 §3.4).
 */
export const mayAnswerHttp2 = (bytes: Uint8Array): boolean =>
  bytes.length >= settingsHeader &&
  bytes.length < longEnough &&
  bytes[0] === 0 &&
  bytes[1] === 0 &&
  (bytes[2] ?? 0) % 6 === 0 &&
  bytes[3] === settingsType &&
  bytes.subarray(4, settingsHeader).every((octet) => octet === 0);

/** Tells whether a stream that begins with these octets is, or may become, HTTP or TLS. */
export const mayBeRead = (bytes: Uint8Array): boolean => spokenIn(bytes) !== undefined || mayBegin(bytes);
