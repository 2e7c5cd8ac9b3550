import { type ServerHello } from '../../../wire/tls/hello.ts';
import { type Fault } from '../fault.ts';
import type { Offer } from '../offer.ts';
import { type ClientTurn } from '../turn.ts';
export declare function onServerHello12(turn: ClientTurn, offer: Offer, hello: ServerHello, bytes: Uint8Array): Fault | undefined;
