// Makes field tables of protocol headers: from one table per header come the type of its values, encoder, decoder, byte places and
// inspector rows.
import {formatIpv4, formatIpv6, formatMac, writeIpv4, writeIpv6, writeMac} from './ip-address.ts';
import type {Field} from './layer.ts';
import {hexNumber, hexOf, readUint, writeUint} from './octets.ts';

type KindValues = {
  readonly uint: number;
  readonly mac: string;
  readonly ipv4: string;
  readonly ipv6: string;
  readonly octets: string;
};
type Kind = keyof KindValues;

/**
 * A row that shows some bits of a header's number; `shift` is the distance of the lowest of them from the number's least significant bit.
 */
type Part = {
  readonly display: string;
  readonly shift: number;
  readonly bits: number;
  /** True if these bits are shown as 0 or 1 (any of them set), however many there are. */
  readonly flag: boolean;
};

type FieldSpec<Name extends string = string, K extends Kind = Kind> = {
  readonly name: Name;
  readonly kind: K;
  readonly bits: number;
  /** Wireshark's display-filter name of the header field; empty for a field whose rows are written by hand. */
  readonly display: string;
  /** The number of hexadecimal digits with which the field's value is printed; 0 prints it in decimal. */
  readonly hex: number;
  /** The amount for which one unit of the field's number stands when it is printed: 4 for lengths in 32-bit words. */
  readonly scale: number;
  readonly parts: readonly Part[];
};

type Values<F extends readonly FieldSpec[]> = {readonly [S in F[number] as S['name']]: KindValues[S['kind']]};

type UintOptions = {readonly hex?: number; readonly scale?: number; readonly parts?: readonly Part[]};

export const uint = <const N extends string>(
  name: N,
  bits: number,
  display: string,
  {hex = 0, scale = 1, parts = []}: UintOptions = {},
): FieldSpec<N, 'uint'> => ({name, kind: 'uint', bits, display, hex, scale, parts});

export const part = (display: string, shift: number, bits = 1, flag = false): Part => ({
  display,
  shift,
  bits,
  flag,
});

const whole = <const N extends string, const K extends Kind>(
  name: N,
  kind: K,
  octets: number,
  display: string,
): FieldSpec<N, K> => ({
  name,
  kind,
  bits: 8 * octets,
  display,
  hex: 0,
  scale: 1,
  parts: [],
});

export const mac = <const N extends string>(name: N, display: string) => whole(name, 'mac', 6, display);
export const ipv4 = <const N extends string>(name: N, display: string) => whole(name, 'ipv4', 4, display);
export const ipv6 = <const N extends string>(name: N, display: string) => whole(name, 'ipv6', 16, display);
/** A field of octets in a header table without a row of its own. It is read as hexadecimal text and written as zeros. */
export const octets = <const N extends string>(name: N, size: number) => whole(name, 'octets', size, '');

/** The place of a named number in a header: the whole bytes `start … end`, counted from the header's first, and the bits within them. */
export type FieldPlace = {
  readonly start: number;
  readonly end: number;
  readonly shift: number;
  readonly bits: number;
  readonly scale: number;
};

type Layout<V> = {
  readonly protocol: string;
  /** The size of the header in bytes. */
  readonly size: number;
  /** Reads the header at `at`; missing bytes read as 0, so the length has to be checked first. */
  read(bytes: Uint8Array, at: number): V;
  /** Writes a header. Throws on an invalid address, because values come from inside the program. */
  write(bytes: Uint8Array, at: number, values: V): void;
  /** Returns the inspector rows of the header's fields that end before or at `end`, at their offsets in `bytes`. */
  rows(bytes: Uint8Array, at: number, end: number): Field[];
  /** Returns the place in the header of the number that Wireshark calls `display`; undefined if the table has none. */
  place(display: string): FieldPlace | undefined;
};

const maskOf = (bits: number): number => 0xffff_ffff >>> (32 - bits);

const readPlace = (bytes: Uint8Array, at: number, {start, end, shift, bits}: FieldPlace): number =>
  ((readUint(bytes, at + start, end - start) >>> shift) & maskOf(bits)) >>> 0;

export const writePlace = (bytes: Uint8Array, at: number, place: FieldPlace, value: number): void => {
  const {start, end, shift, bits} = place;
  const mask = maskOf(bits) << shift;
  const others = readUint(bytes, at + start, end - start) & ~mask;
  writeUint(bytes, at + start, end - start, (others | ((value << shift) & mask)) >>> 0);
};

const bitsPlace = (bitOffset: number, bits: number, scale: number): FieldPlace => {
  const start = bitOffset >> 3;
  const end = (bitOffset + bits + 7) >> 3;
  return {start, end, shift: 8 * end - bitOffset - bits, bits, scale};
};

/** A field of a header table with its place in the header, computed once before any bytes are read. */
type Slot = {
  readonly spec: FieldSpec;
  readonly place: FieldPlace;
  readonly parts: readonly {readonly display: string; readonly place: FieldPlace; readonly flag: boolean}[];
};

const slotsOf = (fields: readonly FieldSpec[]): readonly Slot[] => {
  let bitOffset = 0;
  return fields.map((spec) => {
    const first = bitOffset;
    bitOffset += spec.bits;
    const parts = spec.parts.map(({display, shift, bits, flag}) => ({
      display,
      flag,
      place: bitsPlace(first + spec.bits - shift - bits, bits, 1),
    }));
    return {spec, place: bitsPlace(first, spec.bits, spec.scale), parts};
  });
};

const readSlot = (bytes: Uint8Array, at: number, {spec, place}: Slot): number | string => {
  const start = at + place.start;
  switch (spec.kind) {
    case 'uint':
      return readPlace(bytes, at, place);
    case 'mac':
      return formatMac(bytes, start);
    case 'ipv4':
      return formatIpv4(bytes, start);
    case 'ipv6':
      return formatIpv6(bytes, start);
    case 'octets':
      return hexOf(bytes, start, at + place.end);
  }
};

const writeAddress = (bytes: Uint8Array, at: number, kind: Kind, text: string): void => {
  const write = {mac: writeMac, ipv4: writeIpv4, ipv6: writeIpv6, octets: () => true, uint: () => false}[
    kind
  ];
  if (!write(bytes, at, text)) throw new RangeError(`not an address for ${kind}: ${text}`);
};

const slotRows = (bytes: Uint8Array, at: number, slot: Slot): Field[] => {
  const {spec, place, parts} = slot;
  const span = {start: at + place.start, end: at + place.end};
  const value = readSlot(bytes, at, slot);
  const text =
    typeof value === 'string'
      ? value
      : spec.hex > 0
        ? hexNumber(value, spec.hex)
        : String(value * spec.scale);
  return [
    {name: spec.display, value: text, ...span},
    ...parts.map(({display, place: bits, flag}) => ({
      name: display,
      value: String(flag ? Math.min(1, readPlace(bytes, at, bits)) : readPlace(bytes, at, bits)),
      start: at + bits.start,
      end: at + bits.end,
    })),
  ];
};

/** The result of `layout` before the table gives each value its type. */
type UntypedLayout = Layout<Readonly<Record<string, number | string>>>;

/**
 * Makes the encoder, decoder and inspector rows of a header from its field table. The kinds of the table's fields determine the types of
 * the values that `read` returns by name.
 */
export function layout<const F extends readonly FieldSpec[]>(protocol: string, fields: F): Layout<Values<F>>;
export function layout(protocol: string, fields: readonly FieldSpec[]): UntypedLayout {
  const slots = slotsOf(fields);
  const places = new Map<string, FieldPlace>();
  for (const {spec, place, parts} of slots) {
    if (spec.kind === 'uint') places.set(spec.display, place);
    for (const {display, place: bits} of parts) places.set(display, bits);
  }
  return {
    protocol,
    size: slots.at(-1)?.place.end ?? 0,
    read: (bytes, at) => {
      const values: Record<string, number | string> = {};
      for (const slot of slots) values[slot.spec.name] = readSlot(bytes, at, slot);
      return values;
    },
    write: (bytes, at, values) => {
      for (const {spec, place} of slots) {
        const value = values[spec.name] ?? 0;
        if (typeof value === 'number') writePlace(bytes, at, place, value);
        else writeAddress(bytes, at + place.start, spec.kind, value);
      }
    },
    rows: (bytes, at, end) =>
      slots.flatMap((slot) =>
        at + slot.place.end <= end && slot.spec.display ? slotRows(bytes, at, slot) : [],
      ),
    place: (display) => places.get(display),
  };
}
