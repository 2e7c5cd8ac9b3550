// One direction of a connection up to an instant: its bytes by their offsets, and the packets that brought them.
import {bisect} from '../wire/growing-list.ts';
import type {Span} from '../wire/http/grammar.ts';
import {oncePer} from '../wire/once-per.ts';
import type {Side, Streams, Told} from './connections.ts';
import {framesOf, type Piece} from './reassembly.ts';

export type Direction = {
  /** In order; what has arrived first, then what is on its way. */
  readonly pieces: readonly Piece[];
  /** Offset up to which the far end has the bytes. */
  readonly arrived: number;
  /** Nothing more comes: FIN has arrived. */
  readonly ended: boolean;
  /** From here on it cannot be read as HTTP. */
  readonly stopped: boolean;
};

export const endOf = (piece: Piece): number => {
  if (piece.kind === 'bytes') return piece.start + piece.bytes.length;
  return piece.kind === 'hole' ? piece.end : piece.start;
};

/** Offset up to which a direction was sent. */
export const sentUpTo = ({pieces}: Pick<Direction, 'pieces'>): number => {
  const last = pieces.at(-1);
  return last ? endOf(last) : 0;
};

/** Those of each direction, in the order of its octets. */
export const piecesOf = oncePer(
  ({sent}: Pick<Streams, 'sent'>): readonly [readonly Piece[], readonly Piece[]] => {
    const pieces: [Piece[], Piece[]] = [[], []];
    for (const {side, piece} of sent) pieces[side].push(piece);
    return pieces;
  },
);

/** Of what follows each other in a stream: all that lies in the span, at least in part. */
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

/** The pieces that hold a part of the span. */
export const within = (pieces: readonly Piece[], span: Span): readonly Piece[] =>
  lyingIn(pieces, span, ofPiece);

/** The packets that brought it, or bring it. */
export const packetsOf = ({pieces}: Direction, span: Span): readonly number[] =>
  framesOf(within(pieces, span), span);

/** Bytes that nobody has seen are 0. */
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

/** How many of its bytes a capture has not. */
export const missingIn = ({pieces}: Direction, span: Span): number =>
  within(pieces, span).reduce(
    (sum, piece) =>
      piece.kind === 'hole' ? sum + Math.min(piece.end, span.end) - Math.max(piece.start, span.start) : sum,
    0,
  );

/** What a side says first, as far as one piece goes; undefined: nothing was seen of it. */
export const firstBytesOf = (told: readonly Told[], wanted: Side): Uint8Array | undefined => {
  const first = told.find(({side, piece}) => side === wanted && piece.kind === 'bytes')?.piece;
  return first?.kind === 'bytes' ? first.bytes : undefined;
};
