import type { Host } from '../../sim/world.ts';
import { type Value } from '../value.ts';
/** Of `jar("www.abc.com")`: cookies for that host's root, over HTTP unless the site begins with `https://`. */
export declare const jarParts: readonly ['size', 'cookies'];
export type Jar = {
    readonly table: 'jar';
    readonly site: string;
    readonly part: (typeof jarParts)[number];
};
export declare const hostPropertiesOfHttp: {
    /** Sessions that are still good. */
    'sessions.count': ({ count }: {
        readonly count: number;
        readonly created: number;
    }) => number;
    /** All that the server has made, those that are gone included. */
    'sessions.created': ({ created }: {
        readonly count: number;
        readonly created: number;
    }) => number;
};
type At = {
    readonly host: Host;
    readonly atUs: number;
};
/** Cookies with Secure go to `https:` only (RFC 6265 §5.4). */
export declare const rootOf: (site: string) => string;
/** As an expression writes it. */
export declare const jarText: (host: string, { site, part }: Jar) => string;
export declare const inJar: (name: string, { site, part }: Jar, { host, atUs }: At) => Value;
export declare const httpPropertyAt: (name: string, property: keyof typeof hostPropertiesOfHttp, { host, atUs }: At) => Value;
export {};
