export declare const forkTexts: {
    yours: {
        en: string;
        zh: string;
    };
    heading: {
        en: string;
        zh: string;
    };
    none: {
        en: string;
        zh: string;
    };
    about: {
        en: string;
        zh: string;
    };
    code: {
        en: string;
        zh: string;
    };
    nothingSent: {
        en: string;
        zh: string;
    };
    nothingToCompare: {
        en: string;
        zh: string;
    };
    noFields: {
        en: string;
        zh: string;
    };
    copied: {
        en: string;
        zh: string;
    };
    noWay: {
        undo: {
            en: string;
            zh: string;
        };
        redo: {
            en: string;
            zh: string;
        };
    };
    wayBack: {
        undo: {
            en: string;
            zh: string;
        };
        redo: {
            en: string;
            zh: string;
        };
    };
    packets: {
        en: (p: {
            readonly count: number;
        }) => string;
        zh: (p: {
            readonly count: number;
        }) => string;
    };
};
