import { type Value } from './language.ts';
export declare const spokenTexts: {
    lesson: {
        en: string;
        zh: string;
    };
    capture: {
        en: string;
        zh: string;
    };
    run: {
        en: string;
        zh: string;
    };
    explanation: {
        en: string;
        zh: string;
    };
    note: {
        en: string;
        zh: string;
    };
    question: {
        en: string;
        zh: string;
    };
    askedPacket: {
        en: string;
        zh: string;
    };
    hint: {
        en: string;
        zh: string;
    };
    right: {
        en: string;
        zh: string;
    };
    wrong: {
        en: string;
        zh: string;
    };
    rightIs: {
        en: string;
        zh: string;
    };
    skipped: {
        en: string;
        zh: string;
    };
    skippedOnly: {
        en: string;
        zh: string;
    };
    whatIf: {
        en: string;
        zh: string;
    };
    marked: {
        en: string;
        zh: string;
    };
    formula: {
        en: string;
        zh: string;
    };
    here: {
        en: string;
        zh: string;
    };
    causedBy: {
        en: string;
        zh: string;
    };
    rule: {
        en: string;
        zh: string;
    };
    notBecause: {
        en: string;
        zh: string;
    };
    linkBefore: {
        en: string;
        zh: string;
    };
    linkAfter: {
        en: string;
        zh: string;
    };
    bookmarkSet: {
        en: string;
        zh: string;
    };
    bookmarkGone: {
        en: string;
        zh: string;
    };
    closed: {
        en: string;
        zh: string;
    };
    isMet: {
        en: string;
        zh: string;
    };
    isNotMet: {
        en: string;
        zh: string;
    };
    selected: {
        en: string;
        zh: string;
    };
    space: {
        en: string;
        zh: string;
    };
    emptyLine: {
        en: string;
        zh: string;
    };
    noPackets: {
        en: string;
        zh: string;
    };
    noStates: {
        en: string;
        zh: string;
    };
    noTcb: {
        en: string;
        zh: string;
    };
    changed: {
        en: string;
        zh: string;
    };
    relative: {
        en: string;
        zh: string;
    };
    absolute: {
        en: string;
        zh: string;
    };
};
export declare const spokenPlaces: {
    pausedAt: {
        en: (p: {
            readonly time: Value;
        }) => string;
        zh: (p: {
            readonly time: Value;
        }) => string;
    };
    playingFrom: {
        en: (p: {
            readonly time: Value;
        }) => string;
        zh: (p: {
            readonly time: Value;
        }) => string;
    };
    waitingAt: {
        en: (p: {
            readonly time: Value;
        }) => string;
        zh: (p: {
            readonly time: Value;
        }) => string;
    };
    overAt: {
        en: (p: {
            readonly time: Value;
        }) => string;
        zh: (p: {
            readonly time: Value;
        }) => string;
    };
    backAt: {
        en: (p: {
            readonly time: Value;
        }) => string;
        zh: (p: {
            readonly time: Value;
        }) => string;
    };
};
