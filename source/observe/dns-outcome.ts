// Tells from the octets of a DNS response its RCODE, and whether the message is malformed (RFC 1035 §4.1).
import {decodeDns} from '../wire/dns/decode.ts';
import {skimDns} from '../wire/dns/edns.ts';
import type {DnsMessage} from '../wire/dns/message.ts';
import {uint16} from '../wire/frame-headers.ts';

/** How a DNS response ended: `rcode` has all twelve bits (RFC 6891 §6.1.3); `tc`: it is truncated; `signed`: it contains signatures. */
export type Outcome = Pick<DnsMessage, 'rcode'> &
  Pick<DnsMessage['flags'], 'tc'> & {readonly signed: boolean};

export const outcomeOf = (bytes: Uint8Array): Outcome => {
  const flags = uint16(bytes, 2);
  const {extendedRcode, signed} = skimDns(bytes);
  return {rcode: (extendedRcode << 4) | (flags & 0xf), tc: (flags & 0x200) !== 0, signed};
};

/**
 * Tells whether a DNS message cannot be decoded whole. Octets after the last record do not make it malformed, because resolvers ignore
 * them.
 */
export const isMalformed = (bytes: Uint8Array): boolean => {
  const read = decodeDns(bytes);
  return !read.ok && !(read.error.code === 'malformed' && read.error.field === 'dns.count.add_rr');
};
