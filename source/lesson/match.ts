// Finds the events that a selector means, in a Trace or in a run that still goes on.
import {entriesBetween, entryAt} from '../account/entries.ts';
import {packetOf} from '../account/packet.ts';
import {isAnsweredLater} from '../sim/apps.ts';
import type {Watch} from '../sim/scenario.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import {fulfils, isProtocolMatch} from './meanings.ts';
import type {PacketFacts} from './packet-facts.ts';
import type {Match, PacketMatch, Selector} from './selector.ts';
import {httpHeadsIn, StreamReader, tlsPartsIn} from './stream-reader.ts';

/**
 * Returns the numbers of the events that match a selector, in order; with `nth` at most one. Events with a number of `before` or more are
 * ignored.
 */
export const matchingEvents = (
  selector: Selector,
  trace: Trace,
  before = Number.POSITIVE_INFINITY,
): readonly number[] => {
  const {match, nth, after} = selector;
  let from = 1;
  if (after) {
    const [first] = matchingEvents(after, trace, before);
    if (first === undefined) return [];
    from = first + 1;
  }
  const found = eventsOf(match, trace, {from, before});
  if (nth === undefined) return found;
  const chosen = found[nth - 1];
  return chosen === undefined ? [] : [chosen];
};

/** Returns the number of the last event at or before a time; 0 if there is none. */
export const eventAt = (trace: Trace, atUs: number): number => {
  let low = 0;
  let high = trace.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (entryAt(trace, middle).atUs <= atUs) low = middle;
    else high = middle - 1;
  }
  return low;
};

type Range = {readonly from: number; readonly before: number};

const eventsOf = (match: Match, trace: Trace, {from, before}: Range): readonly number[] => {
  const isIn = (n: number): boolean => n >= from && n < before;
  if (match.kind === 'end') return isIn(trace.length) ? [trace.length] : [];
  if (match.kind === 'at') {
    const n = match.atUs <= trace.durationUs ? eventAt(trace, match.atUs) : 0;
    return isIn(n) ? [n] : [];
  }
  const found: number[] = [];
  const factsOf = (packet: number): PacketFacts => {
    const {frame, retransmission} = packetOf(trace, packet);
    return {
      frame,
      retransmission,
      httpHeads: () => httpHeadsIn(trace, packet),
      tlsParts: () => tlsPartsIn(trace, packet),
    };
  };
  for (const event of entriesBetween(trace, from)) {
    if (event.n >= before) break;
    if (isMatch(match, event, factsOf)) found.push(event.n);
  }
  return found;
};

type FactsOf = (packet: number) => PacketFacts | undefined;

const isMatch = (
  match: Exclude<Match, {readonly kind: 'at' | 'end'}>,
  event: TraceEvent,
  factsOf: FactsOf,
): boolean => {
  if (match.host !== undefined && match.host !== event.host) return false;
  if (match.kind === 'packet') return isPacketMatch(match, event, factsOf);
  return match.kind === 'call' ? isCallMatch(match, event) : isProtocolMatch(match, event);
};

/**
 * Tells whether an event matches a selector's condition on a call. If a call is answered later, `returns` is compared with that answer; the
 * call's own event only says that it was accepted.
 */
const isCallMatch = ({call, returns}: Extract<Match, {kind: 'call'}>, event: TraceEvent): boolean => {
  if (event.kind === 'signal') return event.signal === returns;
  if (event.kind === 'answer') return event.action.call === call && event.answer.result === returns;
  if (event.kind !== 'call' || event.call !== call) return false;
  return returns === undefined || (event.result === returns && !isAnsweredLater(event.call));
};

const eventKinds = {sends: 'send', arrives: 'arrive', drops: 'drop', forwards: 'send'} as const;

const isPacketMatch = (match: PacketMatch, event: TraceEvent, factsOf: FactsOf): boolean => {
  if (event.kind !== eventKinds[match.what] || !('packet' in event) || event.packet < 1) return false;
  // An event of a router forwarding a packet is also a `send`, but with a hop above 0.
  if (event.kind === 'send' && event.hop > 0 !== (match.what === 'forwards')) return false;
  const facts = factsOf(event.packet);
  return facts !== undefined && fulfils(match, facts);
};

/**
 * Returns a watch for a run that ends at a selector's event: a function that takes each event as it happens and returns true when it is
 * that event.
 */
export const watchFor = (selector: Selector): Watch => {
  const packets = new Map<number, PacketFacts>();
  const reader = new StreamReader();
  // HTTP and TLS streams are read only when a condition asks for them, because most runs end with something else.
  const unread: [number, Pick<PacketFacts, 'frame'>][] = [];
  const read = (): StreamReader => {
    for (const [id, facts] of unread.splice(0)) reader.see(id, facts);
    return reader;
  };
  const test = stepwise(selector, (packet) => packets.get(packet));
  return (event) => {
    reader.learn(event);
    if (event.kind === 'send' && event.hop === 0 && event.packet > 0) {
      const {packet, frame, retransmission} = event;
      unread.push([packet, {frame}]);
      packets.set(packet, {
        frame,
        retransmission,
        httpHeads: () => read().beginningIn(packet),
        tlsParts: () => read().tlsIn(packet),
      });
    }
    return test(event);
  };
};

const stepwise = ({match, nth, after}: Selector, factsOf: FactsOf): Watch => {
  const opens = after ? stepwise(after, factsOf) : undefined;
  let open = opens === undefined;
  let seen = 0;
  return (event) => {
    if (!open) {
      open = opens?.(event) ?? true;
      // An event does not come after itself. But if `after` is the selector `at`, this event is the first one later than its time, so it
      // counts.
      if (!open || after?.match.kind !== 'at') return false;
    }
    if (match.kind === 'end') return false;
    if (match.kind === 'at') return event.atUs > match.atUs;
    if (!isMatch(match, event, factsOf)) return false;
    seen += 1;
    return nth === undefined || seen === nth;
  };
};
