// Until when who has asked over UDP waits for the answer.
import type {Trace, TraceEvent} from '../../sim/trace.ts';
import {entryAt, instantOf, ofKind, sameTimeAs} from '../entries.ts';
import {dnsMessagesOf, packetOf, segmentOf} from '../packet.ts';
import type {Facts} from './facts.ts';
import type {Memory, Moment} from './memory.ts';

/** When the timer runs out that was set as the question left, where it runs still: each question has its own, others may have left with it. */
export const askerTimer = (
  trace: Trace,
  packet: number,
  {memory, asker}: {memory: Memory; asker: string},
): number | undefined => {
  const id = dnsMessagesOf(packetOf(trace, packet))[0]?.id;
  for (let n = packet; n > 0; n--) {
    const {from, sendEvent, frame} = packetOf(trace, n);
    const [message] = dnsMessagesOf({frame});
    if (from !== asker || message?.id !== id || message?.flags.qr) continue;
    const set = ofKind(instantOf(trace, sendEvent), 'app-timer').find(
      (event) => event.n > sendEvent && event.host === asker,
    );
    return set && memory.dueOf(set);
  }
  return undefined;
};

/** Who waits for the answer still, after an error about a question or a response over UDP; undefined: nobody, or something is done about it. */
export const waitsOn = (
  {trace, memory}: Moment,
  {n, host}: TraceEvent,
  packet: number,
): Facts['icmp']['waits'] => {
  const {from, to, frame} = packetOf(trace, packet);
  const [message] = dnsMessagesOf({frame});
  if (!message || segmentOf({frame})) return undefined;
  const asker = message.flags.qr ? to : from;
  const atUs = askerTimer(trace, packet, {memory, asker});
  const {atUs: now} = entryAt(trace, n);
  if (sameTimeAs(trace, n).some((event) => event.n > n && event.host === host)) return undefined;
  return atUs === undefined || atUs <= now ? undefined : {host: asker, atUs};
};
