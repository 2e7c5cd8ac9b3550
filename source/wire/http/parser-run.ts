// The bytes that an HTTP parser has at hand: takes lines and ranges of bytes from their front.
import {err, ok, type Result} from '../result.ts';
import type {FieldLine} from './field-lines.ts';
import {type Span, textOfOctets} from './grammar.ts';
import {type HttpError, type HttpErrorCode, httpError} from './http-error.ts';
import type {HttpPart} from './part.ts';
import type {Line, StartLine} from './start-line.ts';

/** The place in a message that an HTTP parser has reached. `left` is the number of content bytes to come. */
export type Phase =
  | {readonly at: 'start'}
  | {
      readonly at: 'fields';
      readonly line: StartLine;
      readonly fields: readonly FieldLine[];
      /** True if all field lines of the head so far could be read. */
      readonly isWhole: boolean;
    }
  | {readonly at: 'content'; readonly left: number}
  | {readonly at: 'until-close'}
  | {readonly at: 'chunk-line'; readonly extensionBytes: number}
  | {readonly at: 'chunk-data'; readonly extensionBytes: number; readonly left: number}
  | {readonly at: 'chunk-end'; readonly extensionBytes: number}
  | {readonly at: 'trailers'; readonly fields: readonly FieldLine[]; readonly sectionStart: number}
  | {readonly at: 'tunnel'}
  | {readonly at: 'failed'; readonly error: HttpError}
  | {readonly at: 'ended'};

/**
 * The input of an HTTP parser and what it has found. `at` is the next byte in `input`, whose first byte is at offset `base` of the stream.
 */
export type Run = {
  readonly input: Uint8Array;
  readonly base: number;
  readonly parts: HttpPart[];
  readonly reads: 'requests' | 'responses';
  at: number;
  /** The offset in the stream at which the current message began. */
  start: number;
  asked: readonly string[] | undefined;
  /** True for an observer: everything readable is accepted, and what is wrong with it is reported as a fault. */
  readonly lenient?: boolean | undefined;
};

/** The limit of a line in an HTTP message: it may not reach beyond `end`, an offset in the stream; `code` is the error if it does. */
export type Limit = {readonly end: number; readonly code: HttpErrorCode};

const LF = 0x0a;
const CR = 0x0d;

export const position = ({base, at}: Run): number => base + at;

export const fault = ({parts}: Run, error: HttpError): void => {
  parts.push({kind: 'fault', error, span: {start: error.at, end: error.at}});
};

/** Reads an element of an HTTP message strictly; if that fails, an observer reads it leniently and reports a fault. */
export const takenBy = <T>(
  run: Run,
  read: (lenient: boolean) => Result<T, HttpError>,
): Result<T, HttpError> => {
  const strict = read(false);
  if (strict.ok || !run.lenient) return strict;
  const lax = read(true);
  if (lax.ok) fault(run, strict.error);
  return lax;
};

/**
 * Takes and returns the next line of an HTTP message; undefined until its end has arrived. It is too long by its length alone, however much
 * has arrived. A single LF as line end, which RFC 9112 §2.2 allows, is refused unless `lenient`, because readers that differ in this make
 * smuggling possible.
 */
export const takeLine = (run: Run, limit: Limit): Result<Line, HttpError> | undefined => {
  const {input, base, at} = run;
  const lf = input.indexOf(LF, at);
  const lineEnd = base + (lf < 0 ? input.length : lf + 1);
  if (lineEnd > limit.end) return err(httpError(limit.code, limit.end));
  if (lf < 0) return undefined;
  const bare = lf === at || input[lf - 1] !== CR;
  const bareLf = httpError('bare-lf', base + lf);
  if (bare && !run.lenient) return err(bareLf);
  const end = bare ? lf : lf - 1;
  const cr = input.subarray(0, end).indexOf(CR, at);
  if (cr >= 0) return err(httpError('bare-cr', base + cr));
  if (bare) fault(run, bareLf);
  run.at = lf + 1;
  return ok({text: textOfOctets(input, at, end), span: {start: base + at, end: base + lf + 1}});
};

/** Takes up to `left` bytes of an HTTP message's content and returns their place; undefined if none has arrived. */
export const takeBytes = (run: Run, left: number): Span | undefined => {
  const size = Math.min(left, run.input.length - run.at);
  if (size <= 0) return undefined;
  const start = position(run);
  run.at += size;
  return {start, end: start + size};
};

/** Takes the CRLF after a chunk; returns an error if something else comes next, and undefined while too few bytes have arrived. */
export const takeCrlf = (run: Run): Result<true, HttpError> | undefined => {
  const {input, at, base} = run;
  if (at < input.length && input[at] !== CR) return err(httpError('chunk-end', base + at));
  if (at + 1 >= input.length) return undefined;
  if (input[at + 1] !== LF) return err(httpError('chunk-end', base + at + 1));
  run.at += 2;
  return ok(true);
};
