// *Why?* of what comes of another step of its instant: the rule of that step says why.
import {entryAt, instantOf, ofKind} from '../../account/entries.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import {byProgram} from '../../sim/because.ts';
import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import {flagNames} from '../../wire/tcp.ts';

/** The ACK that leaves by itself, with which a delayed one is no longer owed. */
const bareAck = (trace: Trace, {n, host, connection}: TraceEvent): TraceEvent | undefined => {
  const sent = ofKind(instantOf(trace, n), 'send').find(
    (each) => each.n > n && each.host === host && each.connection === connection,
  );
  const segment = sent && segmentOf(packetOf(trace, sent.packet));
  return segment?.payload.length === 0 && flagNames(segment).join() === 'ACK' ? sent : undefined;
};

/** What a program is told comes of the answer, not of what is kept of it or no longer waited for. */
const besides: ReadonlySet<string> = new Set([
  ...['9112:9.5/answered', '9111:3/store', '2181:5.4.1/store', '1123:6.1.3.1/stub-store'],
]);
const answers: ReadonlySet<string> = new Set(['9112:6.3/complete', '1034:5.3.3/answer']);

const answerBefore = (trace: Trace, {n, host}: TraceEvent): TraceEvent | undefined =>
  instantOf(trace, n).findLast((each) => each.n < n && each.host === host && answers.has(each.because ?? ''));

/** Rules that say who told the program, or what was no longer waited for, and not what went wrong. */
const teller: ReadonlySet<string> = new Set([byProgram, '9112:9.5/answered', '1034:5.3.1/answer']);

/** It ends what the program has asked for. */
const ends = (event: TraceEvent, result: string): boolean => {
  if (result === 'alert') return event.kind === 'tls' && event.what.kind === 'alert';
  return event.kind === 'signal' || event.because === '1035:7.2/silent';
};

/** Of a call that has failed: the alert, the reset or the silence of which the program is told in the same breath. */
export const failureBehind = (
  trace: Trace,
  {n, atUs, host, answer, because = byProgram}: EventOf<'answer'>,
): TraceEvent | undefined => {
  const {result} = answer;
  if (result === 'ok' || !teller.has(because)) return undefined;
  for (let at = n - 1; at > 0; at -= 1) {
    const event = entryAt(trace, at);
    if (event.atUs !== atUs || event.kind === 'call') return undefined;
    if (event.host !== host) continue;
    // Another response that came then is no failure.
    if (event.kind === 'arrive' && result !== 'alert') return undefined;
    if (ends(event, result)) return event;
  }
  return undefined;
};

/** TLS is over: by an alert, or as the connection ended. */
const endOfTls = (trace: Trace, {n, host, connection}: TraceEvent): TraceEvent | undefined =>
  ofKind(instantOf(trace, n), 'tls').findLast(
    ({what, ...each}) =>
      each.host === host &&
      each.connection === connection &&
      (what.kind === 'alert' || what.kind === 'closed'),
  );

/** undefined: its own rule does. */
export const stepBehind = (trace: Trace, event: TraceEvent): TraceEvent | undefined => {
  const {because} = event;
  if (because === '9293:3.8.6.3/delayed-ack/carried') return bareAck(trace, event);
  if (event.kind === 'tls' && event.what.kind === 'state' && event.what.to === 'CLOSED')
    return endOfTls(trace, event);
  if (event.kind !== 'answer') return undefined;
  return failureBehind(trace, event) ?? (besides.has(because ?? '') ? answerBefore(trace, event) : undefined);
};
