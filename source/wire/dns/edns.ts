// Makes and reads EDNS's OPT pseudo-record (RFC 6891 §6.1): the sender's UDP payload size, the upper bits of the RCODE, the DO bit,
// options.
import {octetsOf, readUint} from '../octets.ts';
import {decodeUtf8} from '../utf8.ts';
import {countsOf, dnsHeader} from './header.ts';
import type {DnsMessage, DnsRecord, RData} from './message.ts';
import {rootName} from './name.ts';
import {EdnsOption, RecordType} from './registry.ts';

type OptOptions = Extract<RData, {readonly kind: 'OPT'}>['options'];

export type Edns = {
  /** The most octets of UDP payload that the DNS message's sender can receive. */
  readonly udpSize: number;
  /** The upper eight of the twelve bits of a DNS response code; the header contains the lower four. */
  readonly extendedRcode: number;
  readonly version: number;
  /** The DO bit, “DNSSEC OK”: the sender wants DNSSEC records (RFC 3225 §3). */
  readonly doBit: boolean;
  readonly options: OptOptions;
};

const doMask = 0x8000;

export const optRecord = ({
  udpSize,
  extendedRcode = 0,
  version = 0,
  doBit = false,
  options = [],
}: Partial<Edns> & Pick<Edns, 'udpSize'>): DnsRecord => ({
  name: rootName,
  type: RecordType.OPT,
  class: udpSize,
  ttl: ((extendedRcode << 24) | (version << 16) | (doBit ? doMask : 0)) >>> 0,
  data: {kind: 'OPT', options},
});

/** Returns the content of a DNS message's first OPT record; undefined if it has none. */
export const ednsOf = ({additionals}: DnsMessage): Edns | undefined => {
  const opt = additionals.find(({type}) => type === RecordType.OPT);
  if (opt?.data.kind !== 'OPT') return undefined;
  return {
    udpSize: opt.class,
    extendedRcode: opt.ttl >>> 24,
    version: (opt.ttl >>> 16) & 0xff,
    doBit: (opt.ttl & doMask) !== 0,
    options: opt.data.options,
  };
};

/** Returns the offset after the domain name at `start`, without checking the name. */
const afterName = (bytes: Uint8Array, start: number): number => {
  let at = start;
  while (at < bytes.length) {
    const length = bytes[at] ?? 0;
    if (length >= 0xc0) return at + 2;
    at += 1 + length;
    if (length === 0) return at;
  }
  return at;
};

/** The parts of a DNS message that `skimDns` finds without decoding all of it. */
type Skimmed = {
  /** The upper eight bits of the DNS response code; 0 without an OPT record. */
  readonly extendedRcode: number;
  /** True if the DNS message contains signatures, that is RRSIG records (RFC 4034 §3). */
  readonly signed: boolean;
};

export const skimDns = (bytes: Uint8Array): Skimmed => {
  const {questions, answers, authorities, additionals} = countsOf(bytes);
  let at = dnsHeader.size;
  let [extendedRcode, signed] = [0, false];
  for (let left = questions; left > 0 && at < bytes.length; left--) at = afterName(bytes, at) + 4;
  for (let left = answers + authorities + additionals; left > 0 && at < bytes.length; left--) {
    const head = afterName(bytes, at);
    const type = readUint(bytes, head, 2);
    if (left <= additionals && type === RecordType.OPT) extendedRcode = readUint(bytes, head + 4, 1);
    signed ||= type === RecordType.RRSIG;
    at = head + 10 + readUint(bytes, head + 8, 2);
  }
  return {extendedRcode, signed};
};

/** Returns a DNS message's response code with all twelve bits, including those in an OPT record. */
export const fullRcode = (message: DnsMessage): number =>
  ((ednsOf(message)?.extendedRcode ?? 0) << 4) | message.rcode;

/** Returns the Extended DNS Errors of an OPT record (RFC 8914 §2): the code, and a text that may be empty. */
export const extendedErrors = (
  edns: Edns | undefined,
): readonly {readonly code: number; readonly text: string}[] =>
  (edns?.options ?? [])
    .filter(({code, data}) => code === EdnsOption.EDE && data.length >= 4)
    .map(({data}) => {
      const octets = octetsOf(data);
      return {code: readUint(octets, 0, 2), text: decodeUtf8(octets.subarray(2))};
    });
