// Explains, for *Why?*, an event whose rule covers several cases: the words for the case that applied.
import {entriesOf, instantOf, worldAt} from '../../account/entries.ts';
import {connectionFor, ipPacketOf, packetOf, segmentOf} from '../../account/packet.ts';
import {type Text, worded} from '../../lesson/text.ts';
import {dnsRoleOn} from '../../sim/dns-apps.ts';
import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import {localSocket} from '../../wire/connection-id.ts';
import {dnsPort} from '../../wire/dns/carried.ts';
import type {Seq} from '../../wire/seq.ts';
import {flagNames, segLen} from '../../wire/tcp.ts';
import {whyTexts} from '../../words/catalogue/player.ts';

const littleRoom = '9293:3.8.6.2.1/override/start';
const inFlight = '9293:3.8.6.1/persist/stop';
const listens = '9293:3.10.1/open/passive';

/** Tells whether the timer that an event starts is stopped again at the same instant, because the waiting data could be sent after all. */
const stopsAtOnce = (trace: Trace, {n, host, connection}: TraceEvent): boolean =>
  instantOf(trace, n).some(
    (each) => each.n > n && each.because === inFlight && each.host === host && each.connection === connection,
  );

/** The shortest time in µs for which a TCP timer can be set; a timer whose time is already over is set to it. */
const leastTimerUs = 1;

const waitedFor = (trace: Trace, event: TraceEvent): Text | undefined => {
  if (event.kind === 'timer' && event.op === 'arm' && event.dueUs - event.atUs <= leastTimerUs)
    return whyTexts.dueAlready;
  return event.because === littleRoom && stopsAtOnce(trace, event) ? whyTexts.stopsAgain : undefined;
};

const asksForLife = '9293:3.8.4/keep-alive/probe';

/** Returns source and destination of a TCP segment, each as a text of address and port; undefined for other packets. */
const endsOf = (trace: Trace, packet: number): {readonly from: string; readonly to: string} | undefined => {
  const ip = ipPacketOf(packetOf(trace, packet));
  if (ip?.transport.kind !== 'tcp') return undefined;
  const {srcPort, dstPort} = ip.transport.segment;
  return {from: `${ip.src} ${srcPort}`, to: `${ip.dst} ${dstPort}`};
};

/** Returns a text that an arrival shows that the peer is alive, if it is the first one after a keep-alive probe; undefined otherwise. */
export const lifeShown = (trace: Trace, event: EventOf<'arrive'>): Text | undefined => {
  const held = worldAt(trace, event.n - 1)?.hosts[event.host]?.tcp.connections;
  const isProbing = [...(held?.values() ?? [])].some(({keepAliveProbes}) => keepAliveProbes > 0);
  const own = isProbing && event.packet > 0 ? endsOf(trace, event.packet) : undefined;
  if (!own) return undefined;
  const isBefore = (each: EventOf<'send' | 'arrive'>): boolean =>
    each.n < event.n && each.host === event.host && each.packet > 0;
  const sent = [...entriesOf(trace, 'send')].findLast(
    (each) => isBefore(each) && endsOf(trace, each.packet)?.from === own.to,
  );
  if (sent?.because !== asksForLife || endsOf(trace, sent.packet)?.to !== own.from) return undefined;
  const isHeard = [...entriesOf(trace, 'arrive')].some(
    (each) => isBefore(each) && each.n > sent.n && endsOf(trace, each.packet)?.from === own.from,
  );
  return isHeard ? undefined : worded(whyTexts.lifeShown, {packet: sent.packet});
};

/**
 * Returns the acknowledgment number that an arriving duplicate ACK repeats (RFC 5681 §2); undefined for any other packet. The window is not
 * compared, though a changed one would make it no duplicate.
 */
export const repeatedAck = (trace: Trace, event: EventOf<'arrive'>): Seq | undefined => {
  const segment = segmentOf(packetOf(trace, event.packet));
  if (!segment || segLen(segment) > 0 || flagNames(segment).join() !== 'ACK') return undefined;
  const {snd} = connectionFor(trace, event, segment) ?? {};
  return snd?.una === segment.ack && snd.nxt !== snd.una ? segment.ack : undefined;
};

/** Returns a text on why a DNS server listens on TCP: it sends responses there that are too long for UDP; undefined for other listeners. */
const dnsOverTcp = (trace: Trace, {n, host, connection}: TraceEvent): Text | undefined => {
  const keeper = worldAt(trace, n)?.hosts[host];
  const isDns = connection !== undefined && localSocket(connection).port === dnsPort;
  return isDns && keeper && dnsRoleOn(keeper) !== undefined ? whyTexts.listensForDns : undefined;
};

/** Returns the text for that case of an event's rule which applied; undefined if the rule's own text is true in all cases. */
export const ownCase = (trace: Trace, event: TraceEvent): Text | undefined => {
  const {kind, because} = event;
  if (kind === 'app-timer' || kind === 'timer') return waitedFor(trace, event);
  return because === listens ? dnsOverTcp(trace, event) : undefined;
};
