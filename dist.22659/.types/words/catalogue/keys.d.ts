import { type Value } from './language.ts';
export declare const keysTexts: {
    title: {
        en: string;
        zh: string;
    };
    none: {
        en: string;
        zh: string;
    };
    clear: {
        en: string;
        zh: string;
    };
    nothingOpened: {
        en: string;
        zh: string;
    };
    key: {
        en: string;
        zh: string;
    };
    iv: {
        en: string;
        zh: string;
    };
    made: {
        en: string;
        zh: string;
    };
    known: {
        en: string;
        zh: string;
    };
};
export declare const placeWords: {
    psk: {
        en: string;
        zh: string;
    };
    "early secret": {
        en: string;
        zh: string;
    };
    "client early": {
        en: string;
        zh: string;
    };
    "shared secret": {
        en: string;
        zh: string;
    };
    "handshake secret": {
        en: string;
        zh: string;
    };
    "client handshake": {
        en: string;
        zh: string;
    };
    "server handshake": {
        en: string;
        zh: string;
    };
    "main secret": {
        en: string;
        zh: string;
    };
    "premaster secret": {
        en: string;
        zh: string;
    };
    "master secret": {
        en: string;
        zh: string;
    };
    "client application": {
        en: string;
        zh: string;
    };
    "server application": {
        en: string;
        zh: string;
    };
    exporter: {
        en: string;
        zh: string;
    };
    "resumption secret": {
        en: string;
        zh: string;
    };
};
export declare const keysWords: {
    update: {
        en: (p: {
            readonly name: Value;
            readonly times: Value;
        }) => string;
        zh: (p: {
            readonly name: Value;
            readonly times: Value;
        }) => string;
    };
    made: {
        en: (p: {
            readonly end: Value | undefined;
            readonly message: Value;
        }) => string;
        zh: (p: {
            readonly end: Value | undefined;
            readonly message: Value;
        }) => string;
    };
    known: {
        en: (p: {
            readonly host: Value;
            readonly time: Value;
        }) => string;
        zh: (p: {
            readonly host: Value;
            readonly time: Value;
        }) => string;
    };
    more: {
        en: (p: {
            readonly lines: Value;
        }) => string;
        zh: (p: {
            readonly lines: Value;
        }) => string;
    };
    opened: {
        en: (p: {
            readonly records: number;
            readonly packets: number;
            readonly list: readonly Value[];
            readonly more: number;
        }) => string;
        zh: (p: {
            readonly records: number;
            readonly packets: number;
            readonly list: readonly Value[];
            readonly more: number;
        }) => string;
    };
    spoken: {
        heading: {
            en: (p: {
                readonly choice: Value;
            }) => string;
            zh: (p: {
                readonly choice: Value;
            }) => string;
        };
        row: {
            en: (p: {
                readonly name: Value;
                readonly value: Value;
            }) => string;
            zh: (p: {
                readonly name: Value;
                readonly value: Value;
            }) => string;
        };
        number: {
            en: (p: {
                readonly number: Value;
                readonly name: Value;
            }) => string;
            zh: (p: {
                readonly number: Value;
                readonly name: Value;
            }) => string;
        };
        made: {
            en: (p: {
                readonly message: Value;
            }) => string;
            zh: (p: {
                readonly message: Value;
            }) => string;
        };
        since: {
            en: (p: {
                readonly host: Value;
                readonly time: Value;
            }) => string;
            zh: (p: {
                readonly host: Value;
                readonly time: Value;
            }) => string;
        };
        known: {
            en: (p: {
                readonly who: Value;
            }) => string;
            zh: (p: {
                readonly who: Value;
            }) => string;
        };
    };
};
