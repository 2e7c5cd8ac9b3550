// What a parser says about a stream, piece by piece. Content is never in it, only where its bytes stand.
import type {ChunkExtension} from './chunk.ts';
import type {FieldLine} from './field-lines.ts';
import type {Framing, Head} from './framing.ts';
import type {Span} from './grammar.ts';
import type {HttpError} from './http-error.ts';

/**
 * `content`: some bytes of the content, without chunk lines; how it is cut into parts depends on how the stream came.
 * `chunk`: the line before a chunk. `trailers`: only where there are any. `end`: `span` is the whole message.
 * `tunnel`: bytes that are no HTTP any more. `fault`: what a lenient reader read on over and a strict one refuses.
 */
export type HttpPart =
  | {
      readonly kind: 'head';
      readonly head: Head;
      readonly framing: Framing;
      /** Start line, fields and the empty line. */
      readonly span: Span;
      /** Of a response, where the request was seen: its method. */
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
