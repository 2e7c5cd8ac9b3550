import { type Value } from './language.ts';
export declare const failedParts: {
    screen: {
        en: string;
        zh: string;
    };
    speech: {
        en: string;
        zh: string;
    };
    clock: {
        en: string;
        zh: string;
    };
    question: {
        en: string;
        zh: string;
    };
    growth: {
        en: string;
        zh: string;
    };
    learned: {
        en: string;
        zh: string;
    };
    opening: {
        en: string;
        zh: string;
    };
    simulation: {
        en: string;
        zh: string;
    };
    page: {
        en: string;
        zh: string;
    };
    keeping: {
        en: string;
        zh: string;
    };
    exporting: {
        en: string;
        zh: string;
    };
    terminal: {
        en: string;
        zh: string;
    };
};
export declare const keyPart: {
    en: (p: {
        readonly key: Value;
    }) => string;
    zh: (p: {
        readonly key: Value;
    }) => string;
};
export declare const panelPart: {
    en: (p: {
        readonly title: Value;
    }) => string;
    zh: (p: {
        readonly title: Value;
    }) => string;
};
export declare const failedWords: {
    what: {
        en: (p: {
            readonly part: Value;
            readonly message: Value;
        }) => string;
        zh: (p: {
            readonly part: Value;
            readonly message: Value;
        }) => string;
    };
    report: {
        en: string;
        zh: string;
    };
    keys: {
        en: (p: {
            readonly keys: Value;
        }) => string;
        zh: (p: {
            readonly keys: Value;
        }) => string;
    };
    run: {
        en: (p: {
            readonly run: Value;
        }) => string;
        zh: (p: {
            readonly run: Value;
        }) => string;
    };
    leave: {
        en: string;
        zh: string;
    };
};
