// Reads numbers in the byte order of the machine that wrote a capture file.

export type Endian = 'little' | 'big';

export const uint16 = (bytes: Uint8Array, at: number, endian: Endian): number => {
  const [first, second] = [bytes[at] ?? 0, bytes[at + 1] ?? 0];
  return endian === 'little' ? (second << 8) | first : (first << 8) | second;
};

export const uint32 = (bytes: Uint8Array, at: number, endian: Endian): number => {
  const [first, second] = [uint16(bytes, at, endian), uint16(bytes, at + 2, endian)];
  return (endian === 'little' ? (second << 16) | first : (first << 16) | second) >>> 0;
};
