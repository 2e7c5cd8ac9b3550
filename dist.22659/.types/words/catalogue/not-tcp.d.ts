export declare const watermark: {
    en: string;
    zh: string;
};
export declare const deviations: {
    acceptWithoutThirdStep: {
        en: string;
        zh: string;
    };
    skipTimeWait: {
        en: string;
        zh: string;
    };
};
