import * as z from 'zod/mini';
import type { HttpServerSettings } from '../../sim/http-apps.ts';
import type { Path } from '../problems.ts';
import type { Place } from '../vocabulary.ts';
type Route = HttpServerSettings['routes'][number];
export declare const route: z.ZodMiniObject<{
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
}, z.core.$strict>;
export type RouteFile = z.infer<typeof route>;
export declare const readRoute: (data: RouteFile, path: Path, { place, sessions }: {
    readonly place: Place;
    readonly sessions: boolean;
}) => readonly Route[];
export {};
