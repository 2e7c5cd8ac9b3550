import type { ConnectionId, TcpCall } from '../stack/tcp/effect.ts';
import type { Action } from './action.ts';
import type { AppCall } from './apps.ts';
import { type Draft } from './draft.ts';
type WorldCall = 'crash' | 'reboot' | 'spoofSyn' | 'forgeAnswer' | 'replay' | 'setLink' | 'heartbeat' | 'leakKey';
export type ProgramCall = Exclude<Action, {
    call: WorldCall | AppCall['call'];
}>;
export type OnConnection = Exclude<ProgramCall, {
    call: 'listen' | 'accept' | 'connect';
}>;
export declare const connectionCall: (draft: Draft, host: string, action: OnConnection, connection: ConnectionId) => TcpCall;
export declare const perform: (draft: Draft, host: string, action: ProgramCall, call: TcpCall | undefined) => void;
export {};
