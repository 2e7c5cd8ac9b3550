import type { CarriedPart } from '../../account/part.ts';
import type { Language } from '../../lesson/text.ts';
import type { PacketRecord, Trace } from '../../sim/trace.ts';
import type { Question } from '../time/waypoints.ts';
export type LabelPart = {
    readonly kind: 'conversation' | 'flags' | 'seq' | 'ack' | 'len' | 'sack' | 'http' | 'tls' | 'other';
    /** Name with its equals sign; empty for flags. */
    readonly name: string;
    readonly value: string;
    /** What `value` was written of, which may be cut; the ear has its own words for it. */
    readonly said?: CarriedPart;
    /** Through the eyes of an eavesdropper: it can be read, or not. */
    readonly open?: boolean;
    /** The question asks for it. */
    readonly hidden: boolean;
    /** 0 stays always; the highest goes first. */
    readonly dropRank: number;
    /** Said instead where even this part alone has no room: each says less than the one before it. */
    readonly shorter?: readonly string[];
};
type Numbers = {
    readonly seq: number;
    readonly ack: number;
};
export declare const numbersOf: (trace: Trace, packet: PacketRecord, relative: boolean) => Numbers | undefined;
/** The values that answer the questions; nothing computed now that shows one may be on the screen. */
export declare const answersTo: (questions: readonly Question[]) => readonly string[];
export type LabelOptions = {
    /** Numbers count from the ISN. */
    readonly relative: boolean;
    readonly questions: readonly Question[];
    /** @default en */
    readonly language?: Language;
};
export declare const labelOf: (trace: Trace, packet: PacketRecord, options: LabelOptions) => LabelPart[];
export {};
