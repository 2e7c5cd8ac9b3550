import * as z from 'zod/mini';
import { text } from './scalars.ts';
import { selectorSchemaOf } from './schema-script.ts';
import type { Vocabulary } from './vocabulary.ts';
declare const lessonOf: (vocabulary: Vocabulary) => z.ZodMiniObject<{
    format: z.ZodMiniLiteral<1>;
    id: z.ZodMiniString<string>;
    title: z.ZodMiniObject<{
        en: z.ZodMiniString<string>;
        zh: z.ZodMiniString<string>;
    }, z.core.$strict>;
    summary: z.ZodMiniObject<{
        en: z.ZodMiniString<string>;
        zh: z.ZodMiniString<string>;
    }, z.core.$strict>;
    track: z.ZodMiniEnum<{
        dns: "dns";
        foundations: "foundations";
        http: "http";
        https: "https";
        "tcp-close": "tcp-close";
        "tcp-data": "tcp-data";
        "tcp-open": "tcp-open";
        "whole-story": "whole-story";
    }>;
    minutes: z.ZodMiniInt;
    requires: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniString<string>>>;
    rfc: z.ZodMiniArray<z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniInt]>>;
    seed: z.ZodMiniOptional<z.ZodMiniInt>;
    profile: z.ZodMiniOptional<z.ZodMiniEnum<{
        freebsd: "freebsd";
        linux: "linux";
        rfc: "rfc";
    }>>;
    topology: z.ZodMiniOptional<z.ZodMiniObject<{
        hosts: z.ZodMiniOptional<z.ZodMiniRecord<z.ZodMiniString<string>, z.ZodMiniObject<{
            ip: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniRecord<z.ZodMiniString<string>, z.ZodMiniString<string>>]>>;
            iss: z.ZodMiniOptional<z.ZodMiniInt>;
            router: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
            unreachable: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
            up: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
            tcp: z.ZodMiniOptional<z.ZodMiniObject<{
                nagle: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
                keepAlive: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniObject<{
                    idle: z.ZodMiniOptional<z.ZodMiniString<string>>;
                    interval: z.ZodMiniOptional<z.ZodMiniString<string>>;
                    probes: z.ZodMiniOptional<z.ZodMiniInt>;
                }, z.core.$strict>, z.ZodMiniLiteral<"off">]>>;
                userTimeout: z.ZodMiniOptional<z.ZodMiniString<string>>;
                mss: z.ZodMiniOptional<z.ZodMiniInt>;
                rcvBuffer: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniInt]>>;
                sndBuffer: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniInt]>>;
                windowScale: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniInt, z.ZodMiniLiteral<"off">]>>;
                sack: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
                timestamps: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
                delayedAck: z.ZodMiniOptional<z.ZodMiniString<string>>;
                initialRto: z.ZodMiniOptional<z.ZodMiniString<string>>;
                minRto: z.ZodMiniOptional<z.ZodMiniString<string>>;
                maxRto: z.ZodMiniOptional<z.ZodMiniString<string>>;
                rtoAfterSynTimeout: z.ZodMiniOptional<z.ZodMiniString<string>>;
                synRetries: z.ZodMiniOptional<z.ZodMiniInt>;
                synLinearTimeouts: z.ZodMiniOptional<z.ZodMiniInt>;
                synAckRetries: z.ZodMiniOptional<z.ZodMiniInt>;
                dataRetries: z.ZodMiniOptional<z.ZodMiniInt>;
                timeWait: z.ZodMiniOptional<z.ZodMiniString<string>>;
                finTimeout: z.ZodMiniOptional<z.ZodMiniString<string>>;
                backlog: z.ZodMiniOptional<z.ZodMiniInt>;
                synCookies: z.ZodMiniOptional<z.ZodMiniEnum<{
                    always: "always";
                    off: "off";
                    onOverflow: "onOverflow";
                }>>;
                synCache: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniInt, z.ZodMiniLiteral<"off">]>>;
                synOverflow: z.ZodMiniOptional<z.ZodMiniEnum<{
                    drop: "drop";
                    recycle: "recycle";
                }>>;
                initialWindow: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniLiteral<10>, z.ZodMiniLiteral<"rfc5681">, z.ZodMiniLiteral<"rfc6928">]>>;
                ecn: z.ZodMiniOptional<z.ZodMiniEnum<{
                    accept: "accept";
                    off: "off";
                    request: "request";
                }>>;
                cc: z.ZodMiniOptional<z.ZodMiniString<string>>;
            }, z.core.$strict>>;
        }, z.core.$strict>>>;
        links: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniObject<{
            delay: z.ZodMiniOptional<z.ZodMiniString<string>>;
            rate: z.ZodMiniOptional<z.ZodMiniString<string>>;
            queue: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniInt]>>;
            loss: z.ZodMiniOptional<z.ZodMiniString<string>>;
            mtu: z.ZodMiniOptional<z.ZodMiniInt>;
            name: z.ZodMiniOptional<z.ZodMiniString<string>>;
            between: z.ZodMiniOptional<z.ZodMiniTuple<readonly [z.ZodMiniString<string>, z.ZodMiniString<string>], null>>;
        }, z.core.$strict>>>;
        arp: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
    }, z.core.$strict>>;
    apps: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniType<import("./schema-script.ts").AppFile, unknown, z.core.$ZodTypeInternals<import("./schema-script.ts").AppFile, unknown>>>>;
    actors: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniType<import("./schema-script.ts").ActorFile, unknown, z.core.$ZodTypeInternals<import("./schema-script.ts").ActorFile, unknown>>>>;
    script: z.ZodMiniArray<z.ZodMiniType<import("./schema-script.ts").CauseFile, unknown, z.core.$ZodTypeInternals<import("./schema-script.ts").CauseFile, unknown>>>;
    until: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniType<import("./schema-script.ts").SelectorFile, unknown, z.core.$ZodTypeInternals<import("./schema-script.ts").SelectorFile, unknown>>]>>;
    limit: z.ZodMiniOptional<z.ZodMiniString<string>>;
    runs: z.ZodMiniOptional<z.ZodMiniRecord<z.ZodMiniString<string>, z.ZodMiniNullable<z.ZodMiniObject<{
        profile: z.ZodMiniOptional<z.ZodMiniEnum<{
            freebsd: "freebsd";
            linux: "linux";
            rfc: "rfc";
        }>>;
        seed: z.ZodMiniOptional<z.ZodMiniInt>;
        faults: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniObject<{
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
        }, z.core.$strict>]>>>;
        set: z.ZodMiniOptional<z.ZodMiniRecord<z.ZodMiniString<string>, z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniNumber<number>, z.ZodMiniBoolean<boolean>]>>>;
        script: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniType<import("./schema-script.ts").CauseFile, unknown, z.core.$ZodTypeInternals<import("./schema-script.ts").CauseFile, unknown>>>>;
        add: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniType<import("./schema-script.ts").CauseFile, unknown, z.core.$ZodTypeInternals<import("./schema-script.ts").CauseFile, unknown>>>>;
        apps: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniType<import("./schema-script.ts").AppFile, unknown, z.core.$ZodTypeInternals<import("./schema-script.ts").AppFile, unknown>>>>;
        actors: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniType<import("./schema-script.ts").ActorFile, unknown, z.core.$ZodTypeInternals<import("./schema-script.ts").ActorFile, unknown>>>>;
        notTcp: z.ZodMiniOptional<z.ZodMiniObject<{
            [x: string]: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
        }, z.core.$strict>>;
        until: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniType<import("./schema-script.ts").SelectorFile, unknown, z.core.$ZodTypeInternals<import("./schema-script.ts").SelectorFile, unknown>>]>>;
        limit: z.ZodMiniOptional<z.ZodMiniString<string>>;
        title: z.ZodMiniOptional<z.ZodMiniObject<{
            en: z.ZodMiniString<string>;
            zh: z.ZodMiniString<string>;
        }, z.core.$strict>>;
    }, z.core.$strict>>>>;
    together: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniString<string>>>;
    beats: z.ZodMiniArray<z.ZodMiniObject<{
        run: z.ZodMiniOptional<z.ZodMiniString<string>>;
        when: z.ZodMiniOptional<z.ZodMiniType<import("./schema-script.ts").SelectorFile, unknown, z.core.$ZodTypeInternals<import("./schema-script.ts").SelectorFile, unknown>>>;
        before: z.ZodMiniOptional<z.ZodMiniType<import("./schema-script.ts").SelectorFile, unknown, z.core.$ZodTypeInternals<import("./schema-script.ts").SelectorFile, unknown>>>;
        panels: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniString<string>>>;
        show: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniString<string>>>;
        say: z.ZodMiniOptional<z.ZodMiniObject<{
            en: z.ZodMiniString<string>;
            zh: z.ZodMiniString<string>;
        }, z.core.$strict>>;
        note: z.ZodMiniOptional<z.ZodMiniObject<{
            en: z.ZodMiniString<string>;
            zh: z.ZodMiniString<string>;
        }, z.core.$strict>>;
        myth: z.ZodMiniOptional<z.ZodMiniString<string>>;
        card: z.ZodMiniOptional<z.ZodMiniString<string>>;
        link: z.ZodMiniOptional<z.ZodMiniString<string>>;
        ask: z.ZodMiniOptional<z.ZodMiniObject<{
            en: z.ZodMiniString<string>;
            zh: z.ZodMiniString<string>;
        }, z.core.$strict>>;
        hint: z.ZodMiniOptional<z.ZodMiniObject<{
            en: z.ZodMiniString<string>;
            zh: z.ZodMiniString<string>;
        }, z.core.$strict>>;
        answer: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniNumber<number>]>>;
        asks: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniString<string>>>;
        distractors: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniObject<{
            value: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniNumber<number>]>>;
            text: z.ZodMiniOptional<z.ZodMiniObject<{
                en: z.ZodMiniString<string>;
                zh: z.ZodMiniString<string>;
            }, z.core.$strict>>;
            misconception: z.ZodMiniOptional<z.ZodMiniString<string>>;
        }, z.core.$strict>>>;
        choices: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniObject<{
            text: z.ZodMiniObject<{
                en: z.ZodMiniString<string>;
                zh: z.ZodMiniString<string>;
            }, z.core.$strict>;
            correct: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
            misconception: z.ZodMiniOptional<z.ZodMiniString<string>>;
        }, z.core.$strict>>>;
        explain: z.ZodMiniOptional<z.ZodMiniObject<{
            en: z.ZodMiniString<string>;
            zh: z.ZodMiniString<string>;
        }, z.core.$strict>>;
        rfc: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniInt]>>;
        holds: z.ZodMiniOptional<z.ZodMiniString<string>>;
    }, z.core.$strict>>;
    questions: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniObject<{
        run: z.ZodMiniOptional<z.ZodMiniString<string>>;
        when: z.ZodMiniOptional<z.ZodMiniType<import("./schema-script.ts").SelectorFile, unknown, z.core.$ZodTypeInternals<import("./schema-script.ts").SelectorFile, unknown>>>;
        before: z.ZodMiniOptional<z.ZodMiniType<import("./schema-script.ts").SelectorFile, unknown, z.core.$ZodTypeInternals<import("./schema-script.ts").SelectorFile, unknown>>>;
        ask: z.ZodMiniOptional<z.ZodMiniObject<{
            en: z.ZodMiniString<string>;
            zh: z.ZodMiniString<string>;
        }, z.core.$strict>>;
        hint: z.ZodMiniOptional<z.ZodMiniObject<{
            en: z.ZodMiniString<string>;
            zh: z.ZodMiniString<string>;
        }, z.core.$strict>>;
        answer: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniNumber<number>]>>;
        asks: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniString<string>>>;
        distractors: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniObject<{
            value: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniNumber<number>]>>;
            text: z.ZodMiniOptional<z.ZodMiniObject<{
                en: z.ZodMiniString<string>;
                zh: z.ZodMiniString<string>;
            }, z.core.$strict>>;
            misconception: z.ZodMiniOptional<z.ZodMiniString<string>>;
        }, z.core.$strict>>>;
        choices: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniObject<{
            text: z.ZodMiniObject<{
                en: z.ZodMiniString<string>;
                zh: z.ZodMiniString<string>;
            }, z.core.$strict>;
            correct: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
            misconception: z.ZodMiniOptional<z.ZodMiniString<string>>;
        }, z.core.$strict>>>;
        explain: z.ZodMiniOptional<z.ZodMiniObject<{
            en: z.ZodMiniString<string>;
            zh: z.ZodMiniString<string>;
        }, z.core.$strict>>;
        rfc: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniInt]>>;
        holds: z.ZodMiniOptional<z.ZodMiniString<string>>;
    }, z.core.$strict>>>;
    challenge: z.ZodMiniOptional<z.ZodMiniObject<{
        goal: z.ZodMiniArray<z.ZodMiniType<import("./schema-script.ts").SelectorFile, unknown, z.core.$ZodTypeInternals<import("./schema-script.ts").SelectorFile, unknown>>>;
        offer: z.ZodMiniArray<z.ZodMiniString<string>>;
        par: z.ZodMiniInt;
        hints: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniObject<{
            en: z.ZodMiniString<string>;
            zh: z.ZodMiniString<string>;
        }, z.core.$strict>>>;
    }, z.core.$strict>>;
    checks: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniObject<{
        that: z.ZodMiniString<string>;
        because: z.ZodMiniString<string>;
        run: z.ZodMiniOptional<z.ZodMiniString<string>>;
    }, z.core.$strict>>>;
    whatIf: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniObject<{
        title: z.ZodMiniObject<{
            en: z.ZodMiniString<string>;
            zh: z.ZodMiniString<string>;
        }, z.core.$strict>;
        say: z.ZodMiniOptional<z.ZodMiniObject<{
            en: z.ZodMiniString<string>;
            zh: z.ZodMiniString<string>;
        }, z.core.$strict>>;
        run: z.ZodMiniOptional<z.ZodMiniString<string>>;
        faults: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniObject<{
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
        }, z.core.$strict>]>>>;
        set: z.ZodMiniOptional<z.ZodMiniRecord<z.ZodMiniString<string>, z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniNumber<number>, z.ZodMiniBoolean<boolean>]>>>;
        script: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniType<import("./schema-script.ts").CauseFile, unknown, z.core.$ZodTypeInternals<import("./schema-script.ts").CauseFile, unknown>>>>;
        until: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniType<import("./schema-script.ts").SelectorFile, unknown, z.core.$ZodTypeInternals<import("./schema-script.ts").SelectorFile, unknown>>]>>;
        notTcp: z.ZodMiniOptional<z.ZodMiniObject<{
            [x: string]: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
        }, z.core.$strict>>;
        apps: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniType<import("./schema-script.ts").AppFile, unknown, z.core.$ZodTypeInternals<import("./schema-script.ts").AppFile, unknown>>>>;
        actors: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniType<import("./schema-script.ts").ActorFile, unknown, z.core.$ZodTypeInternals<import("./schema-script.ts").ActorFile, unknown>>>>;
        expect: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniType<import("./schema-script.ts").SelectorFile, unknown, z.core.$ZodTypeInternals<import("./schema-script.ts").SelectorFile, unknown>>>>;
        checks: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniObject<{
            that: z.ZodMiniString<string>;
            because: z.ZodMiniOptional<z.ZodMiniString<string>>;
        }, z.core.$strict>>>;
    }, z.core.$strict>>>;
}, z.core.$strict>;
type Schemas = {
    readonly lesson: ReturnType<typeof lessonOf>;
    readonly selector: ReturnType<typeof selectorSchemaOf>;
};
/** Made once for each vocabulary: a program has one, tests have theirs. */
export declare const schemasOf: (vocabulary: Vocabulary) => Schemas;
export type LessonFile = z.infer<Schemas['lesson']>;
export type RunFile = NonNullable<NonNullable<LessonFile['runs']>[string]>;
export type BeatFile = LessonFile['beats'][number];
export type QuestionFile = NonNullable<LessonFile['questions']>[number];
export type WhatIfFile = NonNullable<LessonFile['whatIf']>[number];
export type ChallengeFile = NonNullable<LessonFile['challenge']>;
export type TextFile = z.infer<typeof text>;
export {};
