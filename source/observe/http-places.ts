// Which HTTP message a packet carries a part of, by what the whole trace tells: what its label is made of.
import type {Trace} from '../sim/trace.ts';
import type {StartLine} from '../wire/http/start-line.ts';
import {type Connection, mayBeRead, type Side} from './connections.ts';
import {httpConnectionsIn, readingAt, type SeenMessage} from './http-exchanges.ts';
import {programStreamsIn} from './program-streams.ts';
import {packetsOf} from './stream-bytes.ts';

export type CarriedMessage = {
  readonly start: StartLine;
  /** The packet with its first byte. */
  readonly begins: number;
  /** Of those that begin behind it in the same packet: pipelined requests, or an interim response and the final one. */
  readonly behind: readonly StartLine[];
};

type Placed = Omit<CarriedMessage, 'behind'> & {readonly from: number; readonly to: number};
type Sides = readonly [readonly Placed[], readonly Placed[]];

const known = new WeakMap<Connection, Sides>();

const messagesOf = (trace: Trace, connection: Connection): Sides => {
  const before = known.get(connection);
  if (before) return before;
  const {exchanges, directions} = readingAt(connection, trace.length);
  const placed = ({side, head, span}: SeenMessage): Placed => {
    const [begins = 0] = packetsOf(directions[side], {start: span.start, end: span.start + 1});
    return {start: head.start, begins, from: span.start, to: span.end};
  };
  const on = (side: Side): readonly Placed[] =>
    exchanges
      .flatMap(({request, interim, response}) => [request, ...interim, response])
      .flatMap((message) => (message?.side === side ? [placed(message)] : []));
  const sides: Sides = [on(0), on(1)];
  known.set(connection, sides);
  return sides;
};

/** The first one behind `start`. */
const indexAfter = (messages: readonly Placed[], start: number): number => {
  let [low, high] = [0, messages.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((messages[middle]?.to ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Of several the first that begins in the packet; else the one that it continues. */
export const carriedMessage = (trace: Trace, packet: number): CarriedMessage | undefined => {
  const place = mayBeRead(trace, packet) ? programStreamsIn(trace).carriedBy(packet) : undefined;
  if (!place || place.start >= place.end || !httpConnectionsIn(trace).includes(place.connection))
    return undefined;
  const messages = messagesOf(trace, place.connection)[place.side];
  const first = indexAfter(messages, place.start);
  const inside: Placed[] = [];
  for (let at = first; (messages[at]?.from ?? place.end) < place.end; at++)
    inside.push(...messages.slice(at, at + 1));
  const begun = inside.filter(({from}) => from >= place.start);
  const [told = inside[0], ...behind] = begun;
  return told && {...told, behind: behind.map(({start}) => start)};
};
