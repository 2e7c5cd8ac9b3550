// Variable-length integers (RFC 9000 §16), and octets whose length is such an integer, as codecs with inspector rows.
import {type Codec, failAt, type TlsReader, uint} from '../tls/presentation.ts';

const octet = uint(1);
const low24 = uint(3);
const low32 = uint(4);

/** The codec of a variable-length integer of QUIC (up to 62 bits); the number is exact only up to 2^53. */
export const varint: Codec<number> = {
  read: (from) => {
    const first = octet.read(from);
    const high = first & 0x3f;
    switch (first >> 6) {
      case 0:
        return high;
      case 1:
        return high * 0x100 + octet.read(from);
      case 2:
        return high * 0x100_0000 + low24.read(from);
      default:
        return (high * 0x100_0000 + low24.read(from)) * 0x1_0000_0000 + low32.read(from);
    }
  },
  write: (value) => {
    const [size, mark] =
      value < 0x40 ? [1, 0] : value < 0x4000 ? [2, 0x40] : value < 0x4000_0000 ? [4, 0x80] : [8, 0xc0];
    const bytes = new Uint8Array(size);
    let rest = value;
    for (let at = size - 1; at >= 0; at--) {
      bytes[at] = rest % 0x100;
      rest = Math.floor(rest / 0x100);
    }
    bytes[0] = (bytes[0] ?? 0) | mark;
    return bytes;
  },
};

const exact = (bytes: Uint8Array, start: number, end: number, value: number): string => {
  if (value <= Number.MAX_SAFE_INTEGER) return String(value);
  let whole = BigInt((bytes[start] ?? 0) & 0x3f);
  for (let at = start + 1; at < end; at++) whole = (whole << 8n) | BigInt(bytes[at] ?? 0);
  return String(whole);
};

/** The codec of a variable-length integer of QUIC with an inspector row called `row`, which shows all its digits. */
export const shownVarint = (row: string): Codec<number> => ({
  read: (from) => {
    const {at: start} = from;
    const value = varint.read(from);
    if (!from.quiet && !from.error)
      from.rows.push({name: row, value: exact(from.bytes, start, from.at, value), start, end: from.at});
    return value;
  },
  write: varint.write,
});

/** Takes the next `size` octets from the reader as a view, not a copy. If they are missing, the reader fails and the result is empty. */
export const takeOctets = (from: TlsReader, size: number): Uint8Array => {
  const start = from.at;
  if (from.error) return from.bytes.subarray(0, 0);
  if (start + size > Math.min(from.end, from.bytes.length)) {
    failAt(from, 'short', start);
    return from.bytes.subarray(0, 0);
  }
  from.at = start + size;
  return from.bytes.subarray(start, from.at);
};
