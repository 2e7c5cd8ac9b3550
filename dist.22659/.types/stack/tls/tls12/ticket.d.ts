import type { CryptoPort } from '../crypto-port.ts';
export type TicketContent12 = {
    readonly suite: number;
    readonly master: Uint8Array;
    readonly extended: boolean;
    readonly issuedS: number;
    readonly lifetimeS: number;
    /** Empty: none. */
    readonly serverName: string;
};
export declare const sealTicket12: (crypto: CryptoPort, { key, nonce }: {
    readonly key: Uint8Array;
    readonly nonce: Uint8Array;
}, { extended, serverName, ...rest }: TicketContent12) => Uint8Array;
/** Undefined: not one of ours, or under a key that is gone. */
export declare const openTicket12: (crypto: CryptoPort, key: Uint8Array, ticket: Uint8Array) => TicketContent12 | undefined;
