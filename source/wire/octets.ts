// Reads and writes numbers and hexadecimal text in byte arrays, in network order (RFC 9293 §3.1 "most significant bit first"). A missing
// byte reads as 0 and is not written, so that no function here throws.

export const noOctets = new Uint8Array();

/** Reads `size` octets, 1 … 4, as an unsigned number in network byte order. */
export const readUint = (bytes: Uint8Array, at: number, size: number): number => {
  let value = 0;
  for (let i = at; i < at + size; i++) value = ((value << 8) | (bytes[i] ?? 0)) >>> 0;
  return value;
};

export const writeUint = (bytes: Uint8Array, at: number, size: number, value: number): void => {
  let rest = value;
  for (let i = at + size - 1; i >= at; i--) {
    bytes[i] = rest & 0xff;
    rest >>>= 8;
  }
};

const HEX = Array.from({length: 256}, (_, octet) => octet.toString(16).padStart(2, '0'));

/** Returns octets as hexadecimal text, two lower-case digits for each, with `separator` between octets. */
export const hexOf = (bytes: Uint8Array, start = 0, end = bytes.length, separator = ''): string => {
  // The pairs of digits are joined at once, because a string that grows octet by octet takes twenty times the memory.
  const pairs: string[] = [];
  for (let i = start; i < end; i++) pairs.push(HEX[bytes[i] ?? 0] ?? '');
  return pairs.join(separator);
};

/** Returns a number in hexadecimal: `0x` and at least `digits` lower-case digits. */
export const hexNumber = (value: number, digits: number): string =>
  `0x${value.toString(16).padStart(digits, '0')}`;

/**
 * Returns the value of a hexadecimal digit from its character code (`0` … `9`, `A` … `F`, `a` … `f`); the low bits of letters are 1 … 6.
 */
const digitOf = (code: number): number => (code & 0x40 ? 9 : 0) + (code & 0x0f);

/** Returns the octets of a hexadecimal text with two digits for each. */
export const octetsOf = (hex: string): Uint8Array => {
  const octets = new Uint8Array(hex.length / 2);
  for (let i = 0; i < octets.length; i++)
    octets[i] = (digitOf(hex.charCodeAt(2 * i)) << 4) | digitOf(hex.charCodeAt(2 * i + 1));
  return octets;
};

/** Joins byte arrays; nothing is copied if only one of them has any bytes. */
export const joinedOctets = (parts: readonly Uint8Array[]): Uint8Array => {
  const pieces = parts.filter(({length}) => length > 0);
  const [only] = pieces;
  if (only && pieces.length === 1) return only;
  const octets = new Uint8Array(pieces.reduce((sum, {length}) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    octets.set(piece, at);
    at += piece.length;
  }
  return octets;
};

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
};

/** Returns a text with a character for each octet, whatever the octets mean, as for names in TLS (RFC 6066 §3, RFC 7301 §3.1). */
export const octetText = (octets: Uint8Array): string =>
  Array.from(octets, (octet) => String.fromCharCode(octet)).join('');

/** Returns the octets of a text that has one character for each octet. */
export const textOctets = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => character.charCodeAt(0));
