// The ports and addresses that a host assigns to its programs, and the OPEN calls made with them.
import type {Socket, TcpCall} from '../stack/tcp/effect.ts';
import type {Seq} from '../wire/seq.ts';
import {hashOf} from './chance.ts';
import {changeHost, type Draft, hostOf} from './draft.ts';
import {given} from './given.ts';
import {addressOf, routeTo} from './topology.ts';

/** The dynamic ports, 49152 to 65535 (RFC 6335 §6), from which a host takes the ports of connections that it opens. */
const ephemeral = {first: 49152, count: 16384};

/**
 * Returns the next ephemeral port and counts it: the first one cannot be guessed by an outsider, the others follow in order (the idea of
 * RFC 6056 §3.3.3).
 */
const ephemeralPort = (draft: Draft, host: string): number => {
  const {portsUsed} = hostOf(draft, host);
  changeHost(draft, host, {portsUsed: portsUsed + 1});
  const start = hashOf(draft.plan.scenario.seed, 'ephemeral ports', host);
  return ephemeral.first + ((start + portsUsed) % ephemeral.count);
};

/**
 * Returns the address from which a host sends to `remote`: that of the interface on the route, or of its first interface if there is no
 * route.
 */
export const sourceFor = (draft: Draft, host: string, remote: string): string =>
  routeTo(draft.plan.topology, host, remote)?.interface.ip ?? addressOf(draft.plan.topology, host);

/** Returns the initial sequence number that the lesson prescribes for all connections of a host; without `iss` if it prescribes none. */
const fixedIss = (draft: Draft, host: string): {iss?: Seq} =>
  given({iss: draft.plan.topology.hosts.get(host)?.iss});

/**
 * Returns the call with which a host's TCP opens a connection to `remote`. `from` is the local port; an ephemeral one is used if it is
 * undefined.
 */
export const activeOpen = (
  draft: Draft,
  host: string,
  remote: Socket,
  from?: number,
): Extract<TcpCall, {mode: 'active'}> => {
  const local = {ip: sourceFor(draft, host, remote.ip), port: from ?? ephemeralPort(draft, host)};
  return {call: 'OPEN', mode: 'active', local, remote, read: 'auto', ...fixedIss(draft, host)};
};

export const passiveOpen = (
  draft: Draft,
  host: string,
  local: Socket,
): Extract<TcpCall, {mode: 'passive'}> => ({
  ...{call: 'OPEN', mode: 'passive', local, read: 'auto'},
  ...fixedIss(draft, host),
});
