export declare const linkTexts: {
    link: {
        en: string;
        zh: string;
    };
    goesDown: {
        en: string;
        zh: string;
    };
    comesUp: {
        en: string;
        zh: string;
    };
    changes: {
        en: string;
        zh: string;
    };
    delay: {
        en: string;
        zh: string;
    };
    rate: {
        en: string;
        zh: string;
    };
    queue: {
        en: string;
        zh: string;
    };
    loss: {
        en: string;
        zh: string;
    };
    mtu: {
        en: string;
        zh: string;
    };
};
