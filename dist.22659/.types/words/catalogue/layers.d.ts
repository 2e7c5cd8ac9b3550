export declare const layersTexts: {
    title: {
        en: string;
        zh: string;
    };
    none: {
        en: string;
        zh: string;
    };
    unread: {
        en: string;
        zh: string;
    };
    osi: {
        en: string;
        zh: string;
    };
    tcpIp: {
        en: string;
        zh: string;
    };
    bytes: {
        en: string;
        zh: string;
    };
    data: {
        en: string;
        zh: string;
    };
    content: {
        en: string;
        zh: string;
    };
    quoted: {
        en: string;
        zh: string;
    };
    padding: {
        en: string;
        zh: string;
    };
    trailer: {
        en: string;
        zh: string;
    };
    byApplication: {
        en: string;
        zh: string;
    };
    noData: {
        en: string;
        zh: string;
    };
    insideTls: {
        en: string;
        zh: string;
    };
    unused: {
        en: string;
        zh: string;
    };
    notCaptured: {
        en: string;
        zh: string;
    };
    larger: {
        en: string;
        zh: string;
    };
    notYet: {
        en: string;
        zh: string;
    };
    takenOff: {
        en: string;
        zh: string;
    };
    reading: {
        en: string;
        zh: string;
    };
    unseen: {
        en: string;
        zh: string;
    };
    hop: {
        en: string;
        zh: string;
    };
    sourceMac: {
        en: string;
        zh: string;
    };
    destinationMac: {
        en: string;
        zh: string;
    };
    ttl: {
        en: string;
        zh: string;
    };
    checksum: {
        en: string;
        zh: string;
    };
    addresses: {
        en: string;
        zh: string;
    };
    ports: {
        en: string;
        zh: string;
    };
    transportHeader: {
        en: string;
        zh: string;
    };
    payload: {
        en: string;
        zh: string;
    };
};
export declare const unit: {
    message: {
        en: string;
        zh: string;
    };
    segment: {
        en: string;
        zh: string;
    };
    datagram: {
        en: string;
        zh: string;
    };
    packet: {
        en: string;
        zh: string;
    };
    frame: {
        en: string;
        zh: string;
    };
    data: {
        en: string;
        zh: string;
    };
    records: {
        en: string;
        zh: string;
    };
    tagged: {
        en: string;
        zh: string;
    };
};
export declare const carriedTexts: {
    "eth.type": {
        en: string;
        zh: string;
    };
    "vlan.etype": {
        en: string;
        zh: string;
    };
    "ieee8021ah.etype": {
        en: string;
        zh: string;
    };
    "sll.etype": {
        en: string;
        zh: string;
    };
    "ip.proto": {
        en: string;
        zh: string;
    };
    "ipv6.nxt": {
        en: string;
        zh: string;
    };
    "tcp.dstport": {
        en: string;
        zh: string;
    };
    "udp.dstport": {
        en: string;
        zh: string;
    };
};
