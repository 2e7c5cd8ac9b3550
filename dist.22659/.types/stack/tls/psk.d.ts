import { type ClientHello } from '../../wire/tls/hello.ts';
import { type Kdf } from './key-schedule.ts';
import type { TlsClientSettings, TlsSession } from './settings.ts';
import { type Transcript } from './transcript.ts';
/** May this session still be offered? Its hash has to be that of a suite on offer, of `suite` after a retry. */
export declare const offered: ({ session, serverName, cipherSuites }: TlsClientSettings, nowUs: number, suite?: number) => TlsSession | undefined;
/** The age in milliseconds, hidden by an addend that only the two ends know (§4.3.11.1). */
export declare const obfuscatedAge: ({ receivedUs, ageAdd }: TlsSession, nowUs: number) => number;
export declare const plainAge: (obfuscated: number, ageAdd: number) => number;
/** Over the hello up to its binders, after what came before it (§4.3.11.2). */
export declare const binderOf: (kdf: Kdf, psk: Uint8Array, before: Transcript, { message, hello }: {
    readonly message: Uint8Array;
    readonly hello: ClientHello;
}) => Uint8Array;
