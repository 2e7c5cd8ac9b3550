// The name of a connection at an end of TCP, its own socket first: `192.0.2.10:40000 > 198.51.100.20:80`; a listener is `198.51.100.20:80 >
// *`. Only this file makes such names and takes them apart.
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

/** Returns the listener that the connection may have come from. */
export const listenerOf = (id: ConnectionId): ConnectionId => `${localText(id)}${between}${anybody}`;

/** Returns the connection's name at the other end. */
export const farEndOf = (id: ConnectionId): ConnectionId =>
  `${id.slice(id.indexOf(between) + between.length)}${between}${localText(id)}`;

/** Returns a name that is equal at both ends. */
export const pairOf = (id: ConnectionId): string => {
  const far = farEndOf(id);
  return far < id ? far : id;
};

/** Returns the socket of the other end in the name. */
export const remoteText = (id: ConnectionId): string => localText(farEndOf(id));

/** Returns the connection's own socket; an IPv6 address contains colons, too. */
export const localSocket = (id: ConnectionId): Socket => {
  const local = localText(id);
  const colon = local.lastIndexOf(':');
  return {ip: local.slice(0, colon), port: Number(local.slice(colon + 1))};
};
