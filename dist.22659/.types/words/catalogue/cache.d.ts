export declare const cacheTexts: {
    title: {
        en: string;
        zh: string;
    };
    ttl: {
        en: string;
        zh: string;
    };
    learned: {
        en: string;
        zh: string;
    };
    none: {
        en: string;
        zh: string;
    };
    hostsFile: {
        en: string;
        zh: string;
    };
};
export declare const sectionWords: {
    additional: {
        en: string;
        zh: string;
    };
    additionalAA: {
        en: string;
        zh: string;
    };
    authority: {
        en: string;
        zh: string;
    };
    authorityAA: {
        en: string;
        zh: string;
    };
    answer: {
        en: string;
        zh: string;
    };
    answerAA: {
        en: string;
        zh: string;
    };
};
export declare const treeTexts: {
    title: {
        en: string;
        zh: string;
    };
    root: {
        en: string;
        zh: string;
    };
    none: {
        en: string;
        zh: string;
    };
    packets: {
        en: string;
        zh: string;
    };
};
