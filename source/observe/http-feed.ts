// Parses one direction of a connection as HTTP without knowing beforehand whether it contains requests or responses (RFC 9112 §2.1).
import type {Head} from '../wire/http/framing.ts';
import {textOfOctets} from '../wire/http/grammar.ts';
import {type Fed, feed, type HttpParser, requestParser, responseParser} from '../wire/http/parser.ts';

/** Makes a parser of HTTP requests that accepts whatever a receiver may accept, such as a single LF as a line end (RFC 9112 §2.2). */
export const watchedRequests = (offset = 0): HttpParser => ({...requestParser(offset), lenient: true});
export const watchedResponses = (asked: readonly string[] = [], offset = 0): HttpParser => ({
  ...responseParser(asked, offset),
  lenient: true,
});

/** The request methods that are assumed for HTTP responses whose requests were not captured: all count as answers to GET. */
const unasked = ['GET', 'GET', 'GET', 'GET'];

const versionName = 'HTTP/';

/** Tells whether octets begin like an HTTP response. Case is ignored, because a server may write the version wrongly. */
export const beginsResponse = (bytes: Uint8Array): boolean => {
  const length = Math.min(bytes.length, versionName.length);
  return textOfOctets(bytes, 0, length).toUpperCase() === versionName.slice(0, length);
};

/**
 * Parses the next octets of a direction as HTTP. If the parser `before` is undefined, these are the first octets, at `offset` in the
 * stream, and decide between requests and responses.
 */
export const feedHttp = (before: HttpParser | undefined, bytes: Uint8Array, offset = 0): Fed => {
  const parser = before ?? (beginsResponse(bytes) ? watchedResponses([], offset) : watchedRequests(offset));
  // Octets that all belong to the content of one message end at most that message, so the requests don't matter.
  const isContent = parser.phase.at === 'content' && parser.phase.left >= bytes.length;
  if (parser.reads === 'requests' || isContent) return feed(parser, bytes);
  const asked = [...(parser.asked ?? []), ...unasked];
  const fed = feed({...parser, asked}, bytes);
  return {...fed, parser: {...fed.parser, asked: (fed.parser.asked ?? []).slice(0, -unasked.length)}};
};

/** The largest number of missing octets across which HTTP content is parsed. */
const longestHole = 1 << 24;

/**
 * Tells whether parsing can continue across `size` missing octets: all of them lie in content whose length is known or which ends with the
 * connection.
 */
export const bridges = (parser: HttpParser | undefined, size: number): boolean => {
  const phase = parser?.phase;
  if (phase === undefined || size > longestHole) return false;
  if (phase.at === 'content' || phase.at === 'chunk-data') return phase.left >= size;
  return phase.at === 'until-close';
};

/** Returns the start line and the fields so far of an HTTP head that is still incomplete; undefined if there is none. */
export const headSoFar = (parser: HttpParser | undefined): Head | undefined =>
  parser?.phase.at === 'fields' ? {start: parser.phase.line, fields: parser.phase.fields} : undefined;

/**
 * Tells whether an HTTP status is that of an interim response (RFC 9110 §15.2). 101 is not counted, because another protocol follows it.
 */
export const isInterim = (status: number): boolean => status < 200 && status !== 101;
