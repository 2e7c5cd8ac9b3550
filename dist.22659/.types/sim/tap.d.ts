import { type Frame, type IpAddress, type IpPacket } from '../wire/frame.ts';
import { type Draft } from './draft.ts';
/** Where programs of the host listen: at its own addresses, or at those of the host in whose name it answers. */
export declare const listensAt: (draft: Draft, host: string) => readonly IpAddress[];
/** Does the packet end here, though it is for another? Where the attacker has no program for its port, it passes. */
export declare const takes: (draft: Draft, host: string, { src, dst, transport }: IpPacket) => boolean;
/** Whoever edits what these two send each other. */
export declare const editorBetween: ({ plan }: Draft, { from, to }: {
    readonly from: string | undefined;
    readonly to: string | undefined;
}) => string | undefined;
/** The frame with the attacker's words in place of the sender's, every checksum right; undefined: nothing to write over. */
export declare const rewritten: (draft: Draft, host: string, { hop, frame }: {
    readonly hop: number;
    readonly frame: Frame;
}) => Uint8Array | undefined;
/** Is it this host that has altered what it sends? */
export declare const isTampering: (draft: Draft, host: string, { hop, altered }: {
    readonly hop: number;
    readonly altered: Uint8Array | 'unreadable' | undefined;
}) => boolean;
