import { type Result } from '../../wire/result.ts';
import { type Certificate } from '../../wire/tls/certificate.ts';
import type { AlertName } from '../../wire/tls/registry.ts';
import type { CryptoPort } from './crypto-port.ts';
/** Why a chain is not accepted, each with the alert of RFC 9846 §6.2. */
declare const faults: {
    readonly 'no-certificate': 'decode_error';
    readonly unreadable: 'bad_certificate';
    readonly 'other-name': 'certificate_unknown';
    readonly expired: 'certificate_expired';
    readonly 'not-yet-valid': 'certificate_expired';
    readonly 'unknown-issuer': 'unknown_ca';
    readonly 'too-long': 'unknown_ca';
    readonly 'not-an-authority': 'bad_certificate';
    readonly 'bad-signature': 'bad_certificate';
    readonly 'unknown-algorithm': 'unsupported_certificate';
    readonly 'unknown-extension': 'unsupported_certificate';
    readonly 'other-purpose': 'unsupported_certificate';
};
export type PathFault = {
    readonly fault: keyof typeof faults;
    readonly alert: AlertName;
    /** Place in the chain, 0 the site's own; its length where none is at fault. */
    readonly at: number;
};
/** The site's first, an authority's last; what the server sent besides is left out. */
export type CertificatePath = {
    readonly certificates: readonly Certificate[];
    readonly octets: readonly Uint8Array[];
};
export type PathRequest = {
    /** As the server sent it, DER; the site's own first, the others in any order (RFC 9846 §4.5.1). */
    readonly chain: readonly Uint8Array[];
    /** What the client trusts, DER. */
    readonly roots: readonly Uint8Array[];
    readonly site: string;
    /** Microseconds since 1970. */
    readonly wallUs: number;
    readonly crypto: Pick<CryptoPort, 'certificateKey' | 'verify'>;
};
/** The name is looked at last: that the certificate can be trusted comes before what it says. */
export declare const certificatePath: (request: PathRequest) => Result<CertificatePath, PathFault>;
export {};
