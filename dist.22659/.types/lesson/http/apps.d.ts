import * as z from 'zod/mini';
import type { AppSpec } from '../../sim/apps.ts';
import { type HttpServerSettings } from '../../sim/http-apps.ts';
import { type Construct, type Piece, type Place } from '../vocabulary.ts';
import { version } from './scalars.ts';
export declare const serverKeys: {
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
    /** Names that the server answers to, each with routes of its own. */
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
};
type ServerFile = z.infer<z.ZodMiniObject<typeof serverKeys>>;
export declare const versionOf: (given: z.infer<typeof version>) => '1.0' | '1.1';
export declare const readServer: (data: ServerFile, place: Place, secure?: HttpServerSettings['secure']) => AppSpec;
export declare const httpApp: Construct<(host: string) => Piece>;
export {};
