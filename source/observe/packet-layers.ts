// The layers of a packet in its Trace: what runs over several segments is read in the one that completes it.
import type {Trace} from '../sim/trace.ts';
import {type Dissection, dissect, type Layer} from '../wire/dissect.ts';
import {connectionsIn} from './connections.ts';
import {dnsLayers} from './dns-layers.ts';
import {httpLayers} from './http-layers.ts';
import {asFarAs, type Payload} from './placed-layers.ts';
import {tlsLayers} from './tls-layers.ts';

/** undefined: no TCP, or no data. */
const payloadOf = (trace: Trace, packet: number, layers: readonly Layer[]): Payload | undefined => {
  const tcp = layers.find(({protocol, quoted}) => protocol === 'tcp' && !quoted);
  const carried = tcp && connectionsIn(trace).carriedBy(packet);
  if (!carried || carried.start >= carried.end) return undefined;
  const bytes = trace.packet(packet).bytes.subarray(tcp.end, tcp.end + carried.end - carried.start);
  return {packet, carried: asFarAs(carried, bytes), bytes, dataStart: tcp.end};
};

export const packetLayers = (trace: Trace, packet: number): Dissection => {
  const {bytes, linkType, originalLength} = trace.packet(packet);
  const alone = dissect(bytes, linkType, originalLength);
  const payload = payloadOf(trace, packet, alone.layers);
  if (!payload) return alone;
  const below = alone.layers.filter(({end, quoted}) => end <= payload.dataStart && !quoted);
  const tls = tlsLayers(trace, payload);
  if (tls) {
    const problem = alone.problem?.startsWith('tls:') ? tls.problem : alone.problem;
    return {layers: [...below, ...tls.layers], ...(problem !== undefined && {problem})};
  }
  const layers = dnsLayers(payload) ?? httpLayers(trace, payload);
  return layers ? {...alone, layers: [...below, ...layers]} : alone;
};
