import { type Foreign } from './foreign.ts';
import type { CarriedPart, DnsPart, Keys, OpenedPart, Part, TlsPart } from './part.ts';
export type Hand = {
    /** The one place where text from outside becomes characters. */
    readonly outside: (text: Foreign) => string;
    readonly piece: string;
    /** Behind the name of a record. */
    readonly encrypted: string;
    readonly change: string;
    /** Of what ends in a later packet. */
    readonly begins: (words: string) => string;
    /** Of what an earlier packet began. */
    readonly goesOn: (words: string) => string;
    readonly site: (name: string) => string;
    /** The highest version that a hello offers, or the one that is chosen, before its name. */
    readonly version: (name: string) => string;
    readonly under: (keys: Keys, words: string) => string;
    /** A start line may be thousands of characters long. */
    readonly start: (words: string) => string;
    readonly icmp: (part: Extract<Part, {
        kind: 'icmp' | 'icmpv6';
    }>) => string;
};
/** Equal in every language. */
export declare const plainHand: Hand;
/** Records of data one behind the other in one: `Application Data 42+690 B`. */
export declare const tlsText: (parts: readonly TlsPart[], hand: Hand) => string;
/** Where the version of a hello does not say so. */
export declare const withProtocol: (parts: readonly TlsPart[], hand: Hand) => string;
/** `{EncryptedExtensions, Certificate} [GET /]`. */
export declare const openedText: (opened: readonly OpenedPart[], hand: Hand) => string;
/** Without the glue of a referral. */
export declare const dnsText: (part: DnsPart, hand: Hand) => string;
export declare const glueText = "+ glue";
/** By itself, without the numbers of its segment. */
export declare const carriedText: (part: CarriedPart, hand: Hand) => string;
/** A packet in a few words; what a segment carries of TLS stands behind its numbers. */
export declare const partsText: (parts: readonly Part[], hand: Hand) => string;
