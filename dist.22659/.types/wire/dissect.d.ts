import type { Dissection, LinkType } from './layer.ts';
export type { Dissection, Field, Layer, LinkType } from './layer.ts';
export declare const isSupportedLinkType: (linkType: LinkType) => boolean;
/** `originalLength` is the frame's length on the wire; fewer `bytes` than that are read as far as they go. */
export declare const dissect: (bytes: Uint8Array, linkType: LinkType, originalLength?: number) => Dissection;
