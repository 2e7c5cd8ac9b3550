// Selects the contents of a capture that the report describes: all of it, or one of its conversations.

import {type CaptureInspector, endpointText} from '../../observe/capture-inspector.ts';
import type {Conversation} from '../../observe/captured-place.ts';
import type {DatagramConversation} from '../../observe/datagrams.ts';
import type {DnsTransaction, DnsTransport, UnaskedReply} from '../../observe/dns-transactions.ts';
import {allShown} from '../../observe/inspection-json.ts';
import type {ObservedConnection} from '../../observe/observed-connection.ts';
import {type CapturedQuic, withDnsOf} from '../../observe/quic-captured.ts';
import type {CapturedTls} from '../../observe/tls-captured.ts';
import {type Concern, concerning} from '../../verdict/about.ts';
import type {Finding} from '../../verdict/finding.ts';
import {octetsOn} from '../../verdict/sides.ts';
import {findingsIn} from '../../verdict/verdicts.ts';
import {displayName} from '../../wire/dns/display.ts';
import {byKey} from '../../wire/grouped.ts';
import {namesOf} from './asked-names.ts';
import {heardOn, requestsIn, type ToldRequest} from './requests.ts';

export type Told = {
  /** True if the contents to report on are those of the whole capture, false if they are those of one conversation. */
  readonly whole: boolean;
  readonly connections: readonly ObservedConnection[];
  readonly datagrams: readonly DatagramConversation[];
  readonly dns: readonly DnsTransaction[];
  readonly unasked: readonly UnaskedReply[];
  readonly http: readonly ToldRequest[];
  readonly tls: readonly CapturedTls[];
  readonly quic: readonly CapturedQuic[];
  /** The findings on the capture, the most important first; if one conversation is selected, only those that concern it. */
  readonly findings: readonly Finding[];
};

/** Returns the contents of the whole capture. UDP datagrams are not listed, but the DNS questions and answers in them are. */
export const allOf = (
  inspector: CaptureInspector,
  tls: readonly CapturedTls[],
  quic: readonly CapturedQuic[] = [],
): Told => {
  const {connections} = inspector;
  const shown = allShown(inspector, tls, quic);
  const http = requestsIn(heardOn(connections, tls));
  const findings = findingsIn({...shown, inspector, quic});
  const {dns, unasked} = shown;
  return {whole: true, connections, datagrams: [], dns, unasked, http, tls, quic, findings};
};

/** Returns a key for two ends of DNS over a transport; it is the same in both directions. */
const keyOf = (transport: DnsTransport, ends: readonly [string, string]): string =>
  `${transport} ${ends.toSorted().join(' ')}`;

type Conversing = Pick<ObservedConnection, 'ends' | 'firstUs' | 'lastUs'>;

type Parts = Omit<Told, 'whole' | 'findings'>;

/** Returns what findings on a conversation may refer to: the conversation itself, the names that it asked for, and its hosts. */
const concernOf = (
  {connections, datagrams, dns}: Parts,
  id: Conversation,
  names: ReadonlyMap<string, string>,
): Concern => {
  const hosts = [...connections, ...datagrams].flatMap(({ends}) => ends.map(({address}) => address));
  const asked = dns.flatMap(({question}) => (question ? [displayName(question.name)] : []));
  return {
    about: [id > 0 ? {connection: id} : {conversation: `u${-id}`}],
    names: [...new Set([...asked, ...hosts.flatMap((host) => names.get(host) ?? [])])],
    hosts,
  };
};

const none: readonly never[] = [];

const gathered = <Each extends DnsTransaction | UnaskedReply>(
  all: readonly Each[],
): ReadonlyMap<string, readonly Each[]> =>
  byKey(all, ({transport, client, server}) => keyOf(transport, [client, server]));

/** The conversations of a capture by number; the contents of each are computed when they are first used. */
export class Conversations {
  readonly inspector: CaptureInspector;
  readonly #readTls: (connection: ObservedConnection) => CapturedTls | undefined;
  readonly #tls = new Map<ObservedConnection, readonly CapturedTls[]>();
  readonly #known = new Map<Conversation, Told>();
  readonly #readQuic: () => readonly CapturedQuic[];
  #quic: readonly CapturedQuic[] | undefined;
  #all: Told | undefined;
  #concerning: ReturnType<typeof concerning> | undefined;
  readonly #dns: ReadonlyMap<string, readonly DnsTransaction[]>;
  readonly #unasked: ReadonlyMap<string, readonly UnaskedReply[]>;

  constructor(
    inspector: CaptureInspector,
    tlsOn: (connection: ObservedConnection) => CapturedTls | undefined,
    readQuic: () => readonly CapturedQuic[] = () => none,
  ) {
    this.inspector = inspector;
    this.#readQuic = readQuic;
    this.#readTls = tlsOn;
    this.#dns = gathered(inspector.dns.all);
    this.#unasked = gathered(inspector.dns.unasked);
  }

  /** The QUIC connections of the capture, computed at the first use. */
  get quic(): readonly CapturedQuic[] {
    this.#quic ??= this.#readQuic();
    return this.#quic;
  }

  /** The contents of the whole capture, computed at the first use. */
  get all(): Told {
    const {connections} = this.inspector;
    this.#all ??= allOf(
      this.inspector,
      connections.flatMap((each) => this.#tlsOn(each)),
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

  /** Returns only the TLS of a conversation, for callers that need to know whether keys are missing. */
  encrypted(conversation: Conversation): Pick<Told, 'tls' | 'quic'> {
    const connection = this.inspector.connections[conversation - 1];
    return {tls: connection ? this.#tlsOn(connection) : none, quic: none};
  }

  /**
   * Returns how important the findings on a conversation are: the higher, the nearer its first finding is to the top of all; 0 without
   * findings.
   */
  interestOf(conversation: Conversation): number {
    const [first] = this.#findings(this.of(conversation), conversation);
    return first ? this.all.findings.length - first.place : 0;
  }

  #tlsOn(connection: ObservedConnection): readonly CapturedTls[] {
    const known = this.#tls.get(connection);
    if (known) return known;
    // A connection without data is not searched for TLS, because a flood or a scan may have many thousands.
    const read = octetsOn(connection) === 0 ? none : [this.#readTls(connection) ?? []].flat();
    this.#tls.set(connection, read);
    return read;
  }

  #connection(id: number): Told {
    const connection = this.inspector.connections[id - 1];
    const connections = connection ? [connection] : none;
    const tls = connections.flatMap((each) => this.#tlsOn(each));
    const heard = connections.map((each) => this.#dnsOn('tcp', each));
    const unasked = heard.flatMap((each) => each.unasked);
    const dns = [...heard, ...tls].flatMap((each) => each.dns);
    const http = requestsIn(heardOn(connections, tls));
    const about = {connections, datagrams: none, dns, unasked, http, tls, quic: none};
    return this.#judged(about, id);
  }

  #datagrams(id: number): Told {
    const conversation = this.inspector.udp.all[id - 1];
    const heard = conversation ? this.#dnsOn('udp', conversation) : {dns: none, unasked: none};
    const datagrams = conversation ? [conversation] : none;
    const quic = this.quic.filter((each) => each.conversation === id);
    const dns = withDnsOf(quic, heard.dns);
    const apart = {connections: none, http: none, tls: none};
    return this.#judged({datagrams, dns, unasked: heard.unasked, quic, ...apart}, -id);
  }

  #judged(about: Parts, id: Conversation): Told {
    const findings = this.#findings(about, id).map(({finding}) => finding);
    return {whole: false, ...about, findings};
  }

  /** Returns the findings on one conversation. All findings are grouped by conversation once, because some need the whole capture. */
  #findings(parts: Parts, id: Conversation): ReturnType<ReturnType<typeof concerning>> {
    this.#concerning ??= concerning(this.all.findings);
    return this.#concerning(concernOf(parts, id, namesOf(this.all.dns)));
  }

  /** Returns the DNS transactions between two ends during the conversation; at other times the ports belong to other conversations. */
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
