import { type ClientHello } from '../../../wire/tls/hello.ts';
import { type Fault } from '../fault.ts';
import { type ServerTurn } from '../turn.ts';
export declare function onClientHello12(turn: ServerTurn, hello: ClientHello, bytes: Uint8Array): Fault | undefined;
