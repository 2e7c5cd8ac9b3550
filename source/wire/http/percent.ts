// Percent-encoding (RFC 3986 §2): octets that a component may not contain are written as `%XX`.
import {hexOf} from '../octets.ts';
import {decodeUtf8, encodeUtf8} from '../utf8.ts';

/** Matches a character that no component of a URI has to encode (RFC 3986 §2.3). */
const unreserved = /[A-Za-z0-9\-._~]/;

/** Percent-encodes a text's UTF-8 octets; `allowed` are further characters that stay, such as `/` in a path. */
export const percentEncode = (text: string, allowed = ''): string => {
  let encoded = '';
  for (const octet of encodeUtf8(text)) {
    const character = String.fromCharCode(octet);
    const plain = octet < 0x80 && (unreserved.test(character) || allowed.includes(character));
    encoded += plain ? character : `%${hexOf(Uint8Array.of(octet)).toUpperCase()}`;
  }
  return encoded;
};

/** Decodes a percent-encoded text as UTF-8; undefined if a `%` is not followed by two hexadecimal digits. `+` stays a plus. */
export const percentDecode = (text: string): string | undefined => {
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) return undefined;
  const octets: number[] = [];
  for (const [piece] of text.matchAll(/%[0-9A-Fa-f]{2}|[^%]+/g)) {
    if (piece.startsWith('%')) octets.push(Number.parseInt(piece.slice(1), 16));
    else octets.push(...encodeUtf8(piece));
  }
  return decodeUtf8(Uint8Array.from(octets));
};

/** Normalizes percent-encoding in a URI: upper-case digits, and no encoding of unreserved characters (RFC 3986 §6.2.2.1–2). */
export const percentNormalized = (text: string): string =>
  text.replace(/%[0-9A-Fa-f]{2}/g, (triplet) => {
    const character = String.fromCharCode(Number.parseInt(triplet.slice(1), 16));
    return unreserved.test(character) ? character : triplet.toUpperCase();
  });
