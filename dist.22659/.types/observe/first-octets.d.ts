export type Spoken = 'http' | 'tls' | 'dns';
/** A request line or a status line of HTTP/1 (RFC 9112 §3, §4); a line that goes on behind the segment is believed. */
export declare const beginsHttp: (bytes: Uint8Array) => boolean;
export declare const spokenIn: (bytes: Uint8Array) => Spoken | undefined;
/** Too few octets to tell; more may show that it is HTTP or TLS. */
export declare const mayBegin: (bytes: Uint8Array) => boolean;
