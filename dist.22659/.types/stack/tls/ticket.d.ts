import type { CryptoPort } from './crypto-port.ts';
export type TicketContent = {
    readonly suite: number;
    readonly psk: Uint8Array;
    readonly issuedMs: number;
    readonly lifetimeS: number;
    readonly ageAdd: number;
    /** Empty: none. */
    readonly serverName: string;
    readonly alpn: string;
};
type Sealing = {
    readonly key: Uint8Array;
    readonly nonce: Uint8Array;
    readonly additional: Uint8Array;
};
/** The nonce goes in front. `additional` keeps tickets of different kinds apart. */
export declare const sealOctets: (crypto: CryptoPort, { key, nonce, additional }: Sealing, plaintext: Uint8Array) => Uint8Array;
export declare const openOctets: (crypto: CryptoPort, { key, additional }: Omit<Sealing, 'nonce'>, ticket: Uint8Array) => Uint8Array | undefined;
export declare const sealTicket: (crypto: CryptoPort, key: Uint8Array, nonce: Uint8Array, { issuedMs, serverName, alpn, ...rest }: TicketContent) => Uint8Array;
/** Undefined: not one of ours, or under a key that is gone. */
export declare const openTicket: (crypto: CryptoPort, key: Uint8Array, ticket: Uint8Array) => TicketContent | undefined;
export {};
