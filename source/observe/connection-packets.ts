// Finds the packets of each TCP connection of a capture. They are collected on first use; if the capture is still being written, collecting
// continues where it stopped.
import type {ConnectionPackets} from '../sim/trace.ts';
import type {ObservedConnection} from './observed-connection.ts';

/** The connection of packets 1, 2, …; undefined for a packet that is not a TCP segment. */
type Places = readonly {readonly connection: ObservedConnection | undefined}[];

type Gathered = {upTo: number; readonly byConnection: Map<number, number[]>};

/** The packets of each connection, cached per list of places, which only ever grows. */
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

/**
 * Returns functions that give a packet's connection and a connection's packets in a capture; `count` is the number of connections among the
 * first `packetCount` packets.
 */
export const connectionPackets = (places: Places, packetCount: number, count: number): ConnectionPackets => {
  const asked = new Map<number, readonly number[]>();
  return {
    of: (packet) => (packet <= packetCount ? places[packet - 1]?.connection?.id : undefined),
    packetsOf: (connection) => {
      const before = asked.get(connection);
      if (before) return before;
      const own = gathered(places, packetCount).get(connection) ?? [];
      // Packets after `packetCount` were captured after this look, so they are left out.
      const first = own.slice(0, own.findLastIndex((packet) => packet <= packetCount) + 1);
      asked.set(connection, first);
      return first;
    },
    count,
    mayBeRead: (packet) => places[packet - 1]?.connection?.mayBeRead ?? false,
    rounds: (packet) => places[packet - 1]?.connection?.flightTimes.rounds,
  };
};
