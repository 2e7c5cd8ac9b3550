// Measures a TCP connection: bits per second, and how long the acknowledgment of each segment took.
import type {Acked, Flow, Sent} from '../../account/flow.ts';
import {oncePer} from '../../wire/once-per.ts';
import {axisOf} from './axis.ts';

type Passed = {readonly sents: readonly Sent[]; readonly acks: readonly Acked[]};

/**
 * The bit rates in an interval that begins at `atUs`: of the data that were sent, including retransmissions, and of the data that were
 * acknowledged.
 */
export type Rate = {readonly atUs: number; readonly sent: number; readonly acked: number};

const mostStretches = 40;

/** Returns the length in µs of the intervals over which bit rates are computed; it stays the same while a run plays. */
export const stretchOf = ({fromUs, toUs}: Pick<Flow, 'fromUs' | 'toUs'>): number =>
  axisOf(0, Math.max(1, toUs - fromUs), mostStretches).step;

export const ratesIn = (
  {sents, acks}: Passed,
  {fromUs, toUs}: Pick<Flow, 'fromUs' | 'toUs'>,
): readonly Rate[] => {
  const stretchUs = stretchOf({fromUs, toUs});
  const count = Math.max(1, Math.ceil((toUs - fromUs + 1) / stretchUs));
  const octets = Array.from({length: count}, () => ({sent: 0, acked: 0}));
  const at = (us: number) => octets[Math.floor((us - fromUs) / stretchUs)];
  // The flow leaves some segments out (`account/flow.ts`), so the number of bytes sent is computed from the sequence numbers.
  const begin = sents.find(({isData}) => isData)?.from ?? 1;
  let [sent, acked] = [begin, begin];
  for (const {atUs, from, to, isData, again} of sents) {
    const stretch = isData ? at(atUs) : undefined;
    if (stretch) stretch.sent += again ? to - from : Math.max(0, to - sent);
    if (isData) sent = Math.max(sent, to);
  }
  for (const {atUs, ack} of acks) {
    const stretch = at(atUs);
    if (stretch) stretch.acked += Math.max(0, ack - acked);
    acked = Math.max(acked, ack);
  }
  const bits = (bytes: number): number => (bytes * 8 * 1e6) / stretchUs;
  return octets.map((each, index) => ({
    ...{atUs: fromUs + index * stretchUs, sent: bits(each.sent), acked: bits(each.acked)},
  }));
};

/**
 * A round-trip time: `us` is the time from sending a segment to the acknowledgment of its last octet, by the sender's clock; `n` is the
 * event of the acknowledgment.
 */
export type RoundTrip = {
  readonly n: number;
  readonly atUs: number;
  readonly us: number;
  readonly packet: number;
};

/**
 * Returns the round-trip times of a connection's segments. Data sent more than once give none, because it is unknown which transmission was
 * acknowledged (Karn; RFC 6298 §3).
 */
export const roundTripsIn = oncePer((flow: Flow): readonly RoundTrip[] => {
  const repeated = flow.sents.filter(({again}) => again);
  const isSure = ({from, to}: Sent): boolean => !repeated.some((each) => each.from < to && from < each.to);
  const waiting = new Map(
    flow.sents.flatMap((each) => (each.isData && !each.again ? [[each.to, each] as const] : [])),
  );
  return flow.acks.flatMap(({n, atUs, ack}) => {
    const sent = waiting.get(ack);
    // Only the first ACK with a number gives a round-trip time.
    waiting.delete(ack);
    return sent && sent.n < n && isSure(sent) ? [{n, atUs, us: atUs - sent.atUs, packet: sent.packet}] : [];
  });
});
