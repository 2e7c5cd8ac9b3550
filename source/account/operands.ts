// Finds the values from which a rule of TCP worked when it brought an event about: those of that very step, not those at the end of its
// instant.
import {cameAs} from '../observe/came.ts';
import type {Operands, Trace, TraceEvent} from '../sim/trace.ts';
import type {Connection} from '../stack/tcp/connection.ts';
import type {TcpSegment} from '../wire/tcp.ts';
import {connectionAt, instantOf} from './entries.ts';
import {packetOf, segmentOf} from './packet.ts';

export type RuleOperands = Omit<Operands, 'after'> & {readonly after: Connection | undefined};

/** Returns the TCP segment of an event, as it was sent or as it arrived; undefined if the event has none. */
export const segmentAt = (trace: Trace, event: TraceEvent | undefined): TcpSegment | undefined => {
  if ((event?.kind !== 'arrive' && event?.kind !== 'send') || event.packet < 1) return undefined;
  const frame = event.kind === 'arrive' ? cameAs(trace, event) : undefined;
  return segmentOf(frame ? {frame} : packetOf(trace, event.packet));
};

/**
 * Returns the values for a TCP rule from the states before and after the instant of its event, if those of the step itself are not known.
 */
const lateOperands = (trace: Trace, event: TraceEvent): RuleOperands => {
  const {n} = event;
  const [first] = instantOf(trace, n);
  const arrived = first?.kind === 'arrive' ? segmentAt(trace, first) : undefined;
  return {
    before: connectionAt(trace, (first?.n ?? 1) - 1, event),
    after: connectionAt(trace, n, event),
    segment: arrived ?? segmentAt(trace, event),
  };
};

/**
 * Returns the number of the event that sends a segment by the same rule as this event, if the rule also changes a state or sets a timer.
 */
const carriedOut = (trace: Trace, event: TraceEvent, own: Operands | undefined): number | undefined =>
  instantOf(trace, event.n).find(
    ({kind, n, host, because}) =>
      kind === 'send' &&
      host === event.host &&
      because === event.because &&
      (own === undefined || trace.operandsAt?.(n)?.before === own.before),
  )?.n;

export const operandsOf = (trace: Trace, event: TraceEvent): RuleOperands => {
  const own = trace.operandsAt?.(event.n);
  // A timer that expires is no step of TCP itself.
  const isStep = own !== undefined || event.kind === 'timer';
  const sent = isStep && event.kind !== 'send' ? carriedOut(trace, event, own) : undefined;
  return (sent === undefined ? undefined : trace.operandsAt?.(sent)) ?? own ?? lateOperands(trace, event);
};
