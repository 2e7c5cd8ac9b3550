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

/** What a program is told comes of the answer, not of what is kept of it or no longer waited for. */
const besides: ReadonlySet<string> = new Set(['9112:9.5/answered', '9111:3/store', '2181:5.4.1/store']);
const answers: ReadonlySet<string> = new Set(['9112:6.3/complete', '1034:5.3.3/answer']);

const answerBefore = (trace: Trace, {n, host}: TraceEvent): TraceEvent | undefined =>
  instantOf(trace, n).findLast((each) => each.n < n && each.host === host && answers.has(each.because ?? ''));

/** undefined: its own rule does. */
export const stepBehind = (trace: Trace, event: TraceEvent): TraceEvent | undefined => {
  const {kind, because = ''} = event;
  if (because === '9293:3.8.6.3/delayed-ack/carried') return bareAck(trace, event);
  return kind === 'answer' && besides.has(because) ? answerBefore(trace, event) : undefined;
};
