import { type Result } from '../../wire/result.ts';
import { type ClientHello } from '../../wire/tls/hello.ts';
import { type CipherSuite } from './cipher-suite.ts';
import type { Retried } from './connection.ts';
import type { AgreementGroup } from './crypto-port.ts';
import { type Fault } from './fault.ts';
import type { TlsServerSettings } from './settings.ts';
export type Negotiated = {
    readonly suite: CipherSuite;
    readonly group: number;
    readonly agreement: AgreementGroup;
    /** The client's; absent: it has to be asked for (HelloRetryRequest). */
    readonly share: Uint8Array | undefined;
    readonly serverName?: string;
    readonly alpn?: string;
};
/** RFC 7301 §3.2: a server that knows none of the names gives up; one that cares for none ignores them. */
export declare const protocolOf: (hello: ClientHello, known: readonly string[]) => Result<{
    readonly alpn?: string;
}, Fault>;
export declare const hostOf: ({ extensions }: ClientHello) => {
    readonly serverName?: string;
};
export declare const negotiate: (hello: ClientHello, settings: TlsServerSettings, retried: Retried | undefined) => Result<Negotiated, Fault>;
