import type { Language } from '../lesson/text.ts';
/** Content by its own bytes, from 1; `of` undefined: the head does not tell how many there are. */
export type ContentPart = {
    readonly from: number;
    readonly to: number;
    readonly of: number | undefined;
};
/** `start` and `end` are offsets in the packet's data. */
export type MessagePart = {
    readonly kind: 'request' | 'response';
    readonly words: string;
    /** The packet in which the message begins. */
    readonly begins: number;
    readonly start: number;
    readonly end: number;
} & ({
    readonly is: 'head';
    readonly goesOnIn: readonly number[];
}
/** A line that another packet has a part of. */
 | {
    readonly is: 'line';
    readonly name: string;
    readonly packets: readonly number[];
} | ({
    readonly is: 'content';
} & ContentPart));
type Of<Is extends MessagePart['is']> = Extract<MessagePart, {
    readonly is: Is;
}>;
/** Empty where there is nothing to be said. */
export declare const partSentence: (part: MessagePart, packet: number, language: Language) => string;
export declare const contentPlace: (part: Of<'content'>, language: Language) => string;
export {};
