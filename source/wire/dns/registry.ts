// The numbers of DNS and their names (IANA, "Domain Name System (DNS) Parameters").

/** Record types by name; those that only a question may have at the end. */
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
  SVCB: 64,
  HTTPS: 65,
  SPF: 99,
  IXFR: 251,
  AXFR: 252,
  ANY: 255,
  CAA: 257,
} as const;

export const RecordClass = {IN: 1, CH: 3, HS: 4, NONE: 254, ANY: 255} as const;

/** Those above 15 need an OPT record (RFC 6891 §6.1.3). */
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
  BADCOOKIE: 23,
} as const;

export const Opcode = {QUERY: 0, IQUERY: 1, STATUS: 2, NOTIFY: 4, UPDATE: 5} as const;

type Registry = Readonly<Record<string, number>>;

const namesOf = (registry: Registry): ReadonlyMap<number, string> =>
  new Map(Object.entries(registry).map(([name, number]) => [number, name]));

/** RFC 3597 §5: what has no name is called by its number, `TYPE731`. */
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
export const rcodeName = namer(Rcode, 'RCODE');
export const opcodeName = namer(Opcode, 'OPCODE');

/** In any case; undefined: no type of that name. */
export const typeNumber = finder(RecordType, 'TYPE');
export const classNumber = finder(RecordClass, 'CLASS');
