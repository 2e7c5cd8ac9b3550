// Which packets of a capture belong to which of its TCP connections; gathered once somebody asks.
import type {ConnectionPackets} from '../sim/trace.ts';
import type {ObservedConnection} from './observed-connection.ts';

/** `whose`: the connection of packet 1 … `packetCount`; undefined: it is no segment of TCP. */
export const connectionPackets = (
  packetCount: number,
  whose: (packet: number) => ObservedConnection | undefined,
): ConnectionPackets => {
  let gathered: Map<number, number[]> | undefined;
  const all = (): Map<number, number[]> => {
    if (gathered) return gathered;
    gathered = new Map();
    for (let packet = 1; packet <= packetCount; packet++) {
      const id = whose(packet)?.id;
      if (id === undefined) continue;
      const own = gathered.get(id);
      if (own) own.push(packet);
      else gathered.set(id, [packet]);
    }
    return gathered;
  };
  return {
    of: (packet) => (packet >= 1 && packet <= packetCount ? whose(packet)?.id : undefined),
    packetsOf: (connection) => all().get(connection) ?? [],
    get count() {
      return all().size;
    },
    mayBeRead: (packet) => whose(packet)?.mayBeRead ?? false,
  };
};
