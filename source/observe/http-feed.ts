// One direction of a connection read as HTTP without knowing beforehand which way it goes (RFC 9112 §2.1).
import {type Fed, feed, type HttpParser, requestParser, responseParser} from '../wire/http/parser.ts';

/** Who looks on takes what either end may take: a single LF ends a line, too (RFC 9112 §2.2). */
export const watchedRequests = (): HttpParser => ({...requestParser(), bareLf: true});
export const watchedResponses = (asked: readonly string[] = []): HttpParser => ({
  ...responseParser(asked),
  bareLf: true,
});

/** Responses that nobody was seen to ask for are read as if they answered GET. */
const unasked = ['GET', 'GET', 'GET', 'GET'];

const beginsResponse = (bytes: Uint8Array): boolean =>
  [...'HTTP/'].every((letter, at) => at >= bytes.length || bytes[at] === letter.charCodeAt(0));

/** `before` undefined: these are the first bytes. */
export const feedHttp = (before: HttpParser | undefined, bytes: Uint8Array): Fed => {
  const parser = before ?? (beginsResponse(bytes) ? watchedResponses() : watchedRequests());
  if (parser.reads === 'requests') return feed(parser, bytes);
  const asked = [...(parser.asked ?? []), ...unasked];
  const fed = feed({...parser, asked}, bytes);
  return {...fed, parser: {...fed.parser, asked: (fed.parser.asked ?? []).slice(0, -unasked.length)}};
};
