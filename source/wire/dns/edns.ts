// The OPT pseudo-record (RFC 6891 §6.1): how much UDP the sender takes, the upper bits of the RCODE, DO.
import type {DnsMessage, DnsRecord, RData} from './message.ts';
import {rootName} from './name.ts';
import {RecordType} from './registry.ts';

type OptOptions = Extract<RData, {readonly kind: 'OPT'}>['options'];

export type Edns = {
  /** Octets of UDP payload that its sender can take. */
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

/** Of the first OPT record; undefined where there is none. */
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

/** All twelve bits. */
export const fullRcode = (message: DnsMessage): number =>
  ((ednsOf(message)?.extendedRcode ?? 0) << 4) | message.rcode;
