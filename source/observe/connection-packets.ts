// Which packets of a capture belong to which of its TCP connections; gathered once somebody asks.
import type {ConnectionPackets} from '../sim/trace.ts';

/** `idOf`: the number of the connection of packet 1 … `packetCount`; undefined: it is no segment of TCP. */
export const connectionPackets = (
  packetCount: number,
  idOf: (packet: number) => number | undefined,
): ConnectionPackets => {
  let gathered: Map<number, number[]> | undefined;
  const all = (): Map<number, number[]> => {
    if (gathered) return gathered;
    gathered = new Map();
    for (let packet = 1; packet <= packetCount; packet++) {
      const id = idOf(packet);
      if (id === undefined) continue;
      const own = gathered.get(id);
      if (own) own.push(packet);
      else gathered.set(id, [packet]);
    }
    return gathered;
  };
  return {
    of: (packet) => (packet >= 1 && packet <= packetCount ? idOf(packet) : undefined),
    packetsOf: (connection) => all().get(connection) ?? [],
    get count() {
      return all().size;
    },
  };
};
