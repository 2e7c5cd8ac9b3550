// Findings about ICMP reports of packets that did not get through: expired TTL, closed port, forbidden, too big (RFC 792, RFC 1812 §5.2.7,
// RFC 4443).
import type {CaptureInspector} from '../observe/capture-inspector.ts';
import {isGroupAddress} from '../observe/group-address.ts';
import {type IcmpError, isTraced, type QuotedPacket} from '../observe/icmp-stories.ts';
import {byKey} from '../wire/grouped.ts';
import {leastUserPort} from '../wire/service-port.ts';
import {serviceOn} from '../wire/usual-services.ts';
import {pingName} from './echoes.ts';
import type {Evidence} from './evidence.ts';
import {type About, type Finding, finding} from './finding.ts';

type ToldId =
  | 'ttl-expired'
  | 'port-unreachable'
  | 'admin-prohibited'
  | 'host-unreachable'
  | 'net-unreachable'
  | 'too-big'
  | 'icmp-error';

const tcp = 6;
const udp = 17;

/** The first and the last UDP port to which traceroute sends its probes by default. */
const firstProbePort = 33_434;
const lastProbePort = 33_534;

/** The ICMP codes, by IP version, for packets that a filter forbids (RFC 792, RFC 1812 §5.2.7.1; RFC 4443 §3.1). */
const forbidden: Readonly<Record<4 | 6, readonly number[]>> = {4: [9, 10, 13], 6: [1, 5, 6]};
const unreachable = {4: 3, 6: 1} as const;
const port = {4: 3, 6: 4} as const;
/** The ICMP codes, by IP version, for a missing route; `noHost` are those for a missing host (RFC 792, RFC 4443 §3.1). */
const noRoute: Readonly<Record<4 | 6, readonly number[]>> = {4: [0, 6], 6: [0]};
const noHost: Readonly<Record<4 | 6, readonly number[]>> = {4: [1, 7], 6: [3]};

/** Tells whether a quoted datagram is an answer: it comes from the port of a service and goes to one of a client. */
const isAnswer = ({protocol, port: to, fromPort: from}: QuotedPacket): boolean =>
  protocol === udp &&
  to >= leastUserPort &&
  serviceOn('udp', to) === undefined &&
  (from < leastUserPort || serviceOn('udp', from) !== undefined);

const isOfTrace = ({way}: IcmpError, quoted: QuotedPacket): boolean =>
  quoted.probes ||
  (way !== undefined && isTraced(way)) ||
  (quoted.protocol === udp && quoted.port >= firstProbePort && quoted.port <= lastProbePort);

const idOf = (error: IcmpError, {inspector}: Evidence): ToldId | undefined => {
  const {version, type, code, mtu, meaning, quoted, refuses} = error;
  if (!quoted) return 'icmp-error';
  // The findings about a TCP connection include the reported MTU.
  if (mtu !== undefined) return quoted.protocol === tcp ? undefined : 'too-big';
  if (isOfTrace(error, quoted)) return undefined;
  if (isGroupAddress(quoted.to)) return 'icmp-error';
  if (meaning === 'time exceeded: hop limit') return 'ttl-expired';
  if (type === unreachable[version]) {
    if (forbidden[version].includes(code)) return 'admin-prohibited';
    // An unreachable network or host is only a hint to TCP and ends no connection (RFC 9293 §3.9.2.2), so it is not reported for TCP.
    if (quoted.protocol !== tcp && noRoute[version].includes(code)) return 'net-unreachable';
    if (quoted.protocol !== tcp && noHost[version].includes(code)) return 'host-unreachable';
    // A refused answer is not reported: the client had its answer already, or had stopped waiting.
    if (code === port[version]) return quoted.answers ? undefined : 'port-unreachable';
  }
  // Incomplete fragments and refused connections have findings of their own.
  const isIncomplete = meaning === 'time exceeded: reassembly' && inspector.fragments.incomplete.length > 0;
  return refuses || isIncomplete ? undefined : 'icmp-error';
};

/** Returns the connection or conversation of the packet that an ICMP error quotes; undefined if the capture does not contain it. */
const conversationIn = ({icmp}: CaptureInspector, {quoted}: IcmpError): About | undefined => {
  if (!quoted) return undefined;
  const {from, to, connection, conversation} = quoted;
  if (connection !== undefined) return {connection};
  if (conversation !== undefined) return {conversation: `u${conversation}`};
  const ping = icmp.echoes.findIndex((each) => each.from === from && each.to === to);
  return ping < 0 ? undefined : {conversation: pingName(ping)};
};

/** Returns what an ICMP error is about: a connection, a conversation, or else both ends of the packet that it quotes. */
export const icmpAbout = (inspector: CaptureInspector, error: IcmpError): About => {
  const {from: by, quoted} = error;
  return conversationIn(inspector, error) ?? {hosts: quoted ? [quoted.from, quoted.to] : [by]};
};

const aboutOf = ({inspector}: Evidence, error: IcmpError): About =>
  conversationIn(inspector, error) ?? {hosts: [error.quoted?.to ?? error.from]};

type Told = {
  readonly id: ToldId;
  readonly error: IcmpError;
  readonly about: About;
};

export const icmpFindings = (evidence: Evidence): readonly Finding<ToldId>[] => {
  const told = evidence.inspector.icmp.errors.flatMap((error): readonly Told[] => {
    const id = idOf(error, evidence);
    return id ? [{id, error, about: aboutOf(evidence, error)}] : [];
  });
  const keyOf = ({id, about, error: {from: by, quoted, meaning}}: Told): string =>
    JSON.stringify([id, about, by, quoted?.from, quoted?.to, id === 'icmp-error' ? meaning : '']);
  return [...byKey(told, keyOf).values()].flatMap((all): readonly Finding<ToldId>[] => {
    const [first] = all;
    if (!first) return [];
    const {id, error, about} = first;
    const {from: by, quoted, meaning, mtu = 0} = error;
    const {from = '', to = '', port: at = 0} = quoted ?? {};
    const facts = {by, from, to, port: at, count: all.length};
    const late = id === 'port-unreachable' && quoted !== undefined && isAnswer(quoted);
    const where = quoted ? (by === to ? 'server' : 'path') : 'unknown';
    const frames = all.map((each) => each.error.frame);
    const given = {about, certainty: 'proved', where, frames} as const;
    if (id === 'too-big') return [finding(id, {...given, facts: {...facts, mtu}})];
    // Whoever asked had its answer already, or had given up: nobody is at fault.
    if (late) return [finding(id, {...given, level: 'note', where: 'unknown', facts: {...facts, late}})];
    if (id === 'port-unreachable') return [finding(id, {...given, facts: {...facts, late}})];
    if (id !== 'icmp-error') return [finding(id, {...given, facts})];
    // The ICMP error is only a note for a TCP connection, because TCP tries again and the connection's own findings tell the outcome.
    // It also is one about a multicast packet, because nobody may send an ICMP error about it (RFC 1122 §3.2.2).
    const group = isGroupAddress(to);
    const isPassing = 'connection' in about || group;
    const told = {by, from, to, meaning, group, count: all.length};
    return [finding(id, {...given, ...(isPassing && {level: 'note'}), facts: told})];
  });
};
