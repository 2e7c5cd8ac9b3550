import { type Value } from './language.ts';
export declare const windowTexts: {
    title: {
        en: string;
        zh: string;
    };
    acknowledged: {
        en: string;
        zh: string;
    };
    inFlight: {
        en: string;
        zh: string;
    };
    usable: {
        en: string;
        zh: string;
    };
    read: {
        en: string;
        zh: string;
    };
    buffered: {
        en: string;
        zh: string;
    };
    hole: {
        en: string;
        zh: string;
    };
    nothing: {
        en: string;
        zh: string;
    };
};
export declare const windowWords: {
    sends: {
        en: (p: {
            readonly host: Value;
        }) => string;
        zh: (p: {
            readonly host: Value;
        }) => string;
    };
    receives: {
        en: (p: {
            readonly host: Value;
        }) => string;
        zh: (p: {
            readonly host: Value;
        }) => string;
    };
    zero: {
        en: (p: {
            readonly host: Value;
        }) => string;
        zh: (p: {
            readonly host: Value;
        }) => string;
    };
};
export declare const queueTexts: {
    title: {
        en: string;
        zh: string;
    };
    syn: {
        en: string;
        zh: string;
    };
    accept: {
        en: string;
        zh: string;
    };
    full: {
        en: string;
        zh: string;
    };
    none: {
        en: string;
        zh: string;
    };
};
export declare const queueWords: {
    heading: {
        en: (p: {
            readonly host: Value;
            readonly socket: Value;
            readonly backlog: Value;
        }) => string;
        zh: (p: {
            readonly host: Value;
            readonly socket: Value;
            readonly backlog: Value;
        }) => string;
    };
    dropped: {
        en: (p: {
            readonly count: Value;
        }) => string;
        zh: (p: {
            readonly count: Value;
        }) => string;
    };
    cookies: {
        en: (p: {
            readonly count: number;
        }) => string;
        zh: (p: {
            readonly count: number;
        }) => string;
    };
    more: {
        en: (p: {
            readonly count: Value;
        }) => string;
        zh: (p: {
            readonly count: Value;
        }) => string;
    };
    holds: {
        en: (p: {
            readonly queue: Value;
            readonly held: Value;
            readonly limit: Value;
        }) => string;
        zh: (p: {
            readonly queue: Value;
            readonly held: Value;
            readonly limit: Value;
        }) => string;
    };
};
