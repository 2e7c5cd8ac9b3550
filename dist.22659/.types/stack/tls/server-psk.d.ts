import { type Result } from '../../wire/result.ts';
import { type ClientHello } from '../../wire/tls/hello.ts';
import { type Fault } from './fault.ts';
import type { Negotiated } from './server-negotiation.ts';
import { type TicketContent } from './ticket.ts';
import type { Transcript } from './transcript.ts';
import type { ServerTurn } from './turn.ts';
export type Resumption = {
    readonly index: number;
    readonly ticket: TicketContent;
    /** In milliseconds, as the client counts it. */
    readonly ageMs: number;
    readonly binder: Uint8Array;
};
type Received = {
    readonly hello: ClientHello;
    readonly message: Uint8Array;
    readonly before: Transcript;
};
/** The first identity that this server can use; a binder that does not fit ends the handshake (§4.3.11.2). */
export declare const resumptionOf: (turn: ServerTurn, negotiated: Negotiated, { hello, message, before }: Received) => Result<Resumption | undefined, Fault>;
/** Early data belong to the first PSK, to its suite and its protocol (§4.3.10). */
export declare const acceptsEarly: (turn: ServerTurn, hello: ClientHello, { suite, alpn }: Negotiated, resumption: Resumption | undefined) => boolean;
export {};
