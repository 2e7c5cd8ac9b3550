// Encodes and decodes UTF-8 without ever throwing (RFC 3629). Ill-formed input gives U+FFFD per maximal part, as the Unicode Standard §3.9
// recommends.

const REPLACEMENT = 0xfffd;

/**
 * Tells what the lead octet of a UTF-8 character requires: the number of further octets, and the limits `low` and `high` of the second one
 * (Unicode Standard table 3-7).
 */
type Lead = {readonly more: number; readonly bits: number; readonly low: number; readonly high: number};

const leadOf = (octet: number): Lead | undefined => {
  if (octet >= 0xc2 && octet <= 0xdf) return {more: 1, bits: octet & 0x1f, low: 0x80, high: 0xbf};
  if (octet >= 0xe0 && octet <= 0xef) {
    const low = octet === 0xe0 ? 0xa0 : 0x80;
    return {more: 2, bits: octet & 0x0f, low, high: octet === 0xed ? 0x9f : 0xbf};
  }
  if (octet >= 0xf0 && octet <= 0xf4) {
    const low = octet === 0xf0 ? 0x90 : 0x80;
    return {more: 3, bits: octet & 0x07, low, high: octet === 0xf4 ? 0x8f : 0xbf};
  }
  return undefined;
};

const readMultibyte = (
  bytes: Uint8Array,
  at: number,
  lead: Lead,
): {readonly point: number; readonly size: number} => {
  let point = lead.bits;
  for (let i = 1; i <= lead.more; i++) {
    const octet = bytes[at + i] ?? 0;
    const [low, high] = i === 1 ? [lead.low, lead.high] : [0x80, 0xbf];
    if (octet < low || octet > high) return {point: REPLACEMENT, size: i};
    point = (point << 6) | (octet & 0x3f);
  }
  return {point, size: lead.more + 1};
};

/** Decodes octets as UTF-8. Ill-formed octets become U+FFFD, so it never fails; a byte-order mark is kept as a character. */
export const decodeUtf8 = (bytes: Uint8Array): string => {
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const octet = bytes[at] ?? 0;
    const lead = octet < 0x80 ? undefined : leadOf(octet);
    const single = {point: octet < 0x80 ? octet : REPLACEMENT, size: 1};
    const {point, size} = lead ? readMultibyte(bytes, at, lead) : single;
    text += String.fromCodePoint(point);
    at += size;
  }
  return text;
};

const encodedSize = (point: number): number =>
  point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;

const LEAD_MARKS = [0, 0, 0xc0, 0xe0, 0xf0];

/** Encodes a text as UTF-8; a lone surrogate becomes U+FFFD. */
export const encodeUtf8 = (text: string): Uint8Array => {
  const bytes = new Uint8Array(3 * text.length);
  let at = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? REPLACEMENT;
    const point = code >= 0xd800 && code <= 0xdfff ? REPLACEMENT : code;
    const size = encodedSize(point);
    let rest = point;
    for (let i = size - 1; i > 0; i--) {
      bytes[at + i] = 0x80 | (rest & 0x3f);
      rest >>= 6;
    }
    bytes[at] = (LEAD_MARKS[size] ?? 0) | rest;
    at += size;
  }
  return bytes.slice(0, at);
};
