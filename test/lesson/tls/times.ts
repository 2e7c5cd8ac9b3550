// When things reach a host, by what a selector of the language finds.
import {matchingEvents} from '../../../source/lesson/match.ts';
import type {Trace} from '../../../source/sim/trace.ts';

/** Of the `nth` response with that status. */
export const firstPacketTime = (trace: Trace, host: string, status: number, nth = 1): number | undefined => {
  const [n] = matchingEvents({match: {kind: 'packet', what: 'arrives', host, http: {status}}, nth}, trace);
  return n === undefined ? undefined : trace.event(n).atUs;
};
