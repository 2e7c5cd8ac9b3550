import type { Handshake12 } from '../../../wire/tls/handshake.ts';
import { type Fault } from '../fault.ts';
import { type ClientTurn } from '../turn.ts';
import type { ClientProgress } from './phase.ts';
type Message<N extends Handshake12['type']> = Extract<Handshake12, {
    readonly type: N;
}>;
export declare function onCertificate12(turn: ClientTurn, progress: ClientProgress, { body }: Message<'certificate'>, bytes: Uint8Array): Fault | undefined;
export declare function onServerKeyExchange(turn: ClientTurn, progress: ClientProgress, { body }: Message<'server_key_exchange'>, bytes: Uint8Array): Fault | undefined;
/** Nobody here has a certificate of a client. */
export declare function onCertificateRequest12(turn: ClientTurn, progress: ClientProgress, bytes: Uint8Array): Fault | undefined;
/** Certificate if one was asked for, ClientKeyExchange, change_cipher_spec, Finished (figure 1). */
export declare function onServerHelloDone(turn: ClientTurn, before: ClientProgress, bytes: Uint8Array): Fault | undefined;
export {};
