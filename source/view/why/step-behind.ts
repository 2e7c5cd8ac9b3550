// *Why?* of what comes of another step of its instant: the rule of that step says why.
import {instantOf} from '../../account/causes.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import type {Trace, TraceEvent} from '../../sim/trace.ts';
import {flagNames} from '../../wire/tcp.ts';

/** The ACK that leaves by itself, with which a delayed one is no longer owed. */
const bareAck = (trace: Trace, {n, host, connection}: TraceEvent): TraceEvent | undefined => {
  const sent = instantOf(trace, n).find(
    (each) => each.kind === 'send' && each.n > n && each.host === host && each.connection === connection,
  );
  const segment = sent?.kind === 'send' ? segmentOf(packetOf(trace, sent.packet)) : undefined;
  return segment?.payload.length === 0 && flagNames(segment).join() === 'ACK' ? sent : undefined;
};

/** undefined: its own rule does. */
export const stepBehind = (trace: Trace, event: TraceEvent): TraceEvent | undefined =>
  event.because === '9293:3.8.6.3/delayed-ack/carried' ? bareAck(trace, event) : undefined;
