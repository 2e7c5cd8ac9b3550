import type { ConnectionId, Socket } from '../stack/tcp/effect.ts';
/** As a host's TCP names it. */
export declare const nameOf: (local: Socket, remote: Socket) => ConnectionId;
