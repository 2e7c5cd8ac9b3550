import { type Value } from './language.ts';
export declare const captureTexts: {
    deduced: {
        en: string;
        zh: string;
    };
    estimated: {
        en: string;
        zh: string;
    };
    agreed: {
        en: string;
        zh: string;
    };
    notAgreed: {
        en: string;
        zh: string;
    };
    unknown: {
        en: string;
        zh: string;
    };
    notSeen: {
        en: string;
        zh: string;
    };
    nothingSeen: {
        en: string;
        zh: string;
    };
    forMany: {
        en: string;
        zh: string;
    };
    takenHere: {
        en: string;
        zh: string;
    };
};
export declare const toHost: {
    en: (p: {
        readonly host: Value;
    }) => string;
    zh: (p: {
        readonly host: Value;
    }) => string;
};
export declare const fromHost: {
    en: (p: {
        readonly host: Value;
    }) => string;
    zh: (p: {
        readonly host: Value;
    }) => string;
};
export declare const takenOn: {
    en: (p: {
        readonly host: Value;
    }) => string;
    zh: (p: {
        readonly host: Value;
    }) => string;
};
export declare const oneOfTwo: {
    en: string;
    zh: string;
};
export declare const repeated: {
    en: string;
    zh: string;
};
