// Names of connections.

import type {ConnectionId, Socket} from '../stack/tcp/effect.ts';

/** As a host's TCP names it. */
export const nameOf = (local: Socket, remote: Socket): ConnectionId =>
  `${local.ip}:${local.port} > ${remote.ip}:${remote.port}`;
