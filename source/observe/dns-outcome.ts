// Tells from the octets of a DNS response its RCODE, and what else is asked of most responses (RFC 1035 §4.1).
import {skimDns} from '../wire/dns/edns.ts';
import {dnsForm} from '../wire/dns/form.ts';
import type {DnsMessage} from '../wire/dns/message.ts';
import {uint16} from '../wire/frame-headers.ts';

/** How a DNS response ended: `rcode` has all twelve bits (RFC 6891 §6.1.3); `tc`: it is truncated; `signed`: it contains signatures. */
export type Outcome = Pick<DnsMessage, 'rcode'> &
  Pick<DnsMessage['flags'], 'tc'> & {
    readonly signed: boolean;
    /** True if the DNS response can be decoded whole; octets after the last record do not matter, because resolvers ignore them. */
    readonly isWhole: boolean;
    /** True if no record in the answer section of the DNS response can be decoded. */
    readonly isEmpty: boolean;
  };

/** The outcomes that were met so far by all that they say: nearly all of a hundred thousand responses share a few. */
const known = new Map<number, Outcome>();

export const outcomeOf = (bytes: Uint8Array): Outcome => {
  const flags = uint16(bytes, 2);
  const {extendedRcode, signed} = skimDns(bytes);
  const rcode = (extendedRcode << 4) | (flags & 0xf);
  const tc = (flags & 0x200) !== 0;
  const {isWhole, answers} = dnsForm(bytes);
  const isEmpty = answers === 0;
  const key = (rcode << 4) | (tc ? 8 : 0) | (signed ? 4 : 0) | (isWhole ? 2 : 0) | (isEmpty ? 1 : 0);
  const before = known.get(key);
  if (before) return before;
  const outcome = {rcode, tc, signed, isWhole, isEmpty};
  known.set(key, outcome);
  return outcome;
};
