// Writes HTTP/1 messages (RFC 9112). Text that this program's strict reader would refuse is not written: a line end in a value would make
// two messages of one.
import {joinedOctets} from '../octets.ts';
import {err, ok, type Result} from '../result.ts';
import {encodeUtf8} from '../utf8.ts';
import {type Field, fieldError} from './field-lines.ts';
import type {Framing} from './framing.ts';
import {octetsOfText} from './grammar.ts';
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

/** The head of an HTTP message to be written; `method` is that of the request that a response answers. */
export type MessageText = {
  readonly start: StartLineText;
  readonly fields: readonly Field[];
  readonly method?: string;
};

type Written = {readonly bytes: Uint8Array; readonly framing: Framing};

/**
 * Writes the head of an HTTP message, start line, fields and the empty line; returns its bytes, and how they delimit the content for a
 * reader.
 */
export const writeHead = ({start, fields, method = 'GET'}: MessageText): Result<Written, HttpError> => {
  const wrong = startLineError(start) ?? firstError(fields);
  if (wrong) return err(wrong);
  const bytes = octets(`${startLineText(start)}\r\n${sectionText(fields)}`);
  if (!bytes.ok) return bytes;
  const parser = start.kind === 'request' ? requestParser() : responseParser([method]);
  const {parts, error} = feed(parser, bytes.value);
  if (error) return err(error);
  const [head] = parts;
  // Exactly one head was written and nothing in it ends it early, so the parser finds one.
  if (head?.kind !== 'head') throw new RangeError(`no head: ${startLineText(start)}`);
  return ok({bytes: bytes.value, framing: head.framing});
};

/**
 * Writes one chunk of an HTTP message; nothing for empty content, because a chunk of size 0 would end the message's content (`lastChunk`).
 */
export const writeChunk = (content: Uint8Array): Uint8Array =>
  content.length === 0
    ? content
    : joinedOctets([encodeUtf8(`${content.length.toString(16)}\r\n`), content, Uint8Array.of(0x0d, 0x0a)]);

export const lastChunk: Uint8Array = encodeUtf8('0\r\n\r\n');
