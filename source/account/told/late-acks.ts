// Tells about TCP acknowledgments that are delayed: for data that may carry them, or for further ACKs after a gap.

import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import {oncePer} from '../../wire/once-per.ts';
import {heldIn} from '../held-back.ts';
import {operandsOf} from '../operands.ts';
import {packetOf, segmentOf} from '../packet.ts';
import type {Facts, Told} from './facts.ts';
import type {Moment} from './memory.ts';
import {sendsIn} from './moment.ts';

/** The numbers of the events at which ACKs begin to wait although data that carry them leave at the same time. */
const waitsNot = oncePer(
  (trace: Trace): ReadonlySet<number> =>
    new Set(
      heldIn(trace).flatMap(({what, from, until}) =>
        what === 'ack' && until?.atUs === from.atUs ? [from.after] : [],
      ),
    ),
);

/** The rule by which an ACK waited, by the number of the event at which its delay ends. */
const waitedFor = oncePer(
  (trace: Trace) =>
    new Map(
      heldIn(trace).flatMap(({what, because, until}) =>
        what === 'ack' && until ? [[until.after, because]] : [],
      ),
    ),
);

/** Tells whether a rule makes ACKs wait for further ACKs, because three have been sent at once, enough to show the gap. */
const gathers = (because: TraceEvent['because']): boolean => because === 'linux:tcp_comp_sack/wait';

/**
 * Returns what would end the delay of an ACK early: FreeBSD counts segments; Linux looks for more than one full segment if it paces its
 * ACKs by that; otherwise it is data for two segments.
 */
const hurryOf = (trace: Trace, timer: EventOf<'timer'>): Facts['delaysAck']['hurry'] => {
  const {after} = operandsOf(trace, timer);
  if (after?.pace !== undefined) return 'more';
  if (trace.header.profile === 'freebsd') return 'segment';
  return after?.unackedBytes === after?.mss ? 'full' : 'two';
};

export const ackTold = (moment: Moment, timer: EventOf<'timer'>): Told | undefined => {
  const {trace} = moment;
  const {n, host, op, dueUs, because} = timer;
  const common = {n, rank: 3, most: 1} as const;
  const [send] = sendsIn(moment, host);
  const ack = send && segmentOf(packetOf(trace, send.packet))?.ack;
  if (op === 'fire') {
    const gathered = gathers(waitedFor(trace).get(n));
    return {
      ...common,
      says: 'delayOver',
      about: [`${gathered ? 'gathered' : 'delayed'} ${host}`],
      facts: {host, ack, gathered},
    };
  }
  // Linux arms the delayed-ACK timer again after an ACK that was sent at once.
  if (op !== 'arm' || send || waitsNot(trace).has(n)) return undefined;
  if (gathers(because))
    return {...common, says: 'gathersAcks', about: [`gathers ${host}`], facts: {host, untilUs: dueUs}};
  const facts = {host, untilUs: dueUs, hurry: hurryOf(trace, timer)};
  return {...common, says: 'delaysAck', about: [`delays ${host}`], facts};
};
