// Finds when a host tries its next address by Happy Eyeballs (RFC 8305 §5): it does not wait until its SYN to the first address is
// retransmitted.
import type {TraceEvent} from '../../sim/trace.ts';
import {instantOf} from '../entries.ts';
import {packetOf} from '../packet.ts';
import type {Moment} from './memory.ts';

/** Returns the time in µs at which the sender of this SYN tries its next address in parallel; undefined if it has none or has done so. */
export const nextAddressUs = ({trace, events, memory}: Moment, syn: number): number | undefined => {
  const {from, sendEvent} = packetOf(trace, syn);
  // A connection attempt sets its timer after its SYN; other attempts may begin in the same instant.
  const next = instantOf(trace, sendEvent).find(
    (event: TraceEvent) =>
      event.n > sendEvent &&
      event.host === from &&
      (event.kind === 'send' || event.because === '8305:5/delay'),
  );
  if (next?.kind !== 'app-timer' || next.op !== 'arm') return undefined;
  return events.some(({n}) => n === next.n) ? next.dueUs : memory.dueOf(next);
};
