import * as z from 'zod/mini';
/** The words of a union type, all of them: one that is missing, or too many, does not compile. */
export declare const words: <W extends string>(all: { readonly [word in W]: true; }) => readonly W[];
export declare const shaped: (pattern: RegExp, phrase: string) => z.ZodMiniString<string>;
export declare const whole: (least: number, most: number, phrase: string) => z.ZodMiniInt;
/** Text in which a time may stand; the two checks say different things. */
export declare const timed: (pattern: RegExp, phrase: string) => z.ZodMiniString<string>;
/** Begins a message that says how many there may be. */
export declare const mostOf = "most: ";
/** More than a picture holds. */
export declare const mostHosts = 100;
/** Lists that people write are short: no lesson comes near these, and what is done for each entry stays bounded. */
export declare const list: <S extends z.core.$ZodType>(each: S, most: number) => z.ZodMiniArray<S>;
export declare const named: <S extends z.core.$ZodType>(each: S, most: number) => z.ZodMiniRecord<z.ZodMiniString<string>, S>;
export declare const string: z.ZodMiniString<string>;
export declare const name: z.ZodMiniString<string>;
export declare const identifier: z.ZodMiniString<string>;
export declare const text: z.ZodMiniObject<{
    en: z.ZodMiniString<string>;
    zh: z.ZodMiniString<string>;
}, z.core.$strict>;
export declare const duration: z.ZodMiniString<string>;
export declare const durationOrOff: z.ZodMiniString<string>;
export declare const size: z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniInt]>;
/** Of HTTP: three digits (RFC 9110 §15). */
export declare const statusCode: z.ZodMiniInt;
export declare const port: z.ZodMiniInt;
export declare const seqNumber: z.ZodMiniInt;
export declare const count: z.ZodMiniInt;
export declare const positive: z.ZodMiniInt;
export declare const boolean: z.ZodMiniBoolean<boolean>;
export declare const expression: z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniNumber<number>]>;
/** A whole document's number may stand without quotes. */
export declare const rfc: z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniInt]>;
/** Of captures and their replays: an address, with a port where two programs share it. */
export declare const host: z.ZodMiniString<string>;
export declare const socket: z.ZodMiniString<string>;
export declare const flags: z.ZodMiniArray<z.ZodMiniEnum<{
    ACK: "ACK";
    CWR: "CWR";
    ECE: "ECE";
    FIN: "FIN";
    PSH: "PSH";
    RST: "RST";
    SYN: "SYN";
    URG: "URG";
}>>;
export declare const profile: z.ZodMiniEnum<{
    freebsd: "freebsd";
    linux: "linux";
    rfc: "rfc";
}>;
/** Begins a message that says which words are allowed. */
export declare const wordList = "words: ";
/** A place that the language keeps for a protocol that is not there yet: anything may stand there. */
export declare const reserved: z.ZodMiniOptional<z.ZodMiniUnknown>;
