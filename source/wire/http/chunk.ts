// Reads the line before each chunk of an HTTP/1.1 body: its size in hexadecimal, and extensions (RFC 9112 §7.1).
import {err, ok, type Result} from '../result.ts';
import {isQuotedString, isToken, splitOutsideQuotes, unquoted, withoutOws} from './grammar.ts';
import {type HttpError, httpError} from './http-error.ts';
import type {Line} from './start-line.ts';

/** An extension of an HTTP chunk; `value` is without quotes, and absent if there is only a name. */
export type ChunkExtension = {readonly name: string; readonly value?: string};

export type ChunkLine = {readonly size: number; readonly extensions: readonly ChunkExtension[]};

const readExtension = (text: string): ChunkExtension | undefined => {
  const equals = text.indexOf('=');
  const name = withoutOws(equals < 0 ? text : text.slice(0, equals)).text;
  if (!isToken(name)) return undefined;
  if (equals < 0) return {name};
  const value = withoutOws(text.slice(equals + 1)).text;
  return isToken(value) || isQuotedString(value) ? {name, value: unquoted(value)} : undefined;
};

/** Reads the line before a chunk; if `lenient`, it may end with white space after the size, which some servers write to fill a field. */
export const readChunkLine = ({text, span}: Line, lenient = false): Result<ChunkLine, HttpError> => {
  const digits = /^[0-9A-Fa-f]+/.exec(text)?.[0] ?? '';
  const written = text.slice(digits.length);
  // White space after a chunk's size is allowed only before a semicolon (BWS).
  const isPadded = digits !== '' && /^[ \t]+$/.test(written);
  if (isPadded && !lenient) return err(httpError('chunk-size-space', span.start + digits.length));
  const rest = isPadded ? '' : written;
  if (digits === '' || (rest !== '' && !/^[ \t]*;/.test(rest)))
    return err(httpError('chunk-size', span.start));
  const size = Number.parseInt(digits, 16);
  if (size > Number.MAX_SAFE_INTEGER) return err(httpError('chunk-size-large', span.start));
  const extensions: ChunkExtension[] = [];
  for (const part of rest === '' ? [] : splitOutsideQuotes(rest, ';').slice(1)) {
    const extension = readExtension(part);
    if (extension === undefined) return err(httpError('chunk-extension', span.start + digits.length));
    extensions.push(extension);
  }
  return ok({size, extensions});
};
