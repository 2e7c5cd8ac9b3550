// Remembers the headers of the segments of quiet TCP connections, about 45 octets each, so that they can be explained when somebody asks.
// All connections of a capture share one log, whose size is limited.
import {seq} from '../wire/seq.ts';
import type {Side} from './connections.ts';
import {Flag, type OpeningOptions, type SeenSegment} from './seen-segment.ts';
import {emptyList} from './short-list.ts';

/** The number of segments in a page of the log, and the most pages, so that the log takes at most 47 MB. */
const pageRows = 1 << 14;
const mostPages = 64;

/** The 32-bit values of a logged segment, by their place in its row. */
const Column = {next: 0, frame: 1, kind: 2, seq: 3, ack: 4, window: 5, length: 6, stamp: 7, echo: 8} as const;
const columns = 9;

/**
 * The bits of `kind` beside the eight flags: the sender, which values are known, whether it is a stray RST, and whether its checksum is wrong.
 * The number of hops plus one begins at `hopsAt`.
 */
const Kind = {side: 1 << 8, stamp: 1 << 9, echo: 1 << 10, stray: 1 << 11, wrong: 1 << 12} as const;
const hopsAt = 13;

/** The place of a row that does not exist. */
export const noRow = -1;

const noData = new Uint8Array(0);

type Page = {readonly values: Int32Array; readonly atUs: Float64Array};

export class SegmentLog {
  readonly #pages: Page[] = [];
  /** The number of rows that were ever used. */
  #rows = 0;
  /** The first of the rows that were given back; each names the next one. */
  #free = noRow;

  #page(row: number): Page {
    const known = this.#pages[row >> 14];
    if (known) return known;
    const page = {values: new Int32Array(pageRows * columns), atUs: new Float64Array(pageRows)};
    this.#pages.push(page);
    return page;
  }

  #take(): number {
    const free = this.#free;
    if (free === noRow) return this.#rows < pageRows * mostPages ? this.#rows++ : noRow;
    this.#free = this.next(free);
    return free;
  }

  /** Returns the row that follows a connection's row; `noRow` after its last one. */
  next(row: number): number {
    return this.#page(row).values[(row % pageRows) * columns] ?? noRow;
  }

  #link(row: number, next: number): void {
    this.#page(row).values[(row % pageRows) * columns] = next;
  }

  /** Adds a segment without SACK blocks after the connection's row `last` (`noRow` for its first); returns its row, `noRow` if the log is full. */
  add(last: number, side: Side, segment: SeenSegment): number {
    const row = this.#take();
    if (row === noRow) return noRow;
    if (last !== noRow) this.#link(last, row);
    const {stamp, echo, hops, flags} = segment;
    const {values, atUs} = this.#page(row);
    const at = (row % pageRows) * columns;
    const known =
      (side && Kind.side) | (stamp === undefined ? 0 : Kind.stamp) | (echo === undefined ? 0 : Kind.echo);
    values[at] = noRow;
    values[at + Column.frame] = segment.frame;
    values[at + Column.kind] = flags | known | ((hops === undefined ? 0 : hops + 1) << hopsAt);
    values[at + Column.seq] = segment.seq;
    values[at + Column.ack] = segment.ack;
    values[at + Column.window] = segment.window;
    values[at + Column.length] = segment.length;
    values[at + Column.stamp] = stamp ?? 0;
    values[at + Column.echo] = echo ?? 0;
    atUs[row % pageRows] = segment.atUs;
    return row;
  }

  /** Gives back the rows of a connection from `first` to `last`. */
  release(first: number, last: number): void {
    this.#link(last, this.#free);
    this.#free = first;
  }

  side(row: number): Side {
    return this.#kind(row) & Kind.side ? 1 : 0;
  }

  /** Notes that the segment of a row is an RST that its receiver has to ignore (`stray`), or that its checksum is wrong. */
  mark(row: number, mark: 'stray' | 'wrong'): void {
    this.#page(row).values[(row % pageRows) * columns + Column.kind] = this.#kind(row) | Kind[mark];
  }

  isMarked(row: number, mark: 'stray' | 'wrong'): boolean {
    return (this.#kind(row) & Kind[mark]) !== 0;
  }

  #kind(row: number): number {
    return this.#page(row).values[(row % pageRows) * columns + Column.kind] ?? 0;
  }

  /** Returns the segment of a row, without its data. `opening` are the options of its sender's SYN. */
  segment(row: number, opening: OpeningOptions | undefined): SeenSegment {
    const {values, atUs} = this.#page(row);
    const at = (row % pageRows) * columns;
    const value = (column: number): number => values[at + column] ?? 0;
    const kind = value(Column.kind);
    const hops = kind >> hopsAt;
    return {
      frame: value(Column.frame),
      atUs: atUs[row % pageRows] ?? 0,
      seq: seq(value(Column.seq)),
      ack: seq(value(Column.ack)),
      flags: kind & 0xff,
      window: value(Column.window),
      length: value(Column.length),
      data: noData,
      opening: kind & Flag.syn ? opening : undefined,
      sack: emptyList,
      sacks: false,
      stamp: kind & Kind.stamp ? value(Column.stamp) >>> 0 : undefined,
      echo: kind & Kind.echo ? value(Column.echo) >>> 0 : undefined,
      hops: hops === 0 ? undefined : hops - 1,
    };
  }
}
