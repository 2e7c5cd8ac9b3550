// Reads elements of DER (X.690 §8, §10) with the reader of TLS messages; it never throws and does not recurse.
import {readUint} from '../octets.ts';
import {failAt, type TlsReader} from './presentation.ts';

/** Identifier octets of DER elements; 0xa0 and 0x80 are the constructed and primitive forms of context-specific tags. */
export const Tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Returns the identifier octet of the next DER element; undefined at the end, and after an error. */
export const nextTag = (from: TlsReader): number | undefined =>
  from.error || from.at >= from.end ? undefined : readUint(from.bytes, from.at, 1);

/**
 * Reads the length of a DER element, which has to be definite and in the shortest form (X.690 §10.1); lengths of more than three octets are
 * refused.
 */
const readLength = (from: TlsReader): number => {
  const {bytes, at} = from;
  const first = readUint(bytes, at + 1, 1);
  if (first < 0x80) {
    from.at = at + 2;
    return first;
  }
  const size = first & 0x7f;
  const length = size >= 1 && size <= 3 ? readUint(bytes, at + 2, size) : 0;
  if (length < (size === 1 ? 0x80 : 1 << (8 * (size - 1)))) failAt(from, 'der-length', at + 1);
  else from.at = at + 2 + size;
  return length;
};

/** Enters the next DER element. If its tag is not `tag`, the reader fails and the result is undefined. */
const enter = (from: TlsReader, tag: number | undefined): {readonly end: number} | undefined => {
  if (from.error) return undefined;
  const start = from.at;
  if (start + 2 > from.end) failAt(from, 'short', start);
  else if (tag !== undefined && readUint(from.bytes, start, 1) !== tag) failAt(from, 'der-tag', start);
  if (from.error) return undefined;
  const length = readLength(from);
  if (!from.error && from.at + length > from.end) failAt(from, 'short', start + 1);
  return from.error ? undefined : {end: from.at + length};
};

/** Enters the DER element `tag` and returns what `read` reads from its content; it is an error if `read` leaves octets over. */
export const inside = <T>(from: TlsReader, tag: number, read: () => T): T => {
  const outer = from.end;
  const element = enter(from, tag);
  if (element) from.end = element.end;
  const value = read();
  if (element && !from.error && from.at < element.end) failAt(from, 'trailing', from.at);
  from.end = outer;
  return value;
};

export type Octets = {readonly bytes: Uint8Array; readonly start: number; readonly end: number};

/** Returns the content of the next DER element, which has to have the tag `tag` if that is given. */
export const contentOf = (from: TlsReader, tag?: number): Octets => {
  const element = enter(from, tag);
  if (!element) return {bytes: new Uint8Array(0), start: from.at, end: from.at};
  const start = from.at;
  from.at = element.end;
  return {bytes: from.bytes.slice(start, element.end), start, end: element.end};
};

/** Reads DER elements with `read` up to the end of the element that contains them. */
export const elements = <T>(from: TlsReader, read: () => T): readonly T[] => {
  const values: T[] = [];
  while (nextTag(from) !== undefined) values.push(read());
  return values;
};

/** The longest object identifier that is read, in octets; no longer one is registered. */
const maxIdentifierOctets = 64;

/** Returns an object identifier as text such as 1.2.840.113549.1.1.11 (X.690 §8.19); undefined if its octets are invalid. */
export const identifierText = (content: Uint8Array): string | undefined => {
  if (content.length === 0 || content.length > maxIdentifierOctets) return undefined;
  const arcs: bigint[] = [];
  let arc = 0n;
  let begun = false;
  for (const octet of content) {
    // The first octet of an arc of an object identifier must not be 0x80 (§8.19.2).
    if (!begun && octet === 0x80) return undefined;
    arc = (arc << 7n) | BigInt(octet & 0x7f);
    begun = octet >= 0x80;
    if (begun) continue;
    if (arcs.length === 0) {
      // The first two arcs of an object identifier are encoded as one number (§8.19.4).
      const first = arc < 40n ? 0n : arc < 80n ? 1n : 2n;
      arcs.push(first, arc - 40n * first);
    } else arcs.push(arc);
    arc = 0n;
  }
  return begun ? undefined : arcs.join('.');
};
