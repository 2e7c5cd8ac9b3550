// Makes the answer of a scripted DNS server in a resolver replay script: the entry's message, adjusted to the query (ADJUST).
import {encodeDns} from '../../wire/dns/encode.ts';
import type {DnsMessage} from '../../wire/dns/message.ts';
import {writeUint} from '../../wire/octets.ts';
import type {Entry} from './replay.ts';

/** Returns a copy of a message's octets with another DNS ID. Nothing else is adjusted, because the octets may be no DNS message. */
const octetsWith = (octets: Uint8Array, id: number): Uint8Array => {
  const copy = octets.slice();
  if (copy.length >= 2) writeUint(copy, 0, 2, id);
  return copy;
};

export const replyTo = ({adjust, message, octets}: Entry, query: DnsMessage): Uint8Array => {
  const copiesId = adjust.has('copy_id');
  if (octets !== undefined) return copiesId ? octetsWith(octets, query.id) : octets;
  return encodeDns({
    ...message,
    id: copiesId ? query.id : message.id,
    questions: adjust.has('copy_query') ? query.questions : message.questions,
  });
};

/** Returns the octets of the query that a client of the replay script sends: the entry's own octets, or its message encoded. */
export const queryOctets = ({octets, message}: Entry): Uint8Array => octets ?? encodeDns(message);
