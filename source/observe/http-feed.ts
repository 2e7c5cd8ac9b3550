// Parses one direction of a connection as HTTP without knowing beforehand whether it contains requests or responses (RFC 9112 §2.1).
import type {Head} from '../wire/http/framing.ts';
import {type Fed, feed, type HttpParser, requestParser, responseParser} from '../wire/http/parser.ts';

/** An observer accepts whatever either end may accept, such as a single LF as a line end (RFC 9112 §2.2). */
export const watchedRequests = (offset = 0): HttpParser => ({...requestParser(offset), lenient: true});
export const watchedResponses = (asked: readonly string[] = [], offset = 0): HttpParser => ({
  ...responseParser(asked, offset),
  lenient: true,
});

/** Responses whose requests were not seen are parsed as if they answered GET. */
const unasked = ['GET', 'GET', 'GET', 'GET'];

/** Tells whether octets begin like a response. Case is ignored, because a server may write the version wrongly. */
export const beginsResponse = (bytes: Uint8Array): boolean =>
  [...'HTTP/'].every(
    (letter, at) => at >= bytes.length || String.fromCharCode(bytes[at] ?? 0).toUpperCase() === letter,
  );

/** Parses further octets. If `before` is undefined, these are the first ones, at `offset` in the stream. */
export const feedHttp = (before: HttpParser | undefined, bytes: Uint8Array, offset = 0): Fed => {
  const parser = before ?? (beginsResponse(bytes) ? watchedResponses([], offset) : watchedRequests(offset));
  if (parser.reads === 'requests') return feed(parser, bytes);
  const asked = [...(parser.asked ?? []), ...unasked];
  const fed = feed({...parser, asked}, bytes);
  return {...fed, parser: {...fed.parser, asked: (fed.parser.asked ?? []).slice(0, -unasked.length)}};
};

/** The longest hole, in octets, across which content is parsed. */
const longestHole = 1 << 24;

/** Tells whether content can be parsed across a hole of that size: the content's length is known, and its octets are not needed. */
export const bridges = (parser: HttpParser | undefined, size: number): boolean => {
  const phase = parser?.phase;
  if (phase === undefined || size > longestHole) return false;
  if (phase.at === 'content' || phase.at === 'chunk-data') return phase.left >= size;
  return phase.at === 'until-close';
};

/** Returns an incomplete head, as far as it goes. */
export const headSoFar = (parser: HttpParser | undefined): Head | undefined =>
  parser?.phase.at === 'fields' ? {start: parser.phase.line, fields: parser.phase.fields} : undefined;

/** Tells whether a response is interim (RFC 9110 §15.2). After 101 another protocol is spoken. */
export const isInterim = (status: number): boolean => status < 200 && status !== 101;
