// Numbers in the byte order of the machine that wrote a capture file.

export type Endian = 'little' | 'big';

export const uint16 = (bytes: Uint8Array, at: number, endian: Endian): number => {
  const [low, high] = endian === 'little' ? [at, at + 1] : [at + 1, at];
  return ((bytes[high] ?? 0) << 8) | (bytes[low] ?? 0);
};

export const uint32 = (bytes: Uint8Array, at: number, endian: Endian): number => {
  const [low, high] = endian === 'little' ? [at, at + 2] : [at + 2, at];
  return ((uint16(bytes, high, endian) << 16) | uint16(bytes, low, endian)) >>> 0;
};
