import { type ClientHello } from '../../wire/tls/hello.ts';
import type { ServerPhase } from './connection.ts';
import { type Fault } from './fault.ts';
import { type ServerTurn } from './turn.ts';
type Start = Extract<ServerPhase, {
    readonly state: 'START';
}>;
export declare function onClientHello(turn: ServerTurn, { retried }: Start, hello: ClientHello, bytes: Uint8Array): Fault | undefined;
export {};
