import * as z from 'zod/mini';
import type { Vocabulary } from './vocabulary.ts';
export type CauseFile = {
    readonly [key: string]: unknown;
    readonly call: string;
    readonly host?: string | undefined;
    readonly at?: string | undefined;
    readonly on?: {
        host: string;
        event: string;
        of?: string | undefined;
        bytes?: number | undefined;
        status?: number | undefined;
    } | undefined;
    readonly after?: string | undefined;
    readonly as?: string | undefined;
    readonly repeat?: {
        times: number;
        every: string;
    } | undefined;
};
/** Keys that every cause may have. */
export declare const timingKeys: readonly string[];
export declare const causeSchemaOf: (vocabulary: Vocabulary) => z.ZodMiniType<CauseFile>;
export type AppFile = {
    readonly [app: string]: unknown;
    readonly host: string;
};
/** `{host: server, http: {…}}`: one application of one host. */
export declare const appSchemaOf: ({ apps, later }: Vocabulary) => z.ZodMiniType<AppFile>;
export type ActorFile = {
    readonly [key: string]: unknown;
};
/** `{nat: r1, idle: 300s}`. */
export declare const actorSchemaOf: ({ actors, later }: Vocabulary) => z.ZodMiniType<ActorFile>;
export type SelectorFile = {
    readonly [key: string]: unknown;
    readonly sends?: string | undefined;
    readonly arrives?: string | undefined;
    readonly drops?: string | undefined;
    readonly forwards?: string | undefined;
    readonly call?: string | undefined;
    readonly returns?: string | undefined;
    readonly at?: string | undefined;
    readonly end?: true | undefined;
    readonly host?: string | undefined;
    readonly nth?: number | undefined;
    readonly after?: SelectorFile | undefined;
};
/** One kind of event, and what goes with it (selector-parser.ts). `any` as a host: it does not matter which. */
export declare const selectorSchemaOf: (vocabulary: Vocabulary) => z.ZodMiniType<SelectorFile>;
/** The notation of `--fault`, or the same as a mapping. */
export declare const faultSchema: z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniObject<{
    drop: z.ZodMiniOptional<z.ZodMiniObject<{
        packet: z.ZodMiniOptional<z.ZodMiniInt>;
        from: z.ZodMiniOptional<z.ZodMiniString<string>>;
        to: z.ZodMiniOptional<z.ZodMiniString<string>>;
        link: z.ZodMiniOptional<z.ZodMiniString<string>>;
        flags: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniEnum<{
            ACK: "ACK";
            CWR: "CWR";
            ECE: "ECE";
            FIN: "FIN";
            PSH: "PSH";
            RST: "RST";
            SYN: "SYN";
            URG: "URG";
        }>>>;
        data: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
        retransmission: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
        nth: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniInt, z.ZodMiniString<string>]>>;
    }, z.core.$strict>>;
    delay: z.ZodMiniOptional<z.ZodMiniObject<{
        packet: z.ZodMiniOptional<z.ZodMiniInt>;
        from: z.ZodMiniOptional<z.ZodMiniString<string>>;
        to: z.ZodMiniOptional<z.ZodMiniString<string>>;
        link: z.ZodMiniOptional<z.ZodMiniString<string>>;
        flags: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniEnum<{
            ACK: "ACK";
            CWR: "CWR";
            ECE: "ECE";
            FIN: "FIN";
            PSH: "PSH";
            RST: "RST";
            SYN: "SYN";
            URG: "URG";
        }>>>;
        data: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
        retransmission: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
        nth: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniInt, z.ZodMiniString<string>]>>;
        by: z.ZodMiniString<string>;
    }, z.core.$strict>>;
    dup: z.ZodMiniOptional<z.ZodMiniObject<{
        packet: z.ZodMiniOptional<z.ZodMiniInt>;
        from: z.ZodMiniOptional<z.ZodMiniString<string>>;
        to: z.ZodMiniOptional<z.ZodMiniString<string>>;
        link: z.ZodMiniOptional<z.ZodMiniString<string>>;
        flags: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniEnum<{
            ACK: "ACK";
            CWR: "CWR";
            ECE: "ECE";
            FIN: "FIN";
            PSH: "PSH";
            RST: "RST";
            SYN: "SYN";
            URG: "URG";
        }>>>;
        data: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
        retransmission: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
        nth: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniInt, z.ZodMiniString<string>]>>;
        by: z.ZodMiniOptional<z.ZodMiniString<string>>;
    }, z.core.$strict>>;
    corrupt: z.ZodMiniOptional<z.ZodMiniObject<{
        packet: z.ZodMiniOptional<z.ZodMiniInt>;
        from: z.ZodMiniOptional<z.ZodMiniString<string>>;
        to: z.ZodMiniOptional<z.ZodMiniString<string>>;
        link: z.ZodMiniOptional<z.ZodMiniString<string>>;
        flags: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniEnum<{
            ACK: "ACK";
            CWR: "CWR";
            ECE: "ECE";
            FIN: "FIN";
            PSH: "PSH";
            RST: "RST";
            SYN: "SYN";
            URG: "URG";
        }>>>;
        data: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
        retransmission: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
        nth: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniInt, z.ZodMiniString<string>]>>;
        where: z.ZodMiniOptional<z.ZodMiniEnum<{
            link: "link";
            memory: "memory";
        }>>;
    }, z.core.$strict>>;
    reorder: z.ZodMiniOptional<z.ZodMiniObject<{
        packet: z.ZodMiniOptional<z.ZodMiniInt>;
        from: z.ZodMiniOptional<z.ZodMiniString<string>>;
        to: z.ZodMiniOptional<z.ZodMiniString<string>>;
        link: z.ZodMiniOptional<z.ZodMiniString<string>>;
        flags: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniEnum<{
            ACK: "ACK";
            CWR: "CWR";
            ECE: "ECE";
            FIN: "FIN";
            PSH: "PSH";
            RST: "RST";
            SYN: "SYN";
            URG: "URG";
        }>>>;
        data: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
        retransmission: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
        nth: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniInt, z.ZodMiniString<string>]>>;
        places: z.ZodMiniInt;
    }, z.core.$strict>>;
    edit: z.ZodMiniOptional<z.ZodMiniObject<{
        packet: z.ZodMiniOptional<z.ZodMiniInt>;
        from: z.ZodMiniOptional<z.ZodMiniString<string>>;
        to: z.ZodMiniOptional<z.ZodMiniString<string>>;
        link: z.ZodMiniOptional<z.ZodMiniString<string>>;
        flags: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniEnum<{
            ACK: "ACK";
            CWR: "CWR";
            ECE: "ECE";
            FIN: "FIN";
            PSH: "PSH";
            RST: "RST";
            SYN: "SYN";
            URG: "URG";
        }>>>;
        data: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
        retransmission: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
        nth: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniInt, z.ZodMiniString<string>]>>;
        field: z.ZodMiniString<string>;
        value: z.ZodMiniInt;
        checksum: z.ZodMiniOptional<z.ZodMiniEnum<{
            broken: "broken";
            mended: "mended";
        }>>;
    }, z.core.$strict>>;
}, z.core.$strict>]>;
export type FaultFile = z.infer<typeof faultSchema>;
