// The numbers of DNS types, classes, codes, options and keys, and their names (IANA, "Domain Name System (DNS) Parameters").
import {namesOf, type Registry} from '../names-of.ts';

/** The numbers of DNS record types by name, including those that only a question may have, such as AXFR and ANY. */
export const RecordType = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  NULL: 10,
  PTR: 12,
  HINFO: 13,
  MX: 15,
  TXT: 16,
  RP: 17,
  AAAA: 28,
  LOC: 29,
  SRV: 33,
  NAPTR: 35,
  DNAME: 39,
  OPT: 41,
  DS: 43,
  SSHFP: 44,
  RRSIG: 46,
  NSEC: 47,
  DNSKEY: 48,
  NSEC3: 50,
  NSEC3PARAM: 51,
  TLSA: 52,
  CDS: 59,
  CDNSKEY: 60,
  OPENPGPKEY: 61,
  CSYNC: 62,
  ZONEMD: 63,
  SVCB: 64,
  HTTPS: 65,
  SPF: 99,
  TKEY: 249,
  TSIG: 250,
  IXFR: 251,
  AXFR: 252,
  ANY: 255,
  URI: 256,
  CAA: 257,
} as const;

export const RecordClass = {IN: 1, CH: 3, HS: 4, NONE: 254, ANY: 255} as const;

/** The numbers of DNS response codes by name; those above 15 need an OPT record (RFC 6891 §6.1.3). */
export const Rcode = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
  YXDOMAIN: 6,
  YXRRSET: 7,
  NXRRSET: 8,
  NOTAUTH: 9,
  NOTZONE: 10,
  BADVERS: 16,
  BADKEY: 17,
  BADTIME: 18,
  BADMODE: 19,
  BADNAME: 20,
  BADALG: 21,
  BADTRUNC: 22,
  BADCOOKIE: 23,
} as const;

/** The codes of EDNS options by name (RFC 6891 §6.1.2). */
export const EdnsOption = {
  LLQ: 1,
  UL: 2,
  NSID: 3,
  DAU: 5,
  DHU: 6,
  N3U: 7,
  ECS: 8,
  EXPIRE: 9,
  COOKIE: 10,
  KEEPALIVE: 11,
  PADDING: 12,
  CHAIN: 13,
  KEYTAG: 14,
  EDE: 15,
  REPORTCHANNEL: 18,
} as const;

/** The numbers of the parameter keys in SVCB and HTTPS records, by name (RFC 9460 §14.3.2, RFC 9461 §5, RFC 9540 §4). */
export const SvcKey = {
  mandatory: 0,
  alpn: 1,
  'no-default-alpn': 2,
  port: 3,
  ipv4hint: 4,
  ech: 5,
  ipv6hint: 6,
  dohpath: 7,
  ohttp: 8,
} as const;

/** The numbers of DNSSEC's signature algorithms by name (IANA, "DNS Security Algorithm Numbers"). */
export const DnssecAlgorithm = {
  RSAMD5: 1,
  DSA: 3,
  RSASHA1: 5,
  'DSA-NSEC3-SHA1': 6,
  'RSASHA1-NSEC3-SHA1': 7,
  RSASHA256: 8,
  RSASHA512: 10,
  'ECC-GOST': 12,
  ECDSAP256SHA256: 13,
  ECDSAP384SHA384: 14,
  ED25519: 15,
  ED448: 16,
} as const;

/** The codes of Extended DNS Errors by their meaning (RFC 8914 §5.2). */
export const ExtendedError = {
  Other: 0,
  'Unsupported DNSKEY Algorithm': 1,
  'Unsupported DS Digest Type': 2,
  'Stale Answer': 3,
  'Forged Answer': 4,
  'DNSSEC Indeterminate': 5,
  'DNSSEC Bogus': 6,
  'Signature Expired': 7,
  'Signature Not Yet Valid': 8,
  'DNSKEY Missing': 9,
  'RRSIGs Missing': 10,
  'No Zone Key Bit Set': 11,
  'NSEC Missing': 12,
  'Cached Error': 13,
  'Not Ready': 14,
  Blocked: 15,
  Censored: 16,
  Filtered: 17,
  Prohibited: 18,
  'Stale NXDOMAIN Answer': 19,
  'Not Authoritative': 20,
  'Not Supported': 21,
  'No Reachable Authority': 22,
  'Network Error': 23,
  'Invalid Data': 24,
} as const;

export const Opcode = {QUERY: 0, IQUERY: 1, STATUS: 2, NOTIFY: 4, UPDATE: 5} as const;

/**
 * Returns a function from a number of a DNS registry to its name; a number without a name is written with a prefix, as in `TYPE731` (RFC
 * 3597 §5).
 */
const namer = (registry: Registry, prefix: string): ((number: number) => string) => {
  const names = namesOf(registry);
  return (number) => names.get(number) ?? `${prefix}${number}`;
};

const finder =
  (registry: Registry, prefix: string) =>
  (text: string): number | undefined => {
    const upper = text.toUpperCase();
    if (Object.hasOwn(registry, upper)) return registry[upper];
    const digits = upper.startsWith(prefix) ? upper.slice(prefix.length) : '';
    return /^\d{1,5}$/.test(digits) && Number(digits) <= 0xffff ? Number(digits) : undefined;
  };

export const typeName = namer(RecordType, 'TYPE');
export const className = namer(RecordClass, 'CLASS');
export const opcodeName = namer(Opcode, 'OPCODE');
export const rcodeName = namer(Rcode, 'RCODE');
export const ednsOptionName = namer(EdnsOption, 'OPTION');
export const svcKeyName = namer(SvcKey, 'key');
export const algorithmName = namer(DnssecAlgorithm, 'ALG');
export const extendedErrorName = namer(ExtendedError, 'EDE');

/** Returns the number of a DNS record type from its name in any case, or from `TYPE731`; undefined if there is no such type. */
export const typeNumber = finder(RecordType, 'TYPE');
export const classNumber = finder(RecordClass, 'CLASS');
