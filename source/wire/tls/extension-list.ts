// Makes the codec for a block of TLS extensions: those in the message's table get typed values, all others keep their octets.
import {namesOf} from '../names-of.ts';
import {
  type Codec,
  failAt,
  items,
  joinBytes,
  rest,
  shown,
  type TlsReader,
  uint16,
  type ValueOf,
  vector,
} from './presentation.ts';
import {ExtensionType} from './registry.ts';

type ExtensionName = keyof typeof ExtensionType;
type Table = {readonly [N in ExtensionName]?: Codec<unknown>};

/** A TLS extension that has no typed value in this message, because it is unknown or GREASE; `type` is its number. */
type RawExtension = {readonly name: 'raw'; readonly type: number; readonly value: Uint8Array};

export type ExtensionOf<T extends Table> =
  | {readonly [N in keyof T]: {readonly name: N; readonly value: ValueOf<T[N]>}}[keyof T]
  | RawExtension;

type Untyped = {readonly name: string; readonly type?: number; readonly value: unknown};

const typeRow = shown('tls.handshake.extension.type', uint16);
const bodyOptions = {length: 2, row: 'tls.handshake.extension.len'};

const names = namesOf(ExtensionType);
const types: Readonly<Record<string, number>> = ExtensionType;

/** Returns the number of a TLS extension, typed or raw. */
export const extensionType = ({name, type}: {readonly name: string; readonly type?: number}): number =>
  type ?? types[name] ?? 0;

const raw = vector(bodyOptions, shown('tls.handshake.extension.data', rest));

const extension = (table: Readonly<Record<string, Codec<unknown>>>): Codec<Untyped> => {
  const bodies = new Map<string, Codec<unknown>>();
  for (const [name, codec] of Object.entries(table)) bodies.set(name, vector(bodyOptions, codec));
  return {
    read: (from) => {
      const type = typeRow.read(from);
      const name = names.get(type);
      const body = name === undefined ? undefined : bodies.get(name);
      if (name !== undefined && body) return {name, value: body.read(from)};
      return {name: 'raw', type, value: raw.read(from)};
    },
    write: (one) => {
      const body: Codec<unknown> | undefined = one.name === 'raw' ? raw : bodies.get(one.name);
      if (!body) throw new RangeError(`${one.name} has no body in this message`);
      return joinBytes([uint16.write(extensionType(one)), body.write(one.value)]);
    },
  };
};

/** Fails if an extension type occurs twice in a block of TLS extensions (RFC 9846 §4.3). */
const wellOrdered = (from: TlsReader, all: readonly Untyped[], start: number): void => {
  const seen = new Set<number>();
  for (const each of all) seen.add(extensionType(each));
  if (seen.size < all.length) failAt(from, 'extension-twice', start);
};

/** Makes the codec of a block of TLS extensions, its length included; `table` has the codec of each extension that gets a typed value. */
export function extensionBlock<const T extends Table>(table: T): Codec<readonly ExtensionOf<T>[]>;
export function extensionBlock(table: Readonly<Record<string, Codec<unknown>>>): Codec<readonly Untyped[]> {
  const block = vector({row: 'tls.handshake.extensions_length', length: 2}, items(extension(table)));
  return {
    read: (from) => {
      const start = from.at;
      const all = block.read(from);
      if (!from.error) wellOrdered(from, all, start);
      return all;
    },
    write: (all) => block.write(all),
  };
}

type Named = {readonly name: PropertyKey; readonly value: unknown};

/** Returns the value of the TLS extension called `name`; undefined if the block lacks it, or if there is no block. */
export function extensionValue<E extends Named, N extends E['name']>(
  extensions: readonly E[] | undefined,
  name: N,
): Extract<E, {readonly name: N}>['value'] | undefined;
export function extensionValue(extensions: readonly Named[] | undefined, name: PropertyKey): unknown {
  return extensions?.find((one) => one.name === name)?.value;
}
