import { type Result } from '../../wire/result.ts';
import { type Handshake13 } from '../../wire/tls/handshake.ts';
import type { ClientHandshake, ClientPhase } from './connection.ts';
import { type Fault } from './fault.ts';
import { type ClientTurn } from './turn.ts';
type Message<N extends Handshake13['type']> = Extract<Handshake13, {
    readonly type: N;
}>;
export type InFlight = Extract<ClientPhase, {
    readonly handshake: ClientHandshake;
}>;
/** RFC 7301 §3.1: one name, and one that was offered. */
export declare const protocolOf: (turn: ClientTurn, names: readonly Uint8Array[] | undefined) => Result<string | undefined, Fault>;
export declare function onEncryptedExtensions(turn: ClientTurn, handshake: ClientHandshake, { body }: Message<'encrypted_extensions'>, bytes: Uint8Array): Fault | undefined;
export declare function onCertificateRequest(turn: ClientTurn, handshake: ClientHandshake, { body }: Message<'certificate_request'>, bytes: Uint8Array): Fault | undefined;
export declare function onCertificate(turn: ClientTurn, handshake: ClientHandshake, { body }: Message<'certificate'>, bytes: Uint8Array): Fault | undefined;
export declare function onCertificateVerify(turn: ClientTurn, handshake: ClientHandshake, { body }: Message<'certificate_verify'>, bytes: Uint8Array): Fault | undefined;
export declare function onServerFinished(turn: ClientTurn, handshake: ClientHandshake, { body }: Message<'finished'>, bytes: Uint8Array): Fault | undefined;
export {};
