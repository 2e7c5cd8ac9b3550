// Tells from a DNS response's octets how it ended, and whether it breaks the format of messages (RFC 1035 §4.1).
import {decodeDns} from '../wire/dns/decode.ts';
import {skimDns} from '../wire/dns/edns.ts';
import type {DnsMessage} from '../wire/dns/message.ts';
import {uint16} from '../wire/frame-headers.ts';

/** How a response ended: `rcode` has all twelve bits (RFC 6891 §6.1.3); `signed` is true if the response contains signatures. */
export type Outcome = Pick<DnsMessage, 'rcode'> &
  Pick<DnsMessage['flags'], 'tc'> & {readonly signed: boolean};

export const outcomeOf = (bytes: Uint8Array): Outcome => {
  const flags = uint16(bytes, 2);
  const {extendedRcode, signed} = skimDns(bytes);
  return {rcode: (extendedRcode << 4) | (flags & 0xf), tc: (flags & 0x200) !== 0, signed};
};

/** Octets after the last record that no count accounts for are padding, which resolvers ignore. */
export const isMalformed = (bytes: Uint8Array): boolean => {
  const read = decodeDns(bytes);
  return !read.ok && !(read.error.code === 'malformed' && read.error.field === 'dns.count.add_rr');
};
