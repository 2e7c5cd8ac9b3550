// DNS messages as values (RFC 1035 §4.1). Types, classes and codes are IANA's numbers, so that unknown ones can be represented.
import type {IpAddress} from '../ip-address.ts';
import type {DnsName} from './name.ts';

export type DnsQuestion = {readonly name: DnsName; readonly type: number; readonly class: number};

/** A parameter of an SVCB or HTTPS record: the number of its key, and its value's octets in hexadecimal (RFC 9460 §2.2). */
export type SvcParam = {readonly key: number; readonly value: string};

/**
 * RDATA of DNS types that came after RFC 1035, whose names are not compressed (RFC 3597 §4). `octets` is all of it in hexadecimal. Times
 * are seconds since 1970, modulo 2^32 (RFC 4034 §3.1.5); `types` are the numbers of record types.
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
      /** The next hashed owner name of the NSEC3 record in base32 with the extended hex alphabet, as in owner names (RFC 5155 §1.3). */
      readonly nextHashed: string;
      readonly types: readonly number[];
    };

/** The decoded RDATA of a DNS record; `raw` is that of an unknown type or an invalid form, as octets in hexadecimal (RFC 3597). */
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
  /** The character strings of a TXT record, each as octets in hexadecimal. */
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
 * A DNS record; `ttl` is in seconds. In an OPT record, `class` is the sender's UDP payload size and `ttl` contains the extended flags (RFC
 * 6891 §6.1.3).
 */
export type DnsRecord = {
  readonly name: DnsName;
  readonly type: number;
  readonly class: number;
  readonly ttl: number;
  readonly data: RData;
};

/**
 * The one-bit flags of a DNS header by their names in RFC 1035 §4.1.1 and RFC 4035 §3, such as `aa` (authoritative answer) and `cd`
 * (checking disabled).
 */
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
  /** The four bits of the response code in the DNS header, which an OPT record may extend (RFC 6891 §6.1.3). */
  readonly rcode: number;
  readonly questions: readonly DnsQuestion[];
  readonly answers: readonly DnsRecord[];
  readonly authorities: readonly DnsRecord[];
  readonly additionals: readonly DnsRecord[];
};

/** The three record sections of a DNS message without records. */
export const noRecords = {answers: [], authorities: [], additionals: []} as const;

/** Returns the IP addresses in the A and AAAA records among these, in their order. */
export const addressesIn = (records: readonly DnsRecord[]): readonly IpAddress[] =>
  records.flatMap(({data}) => (data.kind === 'A' || data.kind === 'AAAA' ? [data.address] : []));
