import type { Span } from '../wire/http/grammar.ts';
import { type Piece } from './reassembly.ts';
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
export declare const endOf: (piece: Piece) => number;
/** The pieces that hold a part of the span. */
export declare const within: (pieces: readonly Piece[], { start, end }: Span) => readonly Piece[];
/** The packets that brought it, or bring it. */
export declare const packetsOf: ({ pieces }: Direction, span: Span) => readonly number[];
/** Bytes that nobody has seen are 0. */
export declare const bytesOf: ({ pieces }: Direction, span: Span) => Uint8Array;
/** How many of its bytes a capture has not. */
export declare const missingIn: ({ pieces }: Direction, span: Span) => number;
