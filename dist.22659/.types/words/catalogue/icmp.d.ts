export declare const icmpNames: {
    "0": {
        en: string;
        zh: string;
    };
    "3": {
        "0": {
            en: string;
            zh: string;
        };
        "1": {
            en: string;
            zh: string;
        };
        "2": {
            en: string;
            zh: string;
        };
        "3": {
            en: string;
            zh: string;
        };
        "4": {
            en: string;
            zh: string;
        };
        "5": {
            en: string;
            zh: string;
        };
        "9": {
            en: string;
            zh: string;
        };
        "10": {
            en: string;
            zh: string;
        };
        "13": {
            en: string;
            zh: string;
        };
    };
    "4": {
        en: string;
        zh: string;
    };
    "5": {
        en: string;
        zh: string;
    };
    "8": {
        en: string;
        zh: string;
    };
    "11": {
        "0": {
            en: string;
            zh: string;
        };
        "1": {
            en: string;
            zh: string;
        };
    };
    "12": {
        en: string;
        zh: string;
    };
};
export declare const icmpv6Names: {
    "1": {
        "0": {
            en: string;
            zh: string;
        };
        "1": {
            en: string;
            zh: string;
        };
        "3": {
            en: string;
            zh: string;
        };
        "4": {
            en: string;
            zh: string;
        };
    };
    "2": {
        en: string;
        zh: string;
    };
    "3": {
        "0": {
            en: string;
            zh: string;
        };
        "1": {
            en: string;
            zh: string;
        };
    };
    "4": {
        en: string;
        zh: string;
    };
    "128": {
        en: string;
        zh: string;
    };
    "129": {
        en: string;
        zh: string;
    };
    "131": {
        en: string;
        zh: string;
    };
    "133": {
        en: string;
        zh: string;
    };
    "134": {
        en: string;
        zh: string;
    };
    "135": {
        en: string;
        zh: string;
    };
    "136": {
        en: string;
        zh: string;
    };
    "143": {
        en: string;
        zh: string;
    };
};
