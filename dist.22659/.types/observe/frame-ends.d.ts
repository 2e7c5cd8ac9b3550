import type { LinkType } from '../wire/layer.ts';
import { type SeenSegmentFrame } from './capture-inspector.ts';
/** `ip`: the address of both, where it is not their name; whether their names are addresses. */
export type Ends = {
    readonly from: string;
    readonly to: string;
    readonly ip: boolean | string;
};
/** Where IP begins; undefined where something else follows the link's header. */
export declare const networkStart: (bytes: Uint8Array, linkType: LinkType) => number | undefined;
export declare const endsOf: (bytes: Uint8Array, linkType: LinkType) => Ends;
/** Programs on one machine talk by its one address: their ports tell them apart. */
export declare const endsOnOneHost: ({ connection: { ends }, side }: SeenSegmentFrame) => Ends | undefined;
/** Meant for whoever listens, so that it arrives at no single place. ARP asks all, but for one of them. */
export declare const isForMany: (bytes: Uint8Array, linkType: LinkType, { from, to, ip }: Ends) => boolean;
