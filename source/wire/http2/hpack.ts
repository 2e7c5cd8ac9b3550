// Decodes header blocks of HTTP/2 (RFC 7541), with the place of each field. Memory is limited: the dynamic table by the receiver's setting
// and `mostTable`, a list by `mostList`, and a block by the reader that joins its fragments.
import {type Span, textOfOctets} from '../http/grammar.ts';
import {err, ok, type Result} from '../result.ts';
import {type Http2Error, type Http2ErrorCode, http2Error} from './http2-error.ts';
import {decodeHuffman} from './huffman.ts';
import {initialValues} from './registry.ts';
import {staticTable, type TableEntry} from './static-table.ts';

/**
 * How HPACK represents a header field in a block (RFC 7541 §6): indexed, or as a literal that is added to the table, that is not, or that
 * never may be.
 */
export type Representation = 'indexed' | 'incremental' | 'without' | 'never';

export type HeaderField = TableEntry & {
  readonly as: Representation;
  /** The HPACK table index of the field or of its name; 0 if the name is written out. */
  readonly index: number;
  /** The place of the field in its header block, counted from the block's first octet. */
  readonly span: Span;
};

export type SizeUpdate = {readonly size: number; readonly span: Span};

export type HeaderBlock = {
  readonly fields: readonly HeaderField[];
  readonly updates: readonly SizeUpdate[];
  /**
   * The size of the header list: the octets of names and values and 32 for each field (RFC 9113 §6.5.2), including fields that were not
   * kept.
   */
  readonly listSize: number;
  /** True if the header list exceeded `mostList`, so that later fields were not kept. */
  readonly cut: boolean;
};

/** Returns the size of an HPACK table entry in octets: its name and value, and 32 (RFC 7541 §4.1). */
export const entrySize = ({name, value}: TableEntry): number => name.length + value.length + 32;

/** The largest dynamic table of HPACK in octets that is supported; an update to a larger size is an error. */
const mostTable = 1 << 20;
/** The largest header list of one block in octets that is kept; later fields only update the HPACK table. */
export const mostList = 1 << 20;

type Cursor = {readonly bytes: Uint8Array; at: number; readonly end: number};

type Read<T> = Result<T, Http2ErrorCode>;

/** Reads an HPACK integer (RFC 7541 §5.1), with at most five octets after the prefix; a longer one is an error. */
const readInteger = (cursor: Cursor, prefixBits: number): Read<number> => {
  const {bytes, end} = cursor;
  if (cursor.at >= end) return err('hpack-short');
  const most = (1 << prefixBits) - 1;
  let value = (bytes[cursor.at++] ?? 0) & most;
  if (value < most) return ok(value);
  for (let weight = 1; ; weight *= 128) {
    if (cursor.at >= end) return err('hpack-short');
    if (weight > 1 << 28) return err('hpack-integer');
    const octet = bytes[cursor.at++] ?? 0;
    value += (octet & 0x7f) * weight;
    if ((octet & 0x80) === 0) return ok(value);
  }
};

/** Reads an HPACK string, plain or Huffman-coded (RFC 7541 §5.2). */
const readString = (cursor: Cursor): Read<string> => {
  const huffman = ((cursor.bytes[cursor.at] ?? 0) & 0x80) !== 0;
  const length = readInteger(cursor, 7);
  if (!length.ok) return length;
  const start = cursor.at;
  const end = start + length.value;
  if (end > cursor.end) return err('hpack-short');
  cursor.at = end;
  const text = huffman ? decodeHuffman(cursor.bytes, start, end) : textOfOctets(cursor.bytes, start, end);
  return text === undefined ? err('hpack-huffman') : ok(text);
};

type Kind = {readonly as: Representation; readonly prefixBits: number} | 'update';

const kindOf = (octet: number): Kind => {
  if (octet & 0x80) return {as: 'indexed', prefixBits: 7};
  if (octet & 0x40) return {as: 'incremental', prefixBits: 6};
  if (octet & 0x20) return 'update';
  return {as: octet & 0x10 ? 'never' : 'without', prefixBits: 4};
};

type Growing = {fields: HeaderField[]; updates: SizeUpdate[]; listSize: number; cut: boolean};

/**
 * Decodes the HPACK header blocks of one direction of an HTTP/2 connection. After an error nothing more is decoded, because the table would
 * differ from the sender's.
 */
export class HpackDecoder {
  /** The entries of HPACK's dynamic table, oldest first; those before index `#from` have been evicted. */
  #entries: TableEntry[] = [];
  #from = 0;
  #size = 0;
  #most: number = initialValues.headerTable;
  #failed: Http2Error | undefined;

  /** The entries of HPACK's dynamic table, newest first. */
  get table(): readonly TableEntry[] {
    return this.#entries.slice(this.#from).toReversed();
  }

  get tableSize(): number {
    return this.#size;
  }

  /** Decodes a header block; `limit` is the table size in octets that the receiver allows (SETTINGS_HEADER_TABLE_SIZE). */
  decode(bytes: Uint8Array, limit: number = initialValues.headerTable): Result<HeaderBlock, Http2Error> {
    if (this.#failed) return err(this.#failed);
    const cursor: Cursor = {bytes, at: 0, end: bytes.length};
    const block: Growing = {fields: [], updates: [], listSize: 0, cut: false};
    while (cursor.at < cursor.end) {
      const code = this.#next(cursor, block, limit);
      if (code === undefined) continue;
      this.fail(http2Error(code));
      return err(http2Error(code));
    }
    return ok(block);
  }

  /** Records that a header block could not be read, so that later ones, which depend on its table entries, cannot be decoded either. */
  fail(error: Http2Error): void {
    this.#failed ??= error;
    this.#entries = [];
  }

  #next(cursor: Cursor, block: Growing, limit: number): Http2ErrorCode | undefined {
    const start = cursor.at;
    const kind = kindOf(cursor.bytes[start] ?? 0);
    if (kind === 'update') {
      const size = readInteger(cursor, 5);
      if (!size.ok) return size.error;
      if (block.fields.length > 0 || block.cut) return 'hpack-size-late';
      if (size.value > Math.min(limit, mostTable)) return 'hpack-size';
      this.#most = size.value;
      this.#evict(0);
      block.updates.push({size: size.value, span: {start, end: cursor.at}});
      return undefined;
    }
    const field = this.#field(cursor, kind.as, kind.prefixBits);
    if (!field.ok) return field.error;
    const {name, value, index} = field.value;
    if (kind.as === 'incremental') this.#insert({name, value});
    block.listSize += entrySize({name, value});
    if (block.listSize > mostList) block.cut = true;
    else block.fields.push({name, value, as: kind.as, index, span: {start, end: cursor.at}});
    return undefined;
  }

  #field(
    cursor: Cursor,
    as: Representation,
    prefixBits: number,
  ): Read<TableEntry & {readonly index: number}> {
    const index = readInteger(cursor, prefixBits);
    if (!index.ok) return index;
    const known = this.#at(index.value);
    if (as === 'indexed') return known ? ok({...known, index: index.value}) : err('hpack-index');
    if (index.value > 0 && !known) return err('hpack-index');
    const name = known ? ok(known.name) : readString(cursor);
    if (!name.ok) return name;
    const value = readString(cursor);
    return value.ok ? ok({name: name.value, value: value.value, index: index.value}) : value;
  }

  /**
   * Returns the HPACK table entry with this index, from 1 in the static table and then the dynamic one, newest first (RFC 7541 §2.3.3);
   * undefined if there is none.
   */
  #at(index: number): TableEntry | undefined {
    if (index <= staticTable.length) return staticTable[index - 1];
    const at = this.#entries.length - (index - staticTable.length);
    return at < this.#from ? undefined : this.#entries[at];
  }

  /** Adds an entry to HPACK's dynamic table and evicts old ones; an entry larger than the table only empties it (RFC 7541 §4.4). */
  #insert(entry: TableEntry): void {
    const size = entrySize(entry);
    this.#evict(size);
    if (size > this.#most) return;
    this.#entries.push(entry);
    this.#size += size;
  }

  #evict(room: number): void {
    while (this.#size > 0 && this.#size + room > this.#most) {
      const oldest = this.#entries[this.#from++];
      if (oldest) this.#size -= entrySize(oldest);
    }
    // Evicted entries are removed in batches, so that each costs little.
    if (this.#from < 64 || this.#from * 2 < this.#entries.length) return;
    this.#entries = this.#entries.slice(this.#from);
    this.#from = 0;
  }
}
