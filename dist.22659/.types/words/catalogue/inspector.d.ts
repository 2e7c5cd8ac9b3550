export declare const inspectorTexts: {
    none: {
        en: string;
        zh: string;
    };
    field: {
        en: string;
        zh: string;
    };
    value: {
        en: string;
        zh: string;
    };
    bytes: {
        en: string;
        zh: string;
    };
    byte: {
        en: string;
        zh: string;
    };
    data: {
        en: string;
        zh: string;
    };
    header: {
        en: string;
        zh: string;
    };
    sent: {
        en: string;
        zh: string;
    };
    arrived: {
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
    packet: {
        en: string;
        zh: string;
    };
    ttl: {
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
    unjudged: {
        en: string;
        zh: string;
    };
    absent: {
        en: string;
        zh: string;
    };
    request: {
        en: string;
        zh: string;
    };
    reply: {
        en: string;
        zh: string;
    };
    quoted: {
        en: string;
        zh: string;
    };
    opened: {
        en: string;
        zh: string;
    };
    ciphertext: {
        en: string;
        zh: string;
    };
    sackPermitted: {
        en: string;
        zh: string;
    };
    scale: {
        en: string;
        zh: string;
    };
    bits: {
        en: string;
        zh: string;
    };
    bit: {
        en: string;
        zh: string;
    };
    networkOrder: {
        en: string;
        zh: string;
    };
    dnsQuery: {
        en: string;
        zh: string;
    };
    dnsResponse: {
        en: string;
        zh: string;
    };
    computed: {
        en: string;
        zh: string;
    };
    ackValid: {
        en: string;
        zh: string;
    };
    ackInvalid: {
        en: string;
        zh: string;
    };
    urgentInvalid: {
        en: string;
        zh: string;
    };
    synWindow: {
        en: string;
        zh: string;
    };
    asked: {
        en: string;
        zh: string;
    };
    more: {
        en: string;
        zh: string;
    };
    short: {
        en: string;
        zh: string;
    };
    unreadable: {
        en: string;
        zh: string;
    };
};
