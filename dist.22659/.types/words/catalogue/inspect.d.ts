export declare const answeredWords: {
    data: {
        en: string;
        zh: string;
    };
    fin: {
        en: string;
        zh: string;
    };
    keepAlive: {
        en: string;
        zh: string;
    };
};
export declare const openingWords: {
    complete: {
        en: string;
        zh: string;
    };
    refused: {
        en: string;
        zh: string;
    };
    unanswered: {
        en: string;
        zh: string;
    };
    "half-open": {
        en: string;
        zh: string;
    };
    simultaneous: {
        en: string;
        zh: string;
    };
    "not-captured": {
        en: string;
        zh: string;
    };
};
export declare const closingWords: {
    "client-first": {
        en: string;
        zh: string;
    };
    "server-first": {
        en: string;
        zh: string;
    };
    simultaneous: {
        en: string;
        zh: string;
    };
    "reset-by-client": {
        en: string;
        zh: string;
    };
    "reset-by-server": {
        en: string;
        zh: string;
    };
    "half-close-by-client": {
        en: string;
        zh: string;
    };
    "half-close-by-server": {
        en: string;
        zh: string;
    };
    none: {
        en: string;
        zh: string;
    };
};
