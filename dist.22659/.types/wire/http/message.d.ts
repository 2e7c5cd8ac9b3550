import type { ChunkExtension } from './chunk.ts';
import type { FieldLine } from './fields.ts';
import type { Framing, Head } from './framing.ts';
import type { Span } from './grammar.ts';
import type { HttpPart } from './part.ts';
export type ChunkSpan = {
    readonly size: number;
    readonly extensions: readonly ChunkExtension[];
    readonly span: Span;
};
export type HttpMessage = {
    readonly head: Head;
    readonly framing: Framing;
    readonly headSpan: Span;
    readonly method?: string;
    /** Neighbours are one span: it does not show in what pieces the stream came. */
    readonly content: readonly Span[];
    readonly chunks: readonly ChunkSpan[];
    readonly trailers: readonly FieldLine[];
    /** Up to where it has been read. */
    readonly span: Span;
    readonly whole: boolean;
};
/** What a stream's parts amount to. The last message may be one that never ended. */
export declare const messagesOf: (parts: Iterable<HttpPart>) => {
    readonly messages: readonly HttpMessage[];
    readonly tunnel?: Span;
};
/** The content's bytes out of the stream that the message was read from. */
export declare const contentOf: ({ content }: HttpMessage, stream: Uint8Array) => Uint8Array;
