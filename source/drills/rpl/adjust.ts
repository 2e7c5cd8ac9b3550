// Returns what a server of the script answers to a query: the entry's message, adjusted to the query (ADJUST).
import {encodeDns} from '../../wire/dns/encode.ts';
import type {DnsMessage} from '../../wire/dns/message.ts';
import {writeUint} from '../../wire/octets.ts';
import type {Entry} from './replay.ts';

/** Returns a copy of the octets with another ID. Nothing else is adjusted, because they may be no DNS message. */
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

/** Returns the octets of an entry's message as a client sends it. */
export const queryOctets = ({octets, message}: Entry): Uint8Array => octets ?? encodeDns(message);
