// Determines the TCP connection that the panels show now: that of the selected packet or, without a selection, that of the newest packet.

import {worldAt} from '../../account/entries.ts';
import {ipPacketOf, packetOf, segmentOf} from '../../account/packet.ts';
import type {PacketRecord, Trace, TraceEvent} from '../../sim/trace.ts';
import type {World} from '../../sim/world.ts';
import type {Connection} from '../../stack/tcp/connection.ts';
import type {ConnectionId} from '../../stack/tcp/effect.ts';
import {connectionId, farEndOf, isListener, localSocket, remoteText} from '../../wire/connection-id.ts';
import {oncePer} from '../../wire/once-per.ts';
import {selectedPacket, type View} from '../view.ts';

/**
 * The number of packets of a capture that are searched backwards for a TCP segment. The search is limited, because a capture may have a
 * hundred thousand packets without any.
 */
const mostCaptured = 20;

const newestSegment = (view: View): PacketRecord | undefined => {
  const chosen = selectedPacket(view);
  if (chosen === undefined) return undefined;
  const {trace} = view.input;
  const first = trace.header.profile === 'capture' ? chosen - mostCaptured : 1;
  for (let id = chosen; id >= Math.max(1, first); id--) {
    const packet = packetOf(trace, id);
    if (segmentOf(packet)) return packet;
  }
  return undefined;
};

/**
 * Returns the number of a capture's selected packet or, if that is no TCP segment, of the nearest segment before it; undefined in a
 * simulated run.
 */
export const watchedSegment = (view: View): number | undefined => {
  const {connectionPackets} = view.input.trace;
  if (!connectionPackets?.count) return undefined;
  for (let id = selectedPacket(view); id !== undefined && id >= 1; id--)
    if (connectionPackets.of(id) !== undefined) return id;
  return undefined;
};

/**
 * Returns the id of the present TCP connection for each of its two hosts; other hosts are absent. It is computed once for each view,
 * because many values need it.
 */
export const connectionsAtHand = oncePer((view: View): ReadonlyMap<string, ConnectionId> => {
  const packet = newestSegment(view);
  const ip = packet && ipPacketOf(packet);
  const segment = packet && segmentOf(packet);
  if (!ip || !segment) return new Map();
  const source = {ip: ip.src, port: segment.srcPort};
  const destination = {ip: ip.dst, port: segment.dstPort};
  return new Map([
    [packet.from, connectionId(source, destination)],
    [packet.to, connectionId(destination, source)],
  ]);
});

/** Returns a host's end of the present TCP connection; for a host that has no part in it, its newest connection. */
export const connectionIn = (
  world: World | undefined,
  host: string,
  atHand: ReadonlyMap<string, ConnectionId>,
): Connection | undefined => {
  const connections = world?.hosts[host]?.tcp.connections;
  const wanted = atHand.get(host);
  return wanted === undefined ? [...(connections?.values() ?? [])].pop() : connections?.get(wanted);
};

/** Returns a host's end of the present TCP connection, in its state after event `n`; undefined if the host has none. */
export const endAtHand = (view: View, host: string, n = view.cursor): Connection | undefined =>
  connectionIn(worldAt(view.input.trace, n), host, connectionsAtHand(view));

const openAt = (trace: Trace, n: number, host: string): readonly ConnectionId[] | undefined => {
  const own = worldAt(trace, n)?.hosts[host]?.tcp.connections;
  return own && [...own.keys()].filter((id) => !isListener(id));
};

/**
 * Returns the ports of a TCP connection, such as `40000 ▸ 80`, if the host also has other connections after event `n`; otherwise undefined.
 */
export const portsAmong = (
  trace: Trace,
  {n, host, connection}: Pick<TraceEvent, 'n' | 'host'> & {readonly connection?: ConnectionId | undefined},
): string | undefined => {
  const isOne = connection === undefined || isListener(connection);
  if (isOne || (openAt(trace, n, host)?.filter((id) => id !== connection).length ?? 0) === 0)
    return undefined;
  return `${localSocket(connection).port} ▸ ${localSocket(farEndOf(connection)).port}`;
};

type Peer = {
  readonly peer: string | undefined;
  /** The port of the host's own end; undefined unless the host has several connections with the same peer. */
  readonly port: number | undefined;
};

/**
 * Returns the peer's address in the host's TCP connection at hand, and the host's port if several of its connections have that peer. Both
 * are undefined if the host has only one connection.
 */
export const peerOf = (view: View, host: string): Peer => {
  const {trace} = view.input;
  const open = openAt(trace, view.cursor, host);
  const count = open ? open.length : (trace.header.conversations?.tcp ?? 0);
  const id = connectionsAtHand(view).get(host) ?? open?.at(-1);
  if (count < 2 || id === undefined) return {peer: undefined, port: undefined};
  const peer = remoteText(id);
  const isShared = open?.some((other) => other !== id && remoteText(other) === peer) ?? false;
  return {peer, port: isShared ? localSocket(id).port : undefined};
};
