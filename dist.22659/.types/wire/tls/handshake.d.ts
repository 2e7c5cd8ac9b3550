import { type Result } from '../result.ts';
import { type Codec, type TlsReader, type ValueOf } from './presentation.ts';
import { type TlsError } from './tls-error.ts';
declare const messages12: {
    client_hello: Codec<{
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
    server_hello: Codec<{
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
    hello_retry_request: Codec<{
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
    certificate_verify: Codec<{
        readonly algorithm: number;
        readonly signature: Uint8Array<ArrayBufferLike>;
    }>;
    finished: Codec<Uint8Array<ArrayBufferLike>>;
    hello_request: Codec<undefined>;
    new_session_ticket: Codec<{
        readonly ticketLifetimeHint: number;
        readonly ticket: Uint8Array<ArrayBufferLike>;
    }>;
    certificate: Codec<{
        readonly certificates: readonly Uint8Array<ArrayBufferLike>[];
    }>;
    certificate_status: Codec<{
        readonly statusType: number;
        readonly response: Uint8Array<ArrayBufferLike>;
    }>;
    server_key_exchange: Codec<import("./handshake-12.ts").ServerKeyExchange>;
    certificate_request: Codec<{
        readonly certificateTypes: readonly number[];
        readonly signatureAlgorithms: readonly number[];
        readonly certificateAuthorities: readonly Uint8Array<ArrayBufferLike>[];
    }>;
    server_hello_done: Codec<undefined>;
    client_key_exchange: Codec<import("./handshake-12.ts").ClientKeyExchange>;
};
declare const messages13: {
    client_hello: Codec<{
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
    server_hello: Codec<{
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
    hello_retry_request: Codec<{
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
    certificate_verify: Codec<{
        readonly algorithm: number;
        readonly signature: Uint8Array<ArrayBufferLike>;
    }>;
    finished: Codec<Uint8Array<ArrayBufferLike>>;
    new_session_ticket: Codec<{
        readonly ticketLifetime: number;
        readonly ticketAgeAdd: number;
        readonly ticketNonce: Uint8Array<ArrayBufferLike>;
        readonly ticket: Uint8Array<ArrayBufferLike>;
        readonly extensions: readonly import("./extension-list.ts").ExtensionOf<{
            early_data: Codec<number>;
        }>[];
    }>;
    end_of_early_data: Codec<undefined>;
    encrypted_extensions: Codec<{
        readonly extensions: readonly import("./extension-list.ts").ExtensionOf<{
            server_name: Codec<undefined>;
            application_layer_protocol_negotiation: Codec<readonly Uint8Array<ArrayBufferLike>[]>;
            supported_groups: Codec<readonly number[]>;
            early_data: Codec<undefined>;
        }>[];
    }>;
    certificate: Codec<{
        readonly certificateRequestContext: Uint8Array<ArrayBufferLike>;
        readonly certificateList: readonly {
            readonly certData: Uint8Array<ArrayBufferLike>;
            readonly extensions: readonly {
                readonly name: 'raw';
                readonly type: number;
                readonly value: Uint8Array;
            }[];
        }[];
    }>;
    certificate_request: Codec<{
        readonly certificateRequestContext: Uint8Array<ArrayBufferLike>;
        readonly extensions: readonly import("./extension-list.ts").ExtensionOf<{
            certificate_authorities: Codec<readonly Uint8Array<ArrayBufferLike>[]>;
            signature_algorithms: Codec<readonly number[]>;
            signature_algorithms_cert: Codec<readonly number[]>;
        }>[];
    }>;
    key_update: Codec<{
        readonly requestUpdate: number;
    }>;
    /** Never sent: it stands for the first ClientHello in the transcript (RFC 9846 §4.1). */
    message_hash: Codec<Uint8Array<ArrayBufferLike>>;
};
type Table = Readonly<Record<string, Codec<unknown>>>;
type MessageOf<T extends Table> = {
    readonly [N in keyof T]: {
        readonly type: N;
        readonly body: ValueOf<T[N]>;
    };
}[keyof T];
export type Handshake12 = MessageOf<typeof messages12>;
export type Handshake13 = MessageOf<typeof messages13>;
/** Type and length. */
export declare const handshakeHeaderSize = 4;
/** Longer ones are refused, so that a peer cannot fill the memory; a chain of certificates is far shorter. */
export declare const maxHandshakeSize = 131072;
type Messages<T extends Table> = {
    /** One message, `from.at … from.end`, header included. */
    read(from: TlsReader): Result<MessageOf<T>, TlsError>;
    decode(message: Uint8Array): Result<MessageOf<T>, TlsError>;
    /** Header included. Throws a RangeError where a value does not fit its field. */
    encode(message: MessageOf<T>): Uint8Array;
};
export declare const tls12: Messages<{
    client_hello: Codec<{
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
    server_hello: Codec<{
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
    hello_retry_request: Codec<{
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
    certificate_verify: Codec<{
        readonly algorithm: number;
        readonly signature: Uint8Array<ArrayBufferLike>;
    }>;
    finished: Codec<Uint8Array<ArrayBufferLike>>;
    hello_request: Codec<undefined>;
    new_session_ticket: Codec<{
        readonly ticketLifetimeHint: number;
        readonly ticket: Uint8Array<ArrayBufferLike>;
    }>;
    certificate: Codec<{
        readonly certificates: readonly Uint8Array<ArrayBufferLike>[];
    }>;
    certificate_status: Codec<{
        readonly statusType: number;
        readonly response: Uint8Array<ArrayBufferLike>;
    }>;
    server_key_exchange: Codec<import("./handshake-12.ts").ServerKeyExchange>;
    certificate_request: Codec<{
        readonly certificateTypes: readonly number[];
        readonly signatureAlgorithms: readonly number[];
        readonly certificateAuthorities: readonly Uint8Array<ArrayBufferLike>[];
    }>;
    server_hello_done: Codec<undefined>;
    client_key_exchange: Codec<import("./handshake-12.ts").ClientKeyExchange>;
}>;
export declare const tls13: Messages<{
    client_hello: Codec<{
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
    server_hello: Codec<{
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
    hello_retry_request: Codec<{
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
    certificate_verify: Codec<{
        readonly algorithm: number;
        readonly signature: Uint8Array<ArrayBufferLike>;
    }>;
    finished: Codec<Uint8Array<ArrayBufferLike>>;
    new_session_ticket: Codec<{
        readonly ticketLifetime: number;
        readonly ticketAgeAdd: number;
        readonly ticketNonce: Uint8Array<ArrayBufferLike>;
        readonly ticket: Uint8Array<ArrayBufferLike>;
        readonly extensions: readonly import("./extension-list.ts").ExtensionOf<{
            early_data: Codec<number>;
        }>[];
    }>;
    end_of_early_data: Codec<undefined>;
    encrypted_extensions: Codec<{
        readonly extensions: readonly import("./extension-list.ts").ExtensionOf<{
            server_name: Codec<undefined>;
            application_layer_protocol_negotiation: Codec<readonly Uint8Array<ArrayBufferLike>[]>;
            supported_groups: Codec<readonly number[]>;
            early_data: Codec<undefined>;
        }>[];
    }>;
    certificate: Codec<{
        readonly certificateRequestContext: Uint8Array<ArrayBufferLike>;
        readonly certificateList: readonly {
            readonly certData: Uint8Array<ArrayBufferLike>;
            readonly extensions: readonly {
                readonly name: 'raw';
                readonly type: number;
                readonly value: Uint8Array;
            }[];
        }[];
    }>;
    certificate_request: Codec<{
        readonly certificateRequestContext: Uint8Array<ArrayBufferLike>;
        readonly extensions: readonly import("./extension-list.ts").ExtensionOf<{
            certificate_authorities: Codec<readonly Uint8Array<ArrayBufferLike>[]>;
            signature_algorithms: Codec<readonly number[]>;
            signature_algorithms_cert: Codec<readonly number[]>;
        }>[];
    }>;
    key_update: Codec<{
        readonly requestUpdate: number;
    }>;
    /** Never sent: it stands for the first ClientHello in the transcript (RFC 9846 §4.1). */
    message_hash: Codec<Uint8Array<ArrayBufferLike>>;
}>;
export {};
