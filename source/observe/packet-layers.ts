// Finds the layers of a packet in its Trace. A message that spans several segments is decoded in the segment that completes it.
import type {PacketRecord, Trace} from '../sim/trace.ts';
import {type Dissection, dissect, type Layer} from '../wire/dissect.ts';
import {sameBytes} from '../wire/octets.ts';
import {isGrease} from '../wire/tls/registry.ts';
import {connectionsIn, mayBeRead} from './connections.ts';
import {dnsLayers} from './dns-layers.ts';
import {httpLayers} from './http-layers.ts';
import {asFarAs, type Payload, placedLayer} from './placed-layers.ts';
import {programLayers} from './program-layers.ts';
import {quicLayers} from './quic-layers.ts';
import {tlsLayers} from './tls-layers.ts';
import {tlsSessionOf} from './tls-sessions.ts';

/** Returns the packet's TCP payload; undefined if it carries no TCP or no data. */
const payloadOf = (
  trace: Trace,
  packet: number,
  {bytes: frame, layers}: {readonly bytes: Uint8Array; readonly layers: readonly Layer[]},
): Payload | undefined => {
  const tcp = layers.find(({protocol, quoted}) => protocol === 'tcp' && !quoted);
  const carried = tcp && mayBeRead(trace, packet) && connectionsIn(trace).carriedBy(packet);
  if (!carried || carried.start >= carried.end) return undefined;
  const bytes = frame.subarray(tcp.end, tcp.end + carried.end - carried.start);
  return {packet, carried: asFarAs(carried, bytes), bytes, dataStart: tcp.end};
};

/**
 * Returns the TLS version that the packet's connection agreed on, or the newest that its client offers; undefined if there is no TLS or no
 * hello was seen.
 */
export const tlsVersionOf = (trace: Trace, packet: number): number | undefined => {
  const carried = mayBeRead(trace, packet) ? connectionsIn(trace).carriedBy(packet) : undefined;
  const session = carried && tlsSessionOf(trace, carried.connection);
  const offered = session?.versionsOffered.filter((version) => !isGrease(version)) ?? [];
  return session?.version ?? (offered.length > 0 ? Math.max(...offered) : undefined);
};

const framesOf = (payload: Payload): readonly Layer[] | undefined =>
  programLayers(payload.carried)?.map(({layer, ...span}) => placedLayer(layer, span, payload));

const endsAlike = (frame: Uint8Array, data: Uint8Array): boolean =>
  sameBytes(frame.subarray(frame.length - data.length), data);

type Frame = Pick<PacketRecord, 'bytes' | 'linkType' | 'originalLength'>;

/**
 * Returns the layers of a packet. `frame` is the packet as it looks on another link of its path; if its data were changed on the way, they
 * are decoded without the rest of the stream.
 */
export const packetLayers = (trace: Trace, packet: number, frame?: Frame): Dissection => {
  const made = trace.packet(packet);
  const {bytes, linkType, originalLength} = frame ?? made;
  const alone = dissect(bytes, linkType, originalLength);
  const payload = payloadOf(trace, packet, {bytes, layers: alone.layers});
  const udp = trace.quic && alone.layers.find(({protocol, quoted}) => protocol === 'udp' && !quoted);
  const quic = udp && quicLayers(trace, packet, udp.end);
  if (quic) return {layers: [...alone.layers.filter(({end}) => end <= udp.end), ...quic]};
  if (!payload || (bytes !== made.bytes && !endsAlike(made.bytes, payload.bytes))) return alone;
  const below = alone.layers.filter(({end, quoted}) => end <= payload.dataStart && !quoted);
  const tls = tlsLayers(trace, payload);
  if (tls) {
    const problem = alone.problem?.startsWith('tls:') ? tls.problem : alone.problem;
    return {layers: [...below, ...tls.layers], ...(problem !== undefined && {problem})};
  }
  const frames = framesOf(payload);
  // HTTP/2 and WebSocket data replace the layers that were decoded from the packet alone, in which they may look like faulty HTTP/1.
  if (frames) return {layers: [...below, ...frames]};
  const layers = dnsLayers(payload) ?? httpLayers(trace, payload);
  return layers ? {...alone, layers: [...below, ...layers]} : alone;
};
