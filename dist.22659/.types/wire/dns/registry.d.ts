/** Record types by name; those that only a question may have at the end. */
export declare const RecordType: {
    readonly A: 1;
    readonly NS: 2;
    readonly CNAME: 5;
    readonly SOA: 6;
    readonly NULL: 10;
    readonly PTR: 12;
    readonly HINFO: 13;
    readonly MX: 15;
    readonly TXT: 16;
    readonly RP: 17;
    readonly AAAA: 28;
    readonly LOC: 29;
    readonly SRV: 33;
    readonly NAPTR: 35;
    readonly DNAME: 39;
    readonly OPT: 41;
    readonly DS: 43;
    readonly SSHFP: 44;
    readonly RRSIG: 46;
    readonly NSEC: 47;
    readonly DNSKEY: 48;
    readonly NSEC3: 50;
    readonly NSEC3PARAM: 51;
    readonly TLSA: 52;
    readonly CDS: 59;
    readonly CDNSKEY: 60;
    readonly SVCB: 64;
    readonly HTTPS: 65;
    readonly SPF: 99;
    readonly IXFR: 251;
    readonly AXFR: 252;
    readonly ANY: 255;
    readonly CAA: 257;
};
export declare const RecordClass: {
    readonly IN: 1;
    readonly CH: 3;
    readonly HS: 4;
    readonly NONE: 254;
    readonly ANY: 255;
};
/** Those above 15 need an OPT record (RFC 6891 §6.1.3). */
export declare const Rcode: {
    readonly NOERROR: 0;
    readonly FORMERR: 1;
    readonly SERVFAIL: 2;
    readonly NXDOMAIN: 3;
    readonly NOTIMP: 4;
    readonly REFUSED: 5;
    readonly YXDOMAIN: 6;
    readonly YXRRSET: 7;
    readonly NXRRSET: 8;
    readonly NOTAUTH: 9;
    readonly NOTZONE: 10;
    readonly BADVERS: 16;
    readonly BADCOOKIE: 23;
};
export declare const Opcode: {
    readonly QUERY: 0;
    readonly IQUERY: 1;
    readonly STATUS: 2;
    readonly NOTIFY: 4;
    readonly UPDATE: 5;
};
export declare const typeName: (number: number) => string;
export declare const className: (number: number) => string;
export declare const rcodeName: (number: number) => string;
export declare const opcodeName: (number: number) => string;
/** In any case; undefined: no type of that name. */
export declare const typeNumber: (text: string) => number | undefined;
export declare const classNumber: (text: string) => number | undefined;
