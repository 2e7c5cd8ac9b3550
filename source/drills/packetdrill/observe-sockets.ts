// The shell commands with which packetdrill scripts look at sockets or drop connections: sockstat and tcpdrop.
import type {Tcp} from '../../stack/tcp/tcp.ts';
import {type Fault, valueFault} from './failure.ts';
import type {StackHost} from './host.ts';
import {sockstatName, stateOf} from './info.ts';
import type {Command} from './script.ts';
import type {SocketRecord} from './socket.ts';
import type {Sockets} from './sockets.ts';

type Query = Extract<Command, {kind: 'sockstat'}>;

const counted = (tcp: Tcp, socket: SocketRecord, query: Query): boolean =>
  (socket.open || (!socket.over && !query.owned)) &&
  (query.port === undefined || socket.localPort === query.port) &&
  sockstatName(stateOf(tcp, socket)) === query.state;

/**
 * Returns the fault if the number of sockets that sockstat counts in a state is not the one that the script expects; undefined if it is.
 */
export const sockstatFault = (tcp: Tcp, sockets: Sockets, query: Query): Fault | undefined => {
  const count = sockets.all.filter((socket) => counted(tcp, socket, query)).length;
  if (query.count === 'any' ? count > 0 : count === query.count) return undefined;
  return valueFault(`sockstat ${query.state}`, query.count === 'any' ? '> 0' : `${query.count}`, `${count}`);
};

/** Removes the host's connections in a state without sending a segment, as tcpdrop in a script does. */
export const dropInState = (host: StackHost, sockets: Sockets, state: string): void => {
  for (const socket of sockets.all) {
    if (socket.id === undefined || socket.role !== 'connection') continue;
    if (sockstatName(stateOf(host.tcp, socket)) !== state) continue;
    host.forget([socket.id]);
    socket.over = true;
  }
};
