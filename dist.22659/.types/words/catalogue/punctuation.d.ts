export declare const punctuation: {
    comma: {
        en: string;
        zh: string;
    };
    listComma: {
        en: string;
        zh: string;
    };
    colon: {
        en: string;
        zh: string;
    };
    semicolon: {
        en: string;
        zh: string;
    };
    period: {
        en: string;
        zh: string;
    };
    space: {
        en: string;
        zh: string;
    };
};
