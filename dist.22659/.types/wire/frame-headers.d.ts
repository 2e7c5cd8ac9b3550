import type { LinkType } from './layer.ts';
/** What frames begin with, by its number in capture files. */
export declare const LinkTypes: {
    readonly null: 0;
    readonly ethernet: 1;
    readonly raw: 101;
    readonly loop: 108;
    readonly sll: 113;
    readonly ipv4: 228;
    readonly ipv6: 229;
    readonly sll2: 276;
};
/** Of a fragment: which datagram, where in it (in octets), and whether more follow. */
export type FragmentPlace = {
    readonly id: number;
    readonly offset: number;
    readonly more: boolean;
};
/** `version` 0: no IP, and all below it is 0. Offsets count from the frame's first octet. */
export type FrameHeaders = {
    readonly arp: boolean;
    readonly tagged: boolean;
    /** Behind all tags, of frames without IP whose link has one; below 0x600 it is a length. */
    readonly etherType: number | undefined;
    readonly version: 0 | 4 | 6;
    /** The source address, the destination of the header behind it. */
    readonly addressesAt: number;
    /** Where the packet goes in the end: a routing header may say it (RFC 8200 §4.4). */
    readonly destinationAt: number;
    /** What IP carries, behind all extension headers (IANA protocol numbers). */
    readonly protocol: number;
    readonly transportAt: number;
    /** Where IP's payload ends on the wire: a snapped frame ends earlier, a padded one later. */
    readonly transportEnd: number;
    readonly fragment: FragmentPlace | undefined;
};
/** Never throws; of what is too short to be read nothing is told. */
export declare const readFrameHeaders: (bytes: Uint8Array, linkType: LinkType, originalLength: number) => FrameHeaders;
