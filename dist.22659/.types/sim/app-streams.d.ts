import type { StreamId } from '../stack/program.ts';
import type { ConnectionId, TcpSignal } from '../stack/tcp/effect.ts';
import { type Rope } from '../wire/rope.ts';
import type { AppName } from './apps.ts';
import { type Draft } from './draft.ts';
export declare const nameStream: (draft: Draft, host: string, connection: ConnectionId, owner: {
    readonly app: AppName;
    readonly stream: StreamId;
}) => void;
export declare const connectionOf: (draft: Draft, host: string, app: AppName, stream: StreamId) => ConnectionId | undefined;
export declare const forgetStream: (draft: Draft, host: string, connection: ConnectionId) => void;
export declare const tellSignal: (draft: Draft, host: string, connection: ConnectionId, signal: TcpSignal) => void;
export declare const tellData: (draft: Draft, host: string, connection: ConnectionId, data: Rope) => void;
