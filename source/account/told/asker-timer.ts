// Finds out until when a host that has sent a DNS query over UDP waits for the answer.
import type {Trace, TraceEvent} from '../../sim/trace.ts';
import {entryAt, instantOf, ofKind, sameTimeAs} from '../entries.ts';
import {dnsMessagesOf, packetOf, segmentOf} from '../packet.ts';
import type {Facts} from './facts.ts';
import type {Memory, Moment} from './memory.ts';

/**
 * Returns the time in µs at which the timer expires that was set as the DNS query was sent; undefined if it no longer runs. Each query has
 * its own timer, and others may have been sent at the same time.
 */
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

/**
 * Returns the host that still waits for the answer, and until when, after an ICMP error about a DNS query or response over UDP; undefined
 * if none does or the host reacts at once.
 */
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
