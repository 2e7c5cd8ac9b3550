// The OPT pseudo-record (RFC 6891 §6.1): the sender's UDP payload size, the upper bits of the RCODE, DO.
import {octetsOf, readUint} from '../octets.ts';
import {decodeUtf8} from '../utf8.ts';
import {dnsHeader} from './header.ts';
import type {DnsMessage, DnsRecord, RData} from './message.ts';
import {rootName} from './name.ts';
import {EdnsOption, RecordType} from './registry.ts';

type OptOptions = Extract<RData, {readonly kind: 'OPT'}>['options'];

export type Edns = {
  /** The octets of UDP payload that the message's sender can receive. */
  readonly udpSize: number;
  /** The upper eight of the twelve bits of the RCODE. */
  readonly extendedRcode: number;
  readonly version: number;
  /** DNSSEC OK (RFC 3225 §3). */
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

/** Returns the first OPT record; undefined if there is none. */
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

/** Returns the place after a name, whatever the name is. */
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

/** The parts of a message that show its result without parsing all of it. */
type Skimmed = {
  /** The upper eight bits of the RCODE; 0 without an OPT record. */
  readonly extendedRcode: number;
  /** True if the message has signatures (RFC 4034 §3). */
  readonly signed: boolean;
};

export const skimDns = (bytes: Uint8Array): Skimmed => {
  const {questions, answers, authorities, additionals} = dnsHeader.read(bytes, 0);
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

/** Returns all twelve bits of the RCODE. */
export const fullRcode = (message: DnsMessage): number =>
  ((ednsOf(message)?.extendedRcode ?? 0) << 4) | message.rcode;

/** Returns the extended errors (RFC 8914 §2): a number, and a text that may be empty. */
export const extendedErrors = (
  edns: Edns | undefined,
): readonly {readonly code: number; readonly text: string}[] =>
  (edns?.options ?? [])
    .filter(({code, data}) => code === EdnsOption.EDE && data.length >= 4)
    .map(({data}) => {
      const octets = octetsOf(data);
      return {code: readUint(octets, 0, 2), text: decodeUtf8(octets.subarray(2))};
    });
