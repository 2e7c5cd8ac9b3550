// Reads the RDATA of DNS records (RFC 1035 §3.3, §3.4.1, RFC 3596 §2.2, RFC 2782, RFC 6672 §2.1, RFC 6891 §6.1.2); that of other types
// stays raw (RFC 3597).
import {formatIpv4, formatIpv6} from '../ip-address.ts';
import {hexOf, readUint} from '../octets.ts';
import {err, ok, type Result} from '../result.ts';
import type {WireError} from '../wire-error.ts';
import type {RData} from './message.ts';
import type {DnsName} from './name.ts';
import {readName} from './read-name.ts';
import {RecordClass, RecordType} from './registry.ts';
import {readYoung} from './young-rdata.ts';

/** The place of a record's RDATA: octets `start … end` of the DNS message. */
export type RDataPlace = {readonly start: number; readonly end: number};

type Read = Result<RData, WireError>;
type Reader = (bytes: Uint8Array, place: RDataPlace) => Read;

const malformed = err({code: 'malformed', protocol: 'dns', field: 'dns.resp.len'} as const);

/** Reads `count` consecutive domain names in RDATA from `start` on, after which exactly `behind` octets must follow. */
const readNames = (
  bytes: Uint8Array,
  {start, end}: RDataPlace,
  {count, behind = 0}: {readonly count: number; readonly behind?: number},
): Result<{readonly names: readonly DnsName[]; readonly at: number}, WireError> => {
  const names: DnsName[] = [];
  let at = start;
  while (names.length < count) {
    const read = readName(bytes, {at, end, field: 'dns.resp.len'});
    if (!read.ok) return read;
    names.push(read.value.name);
    at = read.value.end;
  }
  return at + behind === end ? ok({names, at}) : malformed;
};

/** Returns a reader of RDATA that consists of `before` octets and one domain name. */
const named =
  (before: number, make: (name: DnsName, bytes: Uint8Array, start: number) => RData): Reader =>
  (bytes, {start, end}) => {
    const read = readNames(bytes, {start: start + before, end}, {count: 1});
    return read.ok ? ok(make(read.value.names[0] ?? '', bytes, start)) : read;
  };

const readSoa: Reader = (bytes, place) => {
  const read = readNames(bytes, place, {count: 2, behind: 20});
  if (!read.ok) return read;
  const {names, at} = read.value;
  const number = (index: number): number => readUint(bytes, at + 4 * index, 4);
  return ok({
    kind: 'SOA',
    mname: names[0] ?? '',
    rname: names[1] ?? '',
    serial: number(0),
    refresh: number(1),
    retry: number(2),
    expire: number(3),
    minimum: number(4),
  });
};

const readTxt: Reader = (bytes, {start, end}) => {
  const strings: string[] = [];
  let at = start;
  while (at < end) {
    const next = at + 1 + (bytes[at] ?? 0);
    if (next > end) return malformed;
    strings.push(hexOf(bytes, at + 1, next));
    at = next;
  }
  return ok({kind: 'TXT', strings});
};

const readOpt: Reader = (bytes, {start, end}) => {
  const options: {readonly code: number; readonly data: string}[] = [];
  let at = start;
  while (at < end) {
    const next = at + 4 + readUint(bytes, at + 2, 2);
    if (next > end) return malformed;
    options.push({code: readUint(bytes, at, 2), data: hexOf(bytes, at + 4, next)});
    at = next;
  }
  return ok({kind: 'OPT', options});
};

const readRaw: Reader = (bytes, {start, end}) => ok({kind: 'raw', octets: hexOf(bytes, start, end)});

/** Returns a reader for RDATA of a type younger than RFC 1035, such as DNSSEC's; an invalid form stays raw. */
const young =
  (type: number): Reader =>
  (bytes, place) => {
    const read = readYoung(type, bytes.subarray(place.start, place.end));
    return read ? ok(read) : readRaw(bytes, place);
  };

/** Returns a reader for RDATA that is an IP address of `octets` octets; RDATA of another length stays raw. */
const address =
  (octets: number, read: (bytes: Uint8Array, start: number) => RData): Reader =>
  (bytes, place) =>
    place.end - place.start === octets ? ok(read(bytes, place.start)) : readRaw(bytes, place);

const readers: ReadonlyMap<number, Reader> = new Map([
  [RecordType.NS, named(0, (name) => ({kind: 'NS', name}))],
  [RecordType.CNAME, named(0, (name) => ({kind: 'CNAME', name}))],
  [RecordType.PTR, named(0, (name) => ({kind: 'PTR', name}))],
  [RecordType.DNAME, named(0, (name) => ({kind: 'DNAME', name}))],
  [RecordType.SOA, readSoa],
  [
    RecordType.MX,
    named(2, (exchange, bytes, at) => ({kind: 'MX', preference: readUint(bytes, at, 2), exchange})),
  ],
  [RecordType.TXT, readTxt],
  [RecordType.RRSIG, young(RecordType.RRSIG)],
  [RecordType.DNSKEY, young(RecordType.DNSKEY)],
  [RecordType.CDNSKEY, young(RecordType.DNSKEY)],
  [RecordType.DS, young(RecordType.DS)],
  [RecordType.CDS, young(RecordType.DS)],
  [RecordType.NSEC, young(RecordType.NSEC)],
  [RecordType.NSEC3, young(RecordType.NSEC3)],
]);

/** Readers of RDATA by record type, for types that are defined for the class IN only. */
const internetReaders: ReadonlyMap<number, Reader> = new Map([
  [RecordType.A, address(4, (bytes, at) => ({kind: 'A', address: formatIpv4(bytes, at)}))],
  [RecordType.AAAA, address(16, (bytes, at) => ({kind: 'AAAA', address: formatIpv6(bytes, at)}))],
  [
    RecordType.SRV,
    named(6, (target, bytes, at) => ({
      kind: 'SRV',
      priority: readUint(bytes, at, 2),
      weight: readUint(bytes, at + 2, 2),
      port: readUint(bytes, at + 4, 2),
      target,
    })),
  ],
  [RecordType.SVCB, young(RecordType.SVCB)],
  [RecordType.HTTPS, young(RecordType.SVCB)],
]);

/** Reads the RDATA of one record; `bytes` is the whole DNS message, to which names may point. */
export const readRData = (
  bytes: Uint8Array,
  place: RDataPlace,
  {type, class: recordClass}: {readonly type: number; readonly class: number},
): Read => {
  if (type === RecordType.OPT) return readOpt(bytes, place);
  const internet = recordClass === RecordClass.IN ? internetReaders.get(type) : undefined;
  const read = internet ?? readers.get(type);
  // RDATA may be empty: RFC 2136 §2.4 uses records without it for conditions and deletions.
  return read && place.end > place.start ? read(bytes, place) : readRaw(bytes, place);
};
