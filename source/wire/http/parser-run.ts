// The available bytes while a parser reads them: lines and stretches are taken from their front.
import {err, ok, type Result} from '../result.ts';
import type {FieldLine} from './field-lines.ts';
import {type Span, textOfOctets} from './grammar.ts';
import {type HttpError, type HttpErrorCode, httpError} from './http-error.ts';
import type {HttpPart} from './part.ts';
import type {Line, StartLine} from './start-line.ts';

/** The place in a message that a parser has reached. `left` is the number of bytes to come. */
export type Phase =
  | {readonly at: 'start'}
  | {
      readonly at: 'fields';
      readonly line: StartLine;
      readonly fields: readonly FieldLine[];
      /** True if all lines of the head so far could be read. */
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

/** The input of a parser. `at` counts in `input`, whose first byte is at `base` in the stream. */
export type Run = {
  readonly input: Uint8Array;
  readonly base: number;
  readonly parts: HttpPart[];
  readonly reads: 'requests' | 'responses';
  at: number;
  /** The place where the current message began. */
  start: number;
  asked: readonly string[] | undefined;
  /** True if everything readable is accepted, and what is wrong with it is reported as a fault. */
  readonly lenient?: boolean;
};

/** A limit: a line may not reach beyond `end`, an offset in the stream. */
export type Limit = {readonly end: number; readonly code: HttpErrorCode};

const LF = 0x0a;
const CR = 0x0d;

export const position = ({base, at}: Run): number => base + at;

export const fault = ({parts}: Run, error: HttpError): void => {
  parts.push({kind: 'fault', error, span: {start: error.at, end: error.at}});
};

/** Reads strictly; if that fails, an observer reads leniently and reports a fault. */
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
 * Takes and returns the next line; undefined until its end is there. Whether it is too long does not depend on how much of it is there.
 * A single LF, which RFC 9112 §2.2 lets a recipient take for a line end, is refused unless `lenient`, because readers that differ in
 * this make smuggling possible.
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

/** Takes up to `left` bytes and returns their place; undefined if none is there. */
export const takeBytes = (run: Run, left: number): Span | undefined => {
  const size = Math.min(left, run.input.length - run.at);
  if (size <= 0) return undefined;
  const start = position(run);
  run.at += size;
  return {start, end: start + size};
};

/** Takes CRLF; returns an error if something else comes next, and undefined while that is not known. */
export const takeCrlf = (run: Run): Result<true, HttpError> | undefined => {
  const {input, at, base} = run;
  if (at < input.length && input[at] !== CR) return err(httpError('chunk-end', base + at));
  if (at + 1 >= input.length) return undefined;
  if (input[at + 1] !== LF) return err(httpError('chunk-end', base + at + 1));
  run.at += 2;
  return ok(true);
};
