import { type Value } from './language.ts';
export declare const cacheVerbs: {
    hit: {
        en: string;
        zh: string;
    };
    miss: {
        en: string;
        zh: string;
    };
    store: {
        en: string;
        zh: string;
    };
    expire: {
        en: string;
        zh: string;
    };
};
export declare const faultWords: {
    lame: {
        en: string;
        zh: string;
    };
    "recursion-lame": {
        en: string;
        zh: string;
    };
    error: {
        en: string;
        zh: string;
    };
    empty: {
        en: string;
        zh: string;
    };
    silent: {
        en: string;
        zh: string;
    };
    unreachable: {
        en: string;
        zh: string;
    };
};
export declare const noteSentences: {
    cache: {
        en: (p: {
            readonly verb: Value;
            readonly what: Value;
        }) => string;
        zh: (p: {
            readonly verb: Value;
            readonly what: Value;
        }) => string;
    };
    negative: {
        en: (p: {
            readonly verb: Value;
            readonly what: Value;
            readonly negative: Value;
            readonly ttl: Value;
        }) => string;
        zh: (p: {
            readonly verb: Value;
            readonly what: Value;
            readonly negative: Value;
            readonly ttl: Value;
        }) => string;
    };
    flush: {
        en: (p: {
            readonly entries: number;
        }) => string;
        zh: (p: {
            readonly entries: number;
        }) => string;
    };
    hosts: {
        en: (p: {
            readonly records: Value;
        }) => string;
        zh: (p: {
            readonly records: Value;
        }) => string;
    };
    zone: {
        en: (p: {
            readonly zone: Value;
        }) => string;
        zh: (p: {
            readonly zone: Value;
        }) => string;
    };
    root: {
        en: string;
        zh: string;
    };
    alias: {
        en: (p: {
            readonly name: Value;
            readonly target: Value;
        }) => string;
        zh: (p: {
            readonly name: Value;
            readonly target: Value;
        }) => string;
    };
    address: {
        en: (p: {
            readonly server: Value;
        }) => string;
        zh: (p: {
            readonly server: Value;
        }) => string;
    };
    server: {
        en: (p: {
            readonly server: Value;
            readonly why: Value;
        }) => string;
        zh: (p: {
            readonly server: Value;
            readonly why: Value;
        }) => string;
    };
    scrubbed: {
        en: (p: {
            readonly records: Value;
        }) => string;
        zh: (p: {
            readonly records: Value;
        }) => string;
    };
    failed: {
        en: (p: {
            readonly what: Value;
        }) => string;
        zh: (p: {
            readonly what: Value;
        }) => string;
    };
    edit: {
        en: (p: {
            readonly origin: Value;
            readonly records: Value;
            readonly serial: Value;
        }) => string;
        zh: (p: {
            readonly origin: Value;
            readonly records: Value;
            readonly serial: Value;
        }) => string;
    };
    timer: {
        en: (p: {
            readonly timer: Value;
        }) => string;
        zh: (p: {
            readonly timer: Value;
        }) => string;
    };
};
