// Lists how a simulation differs from its capture: what was retransmitted and after how long, and which segments only one of the two has.

import type {Trace} from '../../sim/trace.ts';
import {byKey} from '../../wire/grouped.ts';
import {TcpFlag} from '../../wire/tcp.ts';
import type {Agreement, Pair} from './agreement.ts';
import {hasFlags, type Seen, spaceOf, transmissionOf} from './seen.ts';

type Cause = 'RTO' | 'duplicate ACKs' | 'probe';

export type Difference =
  /** A retransmission that both have: the time since the previous sending in each, and what caused it in the simulation. */
  | {
      readonly kind: 'again';
      readonly captured: Seen;
      readonly captureWaitUs: number;
      readonly simulatedWaitUs: number;
      readonly by: Cause;
    }
  /** A segment that both have, with another acknowledgment number in the simulation. */
  | {readonly kind: 'acknowledges'; readonly captured: Seen; readonly simulated: Seen}
  /** Segments that both have, but in another order among those of their sender: how many, and the first of them. */
  | {readonly kind: 'order'; readonly captured: Seen; readonly count: number}
  /** Segments of one kind that only the capture or only the simulation has: how many, and the first of them. */
  | {
      readonly kind: 'alone';
      readonly in: 'capture' | 'simulation';
      readonly what: Alone;
      readonly first: Seen;
      readonly count: number;
    };

export type Alone = 'ACK' | 'data' | 'again' | 'RST' | 'SYN' | 'FIN';

const kindOf = (segment: Seen, repeated: boolean): Alone => {
  if (hasFlags(segment, TcpFlag.RST)) return 'RST';
  if (repeated) return 'again';
  if (spaceOf(segment) === 0) return 'ACK';
  if (segment.length > 0) return 'data';
  return hasFlags(segment, TcpFlag.FIN) ? 'FIN' : 'SYN';
};

/** Returns for each retransmission the µs since the same sequence number was sent before. */
const waitsOf = (segments: readonly (Seen | undefined)[]): ReadonlyMap<Seen, number> => {
  const last = new Map<string, Seen>();
  const waits = new Map<Seen, number>();
  for (const segment of segments) {
    if (!segment || spaceOf(segment) === 0) continue;
    const before = last.get(transmissionOf(segment));
    if (before) waits.set(segment, segment.atUs - before.atUs);
    last.set(transmissionOf(segment), segment);
  }
  return waits;
};

const reasonIn = (trace: Trace, {packet}: Seen): Cause => {
  const {because = ''} = trace.event(trace.packet(packet).sendEvent);
  if (because.startsWith('8985:7')) return 'probe';
  return /^(5681|6582|6675|3042|8985:6\.2)[:/]/.test(because) ? 'duplicate ACKs' : 'RTO';
};

const againOf = (pairs: readonly Pair[], trace: Trace): readonly Difference[] => {
  const captured = waitsOf(pairs.map(({capture}) => capture));
  const simulated = waitsOf(pairs.map((pair) => pair.simulated));
  return pairs.flatMap(({capture, simulated: other}): readonly Difference[] => {
    const captureWaitUs = capture && captured.get(capture);
    const simulatedWaitUs = other && simulated.get(other);
    if (captureWaitUs === undefined || simulatedWaitUs === undefined || !capture || !other) return [];
    return [{kind: 'again', captured: capture, captureWaitUs, simulatedWaitUs, by: reasonIn(trace, other)}];
  });
};

const aloneIn = (pairs: readonly Pair[], own: 'capture' | 'simulated'): readonly Difference[] => {
  const other = own === 'capture' ? 'simulated' : 'capture';
  const waits = waitsOf(pairs.map((pair) => pair[own]));
  const alone = pairs.flatMap((pair) => (pair[other] ? [] : (pair[own] ?? [])));
  const found = byKey(alone, (segment) => kindOf(segment, waits.has(segment)));
  const where = own === 'capture' ? 'capture' : 'simulation';
  return [...found].map(([what, all]) => ({
    ...{kind: 'alone', in: where, what, first: all[0], count: all.length},
  }));
};

const orderOf = (pairs: readonly Pair[]): readonly Difference[] => {
  const moved = pairs.flatMap(({capture, simulated, alike}) =>
    capture && simulated && !alike && capture.ack === simulated.ack ? [capture] : [],
  );
  const [captured] = moved;
  return captured ? [{kind: 'order', captured, count: moved.length}] : [];
};

/**
 * Returns all differences between a simulation and its capture: first the retransmissions, then order, acknowledgments, and segments that
 * only one has.
 */
export const differencesOf = ({pairs}: Agreement, trace: Trace): readonly Difference[] => [
  ...againOf(pairs, trace),
  ...orderOf(pairs),
  ...pairs.flatMap(({capture, simulated, alike}): readonly Difference[] => {
    if (!capture || !simulated || alike || capture.ack === simulated.ack) return [];
    return [{kind: 'acknowledges', captured: capture, simulated}];
  }),
  ...aloneIn(pairs, 'capture'),
  ...aloneIn(pairs, 'simulated'),
];
