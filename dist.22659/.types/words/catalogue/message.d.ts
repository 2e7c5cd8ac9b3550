export declare const messageTexts: {
    title: {
        en: string;
        zh: string;
    };
    heading: {
        en: string;
        zh: string;
    };
    request: {
        en: string;
        zh: string;
    };
    response: {
        en: string;
        zh: string;
    };
    interim: {
        en: string;
        zh: string;
    };
    none: {
        en: string;
        zh: string;
    };
    badRequest: {
        en: string;
        zh: string;
    };
    noRequest: {
        en: string;
        zh: string;
    };
    noResponse: {
        en: string;
        zh: string;
    };
    noContent: {
        en: string;
        zh: string;
    };
    headOpen: {
        en: string;
        zh: string;
    };
    cutOff: {
        en: string;
        zh: string;
    };
    untilClose: {
        en: string;
        zh: string;
    };
    tooLong: {
        en: string;
        zh: string;
    };
};
