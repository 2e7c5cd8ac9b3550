// Finds which HTTP message a packet carries a part of, from the whole trace; the packet's label is made from it.
import type {Trace} from '../sim/trace.ts';
import type {StartLine} from '../wire/http/start-line.ts';
import {readingAt, type SeenMessage} from './http-exchanges.ts';
import {programPlaceOf} from './program-streams.ts';
import {lyingIn, packetsOf} from './stream-bytes.ts';

export type CarriedMessage = {
  readonly start: StartLine;
  /** The packet with the message's first byte. */
  readonly begins: number;
  /** The start lines of messages that begin after it in the same packet: pipelined requests, or an interim response and the final one. */
  readonly behind: readonly StartLine[];
};

const ofMessage = [({span}: SeenMessage) => span.start, ({span}: SeenMessage) => span.end] as const;

/** Returns the first message that begins in the packet; otherwise the message that the packet continues. */
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
