import type { World } from '../../sim/world.ts';
import type { Connection } from '../../stack/tcp/connection.ts';
import type { ConnectionId } from '../../stack/tcp/effect.ts';
import { type View } from '../view.ts';
/** By host, the name that it gives to the connection; absent: the packet is none of its own. */
export declare const connectionsAtHand: (view: View) => ReadonlyMap<string, ConnectionId>;
/** A host's end of the connection at hand; of one that has no part in it, its newest connection. */
export declare const connectionIn: (world: World | undefined, host: string, atHand: ReadonlyMap<string, ConnectionId>) => Connection | undefined;
