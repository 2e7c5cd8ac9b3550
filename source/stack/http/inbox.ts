// Reads a stream of HTTP messages as parts with the bytes of their content: the parser says where content is, and it is cut out while the
// bytes are at hand.
import type {HttpError} from '../../wire/http/http-error.ts';
import {feed, type HttpParser} from '../../wire/http/parser.ts';
import type {HttpPart} from '../../wire/http/part.ts';

export type InPart =
  | Exclude<HttpPart, {kind: 'content'}>
  | {readonly kind: 'bytes'; readonly bytes: Uint8Array};

export type Read = {
  readonly parser: HttpParser;
  readonly parts: readonly InPart[];
  readonly error?: HttpError;
};

/**
 * Reads the next bytes of an HTTP stream into parts. The parser only holds back incomplete lines, so content is always in the bytes that
 * have just arrived.
 */
export const readBytes = (before: HttpParser, bytes: Uint8Array): Read => {
  const base = before.offset + before.pending.length;
  const {parser, parts, error} = feed(before, bytes);
  return {
    parser,
    parts: parts.map((part) =>
      part.kind === 'content'
        ? {kind: 'bytes', bytes: bytes.slice(part.span.start - base, part.span.end - base)}
        : part,
    ),
    ...(error && {error}),
  };
};
