import type { Language } from '../lesson/text.ts';
type Wording = {
    readonly jarOf: (host: string) => string;
    readonly sessionsOf: (host: string) => string;
    readonly holdsNone: (title: string) => string;
    readonly withField: (url: string, pairs: string) => string;
    readonly withoutField: (url: string) => string;
    readonly more: (count: number) => string;
    readonly spoken: {
        readonly cookie: (name: string, value: string, scope: string, left: string) => string;
        readonly scope: (domain: string, path: string) => string;
        readonly left: (time: string) => string;
        readonly leftOnClose: string;
        readonly sent: string;
        readonly withheld: (reason: string) => string;
        readonly session: (id: string, user: string, left: string) => string;
        readonly heldBy: (hosts: string) => string;
    };
};
export declare const cookieWords: {
    readonly [language in Language]: Wording;
};
export {};
