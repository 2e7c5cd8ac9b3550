import type { ConnectionId } from '../stack/tcp/effect.ts';
import { type Draft } from './draft.ts';
import type { Heartbeat } from './world.ts';
/** The one that this program began, or the one that the program behind its port answers. */
export declare const heartbeatOf: (draft: Draft, host: string, connection: ConnectionId) => Heartbeat | undefined;
export declare const hearAgain: (draft: Draft, host: string, connection: ConnectionId, limitUs: number) => void;
export declare const noteHeard: (draft: Draft, host: string, connection: ConnectionId, [before, after]: readonly [number, number]) => void;
