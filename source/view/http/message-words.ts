// An HTTP message in a few words, equal in every language: `GET /path`, `200 OK`; of a segment that continues it, `… 200 OK`.
import {type CarriedMessage, carriedMessage} from '../../observe/http-places.ts';
import type {Trace} from '../../sim/trace.ts';
import type {StartLine} from '../../wire/http/start-line.ts';
import {cut} from '../../words/width.ts';

/** A target may be thousands of characters long. */
const mostColumns = 40;

export const startWords = (start: StartLine): string => {
  const words =
    start.kind === 'request'
      ? `${start.method} ${start.target}`
      : `${start.status} ${start.reason}`.trimEnd();
  return cut(words, mostColumns);
};

export type MessageWords = Pick<CarriedMessage, 'begins'> & {readonly text: string};

/** undefined: the packet carries nothing of HTTP. */
export const messageWordsIn = (trace: Trace, packet: number): MessageWords | undefined => {
  const message = carriedMessage(trace, packet);
  if (!message) return undefined;
  const {start, begins} = message;
  const words = startWords(start);
  return {begins, text: begins < packet && begins > 0 ? `… ${words}` : words};
};
