// The parts of HTTP messages that a parser reports: without content, only with the places of its bytes.
import type {ChunkExtension} from './chunk.ts';
import type {FieldLine} from './field-lines.ts';
import type {Framing, Head} from './framing.ts';
import type {Span} from './grammar.ts';
import type {HttpError} from './http-error.ts';

/**
 * A part of an HTTP stream. `content`: some bytes of content, divided as the stream arrived. `chunk`: the line before a chunk. `trailers`:
 * only if there are any. `end`: `span` is the whole message. `tunnel`: bytes that are no longer HTTP. `fault`: an error that only a strict
 * reader refuses.
 */
export type HttpPart =
  | {
      readonly kind: 'head';
      readonly head: Head;
      readonly framing: Framing;
      /** The place of start line, fields and the empty line in the stream. */
      readonly span: Span;
      /** The method of the request that this response answers; absent if nobody saw it. */
      readonly method?: string;
    }
  | {readonly kind: 'content'; readonly span: Span}
  | {
      readonly kind: 'chunk';
      readonly size: number;
      readonly extensions: readonly ChunkExtension[];
      readonly span: Span;
    }
  | {readonly kind: 'trailers'; readonly fields: readonly FieldLine[]; readonly span: Span}
  | {readonly kind: 'end'; readonly span: Span}
  | {readonly kind: 'tunnel'; readonly span: Span}
  | {readonly kind: 'fault'; readonly error: HttpError; readonly span: Span};
