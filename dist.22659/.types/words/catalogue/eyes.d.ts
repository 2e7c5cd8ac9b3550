export declare const eyesTexts: {
    watermark: {
        en: string;
        zh: string;
    };
    noSecret: {
        en: string;
        zh: string;
    };
};
export declare const eyesWords: {
    ends: {
        en: string;
        zh: string;
    };
    eavesdropper: {
        en: string;
        zh: string;
    };
};
