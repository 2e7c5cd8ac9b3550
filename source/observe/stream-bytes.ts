// Reads one direction of a connection up to an instant: its bytes by their offsets, and the packets that carried them.
import {bisect} from '../wire/growing-list.ts';
import type {Span} from '../wire/http/grammar.ts';
import {oncePer} from '../wire/once-per.ts';
import type {Side, Streams, Told} from './connections.ts';
import {framesOf, type Piece} from './reassembly.ts';

export type Direction = {
  /** The pieces of the direction's stream in order: first what has arrived, then what is on its way. */
  readonly pieces: readonly Piece[];
  /** The stream offset up to which all bytes have arrived at the receiver. */
  readonly arrived: number;
  /** True if the direction's FIN has arrived, so that nothing more comes. */
  readonly ended: boolean;
  /** True if the rest of the direction cannot be parsed as HTTP. */
  readonly stopped: boolean;
};

export const endOf = (piece: Piece): number => {
  if (piece.kind === 'bytes') return piece.start + piece.bytes.length;
  return piece.kind === 'hole' ? piece.end : piece.start;
};

/** Returns the stream offset up to which a direction was sent; 0 if nothing was. */
export const sentUpTo = ({pieces}: Pick<Direction, 'pieces'>): number => {
  const last = pieces.at(-1);
  return last ? endOf(last) : 0;
};

/** Returns the sent pieces of each direction of a connection, in the order of its octets. */
export const piecesOf = oncePer(
  ({sent}: Pick<Streams, 'sent'>): readonly [readonly Piece[], readonly Piece[]] => {
    const pieces: [Piece[], Piece[]] = [[], []];
    for (const {side, piece} of sent) pieces[side].push(piece);
    return pieces;
  },
);

/**
 * Returns the elements of an ordered list of ranges in a stream that lie in the span, at least in part; `startOf` and `endOf` give an
 * element's range.
 */
export const lyingIn = <Each>(
  all: readonly Each[],
  {start, end}: Span,
  [startOf, endOf]: readonly [startOf: (each: Each) => number, endOf: (each: Each) => number],
): readonly Each[] => {
  const from = bisect(all.length, (index) => {
    const each = all[index];
    return each === undefined || endOf(each) > start;
  });
  let until = from;
  for (let each = all[until]; each !== undefined && startOf(each) < end; each = all[until]) until += 1;
  return all.slice(from, until);
};

const ofPiece = [({start}: Piece) => start, endOf] as const;

/** Returns the pieces of a stream that contain a part of the span. */
export const within = (pieces: readonly Piece[], span: Span): readonly Piece[] =>
  lyingIn(pieces, span, ofPiece);

/** Returns the packets that carried a span of a stream's bytes. */
export const packetsOf = ({pieces}: Direction, span: Span): readonly number[] =>
  framesOf(within(pieces, span), span);

/** Returns the bytes of a span of a stream; bytes that were not captured are 0. */
export const bytesOf = ({pieces}: Pick<Direction, 'pieces'>, span: Span): Uint8Array => {
  const bytes = new Uint8Array(Math.max(0, span.end - span.start));
  for (const piece of within(pieces, span)) {
    if (piece.kind !== 'bytes') continue;
    const from = Math.max(0, span.start - piece.start);
    const to = Math.min(piece.bytes.length, span.end - piece.start);
    bytes.set(piece.bytes.subarray(from, to), Math.max(0, piece.start - span.start));
  }
  return bytes;
};

/** Returns how many bytes of a span of a stream the capture lacks. */
export const missingIn = ({pieces}: Direction, span: Span): number =>
  within(pieces, span).reduce(
    (sum, piece) =>
      piece.kind === 'hole' ? sum + Math.min(piece.end, span.end) - Math.max(piece.start, span.start) : sum,
    0,
  );

/** Returns the first captured bytes that a side sent, as far as they are in one piece; undefined if there are none. */
export const firstBytesOf = (told: readonly Told[], wanted: Side): Uint8Array | undefined => {
  const first = told.find(({side, piece}) => side === wanted && piece.kind === 'bytes')?.piece;
  return first?.kind === 'bytes' ? first.bytes : undefined;
};
