import { type Value } from './language.ts';
export declare const compareTexts: {
    compare: {
        en: string;
        zh: string;
    };
    together: {
        en: string;
        zh: string;
    };
    packets: {
        en: string;
        zh: string;
    };
    connection: {
        en: string;
        zh: string;
    };
    connections: {
        en: string;
        zh: string;
    };
    segments: {
        en: string;
        zh: string;
    };
    lastAnswer: {
        en: string;
        zh: string;
    };
    delivered: {
        en: string;
        zh: string;
    };
    later: {
        en: string;
        zh: string;
    };
    earlier: {
        en: string;
        zh: string;
    };
    more: {
        en: string;
        zh: string;
    };
    fewer: {
        en: string;
        zh: string;
    };
    onlyB: {
        en: string;
        zh: string;
    };
    onlyA: {
        en: string;
        zh: string;
    };
    nothing: {
        en: string;
        zh: string;
    };
    same: {
        en: string;
        zh: string;
    };
    sameStates: {
        en: string;
        zh: string;
    };
    allEqual: {
        en: string;
        zh: string;
    };
    recorded: {
        en: string;
        zh: string;
    };
    unaltered: {
        en: string;
        zh: string;
    };
    nothingLost: {
        en: string;
        zh: string;
    };
    earlierPackets: {
        en: string;
        zh: string;
    };
};
export declare const outcomeTexts: {
    none: {
        en: string;
        zh: string;
    };
    opening: {
        en: string;
        zh: string;
    };
    open: {
        en: string;
        zh: string;
    };
    closing: {
        en: string;
        zh: string;
    };
    "half-open": {
        en: string;
        zh: string;
    };
    closed: {
        en: string;
        zh: string;
    };
};
export declare const packetName: {
    en: (p: {
        readonly id: Value;
    }) => string;
    zh: (p: {
        readonly id: Value;
    }) => string;
};
