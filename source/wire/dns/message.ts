// DNS messages as values (RFC 1035 §4.1). Numbers are the registry's, so that unknown ones can be represented.
import type {IpAddress} from '../ip-address.ts';
import type {DnsName} from './name.ts';

export type DnsQuestion = {readonly name: DnsName; readonly type: number; readonly class: number};

/** A parameter of SVCB: its key's number, and its octets in hexadecimal (RFC 9460 §2.2). */
export type SvcParam = {readonly key: number; readonly value: string};

/**
 * RDATA of types that came after RFC 1035, whose names are not compressed (RFC 3597 §4). `octets` is all of it in hexadecimal. Times are
 * seconds since 1970, modulo 2^32 (RFC 4034 §3.1.5); `types` are numbers.
 */
type YoungRData =
  | {
      readonly kind: 'SVCB';
      readonly octets: string;
      readonly priority: number;
      readonly target: DnsName;
      readonly params: readonly SvcParam[];
    }
  | {
      readonly kind: 'RRSIG';
      readonly octets: string;
      readonly typeCovered: number;
      readonly algorithm: number;
      readonly labels: number;
      readonly originalTtl: number;
      readonly expiration: number;
      readonly inception: number;
      readonly keyTag: number;
      readonly signer: DnsName;
    }
  | {
      readonly kind: 'DNSKEY';
      readonly octets: string;
      readonly flags: number;
      readonly protocol: number;
      readonly algorithm: number;
      readonly keyTag: number;
    }
  | {
      readonly kind: 'DS';
      readonly octets: string;
      readonly keyTag: number;
      readonly algorithm: number;
      readonly digestType: number;
      readonly digest: string;
    }
  | {
      readonly kind: 'NSEC';
      readonly octets: string;
      readonly next: DnsName;
      readonly types: readonly number[];
    }
  | {
      readonly kind: 'NSEC3';
      readonly octets: string;
      readonly hashAlgorithm: number;
      readonly flags: number;
      readonly iterations: number;
      readonly salt: string;
      /** The next hash in base32 with the extended hex alphabet, as in owner names (RFC 5155 §1.3). */
      readonly nextHashed: string;
      readonly types: readonly number[];
    };

/** RDATA; `raw` is that of RFC 3597: octets in hexadecimal of an unknown type or an invalid form. */
export type RData =
  | {readonly kind: 'A'; readonly address: string}
  | {readonly kind: 'AAAA'; readonly address: string}
  | {readonly kind: 'NS'; readonly name: DnsName}
  | {readonly kind: 'CNAME'; readonly name: DnsName}
  | {readonly kind: 'PTR'; readonly name: DnsName}
  | {readonly kind: 'DNAME'; readonly name: DnsName}
  | {
      readonly kind: 'SOA';
      readonly mname: DnsName;
      readonly rname: DnsName;
      readonly serial: number;
      readonly refresh: number;
      readonly retry: number;
      readonly expire: number;
      readonly minimum: number;
    }
  | {readonly kind: 'MX'; readonly preference: number; readonly exchange: DnsName}
  /** Character strings as octets in hexadecimal. */
  | {readonly kind: 'TXT'; readonly strings: readonly string[]}
  | {
      readonly kind: 'SRV';
      readonly priority: number;
      readonly weight: number;
      readonly port: number;
      readonly target: DnsName;
    }
  | {readonly kind: 'OPT'; readonly options: readonly {readonly code: number; readonly data: string}[]}
  | YoungRData
  | {readonly kind: 'raw'; readonly octets: string};

/**
 * A record with its `ttl` in seconds. In OPT, `class` is the sender's UDP payload size and `ttl` contains the extended flags (RFC 6891
 * §6.1.3).
 */
export type DnsRecord = {
  readonly name: DnsName;
  readonly type: number;
  readonly class: number;
  readonly ttl: number;
  readonly data: RData;
};

/** The header's flags by the names of RFC 1035 §4.1.1 and RFC 4035 §3: `aa` authoritative answer, `cd` checking disabled. */
export type DnsFlags = {
  readonly qr: boolean;
  readonly aa: boolean;
  readonly tc: boolean;
  readonly rd: boolean;
  readonly ra: boolean;
  readonly ad: boolean;
  readonly cd: boolean;
};

export const noFlags: DnsFlags = {
  ...{qr: false, aa: false, tc: false, rd: false},
  ...{ra: false, ad: false, cd: false},
};

export type DnsMessage = {
  readonly id: number;
  readonly opcode: number;
  readonly flags: DnsFlags;
  /** The header's four bits, which an OPT record may extend (RFC 6891 §6.1.3). */
  readonly rcode: number;
  readonly questions: readonly DnsQuestion[];
  readonly answers: readonly DnsRecord[];
  readonly authorities: readonly DnsRecord[];
  readonly additionals: readonly DnsRecord[];
};

/** Sections without records. */
export const noRecords = {answers: [], authorities: [], additionals: []} as const;

/** Returns the addresses of A and AAAA records in their order. */
export const addressesIn = (records: readonly DnsRecord[]): readonly IpAddress[] =>
  records.flatMap(({data}) => (data.kind === 'A' || data.kind === 'AAAA' ? [data.address] : []));
