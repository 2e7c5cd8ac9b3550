import { type Partner } from '../../account/dns/transaction.ts';
import type { Language } from '../../lesson/text.ts';
import type { Trace } from '../../sim/trace.ts';
import type { Layer } from '../../wire/dissect.ts';
import type { MessagePart } from '../../words/message-parts.ts';
import type { AlteredField } from './altered.ts';
export type PacketView = {
    readonly id: number;
    /** Flags of a segment, else the packet in a few words. */
    readonly summary: string;
    readonly from: string;
    readonly to: string;
    readonly sentUs: number;
    readonly fate: 'flying' | 'arrived' | 'lost';
    /** When that was, or will be. */
    readonly fateUs: number;
    readonly bytes: Uint8Array;
    readonly originalLength: number;
    readonly layers: readonly Layer[];
    /** What stopped the reading, as `dissect` says it. */
    readonly problem: string | undefined;
    /** The query of a response, or the response that a query has got so far. */
    readonly partner: Partner | undefined;
    /** What it has of HTTP messages that are longer than it, by offsets in the frame. */
    readonly parts: readonly MessagePart[];
    readonly relative: {
        readonly seq: number;
        readonly ack: number;
    } | undefined;
    /** Names of fields that an open question asks for, and of those that would tell its answer. */
    readonly hidden: ReadonlySet<string>;
    /** Fields that the path has changed, with what arrived. */
    readonly altered: ReadonlyMap<string, string>;
};
export type ViewOptions = {
    readonly language: Language;
    /** Last event that may be seen. */
    readonly cursor: number;
    /** Fields of this packet that an open question asks for. */
    readonly hides: readonly string[];
    readonly altered?: readonly AlteredField[];
    /** A question about another packet asks for what the start line of its message says. */
    readonly asksForStart?: boolean;
};
export declare const packetView: (trace: Trace, id: number, options: ViewOptions) => PacketView;
