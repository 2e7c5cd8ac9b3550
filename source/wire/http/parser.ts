// One direction of a connection as HTTP/1.x messages (RFC 9112), in whatever pieces it comes. A state is a value; it
// holds an unfinished line and the fields of an unfinished section, both bounded, and never content.
import {joinedOctets} from '../octets.ts';
import {type HttpError, type HttpErrorCode, httpError} from './http-error.ts';
import type {Phase, Run} from './parser-run.ts';
import {step} from './parser-steps.ts';
import type {HttpPart} from './part.ts';

export type HttpParser = {
  readonly reads: 'requests' | 'responses';
  /** Offset in the stream of the next byte that is to be read: the first of `pending`. */
  readonly offset: number;
  /** Of a line whose end has not come. */
  readonly pending: Uint8Array;
  readonly phase: Phase;
  /** Where the message at hand began. */
  readonly start: number;
  /** Methods of the requests that are not answered yet, the oldest first; undefined: nobody saw the requests. */
  readonly asked?: readonly string[];
  /** Takes what either end may take: for whoever only looks on, and has nothing to refuse. */
  readonly lenient?: boolean;
};

export type Fed = {
  readonly parser: HttpParser;
  readonly parts: readonly HttpPart[];
  /** The stream cannot be read further; what came before holds. */
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
 * With `asked`, a response that nobody asked for is an error; `expectResponse` adds to it. Without, every response is
 * read as if it answered a GET: all that can be said where the requests were not seen.
 */
export const responseParser = (asked?: readonly string[], offset = 0): HttpParser => ({
  ...newParser('responses', offset),
  ...(asked && {asked}),
});

export const expectResponse = (parser: HttpParser, method: string): HttpParser => ({
  ...parser,
  asked: [...(parser.asked ?? []), method],
});

/** The stream goes on with `bytes`. After an error or the end nothing is read any more. */
export const feed = (parser: HttpParser, bytes: Uint8Array): Fed => {
  const {reads, offset, start, asked, lenient} = parser;
  if (parser.phase.at === 'failed') return {parser, parts: [], error: parser.phase.error};
  if (parser.phase.at === 'ended') return {parser, parts: []};
  const input = joinedOctets([parser.pending, bytes]);
  const run: Run = {input, base: offset, parts: [], reads, at: 0, start, asked, ...(lenient && {lenient})};
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
    // A copy: the caller's bytes may be a large buffer of which this is one line.
    pending: error || run.at === input.length ? nothing : input.slice(run.at),
    phase,
    start: run.start,
    ...(run.asked && {asked: run.asked}),
    ...(lenient && {lenient}),
  };
  return {parser: after, parts: run.parts, ...(error && {error})};
};

const cutCode = ({phase, pending}: HttpParser): HttpErrorCode | undefined => {
  if (phase.at === 'fields' || (phase.at === 'start' && pending.length > 0)) return 'head-incomplete';
  if (phase.at === 'content') return 'content-incomplete';
  return phase.at.startsWith('chunk-') || phase.at === 'trailers' ? 'chunks-incomplete' : undefined;
};

/** The stream is over: that ends a message delimited by it, and cuts any other (RFC 9112 §8). */
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
