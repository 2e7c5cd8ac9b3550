// The state of a simulated host when it is switched on: no connections, sockets, ports or TLS tickets.
import {emptyTcp} from '../stack/tcp/tcp.ts';
import {Table} from '../wire/table.ts';
import {emptyNat} from './nat.ts';
import {emptyTls} from './tls-host.ts';
import type {Host} from './world.ts';

/**
 * The parts of a host's state that a crash empties. The ARP cache and the count of ephemeral ports stay, and applications decide themselves
 * what they lose.
 */
export const powerOn: Pick<
  Host,
  | ('tcp' | 'names' | 'newest' | 'programs' | 'nat' | 'answers')
  | ('appTimers' | 'appCalls' | 'udpPorts' | 'tcpPorts' | 'streams' | 'streamOwners' | 'tls')
> = {
  tcp: emptyTcp,
  names: Table.empty(),
  newest: undefined,
  programs: Table.empty(),
  nat: emptyNat,
  answers: {},
  appTimers: Table.empty(),
  appCalls: Table.empty(),
  udpPorts: Table.empty(),
  tcpPorts: Table.empty(),
  streams: Table.empty(),
  streamOwners: Table.empty(),
  tls: emptyTls,
};
