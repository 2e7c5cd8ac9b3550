import { type Value } from './language.ts';
export declare const certificateTexts: {
    title: {
        en: string;
        zh: string;
    };
    none: {
        en: string;
        zh: string;
    };
    notYet: {
        en: string;
        zh: string;
    };
    resumed: {
        en: string;
        zh: string;
    };
    unreadable: {
        en: string;
        zh: string;
    };
    names: {
        en: string;
        zh: string;
    };
    valid: {
        en: string;
        zh: string;
    };
    key: {
        en: string;
        zh: string;
    };
    signedBy: {
        en: string;
        zh: string;
    };
    unjudged: {
        en: string;
        zh: string;
    };
    believed: {
        en: string;
        zh: string;
    };
    refused: {
        en: string;
        zh: string;
    };
    itself: {
        en: string;
        zh: string;
    };
};
export declare const placeNames: {
    site: {
        en: string;
        zh: string;
    };
    authority: {
        en: string;
        zh: string;
    };
    root: {
        en: string;
        zh: string;
    };
    self: {
        en: string;
        zh: string;
    };
};
export declare const faultWords: {
    "no-certificate": {
        en: string;
        zh: string;
    };
    unreadable: {
        en: string;
        zh: string;
    };
    "other-name": {
        en: string;
        zh: string;
    };
    expired: {
        en: string;
        zh: string;
    };
    "not-yet-valid": {
        en: string;
        zh: string;
    };
    "unknown-issuer": {
        en: string;
        zh: string;
    };
    "too-long": {
        en: string;
        zh: string;
    };
    "not-an-authority": {
        en: string;
        zh: string;
    };
    "bad-signature": {
        en: string;
        zh: string;
    };
    "unknown-algorithm": {
        en: string;
        zh: string;
    };
    "unknown-extension": {
        en: string;
        zh: string;
    };
    "other-purpose": {
        en: string;
        zh: string;
    };
};
export declare const certificateWords: {
    verdict: {
        en: (p: {
            readonly verdict: Value;
            readonly reason: Value;
        }) => string;
        zh: (p: {
            readonly verdict: Value;
            readonly reason: Value;
        }) => string;
    };
    alert: {
        en: (p: {
            readonly name: Value;
        }) => string;
        zh: (p: {
            readonly name: Value;
        }) => string;
    };
    until: {
        en: (p: {
            readonly date: Value;
        }) => string;
        zh: (p: {
            readonly date: Value;
        }) => string;
    };
    range: {
        en: (p: {
            readonly from: Value;
            readonly to: Value;
        }) => string;
        zh: (p: {
            readonly from: Value;
            readonly to: Value;
        }) => string;
    };
    signed: {
        en: (p: {
            readonly issuer: Value;
            readonly algorithm: Value;
        }) => string;
        zh: (p: {
            readonly issuer: Value;
            readonly algorithm: Value;
        }) => string;
    };
    rsa: {
        en: (p: {
            readonly bits: Value;
        }) => string;
        zh: (p: {
            readonly bits: Value;
        }) => string;
    };
    earlier: {
        en: (p: {
            readonly lines: Value;
        }) => string;
        zh: (p: {
            readonly lines: Value;
        }) => string;
    };
    more: {
        en: (p: {
            readonly lines: Value;
        }) => string;
        zh: (p: {
            readonly lines: Value;
        }) => string;
    };
};
