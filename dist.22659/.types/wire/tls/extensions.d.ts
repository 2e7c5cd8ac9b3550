/** RFC 9846 §4.3.3 */
export declare const signatureSchemes: import("./presentation.ts").Codec<readonly number[]>;
/** RFC 9846 §4.3.4: distinguished names, DER. */
export declare const distinguishedNames: (min: number) => import("./presentation.ts").Codec<readonly Uint8Array<ArrayBufferLike>[]>;
export declare const clientHelloExtensions: {
    ec_point_formats: import("./presentation.ts").Codec<readonly number[]>;
    extended_master_secret: import("./presentation.ts").Codec<undefined>;
    encrypt_then_mac: import("./presentation.ts").Codec<undefined>;
    renegotiation_info: import("./presentation.ts").Codec<Uint8Array<ArrayBufferLike>>;
    server_name: import("./presentation.ts").Codec<readonly {
        readonly nameType: number;
        readonly name: Uint8Array<ArrayBufferLike>;
    }[]>;
    application_layer_protocol_negotiation: import("./presentation.ts").Codec<readonly Uint8Array<ArrayBufferLike>[]>;
    supported_groups: import("./presentation.ts").Codec<readonly number[]>;
    signature_algorithms: import("./presentation.ts").Codec<readonly number[]>;
    signature_algorithms_cert: import("./presentation.ts").Codec<readonly number[]>;
    status_request: import("./presentation.ts").Codec<{
        readonly statusType: number;
        readonly request: Uint8Array<ArrayBufferLike>;
    }>;
    session_ticket: import("./presentation.ts").Codec<Uint8Array<ArrayBufferLike>>;
    supported_versions: import("./presentation.ts").Codec<readonly number[]>;
    key_share: import("./presentation.ts").Codec<readonly {
        readonly group: number;
        readonly keyExchange: Uint8Array<ArrayBufferLike>;
    }[]>;
    psk_key_exchange_modes: import("./presentation.ts").Codec<readonly number[]>;
    pre_shared_key: import("./presentation.ts").Codec<{
        readonly identities: readonly {
            readonly identity: Uint8Array<ArrayBufferLike>;
            readonly obfuscatedTicketAge: number;
        }[];
        readonly binders: readonly Uint8Array<ArrayBufferLike>[];
    }>;
    early_data: import("./presentation.ts").Codec<undefined>;
    cookie: import("./presentation.ts").Codec<Uint8Array<ArrayBufferLike>>;
    post_handshake_auth: import("./presentation.ts").Codec<undefined>;
    /** RFC 7685: zeros. */
    padding: import("./presentation.ts").Codec<Uint8Array<ArrayBufferLike>>;
    certificate_authorities: import("./presentation.ts").Codec<readonly Uint8Array<ArrayBufferLike>[]>;
};
/** Of both versions. */
export declare const serverHelloExtensions: {
    ec_point_formats: import("./presentation.ts").Codec<readonly number[]>;
    extended_master_secret: import("./presentation.ts").Codec<undefined>;
    encrypt_then_mac: import("./presentation.ts").Codec<undefined>;
    renegotiation_info: import("./presentation.ts").Codec<Uint8Array<ArrayBufferLike>>;
    server_name: import("./presentation.ts").Codec<undefined>;
    application_layer_protocol_negotiation: import("./presentation.ts").Codec<readonly Uint8Array<ArrayBufferLike>[]>;
    status_request: import("./presentation.ts").Codec<undefined>;
    session_ticket: import("./presentation.ts").Codec<undefined>;
    supported_versions: import("./presentation.ts").Codec<number>;
    key_share: import("./presentation.ts").Codec<{
        readonly group: number;
        readonly keyExchange: Uint8Array<ArrayBufferLike>;
    }>;
    pre_shared_key: import("./presentation.ts").Codec<number>;
};
export declare const helloRetryRequestExtensions: {
    supported_versions: import("./presentation.ts").Codec<number>;
    key_share: import("./presentation.ts").Codec<number>;
    cookie: import("./presentation.ts").Codec<Uint8Array<ArrayBufferLike>>;
};
export declare const encryptedExtensionsExtensions: {
    server_name: import("./presentation.ts").Codec<undefined>;
    application_layer_protocol_negotiation: import("./presentation.ts").Codec<readonly Uint8Array<ArrayBufferLike>[]>;
    supported_groups: import("./presentation.ts").Codec<readonly number[]>;
    early_data: import("./presentation.ts").Codec<undefined>;
};
export declare const certificateRequestExtensions: {
    certificate_authorities: import("./presentation.ts").Codec<readonly Uint8Array<ArrayBufferLike>[]>;
    signature_algorithms: import("./presentation.ts").Codec<readonly number[]>;
    signature_algorithms_cert: import("./presentation.ts").Codec<readonly number[]>;
};
/** Of one certificate; what OCSP says stays octets. */
export declare const certificateExtensions: {};
export declare const newSessionTicketExtensions: {
    early_data: import("./presentation.ts").Codec<number>;
};
