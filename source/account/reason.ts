// Finds the facts by which a protocol's machine decided, for code that explains an event.
import type {Trace, TraceEvent} from '../sim/trace.ts';
import type {Fact, Facts} from '../stack/reason.ts';
import {beginningOf} from './causes.ts';
import {partnerOf} from './dns/transaction.ts';
import {packetOf} from './packet.ts';

/** Returns the facts on which a machine based the step of event `n`; none if none were noted. */
export const factsOf = (trace: Trace, n: number): Facts => trace.reasonAt?.(n)?.facts ?? {};

/** Returns the fact of event `n` with this name if its value is one of these words; otherwise undefined. */
export const wordOf = <Word extends string>(
  trace: Trace,
  n: number,
  name: string,
  words: readonly Word[],
): Word | undefined => {
  const fact = factsOf(trace, n)[name];
  return words.find((word) => word === fact);
};

/** Returns the packet whose arrival brought an event about; undefined if something else did. */
const cameBefore = (trace: Trace, {n}: TraceEvent): number | undefined => {
  const first = beginningOf(trace, n);
  return first?.kind === 'arrive' && first.packet > 0 ? first.packet : undefined;
};

/** Returns the facts of the DNS query that a response answers; none if the event sends no response. */
const askedFacts = (trace: Trace, event: TraceEvent): Facts => {
  const asker = event.kind === 'send' ? partnerOf(trace, event.packet, event.n)?.packet : undefined;
  return asker === undefined ? {} : factsOf(trace, packetOf(trace, asker).sendEvent);
};

const ofAsked = 'asked.';

/**
 * Returns a fact of an event by its name: `packet` is the number of the packet that has arrived, `asked.X` the fact X of the query that the
 * event answers, and any other name a fact of the event's own. Returns undefined if there is no such fact.
 */
export const factNamed = (trace: Trace, event: TraceEvent, name: string): Fact | undefined => {
  if (name === 'packet') return cameBefore(trace, event);
  return name.startsWith(ofAsked)
    ? askedFacts(trace, event)[name.slice(ofAsked.length)]
    : factsOf(trace, event.n)[name];
};
