import type { Handshake13 } from '../../wire/tls/handshake.ts';
import type { ClientPhase } from './connection.ts';
import { type Fault } from './fault.ts';
import { type ClientTurn } from './turn.ts';
type Waiting = Extract<ClientPhase, {
    readonly state: 'WAIT_SH';
}>;
export declare const onServerHello: (turn: ClientTurn, phase: Waiting, message: Handshake13, bytes: Uint8Array) => Fault | undefined;
export {};
