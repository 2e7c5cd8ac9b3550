// Chooses the hosts at the lifelines (the two ends of a conversation, or three and more hosts), with their names, addresses and colours.

import {entriesBetween} from '../../account/entries.ts';
import {fateOf} from '../../account/fates.ts';
import {ipPacketOf, packetOf, segmentOf} from '../../account/packet.ts';
import {hostName} from '../../lesson/host-names.ts';
import type {Language} from '../../lesson/text.ts';
import {isFromServer} from '../../observe/datagrams.ts';
import type {PacketRecord, Trace, TraceHeader} from '../../sim/trace.ts';
import {oncePer} from '../../wire/once-per.ts';
import {formatSocket} from '../../words/format.ts';
import type {Role} from '../span.ts';
import {happeningsIn} from './happenings.ts';
import {otherAddresses} from './two-families.ts';

export type Player = {
  readonly id: string;
  /** The number of packets that the host sends, or whose destination it is. */
  readonly packets: number;
};

/**
 * Returns the names of all hosts in the order in which they first send or receive, the first sender first; a host whose program gets an
 * answer without sending counts, too.
 */
const contacts = (trace: Trace): readonly string[] => {
  const {hosts} = trace.header;
  const met = new Set<string>();
  for (const event of entriesBetween(trace, 1)) {
    if (event.kind === 'answer') met.add(event.host);
    if (event.kind === 'send' && event.packet > 0) met.add(event.host).add(event.to);
    if (met.size >= hosts.length) break;
  }
  for (const {name} of hosts) met.add(name);
  return [...met];
};

/**
 * Returns the hosts that have a part in the run, from left to right: those that send, are a destination, or act without packets. A router
 * that only forwards has none, unless it is an attacker on the path; then both hosts whose packets it sees are included. Empty for captures
 * and runs of two hosts.
 */
export const castOf = oncePer((trace: Trace): readonly Player[] => {
  const {hosts, profile, onPath = []} = trace.header;
  // A capture contains addresses and not machines, so its ladder shows the two ends of one conversation.
  if (profile === 'capture' || hosts.length < 3) return [];
  const packets = new Map<string, number>();
  const count = (host: string): void => {
    packets.set(host, (packets.get(host) ?? 0) + 1);
  };
  const owners = new Map(hosts.flatMap(({name, ip}) => ip.map((each) => [each, name] as const)));
  for (let id = 1; id <= trace.packetCount; id++) {
    const packet = packetOf(trace, id);
    const {from, to} = packet;
    const arrived = fateOf(trace, packet)?.what === 'delivered';
    const meant = owners.get(ipPacketOf(packet)?.dst ?? '');
    count(from);
    if ((arrived || meant !== undefined) && to !== from) count(to);
  }
  const active = new Set([
    ...onPath.flatMap(({host, between}) => [host, ...between]),
    ...happeningsIn(trace).map(({event}) => event.host),
  ]);
  return contacts(trace).flatMap((id) => {
    const own = packets.get(id) ?? (active.has(id) ? 0 : undefined);
    return own === undefined ? [] : [{id, packets: own}];
  });
});

/**
 * Returns the delay in µs over all links together if they form a single path; undefined if they branch, because each pair of hosts then has
 * its own delay.
 */
export const oneWayUs = ({
  hosts,
  links,
}: Pick<TraceHeader, 'links'> & {readonly hosts: readonly {readonly name: string}[]}): number | undefined => {
  const isPath =
    links.length === hosts.length - 1 &&
    hosts.every(({name}) => links.filter(({between}) => between.includes(name)).length <= 2);
  return isPath ? links.reduce((sum, {delayUs}) => sum + delayUs, 0) : undefined;
};

/** Returns the delay in µs of the fastest path between two hosts; undefined if no links connect them. */
export const betweenUs = (
  {links}: Pick<TraceHeader, 'links'>,
  from: string,
  to: string,
): number | undefined => {
  const reached = new Map([[from, 0]]);
  for (let changed = true; changed; ) {
    changed = false;
    for (const {between, delayUs} of links)
      for (const [one, other] of [between, between.toReversed()]) {
        const start = one === undefined ? undefined : reached.get(one);
        if (start === undefined || other === undefined) continue;
        if ((reached.get(other) ?? Number.POSITIVE_INFINITY) <= start + delayUs) continue;
        reached.set(other, start + delayUs);
        changed = true;
      }
  }
  return reached.get(to);
};

/**
 * Returns the one-way delay in µs of the whole network if it is a single path, otherwise between the two hosts that take part in this run;
 * undefined if more take part, because each pair then has its own delay.
 */
export const pictureOneWayUs = (trace: Trace): number | undefined => {
  const [one, other, ...others] = castOf(trace);
  const isPair = one !== undefined && other !== undefined && others.length === 0;
  return oneWayUs(trace.header) ?? (isPair ? betweenUs(trace.header, one.id, other.id) : undefined);
};

export type SceneHost = {
  /** The host's name in the trace, which may differ from the name on the screen. */
  readonly id: string;
  readonly name: string;
  /** The host's address and port in the first packet; empty if unknown. */
  readonly address: string;
  readonly role: Role;
  /** True if the capture was probably taken on this host. */
  readonly vantage?: true;
  /** The address of the other IP version that a captured host has, if it has both (RFC 8305). */
  readonly also?: string;
};

/** The hosts that have lifelines in the ladder, from left to right: two or more. */
export type SceneHosts = readonly [SceneHost, SceneHost, ...SceneHost[]];

const namedRoles: {readonly [name: string]: Role} = {
  client: 'client',
  server: 'server',
  attacker: 'attacker',
  mitm: 'attacker',
};

const addressOf = (trace: Trace, host: string, first: PacketRecord | undefined): string => {
  const end = first?.from === host ? 'src' : 'dst';
  const ip = (first && ipPacketOf(first)?.[end]) ?? trace.header.hosts.find(({name}) => name === host)?.ip[0];
  const segment = first && segmentOf(first);
  const port = end === 'src' ? segment?.srcPort : segment?.dstPort;
  // A host that is called by its address does not get the same text again in a second line.
  if (ip === undefined || ip === host) return port === undefined ? '' : `:${port}`;
  const socket = formatSocket(ip, port);
  return socket === host ? '' : socket;
};

/** The number of packets that are searched for the conversation to show, because a capture may begin with unrelated traffic. */
const openingPackets = 1000;
/**
 * Maps each capture that is being read to the number of the packet whose two ends the ladder shows. It is kept, so that the first packets
 * are not searched each time.
 */
const openers = new WeakMap<object, number>();

/**
 * The rank of a TCP segment in the choice of the two hosts to show; if the other end of its connection also sends, the rank is 0, which is
 * the best.
 */
const rankOfSegment = 1;

/** Returns how well the two ends of a packet suit a ladder of two hosts: the lower the rank, the better. */
const rankOf = (packet: PacketRecord): number => {
  if (segmentOf(packet) !== undefined) return rankOfSegment;
  if (packet.forMany) return 4;
  return packet.conversation === undefined ? 3 : 2;
};

/**
 * Returns the packet whose two ends the ladder shows: the first segment of a TCP connection in which both ends send, or else of any TCP
 * connection, or else the first UDP datagram, or else the first packet to one host.
 */
const openerOf = (trace: Trace): PacketRecord | undefined => {
  if (trace.packetCount === 0) return undefined;
  const capture = trace.growth?.capture ?? trace;
  const known = openers.get(capture);
  if (known !== undefined) return packetOf(trace, known);
  let opener = packetOf(trace, 1);
  let rank = rankOf(opener);
  const first = new Map<number | undefined, PacketRecord>();
  for (let id = 1; id <= Math.min(trace.packetCount, openingPackets) && rank > 0; id++) {
    const packet = packetOf(trace, id);
    const own = rankOf(packet);
    const begun = own === rankOfSegment ? first.get(packet.conversation) : undefined;
    if (own === rankOfSegment && !begun) first.set(packet.conversation, packet);
    const isAnswer = begun !== undefined && begun.from === packet.to && packet.from !== packet.to;
    if (!isAnswer && own >= rank) continue;
    opener = isAnswer ? begun : packet;
    rank = isAnswer ? 0 : own;
  }
  // The packet is kept for later calls only if no packet that suits better can still be captured.
  const isOver = capture === trace || trace.packetCount >= openingPackets;
  if (isOver || rank === 0) openers.set(capture, opener.id);
  return opener;
};

const noOthers: ReadonlyMap<string, string> = new Map();
/** Maps each capture to the other addresses of the ladder's two hosts, kept once all packets that are searched for them have been read. */
const others = new WeakMap<object, ReadonlyMap<string, string>>();

/** Returns the other addresses of the two hosts in a capture's ladder, each with the address at whose lifeline it is shown. */
export const alsoAt = oncePer((trace: Trace): ReadonlyMap<string, string> => {
  if (trace.header.profile !== 'capture') return noOthers;
  const capture = trace.growth?.capture ?? trace;
  const known = others.get(capture);
  if (known) return known;
  const opener = openerOf(trace);
  const found = opener && segmentOf(opener) ? otherAddresses(trace, opener, openingPackets) : noOthers;
  if (openers.has(capture) && trace.packetCount >= openingPackets) others.set(capture, found);
  return found;
});

const manyRoles: readonly Role[] = ['client', 'server'];

/**
 * Returns the colour roles of hosts: a host with a role's name has that role, the first two others get the roles that are left, and all
 * further ones the third role.
 */
const rolesOf = (names: readonly string[]): readonly Role[] => {
  const free = manyRoles.filter((role) => !names.some((name) => namedRoles[name] === role));
  return names.map((name, index) => namedRoles[name] ?? (index < 2 ? free.shift() : undefined) ?? 'third');
};

const manyHosts = (trace: Trace, names: readonly string[], language: Language): readonly SceneHost[] => {
  const roles = rolesOf(names);
  return names.map((id, index) => ({
    id,
    name: hostName(trace, id)[language],
    address: trace.header.hosts.find(({name}) => name === id)?.ip[0] ?? '',
    role: roles[index] ?? 'third',
  }));
};

const alsoOf = (trace: Trace, id: string): Pick<SceneHost, 'also'> => {
  const [also] = [...alsoAt(trace)].flatMap(([address, host]) => (host === id ? [address] : []));
  return also === undefined ? {} : {also};
};

/** Tells whether a packet is a UDP datagram from a server, so that its destination is the client. */
const answers = (packet: PacketRecord | undefined): boolean => {
  const transport = packet && ipPacketOf(packet)?.transport;
  if (transport?.kind !== 'udp') return false;
  const {srcPort, dstPort} = transport.datagram;
  return isFromServer(srcPort, dstPort);
};

/** Returns the two hosts at the lifelines: at the left the one that opens the TCP connection or asks. */
export const pairOf = (trace: Trace, language: Language): readonly [SceneHost, SceneHost] => {
  const first = openerOf(trace);
  const names = trace.header.hosts.map(({name}) => name);
  const [asker, other] = answers(first) ? [first?.to, first?.from] : [first?.from, first?.to];
  const left = asker ?? names[0] ?? '';
  const right = other ?? names.find((name) => name !== left) ?? '';
  const host = (id: string, role: Role): SceneHost => ({
    id,
    name: hostName(trace, id)[language],
    address: addressOf(trace, id, first),
    role: namedRoles[id] ?? role,
    ...alsoOf(trace, id),
    ...(trace.header.vantage?.host === id ? {vantage: true as const} : {}),
  });
  return [host(left, 'client'), host(right, 'server')];
};

/**
 * Returns the hosts at the lifelines: those with a part in the run if they are more than two (routers that only forward are left out),
 * otherwise two.
 */
export const hostsOf = (trace: Trace, language: Language): SceneHosts => {
  const [first, second, ...others] = manyHosts(
    trace,
    castOf(trace).map(({id}) => id),
    language,
  );
  return first && second && others.length > 0 ? [first, second, ...others] : pairOf(trace, language);
};
