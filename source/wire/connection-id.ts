// What an end of TCP calls a connection, its own socket first: `192.0.2.10:40000 > 198.51.100.20:80`; a listener is
// `198.51.100.20:80 > *`. Such names are made and taken apart here, and nowhere else.
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

/** The listener that the connection may have come from. */
export const listenerOf = (id: ConnectionId): ConnectionId => `${localText(id)}${between}${anybody}`;

/** As the other end calls it. */
export const farEndOf = (id: ConnectionId): ConnectionId =>
  `${id.slice(id.indexOf(between) + between.length)}${between}${localText(id)}`;

/** One for both ends. */
export const pairOf = (id: ConnectionId): string => {
  const far = farEndOf(id);
  return far < id ? far : id;
};

/** The socket of the other end, as the name has it. */
export const remoteText = (id: ConnectionId): string => localText(farEndOf(id));

/** An IPv6 address has colons of its own. */
export const localSocket = (id: ConnectionId): Socket => {
  const local = localText(id);
  const colon = local.lastIndexOf(':');
  return {ip: local.slice(0, colon), port: Number(local.slice(colon + 1))};
};
