export declare const playerTexts: {
    at: {
        en: string;
        zh: string;
    };
    timers: {
        en: string;
        zh: string;
    };
    left: {
        en: string;
        zh: string;
    };
    leftOf: {
        en: string;
        zh: string;
    };
    lost: {
        en: string;
        zh: string;
    };
    due: {
        en: string;
        zh: string;
    };
    onItsWay: {
        en: string;
        zh: string;
    };
    noPacket: {
        en: string;
        zh: string;
    };
    earlierPacket: {
        en: string;
        zh: string;
    };
    earlierPackets: {
        en: string;
        zh: string;
    };
    laterPacket: {
        en: string;
        zh: string;
    };
    laterPackets: {
        en: string;
        zh: string;
    };
    moreSegments: {
        en: string;
        zh: string;
    };
    reordered: {
        en: string;
        zh: string;
    };
    copied: {
        en: string;
        zh: string;
    };
    edited: {
        en: string;
        zh: string;
    };
    inFlight: {
        en: string;
        zh: string;
    };
    countInFlight: {
        en: string;
        zh: string;
    };
    noTcb: {
        en: string;
        zh: string;
    };
    more: {
        en: string;
        zh: string;
    };
    beat: {
        en: string;
        zh: string;
    };
    of: {
        en: string;
        zh: string;
    };
    paused: {
        en: string;
        zh: string;
    };
    right: {
        en: string;
        zh: string;
    };
    skipped: {
        en: string;
        zh: string;
    };
    picturesFrom: {
        en: string;
        zh: string;
    };
    noQuestion: {
        en: string;
        zh: string;
    };
    whatIf: {
        en: string;
        zh: string;
    };
    check: {
        en: string;
        zh: string;
    };
    goesOnIn: {
        en: string;
        zh: string;
    };
    youMayHaveRead: {
        en: string;
        zh: string;
    };
    clause: {
        en: string;
        zh: string;
    };
    hosts: {
        en: string;
        zh: string;
    };
    endpoints: {
        en: string;
        zh: string;
    };
    packets: {
        en: string;
        zh: string;
    };
    capture: {
        en: string;
        zh: string;
    };
    rtt: {
        en: string;
        zh: string;
    };
};
export declare const listHeadings: {
    sent: {
        en: string;
        zh: string;
    };
    from: {
        en: string;
        zh: string;
    };
    to: {
        en: string;
        zh: string;
    };
    flags: {
        en: string;
        zh: string;
    };
    seq: {
        en: string;
        zh: string;
    };
    ack: {
        en: string;
        zh: string;
    };
    len: {
        en: string;
        zh: string;
    };
    fate: {
        en: string;
        zh: string;
    };
};
export declare const listTexts: {
    searching: {
        en: string;
        zh: string;
    };
    none: {
        en: string;
        zh: string;
    };
    noneFits: {
        en: string;
        zh: string;
    };
};
export declare const whyTexts: {
    heading: {
        en: string;
        zh: string;
    };
    question: {
        en: string;
        zh: string;
    };
    now: {
        en: string;
        zh: string;
    };
    causedBy: {
        en: string;
        zh: string;
    };
    causes: {
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
    noRule: {
        en: string;
        zh: string;
    };
    passedOn: {
        en: string;
        zh: string;
    };
    badChecksum: {
        en: string;
        zh: string;
    };
    malformed: {
        en: string;
        zh: string;
    };
    nothingNew: {
        en: string;
        zh: string;
    };
    capture: {
        en: string;
        zh: string;
    };
    notSeen: {
        en: string;
        zh: string;
    };
    notSeenLeaving: {
        en: string;
        zh: string;
    };
    beforeCapture: {
        en: string;
        zh: string;
    };
    timeEstimated: {
        en: string;
        zh: string;
    };
    untimed: {
        en: string;
        zh: string;
    };
    forMany: {
        en: string;
        zh: string;
    };
    seenArriving: {
        en: string;
        zh: string;
    };
    deduced: {
        en: string;
        zh: string;
    };
    deducedLate: {
        en: string;
        zh: string;
    };
    deducedReset: {
        en: string;
        zh: string;
    };
    nothing: {
        en: string;
        zh: string;
    };
    sent: {
        en: string;
        zh: string;
    };
    arriving: {
        en: string;
        zh: string;
    };
    packet: {
        en: string;
        zh: string;
    };
    lost: {
        en: string;
        zh: string;
    };
    runsOut: {
        en: string;
        zh: string;
    };
    starts: {
        en: string;
        zh: string;
    };
    stops: {
        en: string;
        zh: string;
    };
    call: {
        en: string;
        zh: string;
    };
};
export declare const hostNames: {
    client: {
        en: string;
        zh: string;
    };
    server: {
        en: string;
        zh: string;
    };
    attacker: {
        en: string;
        zh: string;
    };
    mitm: {
        en: string;
        zh: string;
    };
    router: {
        en: string;
        zh: string;
    };
    resolver: {
        en: string;
        zh: string;
    };
    thief: {
        en: string;
        zh: string;
    };
};
