// The TCP state and variables that an arriving segment finds at an end of a connection, and those that it leaves.
import {connectionAt, entriesOf, entryAt, instantOf} from '../account/entries.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import {farEndOf} from '../wire/connection-id.ts';
import {oncePer} from '../wire/once-per.ts';
import {instantBefore} from './instants.ts';
import {type Arrived, segmentsOf} from './segments.ts';

/**
 * Returns the TCP variables of a host's connection after event `n`; undefined if there is no connection, or in a capture, where they are
 * not known.
 */
export const tcbAt = (trace: Trace, host: string, connection: string, n: number) => {
  const tcb = connectionAt(trace, n, {host, connection});
  return tcb && 'cwnd' in tcb ? tcb : undefined;
};

export type Tcb = NonNullable<ReturnType<typeof tcbAt>>;

export type Meeting = {
  readonly arrived: Arrived;
  readonly atUs: number;
  readonly before: Tcb | undefined;
  readonly after: Tcb | undefined;
  /** All events of the instant in which the segment arrives, in order. */
  readonly events: readonly TraceEvent[];
};

/** How many arrivals of segments in a run are looked at; the first ones of a long run are enough for questions. */
const most = 120;

export const meetings = oncePer((trace: Trace): readonly Meeting[] =>
  segmentsOf(trace)
    .arrived.slice(0, most)
    .map((arrived) => {
      const {n, host, flow} = arrived;
      const connection = farEndOf(flow);
      const events = instantOf(trace, n);
      return {
        ...{arrived, atUs: entryAt(trace, n).atUs, events},
        before: tcbAt(trace, host, connection, instantBefore(trace, n)),
        after: tcbAt(trace, host, connection, n),
      };
    }),
);

type Expiry = {readonly n: number; readonly packet: number; readonly before: Tcb; readonly after: Tcb};

/**
 * Returns the expirations of retransmission timers in a run, each with the packet sent because of it and the TCP variables before and
 * after.
 */
export const timeOuts = (trace: Trace): readonly Expiry[] =>
  [...entriesOf(trace, 'timer')].flatMap(({n, name, op, host, connection}): readonly Expiry[] => {
    if (op !== 'fire' || name !== 'RTO' || connection === undefined) return [];
    const events = instantOf(trace, n);
    const before = tcbAt(trace, host, connection, instantBefore(trace, n));
    const after = tcbAt(trace, host, connection, n);
    const sent = events.find(({kind}) => kind === 'send');
    const packet = sent?.kind === 'send' ? sent.packet : undefined;
    return before && after && packet !== undefined ? [{n, packet, before, after}] : [];
  });
