export declare const happeningTexts: {
    setHosts: {
        en: string;
        zh: string;
    };
    noHosts: {
        en: string;
        zh: string;
    };
    editZone: {
        en: string;
        zh: string;
    };
    removed: {
        en: string;
        zh: string;
    };
    fromHosts: {
        en: string;
        zh: string;
    };
    fromCache: {
        en: string;
        zh: string;
    };
    failed: {
        en: string;
        zh: string;
    };
    timedOut: {
        en: string;
        zh: string;
    };
    invalid: {
        en: string;
        zh: string;
    };
    crash: {
        en: string;
        zh: string;
    };
    reboot: {
        en: string;
        zh: string;
    };
};
