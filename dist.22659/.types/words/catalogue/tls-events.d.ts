import { type Value } from './language.ts';
export declare const earlyVerbs: {
    offered: {
        en: string;
        zh: string;
    };
    accepted: {
        en: string;
        zh: string;
    };
    rejected: {
        en: string;
        zh: string;
    };
    skipped: {
        en: string;
        zh: string;
    };
};
export declare const pathFaults: {
    "no-certificate": {
        en: string;
        zh: string;
    };
    unreadable: {
        en: string;
        zh: string;
    };
    "other-name": {
        en: string;
        zh: string;
    };
    expired: {
        en: string;
        zh: string;
    };
    "not-yet-valid": {
        en: string;
        zh: string;
    };
    "unknown-issuer": {
        en: string;
        zh: string;
    };
    "too-long": {
        en: string;
        zh: string;
    };
    "not-an-authority": {
        en: string;
        zh: string;
    };
    "bad-signature": {
        en: string;
        zh: string;
    };
    "unknown-algorithm": {
        en: string;
        zh: string;
    };
    "unknown-extension": {
        en: string;
        zh: string;
    };
    "other-purpose": {
        en: string;
        zh: string;
    };
};
export declare const tlsSentences: {
    established: {
        en: (p: {
            readonly what: Value;
        }) => string;
        zh: (p: {
            readonly what: Value;
        }) => string;
    };
    resumed: {
        en: string;
        zh: string;
    };
    sent: {
        en: (p: {
            readonly alert: Value;
        }) => string;
        zh: (p: {
            readonly alert: Value;
        }) => string;
    };
    received: {
        en: (p: {
            readonly alert: Value;
        }) => string;
        zh: (p: {
            readonly alert: Value;
        }) => string;
    };
    closed: {
        en: string;
        zh: string;
    };
    truncated: {
        en: string;
        zh: string;
    };
    ticket: {
        en: (p: {
            readonly seconds: Value;
        }) => string;
        zh: (p: {
            readonly seconds: Value;
        }) => string;
    };
    refused: {
        en: (p: {
            readonly bytes: Value;
        }) => string;
        zh: (p: {
            readonly bytes: Value;
        }) => string;
    };
    recovered: {
        en: (p: {
            readonly client: Value;
            readonly server: Value;
        }) => string;
        zh: (p: {
            readonly client: Value;
            readonly server: Value;
        }) => string;
    };
    unrecovered: {
        en: string;
        zh: string;
    };
    unread: {
        en: string;
        zh: string;
    };
    path: {
        en: string;
        zh: string;
    };
    pathFault: {
        en: (p: {
            readonly fault: Value;
        }) => string;
        zh: (p: {
            readonly fault: Value;
        }) => string;
    };
};
export declare const tlsSteps: {
    writes: {
        en: (p: {
            readonly message: Value;
        }) => string;
        zh: (p: {
            readonly message: Value;
        }) => string;
    };
    reads: {
        en: (p: {
            readonly message: Value;
        }) => string;
        zh: (p: {
            readonly message: Value;
        }) => string;
    };
    record: {
        en: string;
        zh: string;
    };
    keys: {
        en: string;
        zh: string;
    };
    secret: {
        en: string;
        zh: string;
    };
    state: {
        en: (p: {
            readonly name: Value;
        }) => string;
        zh: (p: {
            readonly name: Value;
        }) => string;
    };
    other: {
        en: string;
        zh: string;
    };
};
