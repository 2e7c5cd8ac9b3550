export declare const transcriptTexts: {
    seed: {
        en: string;
        zh: string;
    };
    profile: {
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
    faults: {
        en: string;
        zh: string;
    };
    oneWay: {
        en: string;
        zh: string;
    };
    arrived: {
        en: string;
        zh: string;
    };
    altered: {
        en: string;
        zh: string;
    };
    delivers: {
        en: string;
        zh: string;
    };
    fires: {
        en: string;
        zh: string;
    };
    ended: {
        en: string;
        zh: string;
    };
    packets: {
        en: string;
        zh: string;
    };
    onePacket: {
        en: string;
        zh: string;
    };
    play: {
        en: string;
        zh: string;
    };
    goesOn: {
        en: string;
        zh: string;
    };
    others: {
        en: string;
        zh: string;
    };
};
export declare const dropTexts: {
    fault: {
        en: string;
        zh: string;
    };
    loss: {
        en: string;
        zh: string;
    };
    queue: {
        en: string;
        zh: string;
    };
    "link check": {
        en: string;
        zh: string;
    };
    checksum: {
        en: string;
        zh: string;
    };
    malformed: {
        en: string;
        zh: string;
    };
    "host down": {
        en: string;
        zh: string;
    };
    "no route": {
        en: string;
        zh: string;
    };
    "no such host": {
        en: string;
        zh: string;
    };
    "link down": {
        en: string;
        zh: string;
    };
    ttl: {
        en: string;
        zh: string;
    };
    "too big": {
        en: string;
        zh: string;
    };
    firewall: {
        en: string;
        zh: string;
    };
    "no mapping": {
        en: string;
        zh: string;
    };
    discarded: {
        en: string;
        zh: string;
    };
};
export declare const lossLabels: {
    fault: {
        en: string;
        zh: string;
    };
    loss: {
        en: string;
        zh: string;
    };
    queue: {
        en: string;
        zh: string;
    };
    "link check": {
        en: string;
        zh: string;
    };
    checksum: {
        en: string;
        zh: string;
    };
    malformed: {
        en: string;
        zh: string;
    };
    "host down": {
        en: string;
        zh: string;
    };
    "no route": {
        en: string;
        zh: string;
    };
    "no such host": {
        en: string;
        zh: string;
    };
    "link down": {
        en: string;
        zh: string;
    };
    ttl: {
        en: string;
        zh: string;
    };
    "too big": {
        en: string;
        zh: string;
    };
    firewall: {
        en: string;
        zh: string;
    };
    "no mapping": {
        en: string;
        zh: string;
    };
    discarded: {
        en: string;
        zh: string;
    };
};
export declare const endTexts: {
    quiet: {
        en: string;
        zh: string;
    };
    limit: {
        en: string;
        zh: string;
    };
    budget: {
        en: string;
        zh: string;
    };
    until: {
        en: string;
        zh: string;
    };
    eof: {
        en: string;
        zh: string;
    };
};
