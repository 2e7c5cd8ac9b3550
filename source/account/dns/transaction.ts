// Pairs DNS queries with their responses: same ID and question, ports and hosts exchanged (RFC 5452 §9.1).
import type {Trace} from '../../sim/trace.ts';
import {sameName} from '../../wire/dns/name.ts';
import {messagesIn, type SentMessage} from './messages.ts';

/** The response to a DNS query, or the query of a response. `afterUs` is the time in µs from the query's sending to the response's. */
export type Partner = {
  readonly kind: 'query' | 'response';
  readonly packet: number;
  readonly afterUs: number;
};

export const belongs = (query: SentMessage, response: SentMessage): boolean => {
  const [asked] = query.message.questions;
  const [answered] = response.message.questions;
  return (
    !query.message.flags.qr &&
    response.message.flags.qr &&
    query.event < response.event &&
    query.message.id === response.message.id &&
    query.from === response.to &&
    query.to === response.from &&
    query.ports[0] === response.ports[1] &&
    query.ports[1] === response.ports[0] &&
    // A DNS server that cannot parse the question does not repeat it.
    (answered === undefined ||
      (asked !== undefined && asked.type === answered.type && sameName(asked.name, answered.name)))
  );
};

/** Returns the first response to a DNS query, or the last query before a response, if it was sent by event `cursor`. */
export const partnerOf = (trace: Trace, packet: number, cursor: number): Partner | undefined => {
  const all = messagesIn(trace);
  const own = all.find((each) => each.packet === packet);
  if (!own) return undefined;
  const isResponse = own.message.flags.qr;
  const other = isResponse
    ? all.findLast((each) => belongs(each, own))
    : all.find((each) => belongs(own, each));
  if (!other || other.event > cursor) return undefined;
  const afterUs = Math.abs(trace.event(other.event).atUs - trace.event(own.event).atUs);
  return {kind: isResponse ? 'query' : 'response', packet: other.packet, afterUs};
};
