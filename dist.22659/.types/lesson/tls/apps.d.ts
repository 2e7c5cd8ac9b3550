import * as z from 'zod/mini';
import { type Construct, type Piece, type Place } from '../vocabulary.ts';
/** What a site needs beside its pages. */
export declare const siteKeys: {
    versions: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniUnion<readonly [z.ZodMiniLiteral<1.2>, z.ZodMiniLiteral<1.3>, z.ZodMiniEnum<{
        1.2: "1.2";
        1.3: "1.3";
    }>]>>>;
    suites: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniString<string>>>;
    groups: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniString<string>>>;
    certificate: z.ZodMiniOptional<z.ZodMiniString<string>>;
};
declare const shape: {
    versions: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniUnion<readonly [z.ZodMiniLiteral<1.2>, z.ZodMiniLiteral<1.3>, z.ZodMiniEnum<{
        1.2: "1.2";
        1.3: "1.3";
    }>]>>>;
    suites: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniString<string>>>;
    groups: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniString<string>>>;
    certificate: z.ZodMiniOptional<z.ZodMiniString<string>>;
    /** Of a server: how many, or whether; of a client: whether it keeps them. */
    tickets: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniBoolean<boolean>, z.ZodMiniInt]>>;
    port: z.ZodMiniOptional<z.ZodMiniInt>;
    earlyData: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniBoolean<boolean>, z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniInt]>]>>;
    antiReplay: z.ZodMiniOptional<z.ZodMiniEnum<{
        freshness: "freshness";
        none: "none";
        recording: "recording";
    }>>;
    http: z.ZodMiniOptional<z.ZodMiniObject<{
        port: z.ZodMiniOptional<z.ZodMiniInt>;
        keepAlive: z.ZodMiniOptional<z.ZodMiniString<string>>;
        maxRequests: z.ZodMiniOptional<z.ZodMiniInt>;
        routes: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniObject<{
            get: z.ZodMiniOptional<z.ZodMiniString<string>>;
            post: z.ZodMiniOptional<z.ZodMiniString<string>>;
            method: z.ZodMiniOptional<z.ZodMiniString<string>>;
            path: z.ZodMiniOptional<z.ZodMiniString<string>>;
            status: z.ZodMiniOptional<z.ZodMiniInt>;
            type: z.ZodMiniOptional<z.ZodMiniString<string>>;
            headers: z.ZodMiniOptional<z.ZodMiniRecord<z.ZodMiniString<string>, z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniNumber<number>, z.ZodMiniArray<z.ZodMiniString<string>>]>>>;
            cookies: z.ZodMiniOptional<z.ZodMiniRecord<z.ZodMiniString<string>, z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniInt]>>>;
            body: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniInt]>>;
            delay: z.ZodMiniOptional<z.ZodMiniString<string>>;
            redirect: z.ZodMiniOptional<z.ZodMiniString<string>>;
            close: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
            chunks: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniInt]>]>>;
            session: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniEnum<{
                end: "end";
                need: "need";
                none: "none";
                open: "open";
            }>, z.ZodMiniObject<{
                login: z.ZodMiniString<string>;
                password: z.ZodMiniString<string>;
            }, z.core.$strict>, z.ZodMiniObject<{
                need: z.ZodMiniEnum<{
                    session: "session";
                    user: "user";
                }>;
                otherwise: z.ZodMiniOptional<z.ZodMiniString<string>>;
            }, z.core.$strict>]>>;
            early: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
        }, z.core.$strict>>>;
        sites: z.ZodMiniOptional<z.ZodMiniRecord<z.ZodMiniString<string>, z.ZodMiniArray<z.ZodMiniObject<{
            get: z.ZodMiniOptional<z.ZodMiniString<string>>;
            post: z.ZodMiniOptional<z.ZodMiniString<string>>;
            method: z.ZodMiniOptional<z.ZodMiniString<string>>;
            path: z.ZodMiniOptional<z.ZodMiniString<string>>;
            status: z.ZodMiniOptional<z.ZodMiniInt>;
            type: z.ZodMiniOptional<z.ZodMiniString<string>>;
            headers: z.ZodMiniOptional<z.ZodMiniRecord<z.ZodMiniString<string>, z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniNumber<number>, z.ZodMiniArray<z.ZodMiniString<string>>]>>>;
            cookies: z.ZodMiniOptional<z.ZodMiniRecord<z.ZodMiniString<string>, z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniInt]>>>;
            body: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniInt]>>;
            delay: z.ZodMiniOptional<z.ZodMiniString<string>>;
            redirect: z.ZodMiniOptional<z.ZodMiniString<string>>;
            close: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
            chunks: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniInt]>]>>;
            session: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniEnum<{
                end: "end";
                need: "need";
                none: "none";
                open: "open";
            }>, z.ZodMiniObject<{
                login: z.ZodMiniString<string>;
                password: z.ZodMiniString<string>;
            }, z.core.$strict>, z.ZodMiniObject<{
                need: z.ZodMiniEnum<{
                    session: "session";
                    user: "user";
                }>;
                otherwise: z.ZodMiniOptional<z.ZodMiniString<string>>;
            }, z.core.$strict>]>>;
            early: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
        }, z.core.$strict>>>>;
        sessions: z.ZodMiniOptional<z.ZodMiniObject<{
            cookie: z.ZodMiniOptional<z.ZodMiniString<string>>;
            idle: z.ZodMiniOptional<z.ZodMiniString<string>>;
        }, z.core.$strict>>;
        server: z.ZodMiniOptional<z.ZodMiniString<string>>;
    }, z.core.$strict>>;
    shares: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniString<string>>>;
    roots: z.ZodMiniOptional<z.ZodMiniEnum<{
        attacker: "attacker";
        lesson: "lesson";
    }>>;
};
type File = z.infer<z.ZodMiniObject<typeof shape>>;
export declare const readSite: (data: File, place: Place) => Piece;
export declare const tlsApp: Construct<(host: string) => Piece>;
export {};
