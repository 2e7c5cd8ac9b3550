// Shows octets as text if they are text, otherwise as rows of hex.
import {decodeUtf8} from '../../wire/utf8.ts';

/** The number of bytes in a row of hex. */
export const hexBytes = 8;

const isControl = (octet: number): boolean =>
  (octet < 0x20 && octet !== 0x09 && octet !== 0x0a && octet !== 0x0d) || octet === 0x7f;

export const isPrintable = (bytes: Uint8Array): boolean =>
  !bytes.some(isControl) && !decodeUtf8(bytes).includes('\ufffd');

const letter = (octet: number): string => (octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '.');

/** Returns octets as rows of hex. */
export const hexRows = (bytes: Uint8Array): readonly string[] =>
  Array.from({length: Math.ceil(bytes.length / hexBytes)}, (_, index) => hexRow(bytes, index));

/** Returns row `index` of hex: the offset of its first byte, the bytes, and their ASCII characters. */
const hexRow = (bytes: Uint8Array, index: number): string => {
  const start = index * hexBytes;
  const own = [...bytes.subarray(start, start + hexBytes)];
  const hex = own.map((octet) => octet.toString(16).padStart(2, '0')).join(' ');
  return `${start.toString(16).padStart(4, '0')}  ${hex.padEnd(3 * hexBytes - 1)}  ${own.map(letter).join('')}`;
};
