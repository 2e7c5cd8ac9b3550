import { type Value } from './language.ts';
export declare const graphTexts: {
    title: {
        en: string;
        zh: string;
    };
    seconds: {
        en: string;
        zh: string;
    };
    inFlight: {
        en: string;
        zh: string;
    };
    data: {
        en: string;
        zh: string;
    };
    what: {
        en: string;
        zh: string;
    };
    nothing: {
        en: string;
        zh: string;
    };
    other: {
        en: string;
        zh: string;
    };
    marks: {
        en: string;
        zh: string;
    };
};
export declare const graphWords: {
    bytesSent: {
        en: (p: {
            readonly host: Value;
        }) => string;
        zh: (p: {
            readonly host: Value;
        }) => string;
    };
    windows: {
        en: (p: {
            readonly mss: Value;
        }) => string;
        zh: (p: {
            readonly mss: Value;
        }) => string;
    };
    told: {
        en: (p: {
            readonly mss: Value;
        }) => string;
        zh: (p: {
            readonly mss: Value;
        }) => string;
    };
    zeroWindow: {
        en: string;
        zh: string;
    };
    unit: {
        en: (p: {
            readonly mss: Value;
        }) => string;
        zh: (p: {
            readonly mss: Value;
        }) => string;
    };
    lost: {
        en: (p: {
            readonly seq: Value;
        }) => string;
        zh: (p: {
            readonly seq: Value;
        }) => string;
    };
    again: {
        en: (p: {
            readonly time: Value;
        }) => string;
        zh: (p: {
            readonly time: Value;
        }) => string;
    };
    slowStart: {
        en: (p: {
            readonly from: Value;
        }) => string;
        zh: (p: {
            readonly from: Value;
        }) => string;
    };
    fast: {
        en: (p: {
            readonly duplicates: Value;
        }) => string;
        zh: (p: {
            readonly duplicates: Value;
        }) => string;
    };
    timeout: {
        en: string;
        zh: string;
    };
    peak: {
        en: (p: {
            readonly cwnd: Value;
        }) => string;
        zh: (p: {
            readonly cwnd: Value;
        }) => string;
    };
    avoidance: {
        en: (p: {
            readonly cwnd: Value;
        }) => string;
        zh: (p: {
            readonly cwnd: Value;
        }) => string;
    };
    segments: {
        en: (p: {
            readonly count: number;
        }) => string;
        zh: (p: {
            readonly count: number;
        }) => string;
    };
    rowLost: {
        en: (p: {
            readonly count: Value;
            readonly seq: Value;
        }) => string;
        zh: (p: {
            readonly count: Value;
            readonly seq: Value;
        }) => string;
    };
    rowAgain: {
        en: (p: {
            readonly count: number;
            readonly seq: Value;
        }) => string;
        zh: (p: {
            readonly count: number;
            readonly seq: Value;
        }) => string;
    };
    rowFast: {
        en: (p: {
            readonly duplicates: Value;
        }) => string;
        zh: (p: {
            readonly duplicates: Value;
        }) => string;
    };
    rowTimeout: {
        en: (p: {
            readonly seq: Value;
        }) => string;
        zh: (p: {
            readonly seq: Value;
        }) => string;
    };
    rowOver: {
        en: (p: {
            readonly cwnd: Value;
        }) => string;
        zh: (p: {
            readonly cwnd: Value;
        }) => string;
    };
};
