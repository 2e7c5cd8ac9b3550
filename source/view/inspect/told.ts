// What of a capture is told: all of it, or one of its conversations.

import {type CaptureInspector, endpointText} from '../../observe/capture-inspector.ts';
import type {Conversation} from '../../observe/captured-place.ts';
import type {DatagramConversation} from '../../observe/datagrams.ts';
import type {DnsTransaction, DnsTransport, UnaskedReply} from '../../observe/dns-transactions.ts';
import {allShown} from '../../observe/inspection-json.ts';
import type {ObservedConnection} from '../../observe/observed-connection.ts';
import {type CapturedQuic, withDnsOf} from '../../observe/quic-captured.ts';
import type {CapturedTls} from '../../observe/tls-captured.ts';
import {byKey} from '../../wire/grouped.ts';
import {dnsFindings} from './dns-findings.ts';
import type {Finding} from './finding.ts';
import {eyeballFindings} from './happy-eyeballs.ts';
import {faultFindings} from './http-faults.ts';
import {http2Findings} from './http2-findings.ts';
import {httpFindings, tlsFindings} from './message-findings.ts';
import {quicFindings} from './quic-lines.ts';
import {heardOn, requestsIn, type ToldRequest} from './requests.ts';
import {bytesOn, endsFrom} from './sides.ts';
import {floodFinding, floodsIn, tcpFindings} from './tcp-findings.ts';

export type Told = {
  /** All of the capture, not one conversation. */
  readonly whole: boolean;
  readonly connections: readonly ObservedConnection[];
  readonly datagrams: readonly DatagramConversation[];
  readonly dns: readonly DnsTransaction[];
  readonly unasked: readonly UnaskedReply[];
  readonly http: readonly ToldRequest[];
  readonly tls: readonly CapturedTls[];
  readonly quic: readonly CapturedQuic[];
  /** The oddest first; of equals the earlier connection. */
  readonly findings: readonly Finding[];
};

const sorted = (findings: readonly Finding[]): readonly Finding[] =>
  findings.toSorted((a, b) => b.weight - a.weight || (a.connection ?? 0) - (b.connection ?? 0));

const faultsOf = (
  connections: readonly ObservedConnection[],
  tls: readonly CapturedTls[],
): readonly Finding[] => [
  ...connections.flatMap(({id, streams}) => faultFindings(id, streams?.httpFaults ?? [])),
  ...tls.flatMap(({observed, httpFaults}) => faultFindings(observed.id, httpFaults)),
  ...heardOn(connections, tls).flatMap(({id, http2}) => (http2 ? http2Findings(id, http2) : [])),
];

/** Without those that are a traceroute by SYN: what is to be told of them is the way. */
const spoken = ({connections, icmp}: CaptureInspector): readonly ObservedConnection[] => {
  const ways = new Set(icmp.traces.flatMap(({by, from, to}) => (by === 'tcp' ? [`${from} ${to}`] : [])));
  if (ways.size === 0) return connections;
  return connections.filter((each) => {
    const [near, far] = endsFrom(each);
    return bytesOn(each) > 0 || !ways.has(`${near.address} ${far.address}`);
  });
};

/** The datagrams themselves stand in no list: what they ask and answer does. */
export const allOf = (
  inspector: CaptureInspector,
  tls: readonly CapturedTls[],
  quic: readonly CapturedQuic[] = [],
): Told => {
  const {connections, takenUs} = inspector;
  const {dns, unasked} = allShown(inspector, tls, quic);
  const http = requestsIn(heardOn(connections, tls));
  const findings = sorted([
    ...tcpFindings(spoken(inspector)),
    ...eyeballFindings(connections, dns),
    ...dnsFindings(dns, takenUs),
    ...httpFindings(http),
    ...faultsOf(connections, tls),
    ...tlsFindings(tls, takenUs),
    ...quicFindings(quic),
  ]);
  return {whole: true, connections, datagrams: [], dns, unasked, http, tls, quic, findings};
};

/** What is told of one end to another, either way round. */
const keyOf = (transport: DnsTransport, ends: readonly [string, string]): string =>
  `${transport} ${ends.toSorted().join(' ')}`;

type Conversing = Pick<ObservedConnection, 'ends' | 'firstUs' | 'lastUs'>;

const none: readonly never[] = [];

const gathered = <Each extends DnsTransaction | UnaskedReply>(
  all: readonly Each[],
): ReadonlyMap<string, readonly Each[]> =>
  byKey(all, ({transport, client, server}) => keyOf(transport, [client, server]));

/** Each conversation by its number; worked out when it is asked for. */
export class Conversations {
  readonly inspector: CaptureInspector;
  readonly #tlsOn: (connection: ObservedConnection) => CapturedTls | undefined;
  readonly #known = new Map<Conversation, Told>();
  readonly #readQuic: () => readonly CapturedQuic[];
  #quic: readonly CapturedQuic[] | undefined;
  #all: Told | undefined;
  readonly #dns: ReadonlyMap<string, readonly DnsTransaction[]>;
  readonly #unasked: ReadonlyMap<string, readonly UnaskedReply[]>;
  /** What is told of those that are part of a flood. */
  readonly #floods = new Map<ObservedConnection, Finding>();

  constructor(
    inspector: CaptureInspector,
    tlsOn: (connection: ObservedConnection) => CapturedTls | undefined,
    readQuic: () => readonly CapturedQuic[] = () => none,
  ) {
    this.inspector = inspector;
    this.#readQuic = readQuic;
    this.#tlsOn = tlsOn;
    this.#dns = gathered(inspector.dns.all);
    this.#unasked = gathered(inspector.dns.unasked);
    for (const [server, all] of floodsIn(inspector.connections)) {
      const finding = floodFinding(server, all);
      for (const each of all) this.#floods.set(each, finding);
    }
  }

  /** Read when somebody asks for it. */
  get quic(): readonly CapturedQuic[] {
    this.#quic ??= this.#readQuic();
    return this.#quic;
  }

  /** Of all of them together. */
  get all(): Told {
    this.#all ??= allOf(
      this.inspector,
      this.inspector.connections.flatMap((each) => this.of(each.id).tls),
      this.quic,
    );
    return this.#all;
  }

  of(conversation: Conversation): Told {
    const known = this.#known.get(conversation);
    if (known) return known;
    const told = conversation > 0 ? this.#connection(conversation) : this.#datagrams(-conversation);
    this.#known.set(conversation, told);
    return told;
  }

  #connection(id: number): Told {
    const connection = this.inspector.connections[id - 1];
    const connections = connection ? [connection] : none;
    const tls = connections.flatMap((each) => this.#tlsOn(each) ?? []);
    const heard = connections.map((each) => this.#dnsOn('tcp', each));
    const unasked = heard.flatMap((each) => each.unasked);
    const dns = [...heard, ...tls].flatMap((each) => each.dns);
    const http = requestsIn(heardOn(connections, tls));
    const flood = connection && this.#floods.get(connection);
    const findings = sorted([
      ...(flood ? [flood] : tcpFindings(connections)),
      ...dnsFindings(dns, this.inspector.takenUs),
      ...httpFindings(http),
      ...faultsOf(connections, tls),
      ...tlsFindings(tls, this.inspector.takenUs),
    ]);
    return {whole: false, connections, datagrams: none, dns, unasked, http, tls, quic: none, findings};
  }

  #datagrams(id: number): Told {
    const conversation = this.inspector.udp.all[id - 1];
    const heard = conversation ? this.#dnsOn('udp', conversation) : {dns: none, unasked: none};
    const datagrams = conversation ? [conversation] : none;
    const quic = this.quic.filter((each) => each.conversation === id);
    const dns = withDnsOf(quic, heard.dns);
    const findings = sorted([...dnsFindings(dns, this.inspector.takenUs), ...quicFindings(quic)]);
    const {unasked} = heard;
    const apart = {connections: none, http: none, tls: none};
    return {whole: false, datagrams, dns, unasked, quic, findings, ...apart};
  }

  /** Ports are used again: only what was said meanwhile. */
  #dnsOn(
    transport: 'tcp' | 'udp',
    {ends: [a, b], firstUs, lastUs}: Conversing,
  ): Pick<Told, 'dns' | 'unasked'> {
    const key = keyOf(transport, [endpointText(a), endpointText(b)]);
    const isHere = (us: number): boolean => us >= firstUs && us <= lastUs;
    return {
      dns: (this.#dns.get(key) ?? none).filter(({queryUs}) => isHere(queryUs)),
      unasked: (this.#unasked.get(key) ?? none).filter(({atUs}) => isHere(atUs)),
    };
  }
}
