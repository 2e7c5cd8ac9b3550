// Lists the conversations of a capture other than TCP connections, with the names used in findings: UDP (u1), pings (i1), traced routes
// (t1), ARP addresses (a1), DNS names (n1).
import {endpointText} from '../observe/capture-inspector.ts';
import {bytesOf} from '../observe/datagrams.ts';
import {dhcpPorts} from '../wire/dhcp.ts';
import {dnsPort} from '../wire/dns/carried.ts';
import {byKey} from '../wire/grouped.ts';
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

const datagramsIn = ({inspector, quic}: Evidence): readonly Conversation[] => {
  const onQuic = new Set(quic.map(({conversation}) => conversation));
  return inspector.udp.all.map((each) => {
    const {id, ends, packets} = each;
    const has = (isOne: (port: number) => boolean): boolean => ends.some(({port}) => isOne(port));
    const named = has((port) => port === dnsPort)
      ? 'dns'
      : has((port) => dhcpPorts.includes(port))
        ? 'dhcp'
        : 'udp';
    const protocol = onQuic.has(id) ? 'quic' : named;
    const name = `u${id}`;
    return {
      ...{id: name, protocol, ends: ends.map(endpointText), packets, bytes: bytesOf(each)},
      about: [{conversation: name}],
    };
  });
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

const namesIn = ({dns}: Evidence): readonly Conversation[] =>
  [
    ...byKey(
      dns.filter(({question}) => question),
      ({question}) => question?.name.toLowerCase() ?? '',
    ),
  ].map(([name, all], index) => {
    const ends = [...new Set(all.flatMap(({client, server}) => [client, server]))].slice(0, 8);
    const answered = all.filter(({responseFrame}) => responseFrame !== undefined).length;
    return {
      id: `n${index + 1}`,
      protocol: 'dns',
      ends,
      packets: all.length + answered,
      bytes: [],
      about: [{name}],
    };
  });

export const conversationsIn = (evidence: Evidence): readonly Conversation[] => [
  ...datagramsIn(evidence),
  ...echoesIn(evidence),
  ...askedIn(evidence),
  ...namesIn(evidence),
];
