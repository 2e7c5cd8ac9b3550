import { type HttpClientSettings } from '../stack/http/client-settings.ts';
import type { HttpServerSettings } from '../stack/http/server-settings.ts';
import { type Session } from '../stack/http/sessions.ts';
import { type Cookie, type Withheld } from '../wire/http/cookie-jar.ts';
import type { AppSpec } from './apps.ts';
import type { Host } from './world.ts';
export type { HttpClientSettings, HttpServerSettings };
export declare const serverApp: (changes: Partial<HttpServerSettings>) => AppSpec;
export declare const browserApp: (changes: Partial<HttpClientSettings>) => AppSpec;
type Sent = {
    readonly size: number;
    readonly field: string;
};
/** What the host's browser would send with a request for the URL; undefined: it has no browser, or this is no URL. */
export declare const jarOn: ({ apps }: Host, url: string, nowUs: number) => Sent | undefined;
/** `count`: those that are still good; undefined: nothing on the host serves HTTP. */
export declare const sessionsOn: (host: Host, nowUs: number) => {
    readonly count: number;
    readonly created: number;
} | undefined;
/** `leftUs`: undefined for a cookie that lives as long as the browser. `withheld`: why it does not go to the URL at hand. */
export type HeldCookie = {
    readonly cookie: Cookie;
    readonly leftUs: number | undefined;
    readonly withheld: Withheld | undefined;
};
/** In order of creation. Without a URL nothing is withheld; undefined: the host has no browser. */
export declare const cookiesOn: ({ apps }: Host, nowUs: number, url: string | undefined) => readonly HeldCookie[] | undefined;
/** `leftUs`: until it is taken for forgotten, if nobody uses it; 0: it goes with the next request that asks for any session. */
export type KeptSession = Session & {
    readonly leftUs: number;
};
/** undefined: nothing on the host serves HTTP. */
export declare const sessionTableOn: (host: Host, nowUs: number) => readonly KeptSession[] | undefined;
