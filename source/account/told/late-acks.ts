// Acknowledgements that wait: for data that may carry them, or for company behind a gap.

import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import {oncePer} from '../../wire/once-per.ts';
import {heldIn} from '../held-back.ts';
import {operandsOf} from '../operands.ts';
import {packetOf, segmentOf} from '../packet.ts';
import type {Facts, Told} from './facts.ts';
import type {Moment} from './memory.ts';
import {sendsIn} from './moment.ts';

/** Where waiting ACKs begin to wait, and go along with data at that same time. */
const waitsNot = oncePer(
  (trace: Trace): ReadonlySet<number> =>
    new Set(
      heldIn(trace).flatMap(({what, from, until}) =>
        what === 'ack' && until?.atUs === from.atUs ? [from.after] : [],
      ),
    ),
);

/** Why the ACKs wait whose time runs out, by the event of that. */
const waitedFor = oncePer(
  (trace: Trace) =>
    new Map(
      heldIn(trace).flatMap(({what, because, until}) =>
        what === 'ack' && until ? [[until.after, because]] : [],
      ),
    ),
);

/** Not for data that could carry it: three have left, enough to show the gap. */
const gathers = (because: TraceEvent['because']): boolean => because === 'linux:tcp_comp_sack/wait';

/** FreeBSD counts segments; Linux more than one full segment, where its ACKs are paced by that; else it is data for two. */
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
  // Linux arms it again behind an ACK that left at once.
  if (op !== 'arm' || send || waitsNot(trace).has(n)) return undefined;
  if (gathers(because))
    return {...common, says: 'gathersAcks', about: [`gathers ${host}`], facts: {host, untilUs: dueUs}};
  const facts = {host, untilUs: dueUs, hurry: hurryOf(trace, timer)};
  return {...common, says: 'delaysAck', about: [`delays ${host}`], facts};
};
