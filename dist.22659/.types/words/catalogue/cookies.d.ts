export declare const cookieTexts: {
    title: {
        en: string;
        zh: string;
    };
    domain: {
        en: string;
        zh: string;
    };
    path: {
        en: string;
        zh: string;
    };
    left: {
        en: string;
        zh: string;
    };
    flags: {
        en: string;
        zh: string;
    };
    verdict: {
        en: string;
        zh: string;
    };
    browserSession: {
        en: string;
        zh: string;
    };
    user: {
        en: string;
        zh: string;
    };
    idle: {
        en: string;
        zh: string;
    };
    requests: {
        en: string;
        zh: string;
    };
    heldBy: {
        en: string;
        zh: string;
    };
    expired: {
        en: string;
        zh: string;
    };
    nobody: {
        en: string;
        zh: string;
    };
};
export declare const verdictTexts: {
    sent: {
        en: string;
        zh: string;
    };
    host: {
        en: string;
        zh: string;
    };
    domain: {
        en: string;
        zh: string;
    };
    path: {
        en: string;
        zh: string;
    };
    secure: {
        en: string;
        zh: string;
    };
    "http-only": {
        en: string;
        zh: string;
    };
    "same-site": {
        en: string;
        zh: string;
    };
    expired: {
        en: string;
        zh: string;
    };
};
