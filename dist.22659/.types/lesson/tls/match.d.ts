import type { TraceEvent } from '../../sim/trace.ts';
import type { PacketFacts } from '../packet-facts.ts';
import type { Text } from '../text.ts';
export declare const messageNames: readonly ["ClientHello", "ServerHello", "HelloRetryRequest", "EncryptedExtensions", "CertificateRequest", "Certificate", "CertificateVerify", "ServerKeyExchange", "ServerHelloDone", "ClientKeyExchange", "Finished", "NewSessionTicket", "KeyUpdate", "EndOfEarlyData", "HelloRequest", "ChangeCipherSpec", "Alert", "ApplicationData"];
type PartConditions = {
    readonly message?: string;
    readonly encrypted?: boolean;
};
export type TlsConditions = {
    readonly tls?: PartConditions;
};
/** An end has the keys for its application data, in one direction or the other. */
export type TlsMatch = {
    readonly kind: 'keys';
    readonly host?: string;
};
export declare const fulfilsTls: ({ tls }: TlsConditions, { tlsParts }: PacketFacts) => boolean;
export declare const describeTlsConditions: ({ tls }: TlsConditions) => readonly string[];
export declare const isTlsMatch: (event: TraceEvent) => boolean;
export declare const describeTlsMatch: ({ host }: TlsMatch) => Text;
export {};
