import { type Value } from './language.ts';
export declare const recordsTexts: {
    title: {
        en: string;
        zh: string;
    };
    none: {
        en: string;
        zh: string;
    };
    from: {
        en: string;
        zh: string;
    };
    bytes: {
        en: string;
        zh: string;
    };
    type: {
        en: string;
        zh: string;
    };
    key: {
        en: string;
        zh: string;
    };
    content: {
        en: string;
        zh: string;
    };
    clear: {
        en: string;
        zh: string;
    };
    sealed: {
        en: string;
        zh: string;
    };
    piece: {
        en: string;
        zh: string;
    };
    keysChange: {
        en: string;
        zh: string;
    };
    nothingChanges: {
        en: string;
        zh: string;
    };
};
export declare const recordsWords: {
    sizes: {
        en: (p: {
            readonly name: Value;
            readonly bytes: Value;
        }) => string;
        zh: (p: {
            readonly name: Value;
            readonly bytes: Value;
        }) => string;
    };
    data: {
        en: (p: {
            readonly bytes: Value;
        }) => string;
        zh: (p: {
            readonly bytes: Value;
        }) => string;
    };
    alert: {
        en: (p: {
            readonly name: Value;
        }) => string;
        zh: (p: {
            readonly name: Value;
        }) => string;
    };
    earlier: {
        en: (p: {
            readonly rows: Value;
        }) => string;
        zh: (p: {
            readonly rows: Value;
        }) => string;
    };
    more: {
        en: (p: {
            readonly rows: Value;
        }) => string;
        zh: (p: {
            readonly rows: Value;
        }) => string;
    };
    sealedCount: {
        en: (p: {
            readonly sealed: Value;
            readonly all: Value;
        }) => string;
        zh: (p: {
            readonly sealed: Value;
            readonly all: Value;
        }) => string;
    };
    spoken: {
        row: {
            en: (p: {
                readonly packet: Value;
                readonly host: Value;
                readonly type: Value;
                readonly bytes: Value;
            }) => string;
            zh: (p: {
                readonly packet: Value;
                readonly host: Value;
                readonly type: Value;
                readonly bytes: Value;
            }) => string;
        };
        clear: {
            en: string;
            zh: string;
        };
        by: {
            en: (p: {
                readonly number: Value;
                readonly name: Value;
            }) => string;
            zh: (p: {
                readonly number: Value;
                readonly name: Value;
            }) => string;
        };
        sealed: {
            en: string;
            zh: string;
        };
    };
};
