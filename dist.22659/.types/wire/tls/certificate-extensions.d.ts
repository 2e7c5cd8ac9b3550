import { type TlsReader } from './presentation.ts';
/** RFC 5280 §4.2.1.6; `ip` is printed. What has no kind here is passed over. */
type AltName = {
    readonly kind: 'dns';
    readonly name: string;
} | {
    readonly kind: 'ip';
    readonly address: string;
};
/** In the order of their bits (RFC 5280 §4.2.1.3). */
declare const keyUsages: readonly ['digitalSignature', 'contentCommitment', 'keyEncipherment', 'dataEncipherment', 'keyAgreement', 'keyCertSign', 'cRLSign', 'encipherOnly', 'decipherOnly'];
type KeyUsage = (typeof keyUsages)[number];
export type Extensions = {
    /** Object identifiers of all there are, with their criticality; a critical one that is not known refuses the certificate. */
    readonly present: readonly {
        readonly id: string;
        readonly critical: boolean;
    }[];
    readonly subjectAltNames?: readonly AltName[];
    readonly basicConstraints?: {
        readonly ca: boolean;
        readonly pathLength?: number;
    };
    readonly keyUsage?: readonly KeyUsage[];
    readonly extendedKeyUsage?: readonly string[];
};
export declare const noExtensions: Extensions;
/** RFC 5280 §4.2: no extension comes twice. */
export declare const readExtensions: (from: TlsReader) => Extensions;
export {};
