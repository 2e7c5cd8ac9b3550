// Capture files put together by hand, in both byte orders, so that the reader is not held against our own writer.

export type Endian = 'little' | 'big';

const uint32 = (value: number, endian: Endian): Buffer => {
  const buffer = Buffer.alloc(4);
  if (endian === 'little') buffer.writeUInt32LE(value);
  else buffer.writeUInt32BE(value);
  return buffer;
};

const uint16 = (value: number, endian: Endian): Buffer => {
  const buffer = Buffer.alloc(2);
  if (endian === 'little') buffer.writeUInt16LE(value);
  else buffer.writeUInt16BE(value);
  return buffer;
};

type Record = {
  readonly seconds: number;
  readonly fraction: number;
  readonly originalLength: number;
  readonly bytes: Uint8Array;
};

/** An Ethernet capture of at most one record; `units` to a microsecond. */
export const pcapFile = (endian: Endian, units: 1 | 1000, record?: Record): Buffer => {
  const magic = uint32(units === 1 ? 0xa1b2c3d4 : 0xa1b23c4d, endian);
  const version = Buffer.concat([uint16(2, endian), uint16(4, endian)]);
  const header = [magic, version, Buffer.alloc(8), uint32(65_535, endian), uint32(1, endian)];
  if (!record) return Buffer.concat(header);
  const {seconds, fraction, originalLength, bytes} = record;
  const words = [seconds, fraction, bytes.length, originalLength].map((word) => uint32(word, endian));
  return Buffer.concat([...header, ...words, bytes]);
};

export const ngOption = (endian: Endian, code: number, value: Uint8Array): Buffer =>
  Buffer.concat([uint16(code, endian), uint16(value.length, endian), value, Buffer.alloc(-value.length & 3)]);

export const ngBlock = (endian: Endian, type: number, ...body: readonly Uint8Array[]): Buffer => {
  const inside = Buffer.concat(body);
  const length = uint32(12 + inside.length, endian);
  return Buffer.concat([uint32(type, endian), length, inside, length]);
};

/** A section header block of unknown section length. */
export const section = (endian: Endian): Buffer =>
  ngBlock(
    endian,
    0x0a0d0d0a,
    uint32(0x1a2b3c4d, endian),
    uint16(1, endian),
    uint16(0, endian),
    Buffer.alloc(8, 0xff),
  );
