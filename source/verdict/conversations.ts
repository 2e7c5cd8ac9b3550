// Lists the conversations of a capture other than TCP connections, with the names used in findings: UDP (u1), pings (i1), traced routes
// (t1), ARP addresses (a1), DNS names (n1).
import {endpointText} from '../observe/capture-inspector.ts';
import {bytesOf, type DatagramConversation} from '../observe/datagrams.ts';
import {type JsonList, listOf} from '../observe/inspection-json.ts';
import {dhcpPorts} from '../wire/dhcp.ts';
import {dnsPort} from '../wire/dns/carried.ts';
import {pingName} from './echoes.ts';
import type {Evidence} from './evidence.ts';
import type {About} from './finding.ts';
import {wayName} from './ways.ts';

export type Conversation = {
  readonly id: string;
  readonly protocol: string;
  readonly ends: readonly string[];
  readonly packets: number;
  readonly bytes: readonly number[];
  /** The subjects of findings that concern the conversation. */
  readonly about: readonly About[];
};

/** The octets of an ARP message for IPv4 over Ethernet (RFC 826). */
const arpOctets = 28;

const protocolOf = ([{port: a}, {port: b}]: DatagramConversation['ends']): string => {
  if (a === dnsPort || b === dnsPort) return 'dns';
  return dhcpPorts.includes(a) || dhcpPorts.includes(b) ? 'dhcp' : 'udp';
};

/** Returns the entry of a UDP conversation; `onQuic` are the numbers of those that are QUIC. */
const ofDatagrams = (each: DatagramConversation, onQuic: ReadonlySet<number | undefined>): Conversation => {
  const {ends, packets} = each;
  const id = `u${each.id}`;
  const protocol = onQuic.has(each.id) ? 'quic' : protocolOf(ends);
  const names = [endpointText(ends[0]), endpointText(ends[1])];
  return {id, protocol, ends: names, packets, bytes: bytesOf(each), about: [{conversation: id}]};
};

const echoesIn = ({inspector: {icmp}}: Evidence): readonly Conversation[] => [
  ...icmp.echoes.map(({from, to, sent, answered, bytes}, index) => {
    const id = pingName(index);
    return {
      id,
      protocol: 'icmp',
      ends: [from, to],
      packets: sent + answered,
      bytes: [bytes],
      about: [{conversation: id}],
    };
  }),
  ...icmp.traces.map(({from, to, by, hops}, index) => {
    const id = wayName(index);
    const probes = [...icmp.ways.sent(`${from} ${to} ${by}`).values()].reduce(
      (sum, {count}) => sum + count,
      0,
    );
    return {
      id,
      protocol: by,
      ends: [from, to],
      packets: probes + hops.length,
      bytes: [],
      about: [{conversation: id}],
    };
  }),
];

const askedIn = ({inspector: {arp}}: Evidence): readonly Conversation[] =>
  arp.asked.map(({asker, target, packets}, index) => ({
    ...{id: `a${index + 1}`, protocol: 'arp', ends: [asker, target], packets, bytes: [packets * arpOctets]},
    about: [{hosts: [target]}],
  }));

/** The most clients and servers that are named of the DNS traffic about one name. */
const mostEnds = 8;

type Asked = {readonly ends: Set<string>; packets: number};

const namesIn = ({dns}: Evidence): readonly Conversation[] => {
  const byName = new Map<string, Asked>();
  for (const {question, client, server, responseFrame} of dns) {
    if (!question) continue;
    const name = question.name.toLowerCase();
    const asked = byName.get(name) ?? {ends: new Set(), packets: 0};
    byName.set(name, asked);
    asked.packets += responseFrame === undefined ? 1 : 2;
    if (asked.ends.size < mostEnds) asked.ends.add(client);
    if (asked.ends.size < mostEnds) asked.ends.add(server);
  }
  return [...byName].map(([name, {ends, packets}], index) => ({
    ...{id: `n${index + 1}`, protocol: 'dns', ends: [...ends], packets, bytes: []},
    about: [{name}],
  }));
};

/** Returns the conversations; those over UDP are made one by one when they are asked for, because there may be tens of thousands. */
export const conversationsIn = (evidence: Evidence): JsonList<Conversation> => {
  const onQuic = new Set(evidence.quic.map(({conversation}) => conversation));
  const datagrams = listOf(evidence.inspector.udp.all, (each) => ofDatagrams(each, onQuic));
  const others = [...echoesIn(evidence), ...askedIn(evidence), ...namesIn(evidence)];
  return {
    length: datagrams.length + others.length,
    entry: (index) => datagrams.entry(index) ?? others[index - datagrams.length] ?? null,
  };
};
