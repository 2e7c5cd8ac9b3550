// Happy Eyeballs (RFC 8305 §5): an address that does not answer is not waited for until its SYN is sent again.
import type {TraceEvent} from '../../sim/trace.ts';
import {instantOf} from '../entries.ts';
import {packetOf} from '../packet.ts';
import type {Moment} from './memory.ts';

/** When whoever sent this SYN tries its next address beside it; undefined: it has none, or has done so. */
export const nextAddressUs = ({trace, events, memory}: Moment, syn: number): number | undefined => {
  const {from, sendEvent} = packetOf(trace, syn);
  // The attempt sets its timer behind its SYN; others may begin in the same instant.
  const next = instantOf(trace, sendEvent).find(
    (event: TraceEvent) =>
      event.n > sendEvent &&
      event.host === from &&
      (event.kind === 'send' || event.because === '8305:5/delay'),
  );
  if (next?.kind !== 'app-timer' || next.op !== 'arm') return undefined;
  return events.some(({n}) => n === next.n) ? next.dueUs : memory.dueOf(next);
};
