import { type Codec, type ValueOf } from './presentation.ts';
/** Without `extensions` a hello of TLS 1.2 has no block at all; an empty list is a block of length 0. */
export declare const clientHello: Codec<{
    readonly legacyVersion: number;
    readonly random: Uint8Array<ArrayBufferLike>;
    readonly legacySessionId: Uint8Array<ArrayBufferLike>;
    readonly cipherSuites: readonly number[];
    readonly legacyCompressionMethods: readonly number[];
    readonly extensions: readonly import("./extension-list.ts").ExtensionOf<{
        ec_point_formats: Codec<readonly number[]>;
        extended_master_secret: Codec<undefined>;
        encrypt_then_mac: Codec<undefined>;
        renegotiation_info: Codec<Uint8Array<ArrayBufferLike>>;
        server_name: Codec<readonly {
            readonly nameType: number;
            readonly name: Uint8Array<ArrayBufferLike>;
        }[]>;
        application_layer_protocol_negotiation: Codec<readonly Uint8Array<ArrayBufferLike>[]>;
        supported_groups: Codec<readonly number[]>;
        signature_algorithms: Codec<readonly number[]>;
        signature_algorithms_cert: Codec<readonly number[]>;
        status_request: Codec<{
            readonly statusType: number;
            readonly request: Uint8Array<ArrayBufferLike>;
        }>;
        session_ticket: Codec<Uint8Array<ArrayBufferLike>>;
        supported_versions: Codec<readonly number[]>;
        key_share: Codec<readonly {
            readonly group: number;
            readonly keyExchange: Uint8Array<ArrayBufferLike>;
        }[]>;
        psk_key_exchange_modes: Codec<readonly number[]>;
        pre_shared_key: Codec<{
            readonly identities: readonly {
                readonly identity: Uint8Array<ArrayBufferLike>;
                readonly obfuscatedTicketAge: number;
            }[];
            readonly binders: readonly Uint8Array<ArrayBufferLike>[];
        }>;
        early_data: Codec<undefined>;
        cookie: Codec<Uint8Array<ArrayBufferLike>>;
        post_handshake_auth: Codec<undefined>;
        padding: Codec<Uint8Array<ArrayBufferLike>>;
        certificate_authorities: Codec<readonly Uint8Array<ArrayBufferLike>[]>;
    }>[] | undefined;
}>;
export type ClientHello = ValueOf<typeof clientHello>;
export type ClientHelloExtension = NonNullable<ClientHello['extensions']>[number];
export declare const serverHello: Codec<{
    readonly legacyVersion: number;
    readonly random: Uint8Array<ArrayBufferLike>;
    readonly legacySessionIdEcho: Uint8Array<ArrayBufferLike>;
    readonly cipherSuite: number;
    readonly legacyCompressionMethod: number;
    readonly extensions: readonly import("./extension-list.ts").ExtensionOf<{
        ec_point_formats: Codec<readonly number[]>;
        extended_master_secret: Codec<undefined>;
        encrypt_then_mac: Codec<undefined>;
        renegotiation_info: Codec<Uint8Array<ArrayBufferLike>>;
        server_name: Codec<undefined>;
        application_layer_protocol_negotiation: Codec<readonly Uint8Array<ArrayBufferLike>[]>;
        status_request: Codec<undefined>;
        session_ticket: Codec<undefined>;
        supported_versions: Codec<number>;
        key_share: Codec<{
            readonly group: number;
            readonly keyExchange: Uint8Array<ArrayBufferLike>;
        }>;
        pre_shared_key: Codec<number>;
    }>[] | undefined;
}>;
export declare const helloRetryRequest: Codec<{
    readonly legacyVersion: number;
    readonly random: Uint8Array<ArrayBufferLike>;
    readonly legacySessionIdEcho: Uint8Array<ArrayBufferLike>;
    readonly cipherSuite: number;
    readonly legacyCompressionMethod: number;
    readonly extensions: readonly import("./extension-list.ts").ExtensionOf<{
        supported_versions: Codec<number>;
        key_share: Codec<number>;
        cookie: Codec<Uint8Array<ArrayBufferLike>>;
    }>[] | undefined;
}>;
export type ServerHello = ValueOf<typeof serverHello>;
export type HelloRetryRequest = ValueOf<typeof helloRetryRequest>;
/** SHA-256 of "HelloRetryRequest": the random by which a ServerHello is one (RFC 9846 §4.2.3). */
export declare const helloRetryRandom: Uint8Array<ArrayBufferLike>;
export declare const sameBytes: (a: Uint8Array, b: Uint8Array) => boolean;
/** What the last eight octets of the random say if a server of TLS 1.3 agrees on less (RFC 9846 §4.2.3). */
export declare const downgradeSentinels: {
    readonly 'TLS 1.2': Uint8Array<ArrayBufferLike>;
    readonly 'TLS 1.1': Uint8Array<ArrayBufferLike>;
};
/** The version that the sentinel stands for, `TLS 1.1` for all below 1.2; undefined where there is none. */
export declare const downgradeIn: (random: Uint8Array) => keyof typeof downgradeSentinels | undefined;
/** What the binders of a ClientHello are made over: `message` up to them, header included (RFC 9846 §4.3.11.2). */
export declare const withoutBinders: (message: Uint8Array, { extensions }: ClientHello) => Uint8Array;
