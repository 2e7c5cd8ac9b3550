// Who stands at the lifelines: the two ends of a conversation or three and more hosts, their names, addresses and roles.

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
  /** How many packets of the run it makes or is meant by. */
  readonly packets: number;
};

/** All hosts in the order in which links first connect them, the first speaker first; who finds an answer at home speaks, too. */
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

/** From the left to the right. Captures, and runs of two hosts, have none. */
/**
 * Who plays a part in a run: whoever makes a packet, is meant by one, or does something that needs none. A router that only passes packets
 * on does not, unless an attacker sits in it; then both whose packets pass it are there as well, heard or not.
 */
export const castOf = oncePer((trace: Trace): readonly Player[] => {
  const {hosts, profile, onPath = []} = trace.header;
  // A capture knows addresses, not machines: it shows the two ends of its first conversation.
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

/** Over all links, where they make one path; undefined: they branch, and each pair of hosts has a time of its own. */
export const oneWayUs = ({
  hosts,
  links,
}: Pick<TraceHeader, 'links'> & {readonly hosts: readonly {readonly name: string}[]}): number | undefined => {
  const isPath =
    links.length === hosts.length - 1 &&
    hosts.every(({name}) => links.filter(({between}) => between.includes(name)).length <= 2);
  return isPath ? links.reduce((sum, {delayUs}) => sum + delayUs, 0) : undefined;
};

/** Over the fastest way; undefined: there is none. */
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

/** Between the two whose packets a run has, whatever hosts its other runs need; undefined: there are more, and each pair has a time of its own. */
export const pictureOneWayUs = (trace: Trace): number | undefined => {
  const [one, other, ...others] = castOf(trace);
  const isPair = one !== undefined && other !== undefined && others.length === 0;
  return oneWayUs(trace.header) ?? (isPair ? betweenUs(trace.header, one.id, other.id) : undefined);
};

export type SceneHost = {
  /** As the trace calls it. */
  readonly id: string;
  readonly name: string;
  /** Address and port of the first packet; empty where unknown. */
  readonly address: string;
  readonly role: Role;
  /** The capture was taken on it, as far as can be told. */
  readonly vantage?: true;
  /** Of the other family (RFC 8305). */
  readonly also?: string;
};

/** From the left to the right. */
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
  // A host that is known by its address only needs no second line with the same words.
  if (ip === undefined || ip === host) return port === undefined ? '' : `:${port}`;
  const socket = formatSocket(ip, port);
  return socket === host ? '' : socket;
};

/** A capture may begin with the chatter of its network; further in than this nobody looks. */
const openingPackets = 1000;
/** Its number; the first packets of a capture in the making are the same at each look. */
const openers = new WeakMap<object, number>();

/** 0: and it has an answer. */
const rankOfSegment = 1;

/** The less, the rather its two ends are the ones to be shown. */
const rankOf = (packet: PacketRecord): number => {
  if (segmentOf(packet) !== undefined) return rankOfSegment;
  if (packet.forMany) return 4;
  return packet.conversation === undefined ? 3 : 2;
};

/** The first segment of a TCP connection in which both ends speak, or of any; without one the first datagram or, failing that, packet that is meant for one host. */
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
  // What speaks best may still come.
  const isOver = capture === trace || trace.packetCount >= openingPackets;
  if (isOver || rank === 0) openers.set(capture, opener.id);
  return opener;
};

const noOthers: ReadonlyMap<string, string> = new Map();
/** Once the packets are there that tell of them. */
const others = new WeakMap<object, ReadonlyMap<string, string>>();

/** Other addresses of the two ends of a capture, by whose lifeline they stand at. */
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

/** A name that is a role has it; of the others the first two take those that are left. */
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

/** A datagram of a server: its client is whoever it goes to. */
const answers = (packet: PacketRecord | undefined): boolean => {
  const transport = packet && ipPacketOf(packet)?.transport;
  if (transport?.kind !== 'udp') return false;
  const {srcPort, dstPort} = transport.datagram;
  return isFromServer(srcPort, dstPort);
};

/** Whoever speaks TCP first, or asks, stands at the left, whoever it speaks to at the right. */
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

/** The cast of the run where it has more than two; a router that only passes packets on is not of it. */
export const hostsOf = (trace: Trace, language: Language): SceneHosts => {
  const [first, second, ...others] = manyHosts(
    trace,
    castOf(trace).map(({id}) => id),
    language,
  );
  return first && second && others.length > 0 ? [first, second, ...others] : pairOf(trace, language);
};
