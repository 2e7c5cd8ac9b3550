// Puts HTTP messages together from the parts that a parser reports, with the places of their bytes but not the bytes.
import type {ChunkExtension} from './chunk.ts';
import type {FieldLine} from './field-lines.ts';
import type {Framing, Head} from './framing.ts';
import type {Span} from './grammar.ts';
import type {HttpPart} from './part.ts';

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
  /**
   * The places of the message's content in the stream. Adjacent ones are joined, so that they do not depend on the pieces in which the
   * stream arrived.
   */
  readonly content: readonly Span[];
  readonly chunks: readonly ChunkSpan[];
  readonly trailers: readonly FieldLine[];
  /** The place of the message, up to where it has been read. */
  readonly span: Span;
  readonly whole: boolean;
};

const withContent = (spans: Span[], span: Span): void => {
  const last = spans.at(-1);
  if (last?.end === span.start) spans[spans.length - 1] = {start: last.start, end: span.end};
  else spans.push(span);
};

type Gathered = {-readonly [Key in keyof HttpMessage]: HttpMessage[Key]} & {
  content: Span[];
  chunks: ChunkSpan[];
};

const begun = (part: Extract<HttpPart, {kind: 'head'}>): Gathered => ({
  head: part.head,
  framing: part.framing,
  headSpan: part.span,
  ...(part.method !== undefined && {method: part.method}),
  content: [],
  chunks: [],
  trailers: [],
  span: part.span,
  whole: false,
});

/**
 * Returns the HTTP messages that a parser's parts make up, and the place of the bytes after them that are no longer HTTP; the last message
 * may be incomplete.
 */
export const messagesOf = (
  parts: Iterable<HttpPart>,
): {readonly messages: readonly HttpMessage[]; readonly tunnel?: Span} => {
  const messages: Gathered[] = [];
  const tunnel: Span[] = [];
  for (const part of parts) {
    if (part.kind === 'head') messages.push(begun(part));
    if (part.kind === 'tunnel') withContent(tunnel, part.span);
    const message = messages.at(-1);
    if (message === undefined || part.kind === 'head' || part.kind === 'tunnel') continue;
    if (part.kind === 'fault') continue;
    if (part.kind === 'content') withContent(message.content, part.span);
    if (part.kind === 'chunk')
      message.chunks.push({size: part.size, extensions: part.extensions, span: part.span});
    if (part.kind === 'trailers') message.trailers = part.fields;
    message.whole = part.kind === 'end';
    message.span = {start: message.span.start, end: part.span.end};
  }
  const [through] = tunnel;
  return {messages, ...(through && {tunnel: through})};
};
