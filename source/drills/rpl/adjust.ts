// What a server of the script says to a query: the entry's message, adjusted to it (ADJUST).
import {encodeDns} from '../../wire/dns/encode.ts';
import type {DnsMessage} from '../../wire/dns/message.ts';
import {writeUint} from '../../wire/octets.ts';
import type {Entry} from './replay.ts';

/** Octets may be no message at all: of them only the ID is adjusted. */
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

/** As a client sends it. */
export const queryOctets = ({octets, message}: Entry): Uint8Array => octets ?? encodeDns(message);
