// Codecs for the presentation language of TLS (RFC 9846 §3): one table of fields yields the type, encoder, decoder and inspector rows of a
// message.
import type {Field} from '../layer.ts';
import {hexNumber, hexOf, readUint, writeUint} from '../octets.ts';
import {err, ok, type Result} from '../result.ts';
import {type TlsError, type TlsErrorCode, tlsError} from './tls-error.ts';

/** The state of decoding a TLS message. After the first error nothing more is read: numbers are 0, vectors are empty. */
export type TlsReader = {
  readonly bytes: Uint8Array;
  at: number;
  /** The offset at which the innermost vector or message that is being read ends. */
  end: number;
  error: TlsError | undefined;
  readonly rows: Field[];
  /** True if the reader does not have to make inspector rows. */
  readonly quiet: boolean;
};

export type Codec<T> = {
  read(from: TlsReader): T;
  /** Encodes a value. Throws a RangeError if it does not fit, which is a bug, because values come from inside the program. */
  write(value: T): Uint8Array;
  /** Reads values up to the end in one loop, without inspector rows; absent if the values are no numbers. */
  readonly readAll?: ((from: TlsReader) => readonly T[]) | undefined;
};

export const readerOf = (bytes: Uint8Array, at = 0, end = bytes.length): TlsReader => ({
  bytes,
  at,
  end,
  error: undefined,
  rows: [],
  quiet: false,
});

/**
 * Returns a reader of TLS octets that makes neither inspector rows nor copies, for callers that need only the values; the octets must not
 * change.
 */
export const quietReaderOf = (bytes: Uint8Array): TlsReader => ({
  bytes,
  at: 0,
  end: bytes.length,
  error: undefined,
  rows: [],
  quiet: true,
});

/** Notes an error in the TLS octets that are read. Nothing more is read after it; the first error is kept. */
export const failAt = (from: TlsReader, code: TlsErrorCode, at: number): void => {
  from.error ??= tlsError(code, at);
  from.at = from.end;
};

/**
 * Takes the next `size` octets and returns their offset. If they are beyond the end or were not captured, the reader fails and the result
 * is undefined.
 */
const take = (from: TlsReader, size: number): number | undefined => {
  if (from.error) return undefined;
  const start = from.at;
  if (start + size > Math.min(from.end, from.bytes.length)) {
    failAt(from, 'short', start);
    return undefined;
  }
  from.at = start + size;
  return start;
};

const none = new Uint8Array(0);

const octetsOf = ({bytes, quiet}: TlsReader, start: number, end: number): Uint8Array =>
  quiet ? bytes.subarray(start, end) : bytes.slice(start, end);

/** Returns the greatest number that `size` octets can express. */
const greatest = (size: number): number => 0xffff_ffff >>> (32 - 8 * size);

export const joinBytes = (parts: readonly Uint8Array[]): Uint8Array => {
  const joined = new Uint8Array(parts.reduce((sum, {length}) => sum + length, 0));
  let at = 0;
  for (const one of parts) {
    joined.set(one, at);
    at += one.length;
  }
  return joined;
};

/** The codec of a TLS number of `size` octets, 1 … 4. */
export const uint = (size: number): Codec<number> => ({
  read: (from) => {
    const start = take(from, size);
    return start === undefined ? 0 : readUint(from.bytes, start, size);
  },
  write: (value) => {
    if (value > greatest(size)) throw new RangeError(`${value} in ${size} octets`);
    const bytes = new Uint8Array(size);
    writeUint(bytes, 0, size, value);
    return bytes;
  },
  readAll: (from) => {
    const values: number[] = [];
    const last = Math.min(from.end, from.bytes.length) - size;
    for (; !from.error && from.at <= last; from.at += size) values.push(readUint(from.bytes, from.at, size));
    if (!from.error && from.at < from.end) failAt(from, 'short', from.at);
    return values;
  },
});

export const uint8 = uint(1);
export const uint16 = uint(2);
export const uint32 = uint(4);

/** The codec of `opaque name[size]`, a field of fixed size in the presentation language of TLS. */
export const fixed = (size: number): Codec<Uint8Array> => ({
  read: (from) => {
    const start = take(from, size);
    return start === undefined ? none : octetsOf(from, start, start + size);
  },
  write: (value) => {
    if (value.length !== size) throw new RangeError(`${value.length} octets instead of ${size}`);
    return value;
  },
});

/** The codec of all remaining octets of the TLS message, vector or extension. */
export const rest: Codec<Uint8Array> = {
  read: (from) => {
    const start = take(from, from.end - from.at);
    return start === undefined ? none : octetsOf(from, start, from.end);
  },
  write: (value) => value,
};

export const empty: Codec<undefined> = {read: () => undefined, write: () => none};

export type VectorOptions = {
  /** The size in octets of the length field before a TLS vector, 1 … 3. */
  readonly length: number;
  /** The least and greatest length of a TLS vector in octets (RFC 9846 §3.4). @default 0 and what the length field can express */
  readonly min?: number;
  readonly max?: number;
  /** Wireshark's field name for the row of the TLS vector's length; absent: no row. */
  readonly row?: string;
};

/** The codec of `T name<min..max>`, a vector in TLS's presentation language; `body` has to read all of it. */
export const vector = <T>(options: VectorOptions, body: Codec<T>): Codec<T> => {
  const {length: size, min = 0, max = greatest(size), row} = options;
  const lengthCodec = row === undefined ? uint(size) : shown(row, uint(size));
  return {
    read: (from) => {
      const start = from.at;
      const octets = lengthCodec.read(from);
      const outer = from.end;
      const end = from.at + octets;
      if (!from.error && (octets < min || octets > max)) failAt(from, 'vector-length', start);
      if (!from.error && end > outer) failAt(from, 'short', start);
      if (!from.error) from.end = end;
      const value = body.read(from);
      if (!from.error && from.at < end) failAt(from, 'trailing', from.at);
      from.end = outer;
      return value;
    },
    write: (value) => {
      const bytes = body.write(value);
      if (bytes.length < min || bytes.length > max)
        throw new RangeError(`${bytes.length} octets in a vector`);
      return joinBytes([lengthCodec.write(bytes.length), bytes]);
    },
  };
};

/** The codec of a list whose items follow each other up to the end of the TLS vector around them. */
export const items = <T>(item: Codec<T>): Codec<readonly T[]> => ({
  read: (from) => {
    if (from.quiet && item.readAll) return item.readAll(from);
    const values: T[] = [];
    while (!from.error && from.at < from.end) {
      const before = from.at;
      const value = item.read(from);
      // An item that takes no octets would repeat for ever, so it is an error.
      if (!from.error && from.at === before) failAt(from, 'trailing', before);
      if (!from.error) values.push(value);
    }
    return values;
  },
  write: (values) => joinBytes(values.map((value) => item.write(value))),
});

export const list = <T>(options: VectorOptions, item: Codec<T>): Codec<readonly T[]> =>
  vector(options, items(item));

/** The codec of a value that is present only if octets are left, such as the extensions in a hello of TLS 1.2 (RFC 5246 §7.4.1.2). */
export const optional = <T>(codec: Codec<T>): Codec<T | undefined> => ({
  read: (from) => (from.error || from.at === from.end ? undefined : codec.read(from)),
  write: (value) => (value === undefined ? none : codec.write(value)),
});

/** Returns a codec that also refuses well-formed values: `fails` returns the error of a value that is not allowed. */
export const checked = <T>(codec: Codec<T>, fails: (value: T) => TlsErrorCode | undefined): Codec<T> => ({
  read: (from) => {
    const start = from.at;
    const value = codec.read(from);
    const code = from.error ? undefined : fails(value);
    if (code !== undefined) failAt(from, code, start);
    return value;
  },
  write: (value) => codec.write(value),
});

/**
 * Returns the text of an inspector row: octets in hexadecimal; a number in hexadecimal with at least `hex` digits, or in decimal if `hex`
 * is 0.
 */
const printed = (value: number | Uint8Array, hex: number): string => {
  if (typeof value !== 'number') return hexOf(value);
  return hex > 0 ? hexNumber(value, hex) : String(value);
};

/** Returns the codec with an inspector row called `row` over its octets (none if there are no octets), before the rows of its parts. */
export const shown = <T extends number | Uint8Array>(
  row: string,
  codec: Codec<T>,
  {hex = 0, print}: {readonly hex?: number; readonly print?: (value: T) => string} = {},
): Codec<T> => ({
  read: (from) => {
    if (from.quiet) return codec.read(from);
    const {at: start, rows} = from;
    const index = rows.length;
    const value = codec.read(from);
    if (!from.error && from.at > start) {
      rows.splice(index, 0, {
        name: row,
        value: print?.(value) ?? printed(value, hex),
        start,
        end: from.at,
      });
    }
    return value;
  },
  write: (value) => codec.write(value),
  readAll: codec.readAll,
});

/** The codec of `opaque name<min..max>`, a vector of octets in TLS; `shows` is Wireshark's field name for the octets after the length. */
export const opaque = (
  options: VectorOptions & {readonly shows?: string; readonly print?: (value: Uint8Array) => string},
): Codec<Uint8Array> => {
  const {shows, print} = options;
  return vector(options, shows === undefined ? rest : shown(shows, rest, print && {print}));
};

type Members = Readonly<Record<string, Codec<unknown>>>;
export type ValueOf<C> = C extends Codec<infer T> ? T : never;
type StructOf<M extends Members> = {readonly [K in keyof M]: ValueOf<M[K]>};

export type Reading<T> = Pick<Codec<T>, 'read'>;
type Readings = Readonly<Record<string, Reading<unknown>>>;
type BodyOf<M extends Readings> = {readonly [K in keyof M]: M[K] extends Reading<infer T> ? T : never};

/** Reads the fields of a TLS structure in the order of the table `members`. */
export function fields<M extends Readings>(members: M): Reading<BodyOf<M>>;
export function fields(members: Readings): Reading<Readonly<Record<string, unknown>>> {
  const names = Object.keys(members);
  const codecs = Object.values(members);
  return {
    read: (from) => {
      const value: Record<string, unknown> = {};
      for (let at = 0; at < names.length; at++) value[names[at] ?? ''] = codecs[at]?.read(from);
      return value;
    },
  };
}

/** The codec of `struct { … }` in TLS's presentation language, with its fields in the order of the table `members`. */
export function struct<M extends Members>(members: M): Codec<StructOf<M>>;
export function struct(members: Members): Codec<Readonly<Record<string, unknown>>> {
  const table = Object.entries(members);
  return {
    ...fields(members),
    write: (value) => joinBytes(table.map(([name, codec]) => codec.write(value[name]))),
  };
}

/** Decodes a whole TLS message or body; octets that are left over are an error. */
export const decodeWhole = <T>(codec: Codec<T>, from: TlsReader): Result<T, TlsError> => {
  const value = codec.read(from);
  if (!from.error && from.at < from.end) failAt(from, 'trailing', from.at);
  return from.error ? err(from.error) : ok(value);
};
