// Messages as bytes (RFC 9112). What our own reader would refuse is not written: a line end in a value is how one
// message becomes two.
import {err, ok, type Result} from '../result.ts';
import type {ChunkExtension} from './chunk.ts';
import {type Field, fieldError, sameFieldName} from './fields.ts';
import type {Framing} from './framing.ts';
import {isFieldContent, isToken, octetsOfText} from './grammar.ts';
import {type HttpError, httpError} from './http-error.ts';
import {feed, requestParser, responseParser} from './parser.ts';
import {type StartLineText, startLineError, startLineText} from './start-line.ts';

const sectionText = (fields: readonly Field[]): string =>
  `${fields.map(({name, value}) => `${name}: ${value}\r\n`).join('')}\r\n`;

const firstError = (fields: readonly Field[]): HttpError | undefined =>
  fields.map(fieldError).find((error) => error !== undefined);

const octets = (text: string): Result<Uint8Array, HttpError> => {
  const bytes = octetsOfText(text);
  return bytes === undefined ? err(httpError('field-value')) : ok(bytes);
};

/** `method` is the request's that a response answers. */
export type MessageText = {
  readonly start: StartLineText;
  readonly fields: readonly Field[];
  readonly method?: string;
};

type Written = {readonly bytes: Uint8Array; readonly framing: Framing};

/** Start line, fields and the empty line, with the framing that they tell a reader. */
export const writeHead = ({start, fields, method = 'GET'}: MessageText): Result<Written, HttpError> => {
  const wrong = startLineError(start) ?? firstError(fields);
  if (wrong) return err(wrong);
  const bytes = octets(`${startLineText(start)}\r\n${sectionText(fields)}`);
  if (!bytes.ok) return bytes;
  const parser = start.kind === 'request' ? requestParser() : responseParser([method]);
  const {parts, error} = feed(parser, bytes.value);
  if (error) return err(error);
  const [head] = parts;
  // One head was written and nothing in it ends it early, so one is read.
  if (head?.kind !== 'head') throw new RangeError(`no head: ${startLineText(start)}`);
  return ok({bytes: bytes.value, framing: head.framing});
};

const extensionText = ({name, value}: ChunkExtension): string => {
  if (value === undefined) return `;${name}`;
  return `;${name}=${isToken(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`}`;
};

const isExtension = ({name, value}: ChunkExtension): boolean =>
  isToken(name) && (value === undefined || isFieldContent(value));

const concat = (...pieces: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(pieces.reduce((sum, {length}) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
};

/** One chunk. Without content there is none: the chunk of size 0 ends the content (`writeLastChunk`). */
export const writeChunk = (
  content: Uint8Array,
  extensions: readonly ChunkExtension[] = [],
): Result<Uint8Array, HttpError> => {
  if (content.length === 0) return ok(new Uint8Array(0));
  if (!extensions.every(isExtension)) return err(httpError('chunk-extension'));
  const line = octets(`${content.length.toString(16)}${extensions.map(extensionText).join('')}\r\n`);
  return line.ok ? ok(concat(line.value, content, Uint8Array.of(0x0d, 0x0a))) : line;
};

/** Fields that say how to read or route a message are too late behind it (RFC 9110 §6.5.1). */
const notInTrailers = [
  ...['Transfer-Encoding', 'Content-Length', 'Host', 'Trailer', 'TE', 'Connection', 'Content-Encoding'],
  ...['Content-Type', 'Content-Range', 'Authorization', 'Set-Cookie', 'Cookie', 'Cache-Control', 'Expect'],
];

export const writeLastChunk = (trailers: readonly Field[] = []): Result<Uint8Array, HttpError> => {
  if (trailers.some(({name}) => notInTrailers.some((other) => sameFieldName(name, other)))) {
    return err(httpError('trailer-field'));
  }
  const wrong = firstError(trailers);
  return wrong ? err(wrong) : octets(`0\r\n${sectionText(trailers)}`);
};

const writeContent = (framing: Framing, content: Uint8Array): Result<Uint8Array, HttpError> => {
  switch (framing.by) {
    case 'close':
      return ok(content);
    case 'none':
    case 'tunnel':
      return content.length === 0 ? ok(content) : err(httpError('content-forbidden'));
    case 'length':
      return content.length === framing.length ? ok(content) : err(httpError('content-length-wrong'));
    case 'chunked': {
      const chunk = writeChunk(content);
      const last = writeLastChunk();
      if (!chunk.ok) return chunk;
      return last.ok ? ok(concat(chunk.value, last.value)) : last;
    }
  }
};

/** A whole message; its fields say how long the content is, and the content has to agree. */
export const writeMessage = (message: MessageText, content: Uint8Array): Result<Uint8Array, HttpError> => {
  const head = writeHead(message);
  if (!head.ok) return head;
  const body = writeContent(head.value.framing, content);
  return body.ok ? ok(concat(head.value.bytes, body.value)) : body;
};
