import { type Certificate } from '../../wire/tls/certificate.ts';
import type { ChainPlace, PathFault } from '../../words/certificates.ts';
import type { View } from '../view.ts';
export type ChainLink = {
    readonly place: ChainPlace;
    /** undefined: it cannot be read. */
    readonly certificate: Certificate | undefined;
    /** What the client has against this one. */
    readonly fault: PathFault | undefined;
};
/** `unjudged`: the client has not said, or whoever looks cannot know. */
export type Verdict = {
    readonly kind: 'unjudged';
} | {
    readonly kind: 'believed';
} | {
    readonly kind: 'refused';
    readonly fault: PathFault;
    /** Absent as long as it has not been sent. */
    readonly alert: string | undefined;
};
export type CertificateScene = {
    /** For whom the client asked. */
    readonly site: string | undefined;
    readonly links: readonly ChainLink[];
    readonly verdict: Verdict;
    /** No certificate is sent: the PSK stands for it. */
    readonly resumed: boolean;
};
/** undefined: nobody has spoken TLS yet. */
export declare const certificateScene: (view: View) => CertificateScene | undefined;
