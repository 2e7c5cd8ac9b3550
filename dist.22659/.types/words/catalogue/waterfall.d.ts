export declare const waterfallTexts: {
    title: {
        en: string;
        zh: string;
    };
    requests: {
        en: string;
        zh: string;
    };
    connection: {
        en: string;
        zh: string;
    };
    took: {
        en: string;
        zh: string;
    };
    segments: {
        en: string;
        zh: string;
    };
    cache: {
        en: string;
        zh: string;
    };
    none: {
        en: string;
        zh: string;
    };
};
export declare const phaseWords: {
    dns: {
        en: string;
        zh: string;
    };
    connect: {
        en: string;
        zh: string;
    };
    secure: {
        en: string;
        zh: string;
    };
    send: {
        en: string;
        zh: string;
    };
    wait: {
        en: string;
        zh: string;
    };
    receive: {
        en: string;
        zh: string;
    };
    idle: {
        en: string;
        zh: string;
    };
};
