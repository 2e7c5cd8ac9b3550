// Which packets of a capture belong to which of its TCP connections; gathered once somebody asks, and of a capture in the making
// on from where it was.
import type {ConnectionPackets} from '../sim/trace.ts';
import type {ObservedConnection} from './observed-connection.ts';

/** Of packet 1, 2, …: undefined where it is no segment of TCP. */
type Places = readonly {readonly connection: ObservedConnection | undefined}[];

type Gathered = {upTo: number; readonly byConnection: Map<number, number[]>};

/** Places are only ever added. */
const known = new WeakMap<Places, Gathered>();

const gathered = (places: Places, packetCount: number): Gathered['byConnection'] => {
  const all = known.get(places) ?? {upTo: 0, byConnection: new Map<number, number[]>()};
  known.set(places, all);
  for (; all.upTo < packetCount; all.upTo++) {
    const id = places[all.upTo]?.connection?.id;
    if (id === undefined) continue;
    const own = all.byConnection.get(id);
    if (own) own.push(all.upTo + 1);
    else all.byConnection.set(id, [all.upTo + 1]);
  }
  return all.byConnection;
};

/** `count`: so many connections there are among the first `packetCount` packets. */
export const connectionPackets = (places: Places, packetCount: number, count: number): ConnectionPackets => {
  const asked = new Map<number, readonly number[]>();
  return {
    of: (packet) => (packet <= packetCount ? places[packet - 1]?.connection?.id : undefined),
    packetsOf: (connection) => {
      const before = asked.get(connection);
      if (before) return before;
      const own = gathered(places, packetCount).get(connection) ?? [];
      // More may have come since: they belong to a later look.
      const first = own.slice(0, own.findLastIndex((packet) => packet <= packetCount) + 1);
      asked.set(connection, first);
      return first;
    },
    count,
    mayBeRead: (packet) => places[packet - 1]?.connection?.mayBeRead ?? false,
    rounds: (packet) => places[packet - 1]?.connection?.flightTimes.rounds,
  };
};
