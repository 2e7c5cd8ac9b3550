export declare const diagramTexts: {
    states: {
        en: string;
        zh: string;
    };
    taken: {
        en: string;
        zh: string;
    };
    notTaken: {
        en: string;
        zh: string;
    };
    left: {
        en: string;
        zh: string;
    };
    right: {
        en: string;
        zh: string;
    };
    active: {
        en: string;
        zh: string;
    };
    passive: {
        en: string;
        zh: string;
    };
    unknown: {
        en: string;
        zh: string;
    };
};
