// One direction of a connection read as HTTP without knowing beforehand which way it goes (RFC 9112 §2.1).
import type {Head} from '../wire/http/framing.ts';
import {type Fed, feed, type HttpParser, requestParser, responseParser} from '../wire/http/parser.ts';

/** Who looks on takes what either end may take, such as a single LF for a line end (RFC 9112 §2.2). */
export const watchedRequests = (offset = 0): HttpParser => ({...requestParser(offset), lenient: true});
export const watchedResponses = (asked: readonly string[] = [], offset = 0): HttpParser => ({
  ...responseParser(asked, offset),
  lenient: true,
});

/** Responses that nobody was seen to ask for are read as if they answered GET. */
const unasked = ['GET', 'GET', 'GET', 'GET'];

/** In capital letters or not: a server that writes its version wrongly answers all the same. */
export const beginsResponse = (bytes: Uint8Array): boolean =>
  [...'HTTP/'].every(
    (letter, at) => at >= bytes.length || String.fromCharCode(bytes[at] ?? 0).toUpperCase() === letter,
  );

/** `before` undefined: these are the first bytes, at `offset` in the stream. */
export const feedHttp = (before: HttpParser | undefined, bytes: Uint8Array, offset = 0): Fed => {
  const parser = before ?? (beginsResponse(bytes) ? watchedResponses([], offset) : watchedRequests(offset));
  if (parser.reads === 'requests') return feed(parser, bytes);
  const asked = [...(parser.asked ?? []), ...unasked];
  const fed = feed({...parser, asked}, bytes);
  return {...fed, parser: {...fed.parser, asked: (fed.parser.asked ?? []).slice(0, -unasked.length)}};
};

/** A longer hole is not read over; in octets. */
const longestHole = 1 << 24;

/** Content can be read over a hole of that size: its length is known, and what it says is not read. */
export const bridges = (parser: HttpParser | undefined, size: number): boolean => {
  const phase = parser?.phase;
  if (phase === undefined || size > longestHole) return false;
  if (phase.at === 'content' || phase.at === 'chunk-data') return phase.left >= size;
  return phase.at === 'until-close';
};

/** A head of which the end has not come, as far as it goes. */
export const headSoFar = (parser: HttpParser | undefined): Head | undefined =>
  parser?.phase.at === 'fields' ? {start: parser.phase.line, fields: parser.phase.fields} : undefined;

/** RFC 9110 §15.2; behind 101 another protocol is spoken. */
export const isInterim = (status: number): boolean => status < 200 && status !== 101;
