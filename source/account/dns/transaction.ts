// Queries and the responses that belong to them: same id, same question, ports and hosts the other way round (RFC 5452 §9.1).
import type {Trace} from '../../sim/trace.ts';
import {sameName} from '../../wire/dns/name.ts';
import {messagesIn, type SentMessage} from './messages.ts';

/** The other half of a transaction; `afterUs`: from the query's sending to the response's. */
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
    // A server that cannot read the question repeats none.
    (answered === undefined ||
      (asked !== undefined && asked.type === answered.type && sameName(asked.name, answered.name)))
  );
};

/** Of a query its first response, of a response the last query before it; as far as event `cursor` has shown them. */
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
