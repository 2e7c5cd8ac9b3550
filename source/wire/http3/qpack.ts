// Decodes field sections of HTTP/3 (RFC 9204): the dynamic table that one end's encoder stream fills, and the sections that refer to it.
// The sizes of the table and of a section are limited.

import {textOfOctets} from '../http/grammar.ts';
import {entrySize} from '../http2/hpack.ts';
import {decodeHuffman} from '../http2/huffman.ts';
import type {TableEntry} from '../http2/static-table.ts';
import {joinBytes} from '../tls/presentation.ts';
import {staticTable} from './static-table.ts';

type Cursor = {
  readonly bytes: Uint8Array;
  at: number;
  /** Why QPACK octets cannot be decoded: `short` if more octets may help, `wrong` if none can; undefined if they can. */
  failed: 'short' | 'wrong' | undefined;
};

const cursorOf = (bytes: Uint8Array): Cursor => ({bytes, at: 0, failed: undefined});

/** Reads a QPACK integer (§4.1.1), with at most five octets after the prefix; a longer one is an error. */
const readInteger = (from: Cursor, prefixBits: number): number => {
  if (from.at >= from.bytes.length) from.failed ??= 'short';
  if (from.failed) return 0;
  const most = (1 << prefixBits) - 1;
  let value = (from.bytes[from.at++] ?? 0) & most;
  if (value < most) return value;
  for (let unit = 1; unit <= 0x1000_0000; unit *= 0x80) {
    if (from.at >= from.bytes.length) {
      from.failed = 'short';
      return 0;
    }
    const octet = from.bytes[from.at++] ?? 0;
    value += (octet & 0x7f) * unit;
    if ((octet & 0x80) === 0) return value;
  }
  from.failed = 'wrong';
  return 0;
};

/** Reads a QPACK string whose length has a prefix of `prefixBits` (§4.1.2); the bit before the length tells whether it is Huffman-coded. */
const readString = (from: Cursor, prefixBits: number): string => {
  const huffman = ((from.bytes[from.at] ?? 0) & (1 << prefixBits)) !== 0;
  const length = readInteger(from, prefixBits);
  const start = from.at;
  if (from.failed) return '';
  if (start + length > from.bytes.length) {
    from.failed = 'short';
    return '';
  }
  from.at = start + length;
  const text = huffman ? decodeHuffman(from.bytes, start, from.at) : textOfOctets(from.bytes, start, from.at);
  if (text === undefined) from.failed = 'wrong';
  return text ?? '';
};

/** The largest dynamic table of QPACK in octets that is supported; a larger capacity is an error. */
const mostTable = 1 << 20;
/** The most fields of one QPACK section that are returned; later ones are left out. */
const mostFields = 10_000;
const mostText = 1 << 20;
/** The most octets of an incomplete QPACK instruction that are kept until the next piece arrives; a longer one is an error. */
const longestInstruction = 1 << 17;

const empty = new Uint8Array(0);

/**
 * The decoded fields of an HTTP/3 field section; `blocked` if it needs table entries that the encoder stream has not brought yet, `wrong`
 * if it can never be decoded.
 */
export type FieldSection = readonly TableEntry[] | 'blocked' | 'wrong';

/** Decodes QPACK in one direction of an HTTP/3 connection: the instructions of its encoder stream, and its field sections. */
export class QpackDecoder {
  /** The entries of QPACK's dynamic table, oldest first; `#dropped` older ones have been evicted. */
  #entries: TableEntry[] = [];
  #dropped = 0;
  #size = 0;
  #capacity = 0;
  #held: Uint8Array = empty;
  #failed = false;
  /** The capacity of the dynamic table in octets that the receiver of the field sections allows (SETTINGS_QPACK_MAX_TABLE_CAPACITY). */
  maxCapacity = 0;

  /** The number of entries ever inserted into QPACK's dynamic table, including evicted ones (§3.2.4). */
  get inserted(): number {
    return this.#dropped + this.#entries.length;
  }

  /** The entries of QPACK's dynamic table, oldest first. */
  get table(): readonly TableEntry[] {
    return this.#entries;
  }

  get tableSize(): number {
    return this.#size;
  }

  /** Takes a piece of QPACK's encoder stream and carries out its instructions (§4.3); an incomplete one is kept for the next piece. */
  takeInstructions(piece: Uint8Array): void {
    if (this.#failed) return;
    const bytes = this.#held.length === 0 ? piece : joinBytes([this.#held, piece]);
    const from = cursorOf(bytes);
    let done = 0;
    while (from.at < bytes.length && !from.failed) {
      this.#instruction(from);
      if (!from.failed) done = from.at;
    }
    this.#held = bytes.slice(done);
    this.#failed = from.failed === 'wrong' || this.#held.length > longestInstruction;
  }

  #instruction(from: Cursor): void {
    const first = from.bytes[from.at] ?? 0;
    if (first & 0x80) {
      const index = readInteger(from, 6);
      const name = first & 0x40 ? staticTable[index]?.name : this.#absolute(this.inserted - 1 - index)?.name;
      this.#insert(from, name, readString(from, 7));
    } else if (first & 0x40) {
      const name = readString(from, 5);
      this.#insert(from, name, readString(from, 7));
    } else if (first & 0x20) {
      const capacity = readInteger(from, 5);
      if (capacity > mostTable) from.failed ??= 'wrong';
      if (from.failed) return;
      this.#capacity = capacity;
      this.#evict(0);
    } else {
      const entry = this.#absolute(this.inserted - 1 - readInteger(from, 5));
      this.#insert(from, entry?.name, entry?.value ?? '');
    }
  }

  #insert(from: Cursor, name: string | undefined, value: string): void {
    if (from.failed) return;
    const size = entrySize({name: name ?? '', value});
    // An entry that does not fit into the dynamic table is an error in QPACK, unlike in HPACK (§3.2.2).
    if (name === undefined || size > this.#capacity) {
      from.failed = 'wrong';
      return;
    }
    this.#evict(size);
    this.#entries.push({name, value});
    this.#size += size;
  }

  #evict(room: number): void {
    let drop = 0;
    while (this.#size + room > this.#capacity && drop < this.#entries.length) {
      const oldest = this.#entries[drop++];
      if (oldest) this.#size -= entrySize(oldest);
    }
    if (drop === 0) return;
    this.#entries.splice(0, drop);
    this.#dropped += drop;
  }

  #absolute(index: number): TableEntry | undefined {
    return this.#entries[index - this.#dropped];
  }

  /**
   * Returns the number of table entries that a QPACK field section requires, from its encoded form (§4.5.1.1); undefined if that is
   * impossible.
   */
  #requiredInserts(encoded: number): number | undefined {
    if (encoded === 0) return 0;
    const maxEntries = Math.floor(Math.max(this.maxCapacity, this.#capacity) / 32);
    const fullRange = 2 * maxEntries;
    if (encoded > fullRange) return undefined;
    const maxValue = this.inserted + maxEntries;
    const required = Math.floor(maxValue / fullRange) * fullRange + encoded - 1;
    if (required <= maxValue) return required > 0 ? required : undefined;
    return required > fullRange ? required - fullRange : undefined;
  }

  /** Decodes a QPACK field section of HTTP/3 (§4.5). */
  decode(bytes: Uint8Array): FieldSection {
    const from = cursorOf(bytes);
    const required = this.#requiredInserts(readInteger(from, 8));
    const sign = ((from.bytes[from.at] ?? 0) & 0x80) !== 0;
    const delta = readInteger(from, 7);
    if (from.failed || required === undefined) return 'wrong';
    if (required > this.inserted) return this.#failed ? 'wrong' : 'blocked';
    const base = sign ? required - delta - 1 : required + delta;
    const fields: TableEntry[] = [];
    let text = 0;
    while (from.at < bytes.length) {
      const field = this.#line(from, base);
      if (from.failed || !field) return 'wrong';
      text += entrySize(field);
      if (fields.length < mostFields && text <= mostText) fields.push(field);
    }
    return fields;
  }

  #line(from: Cursor, base: number): TableEntry | undefined {
    const first = from.bytes[from.at] ?? 0;
    const isStatic = (bit: number): boolean => (first & bit) !== 0;
    if (first & 0x80) {
      const index = readInteger(from, 6);
      return isStatic(0x40) ? staticTable[index] : this.#absolute(base - 1 - index);
    }
    if (first & 0x40) {
      const index = readInteger(from, 4);
      const named = isStatic(0x10) ? staticTable[index] : this.#absolute(base - 1 - index);
      const value = readString(from, 7);
      return named && {name: named.name, value};
    }
    if (first & 0x20) {
      const name = readString(from, 3);
      return {name, value: readString(from, 7)};
    }
    if (first & 0x10) return this.#absolute(base + readInteger(from, 4));
    const named = this.#absolute(base + readInteger(from, 3));
    const value = readString(from, 7);
    return named && {name: named.name, value};
  }
}
