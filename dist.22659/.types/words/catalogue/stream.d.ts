import { type Value } from './language.ts';
export declare const streamTexts: {
    title: {
        en: string;
        zh: string;
    };
    none: {
        en: string;
        zh: string;
    };
    end: {
        en: string;
        zh: string;
    };
};
export declare const streamWords: {
    missing: {
        en: (p: {
            readonly bytes: Value;
        }) => string;
        zh: (p: {
            readonly bytes: Value;
        }) => string;
    };
    earlier: {
        en: (p: {
            readonly pieces: Value;
        }) => string;
        zh: (p: {
            readonly pieces: Value;
        }) => string;
    };
    later: {
        en: (p: {
            readonly pieces: Value;
        }) => string;
        zh: (p: {
            readonly pieces: Value;
        }) => string;
    };
    said: {
        en: (p: {
            readonly host: Value;
            readonly packet: Value;
        }) => string;
        zh: (p: {
            readonly host: Value;
            readonly packet: Value;
        }) => string;
    };
    onTheWay: {
        en: string;
        zh: string;
    };
    bytes: {
        en: (p: {
            readonly bytes: Value;
            readonly host: Value;
        }) => string;
        zh: (p: {
            readonly bytes: Value;
            readonly host: Value;
        }) => string;
    };
};
