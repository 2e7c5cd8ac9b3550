import type { Language } from '../lesson/text.ts';
type Wording = {
    readonly heading: (host: string, time: string) => string;
    readonly empty: (heading: string) => string;
    readonly asked: (packet: number) => string;
    readonly more: (count: number) => string;
    /** Caches that found no room, by the names of their hosts. */
    readonly elsewhere: (hosts: string, count: number) => string;
    readonly holds: (what: string, data: string, ttl: number) => string;
    readonly waits: (what: string) => string;
};
export declare const cacheWords: {
    readonly [language in Language]: Wording;
};
export {};
