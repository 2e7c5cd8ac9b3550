import { type Hand } from '../account/notation.ts';
import type { Language } from '../lesson/text.ts';
import type { Frame } from '../wire/frame.ts';
type IcmpPart = Parameters<Hand['icmp']>[0];
/** By its type and code; undefined: it has no name. */
export declare const icmpTitle: (part: IcmpPart, language: Language) => string | undefined;
/** Names of records and messages are names; what is said about them is not. */
export declare const eyeHands: {
    readonly [language in Language]: Hand;
};
export declare const earHands: {
    readonly [language in Language]: Hand;
};
/** A frame by itself in a few words. */
export declare const frameWords: (frame: Frame, language: Language) => string;
export {};
