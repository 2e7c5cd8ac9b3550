// What of a capture is told: all of it, or one of its conversations.
import {type CaptureInspector, endpointText} from '../../observe/capture-inspector.ts';
import type {Conversation} from '../../observe/capture-trace.ts';
import type {DatagramConversation} from '../../observe/datagrams.ts';
import type {DnsTransaction} from '../../observe/dns-transactions.ts';
import type {HttpTransaction} from '../../observe/http-transactions.ts';
import type {ObservedConnection} from '../../observe/observed-connection.ts';
import type {CapturedTls} from '../../observe/tls-captured.ts';
import type {Finding} from './finding.ts';
import {faultFindings} from './http-faults.ts';
import {dnsFindings, httpFindings, type OnConnection, tlsFindings} from './message-findings.ts';
import {floodFinding, floodsIn, tcpFindings} from './tcp-findings.ts';

export type Told = {
  readonly connections: readonly ObservedConnection[];
  readonly datagrams: readonly DatagramConversation[];
  readonly dns: readonly DnsTransaction[];
  readonly http: readonly OnConnection<HttpTransaction>[];
  readonly tls: readonly CapturedTls[];
  /** The oddest first; of equals the earlier connection. */
  readonly findings: readonly Finding[];
};

const sorted = (findings: readonly Finding[]): readonly Finding[] =>
  findings.toSorted((a, b) => b.weight - a.weight || (a.connection ?? 0) - (b.connection ?? 0));

const httpOf = (
  connections: readonly ObservedConnection[],
  tls: readonly CapturedTls[],
): readonly OnConnection<HttpTransaction>[] =>
  [
    ...connections.map(({id, streams}) => ({id, all: streams?.http ?? []})),
    ...tls.map(({observed, http}) => ({id: observed.id, all: http})),
  ]
    .flatMap(({id, all}) => all.map((transaction) => ({connection: id, transaction})))
    .sort((a, b) => a.transaction.request.begins - b.transaction.request.begins);

const faultsOf = (
  connections: readonly ObservedConnection[],
  tls: readonly CapturedTls[],
): readonly Finding[] => [
  ...connections.flatMap(({id, streams}) => faultFindings(id, streams?.httpFaults ?? [])),
  ...tls.flatMap(({observed, httpFaults}) => faultFindings(observed.id, httpFaults)),
];

/** The datagrams themselves stand in no list: what they ask and answer does. */
export const allOf = ({connections, dns, takenUs}: CaptureInspector, tls: readonly CapturedTls[]): Told => {
  const http = httpOf(connections, tls);
  const findings = sorted([
    ...tcpFindings(connections),
    ...dnsFindings(dns.all),
    ...httpFindings(http),
    ...faultsOf(connections, tls),
    ...tlsFindings(tls, takenUs),
  ]);
  return {connections, datagrams: [], dns: dns.all, http, tls, findings};
};

/** What is told of one end to another, either way round. */
const keyOf = (transport: 'tcp' | 'udp', ends: readonly [string, string]): string =>
  `${transport} ${ends.toSorted().join(' ')}`;

type Conversing = Pick<ObservedConnection, 'ends' | 'firstUs' | 'lastUs'>;

const none: readonly never[] = [];

/** Each conversation by its number; worked out when it is asked for. */
export class Conversations {
  readonly inspector: CaptureInspector;
  readonly #tlsOn: (connection: ObservedConnection) => CapturedTls | undefined;
  readonly #known = new Map<Conversation, Told>();
  #all: Told | undefined;
  readonly #dns = new Map<string, DnsTransaction[]>();
  /** What is told of those that are part of a flood. */
  readonly #floods = new Map<ObservedConnection, Finding>();

  constructor(
    inspector: CaptureInspector,
    tlsOn: (connection: ObservedConnection) => CapturedTls | undefined,
  ) {
    this.inspector = inspector;
    this.#tlsOn = tlsOn;
    for (const transaction of inspector.dns.all) {
      const key = keyOf(transaction.transport, [transaction.client, transaction.server]);
      const known = this.#dns.get(key);
      if (known) known.push(transaction);
      else this.#dns.set(key, [transaction]);
    }
    for (const [server, all] of floodsIn(inspector.connections))
      for (const each of all) this.#floods.set(each, floodFinding(server, all.length));
  }

  /** Of all of them together. */
  get all(): Told {
    this.#all ??= allOf(
      this.inspector,
      this.inspector.connections.flatMap((each) => this.of(each.id).tls),
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
    const dns = connections.flatMap((each) => this.#dnsOn('tcp', each));
    const http = httpOf(connections, tls);
    const flood = connection && this.#floods.get(connection);
    const findings = sorted([
      ...(flood ? [flood] : tcpFindings(connections)),
      ...dnsFindings(dns),
      ...httpFindings(http),
      ...faultsOf(connections, tls),
      ...tlsFindings(tls, this.inspector.takenUs),
    ]);
    return {connections, datagrams: none, dns, http, tls, findings};
  }

  #datagrams(id: number): Told {
    const conversation = this.inspector.udp.all[id - 1];
    const dns = conversation ? this.#dnsOn('udp', conversation) : none;
    const datagrams = conversation ? [conversation] : none;
    return {connections: none, datagrams, dns, http: none, tls: none, findings: sorted(dnsFindings(dns))};
  }

  /** Ports are used again: only what was asked meanwhile. */
  #dnsOn(transport: 'tcp' | 'udp', {ends: [a, b], firstUs, lastUs}: Conversing): readonly DnsTransaction[] {
    const key = keyOf(transport, [endpointText(a), endpointText(b)]);
    return (this.#dns.get(key) ?? none).filter(({queryUs}) => queryUs >= firstUs && queryUs <= lastUs);
  }
}
