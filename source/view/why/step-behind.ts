// Finds, for *Why?*, the event whose rule explains another event, such as that of a bare ACK for a cancelled delayed ACK.
import {entryAt, instantOf, ofKind} from '../../account/entries.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import type {Trace, TraceEvent} from '../../sim/trace.ts';
import {flagNames} from '../../wire/tcp.ts';

/**
 * Returns the event by which a bare ACK is sent later in this instant, so that a delayed ACK is no longer owed; undefined if there is none.
 */
const bareAck = (trace: Trace, {n, host, connection}: TraceEvent): TraceEvent | undefined => {
  const sent = ofKind(instantOf(trace, n), 'send').find(
    (each) => each.n > n && each.host === host && each.connection === connection,
  );
  const segment = sent && segmentOf(packetOf(trace, sent.packet));
  return segment?.payload.length === 0 && flagNames(segment).join() === 'ACK' ? sent : undefined;
};

/** Returns the event of this instant that ended TLS: an alert, or the end of the connection; undefined if there is none. */
const endOfTls = (trace: Trace, {n, host, connection}: TraceEvent): TraceEvent | undefined =>
  ofKind(instantOf(trace, n), 'tls').findLast(
    ({what, ...each}) =>
      each.host === host &&
      each.connection === connection &&
      (what.kind === 'alert' || what.kind === 'closed'),
  );

/** Returns the event whose rule explains this event; undefined if the event's own rule does. */
export const stepBehind = (trace: Trace, event: TraceEvent): TraceEvent | undefined => {
  const {because} = event;
  if (because === '9293:3.8.6.3/delayed-ack/carried') return bareAck(trace, event);
  if (event.kind === 'tls' && event.what.kind === 'state' && event.what.to === 'CLOSED')
    return endOfTls(trace, event);
  const behind = event.kind === 'answer' ? trace.reasonAt?.(event.n)?.behind : undefined;
  return behind === undefined ? undefined : entryAt(trace, behind);
};
