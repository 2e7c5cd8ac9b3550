import type { Language } from '../lesson/text.ts';
/** Counts come as text: an open question may hide one. */
type Wording = {
    readonly fresh: (connection: number) => string;
    readonly earlier: (count: number) => string;
    readonly totals: (requests: string, connections: string, segments: string, time: string) => readonly string[];
    readonly spoken: {
        readonly row: (name: string, where: string) => string;
        readonly opened: (connection: number, segments: string) => string;
        readonly reused: (connection: number) => string;
        readonly cached: string;
        readonly waits: (phase: string) => string;
        readonly done: (status: string, time: string) => string;
        readonly failed: string;
    };
};
export declare const waterfallWords: {
    readonly [language in Language]: Wording;
};
export {};
