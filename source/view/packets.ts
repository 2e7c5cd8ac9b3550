// Packets of a trace, remembered for a while: a frame asks for the same few hundred again and again.
import type {PacketRecord, Trace} from '../sim/trace.ts';

const kept = 1000;
const known = new WeakMap<Trace, Map<number, PacketRecord>>();

export const packetOf = (trace: Trace, id: number): PacketRecord => {
  const packets = known.get(trace) ?? new Map<number, PacketRecord>();
  known.set(trace, packets);
  const packet = packets.get(id) ?? trace.packet(id);
  if (packets.size >= kept && !packets.has(id)) packets.clear();
  packets.set(id, packet);
  return packet;
};
