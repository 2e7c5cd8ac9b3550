import { type Value } from './language.ts';
export declare const fieldWords: {
    seq: {
        en: string;
        zh: string;
    };
    ack: {
        en: string;
        zh: string;
    };
    len: {
        en: string;
        zh: string;
    };
};
export declare const fieldAlone: {
    en: string;
    zh: string;
};
export declare const signWords: {
    "×": {
        en: string;
        zh: string;
    };
    " × ": {
        en: string;
        zh: string;
    };
    "=": {
        en: string;
        zh: string;
    };
    " = ": {
        en: string;
        zh: string;
    };
    "→": {
        en: string;
        zh: string;
    };
    " > ": {
        en: string;
        zh: string;
    };
    " ▸ ": {
        en: string;
        zh: string;
    };
    "≤": {
        en: string;
        zh: string;
    };
    "≥": {
        en: string;
        zh: string;
    };
    "≠": {
        en: string;
        zh: string;
    };
    "≈": {
        en: string;
        zh: string;
    };
    "◌": {
        en: string;
        zh: string;
    };
    "−": {
        en: string;
        zh: string;
    };
    "“": {
        en: string;
        zh: string;
    };
    "”": {
        en: string;
        zh: string;
    };
    "‘": {
        en: string;
        zh: string;
    };
    "’": {
        en: string;
        zh: string;
    };
    "?": {
        en: string;
        zh: string;
    };
    "…": {
        en: string;
        zh: string;
    };
    "—": {
        en: string;
        zh: string;
    };
};
export declare const operatorWords: {
    "<": {
        en: string;
        zh: string;
    };
    "=": {
        en: string;
        zh: string;
    };
    "+": {
        en: string;
        zh: string;
    };
    "×": {
        en: string;
        zh: string;
    };
    "max(": {
        en: string;
        zh: string;
    };
    ",": {
        en: string;
        zh: string;
    };
    ")": {
        en: string;
        zh: string;
    };
    "?": {
        en: string;
        zh: string;
    };
};
export declare const spokenWords: {
    flags: {
        en: string;
        zh: string;
    };
    noFlags: {
        en: string;
        zh: string;
    };
    blank: {
        en: string;
        zh: string;
    };
    connection: {
        en: (p: {
            readonly number: Value;
        }) => string;
        zh: (p: {
            readonly number: Value;
        }) => string;
    };
    udp: {
        en: (p: {
            readonly number: Value;
        }) => string;
        zh: (p: {
            readonly number: Value;
        }) => string;
    };
    onPort: {
        en: (p: {
            readonly port: Value;
        }) => string;
        zh: (p: {
            readonly port: Value;
        }) => string;
    };
    toPort: {
        en: (p: {
            readonly host: Value;
            readonly port: Value;
        }) => string;
        zh: (p: {
            readonly host: Value;
            readonly port: Value;
        }) => string;
    };
};
export declare const keysSpoken: {
    early: {
        en: (p: {
            readonly words: Value;
        }) => string;
        zh: (p: {
            readonly words: Value;
        }) => string;
    };
    handshake: {
        en: (p: {
            readonly words: Value;
        }) => string;
        zh: (p: {
            readonly words: Value;
        }) => string;
    };
    application: {
        en: (p: {
            readonly words: Value;
        }) => string;
        zh: (p: {
            readonly words: Value;
        }) => string;
    };
};
