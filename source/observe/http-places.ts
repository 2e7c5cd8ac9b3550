// Finds the HTTP message of which a packet carries a part, for the packet's label.
import type {Trace} from '../sim/trace.ts';
import type {StartLine} from '../wire/http/start-line.ts';
import {readingAt, type SeenMessage} from './http-exchanges.ts';
import {programPlaceOf} from './program-streams.ts';
import {lyingIn, packetsOf} from './stream-bytes.ts';

export type CarriedMessage = {
  readonly start: StartLine;
  /** The packet that contains the first octet of the HTTP message. */
  readonly begins: number;
  /**
   * The start lines of further HTTP messages that begin in the same packet: pipelined requests, or an interim response and the final one.
   */
  readonly behind: readonly StartLine[];
};

const ofMessage = [({span}: SeenMessage) => span.start, ({span}: SeenMessage) => span.end] as const;

/**
 * Returns the first HTTP message that begins in the packet, otherwise the message that the packet continues; undefined if it carries
 * neither.
 */
export const carriedMessage = (trace: Trace, packet: number): CarriedMessage | undefined => {
  const place = programPlaceOf(trace, packet);
  if (!place) return undefined;
  const {messages: all, directions} = readingAt(place.connection, trace.length);
  const inside = lyingIn(all[place.side], place, ofMessage);
  const begun = inside.filter(({span}) => span.start >= place.start);
  const [told = inside[0], ...behind] = begun;
  if (told === undefined) return undefined;
  const {start} = told.span;
  const [begins = 0] = packetsOf(directions[place.side], {start, end: start + 1});
  return {start: told.head.start, begins, behind: behind.map(({head}) => head.start)};
};
