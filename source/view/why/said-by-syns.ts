// Explains, for *Why?*, what follows from the options of the two SYNs: the MSS for sending or its default (RFC 9293 §3.7.1, MUST-15), and
// whether a captured end uses an option (RFC 2018 §2, RFC 7323 §2.2, §3.2).
import {packetOf, segmentOf} from '../../account/packet.ts';
import {defaultMss} from '../../observe/observed-end.ts';
import type {Connection} from '../../stack/tcp/connection.ts';
import {hasFlag, type TcpSegment} from '../../wire/tcp.ts';
import type {TcpOption} from '../../wire/tcp-options.ts';
import {variableBegins} from '../../words/catalogue/why.ts';
import {endAtHand} from '../endpoints/at-hand.ts';
import {type EndVariables, variablesAt} from '../endpoints/end-variables.ts';
import type {Place} from '../endpoints/last-change.ts';
import {observedAtHand} from '../endpoints/observed.ts';
import {newestPacket, type View} from '../view.ts';

/** How many packets at the beginning of a captured connection are searched for its SYNs, retransmissions included. */
const opening = 16;

/** The number of octets that the timestamps option takes from every segment (RFC 7323 appendix A). */
const stampBytes = 12;

type Syn = {readonly packet: number; readonly segment: TcpSegment; readonly version: 4 | 6};

type End = {
  readonly host: string;
  readonly end: EndVariables | undefined;
  readonly tcb: Connection | undefined;
};

/**
 * Returns the SYN of this connection that this end or the other sent, recognised by its initial sequence number and, in a simulated run, by
 * its ports; undefined if it is not found.
 */
const synOf = (view: View, {host, end, tcb}: End, by: 'other' | 'own'): Syn | undefined => {
  const {trace} = view.input;
  const observed = observedAtHand(view);
  const all = observed && trace.connectionPackets?.packetsOf(observed.id).slice(0, opening);
  const first = end?.quantity(by === 'own' ? 'iss' : 'irs')?.value;
  const ends = [tcb?.local.port, tcb?.remote.port];
  const [from, to] = by === 'own' ? ends : ends.toReversed();
  for (const id of all ?? Array.from({length: newestPacket(view) ?? 0}, (_, index) => index + 1)) {
    const packet = packetOf(trace, id);
    const segment = (by === 'own' ? packet.from : packet.to) === host ? segmentOf(packet) : undefined;
    if (!segment || !hasFlag(segment, 'SYN') || segment.seq !== first) continue;
    if (tcb && (segment.srcPort !== from || segment.dstPort !== to)) continue;
    const {payload} = packet.frame ?? {};
    return {packet: id, segment, version: payload?.kind === 'ip' ? payload.packet.version : 4};
  }
  return undefined;
};

const mssIn = (syn: Syn | undefined): number | undefined =>
  syn?.segment.options.find((option) => option.kind === 'mss')?.mss;

/**
 * Returns a text that the MSS in use is the smaller of the two in the SYNs, less the timestamps option; undefined if its value differs,
 * because the path or the window has reduced it since.
 */
const agreedLaw = (
  view: View,
  end: EndVariables,
  theirs: Syn,
  answer: Syn | undefined,
): string | undefined => {
  const [named, ours] = [mssIn(theirs), mssIn(answer)];
  const value = end.quantity('mss')?.value;
  if (named === undefined || value === undefined || view.hidden.length > 0) return undefined;
  const least = Math.min(named, ours ?? named);
  const stamps = least - value;
  if (stamps !== 0 && stamps !== stampBytes) return undefined;
  const own = ours === named ? 'same' : ours === undefined ? 'unknown' : 'other';
  const terms = {packet: theirs.packet, theirs: named, ours: ours ?? 0, own, stamps: stamps > 0};
  return variableBegins.agreed[view.language](terms);
};

/** Returns a text that explains the MSS that an end uses for sending; undefined if the SYNs do not explain it. */
export const mssLaw = (view: View, host: string): string | undefined => {
  const {language} = view;
  const end = variablesAt(view)(view.cursor, host);
  const tcb = endAtHand(view, host);
  const told = (by: string, version: 4 | 6): string =>
    variableBegins.mss[language]({by, version: `${version}`, bytes: defaultMss[version]});
  if (tcb?.state === 'SYN-SENT') {
    const version = tcb.remote.ip.includes(':') ? 6 : 4;
    return told(tcb.mss === defaultMss[version] ? 'none' : 'own', version);
  }
  const about = {host, end, tcb};
  const syn = synOf(view, about, 'other');
  if (!end || !syn) return undefined;
  const isNamed = syn.segment.options.some(({kind}) => kind === 'mss');
  return isNamed ? agreedLaw(view, end, syn, synOf(view, about, 'own')) : told('silent', syn.version);
};

const options: {readonly [variable: string]: TcpOption['kind']} = {
  scale: 'windowScale',
  SACK: 'sackPermitted',
  timestamps: 'timestamps',
};

/**
 * Returns a text on whether and why a captured end uses a TCP option (scale, SACK, timestamps); undefined if `name` is no option, a SYN was
 * not captured, or a question is open.
 */
export const agreedOption = (view: View, {host, name}: Place): string | undefined => {
  const kind = options[name];
  if (kind === undefined || !observedAtHand(view) || view.hidden.length > 0) return undefined;
  const about = {host, end: variablesAt(view)(view.cursor, host), tcb: undefined};
  const [own, other] = (['own', 'other'] as const).map((by) => synOf(view, about, by));
  if (!own || !other) return undefined;
  const has = ({segment}: typeof own): boolean => segment.options.some((option) => option.kind === kind);
  const who = has(own) ? (has(other) ? 'both' : 'own') : has(other) ? 'theirs' : 'none';
  return variableBegins.option[view.language]({own: own.packet, other: other.packet, who});
};
