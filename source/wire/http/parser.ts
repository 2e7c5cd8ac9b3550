// Parses one direction of a connection as HTTP/1.x messages (RFC 9112), in pieces of any size. The parser's state is an immutable value; it
// contains an unfinished line and the fields of an unfinished section, both limited, and never content.
import {joinedOctets} from '../octets.ts';
import {type HttpError, type HttpErrorCode, httpError} from './http-error.ts';
import type {Phase, Run} from './parser-run.ts';
import {step} from './parser-steps.ts';
import type {HttpPart} from './part.ts';

export type HttpParser = {
  readonly reads: 'requests' | 'responses';
  /** The offset in the stream of the next byte to read, the first one of `pending`. */
  readonly offset: number;
  /** The bytes of an incomplete line that have arrived. */
  readonly pending: Uint8Array;
  readonly phase: Phase;
  /** The offset in the stream at which the current HTTP message began. */
  readonly start: number;
  /** The methods of the requests that no response has answered yet, oldest first; undefined if nobody saw the requests. */
  readonly asked?: readonly string[] | undefined;
  /** True for an observer, which accepts malformed messages that either end may accept. */
  readonly lenient?: boolean | undefined;
};

export type Fed = {
  readonly parser: HttpParser;
  readonly parts: readonly HttpPart[];
  /** The error after which the HTTP stream cannot be parsed further; earlier parts stay valid. */
  readonly error?: HttpError;
};

const nothing = new Uint8Array(0);

const newParser = (reads: HttpParser['reads'], offset: number): HttpParser => ({
  reads,
  offset,
  pending: nothing,
  phase: {at: 'start'},
  start: offset,
});

export const requestParser = (offset = 0): HttpParser => newParser('requests', offset);

/**
 * Makes a parser of HTTP responses. With `asked`, the methods of open requests, a response that no request asked for is an error;
 * `expectResponse` adds a request. Without it, every response is read as the answer to a GET.
 */
export const responseParser = (asked?: readonly string[], offset = 0): HttpParser => ({
  ...newParser('responses', offset),
  ...(asked && {asked}),
});

export const expectResponse = (parser: HttpParser, method: string): HttpParser => ({
  ...parser,
  asked: [...(parser.asked ?? []), method],
});

/**
 * Parses the next `bytes` of an HTTP stream; returns the parser after that and the parts that it has found. After an error or the end
 * nothing more is parsed.
 */
export const feed = (parser: HttpParser, bytes: Uint8Array): Fed => {
  const {reads, offset, start, asked, lenient} = parser;
  if (parser.phase.at === 'failed') return {parser, parts: [], error: parser.phase.error};
  if (parser.phase.at === 'ended') return {parser, parts: []};
  const input = joinedOctets([parser.pending, bytes]);
  const run: Run = {input, base: offset, parts: [], reads, at: 0, start, asked, lenient};
  let phase: Phase = parser.phase;
  let next = step(run, phase);
  while (next) {
    phase = next;
    next = step(run, phase);
  }
  const error = phase.at === 'failed' ? phase.error : undefined;
  const after: HttpParser = {
    reads,
    offset: offset + run.at,
    // The incomplete line is copied, because the caller's bytes may be a large buffer that contains little more than it.
    pending: error || run.at === input.length ? nothing : input.slice(run.at),
    phase,
    start: run.start,
    asked: run.asked,
    lenient,
  };
  return error ? {parser: after, parts: run.parts, error} : {parser: after, parts: run.parts};
};

const cutCode = ({phase, pending}: HttpParser): HttpErrorCode | undefined => {
  if (phase.at === 'fields' || (phase.at === 'start' && pending.length > 0)) return 'head-incomplete';
  if (phase.at === 'content') return 'content-incomplete';
  return phase.at.startsWith('chunk-') || phase.at === 'trailers' ? 'chunks-incomplete' : undefined;
};

/**
 * Tells an HTTP parser that the stream has ended, which completes a message delimited by the close, and is an error inside any other (RFC
 * 9112 §8).
 */
export const finish = (parser: HttpParser): Fed => {
  const {phase, offset, start, pending} = parser;
  if (phase.at === 'failed') return {parser, parts: [], error: phase.error};
  const end = offset + pending.length;
  const code = cutCode(parser);
  if (code !== undefined) {
    const error = httpError(code, end);
    return {parser: {...parser, pending: nothing, phase: {at: 'failed', error}}, parts: [], error};
  }
  const parts: readonly HttpPart[] = phase.at === 'until-close' ? [{kind: 'end', span: {start, end}}] : [];
  return {parser: {...parser, phase: {at: 'ended'}}, parts};
};
