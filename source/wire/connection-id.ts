// Makes and takes apart the name of a TCP connection at one of its ends, that end's socket first: `192.0.2.10:40000 > 198.51.100.20:80`; a
// listener is `198.51.100.20:80 > *`.
import type {IpAddress} from './ip-address.ts';

export type Socket = {readonly ip: IpAddress; readonly port: number};

export type ConnectionId = string;

const between = ' > ';
const anybody = '*';

const socketText = ({ip, port}: Socket): string => `${ip}:${port}`;

export const connectionId = (local: Socket, remote: Socket): ConnectionId =>
  `${socketText(local)}${between}${socketText(remote)}`;

export const listenerId = (local: Socket): ConnectionId => `${socketText(local)}${between}${anybody}`;

export const isListener = (id: ConnectionId): boolean => id.endsWith(`${between}${anybody}`);

const localText = (id: ConnectionId): string => id.slice(0, id.indexOf(between));

/** Returns the name of the listener on a connection's own address and port, from which the connection may have come. */
export const listenerOf = (id: ConnectionId): ConnectionId => `${localText(id)}${between}${anybody}`;

/** Returns the name that the other end has for this connection: both sockets swapped. */
export const farEndOf = (id: ConnectionId): ConnectionId =>
  `${id.slice(id.indexOf(between) + between.length)}${between}${localText(id)}`;

/** Returns a name of a connection that is the same from both ends. */
export const pairOf = (id: ConnectionId): string => {
  const far = farEndOf(id);
  return far < id ? far : id;
};

/** Returns the other end's socket in a connection's name as text, `address:port`. */
export const remoteText = (id: ConnectionId): string => localText(farEndOf(id));

/**
 * Returns this end's own socket from a connection's name. The port follows the last colon, because an IPv6 address contains colons, too.
 */
export const localSocket = (id: ConnectionId): Socket => {
  const local = localText(id);
  const colon = local.lastIndexOf(':');
  return {ip: local.slice(0, colon), port: Number(local.slice(colon + 1))};
};
