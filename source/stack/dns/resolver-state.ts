// The state of a recursive resolver: cache, servers, current searches, and the queries that they wait for.
import type {Edns} from '../../wire/dns/edns.ts';
import type {DnsQuestion, DnsRecord} from '../../wire/dns/message.ts';
import {type DnsName, nameKey, sameName} from '../../wire/dns/name.ts';
import type {IpAddress} from '../../wire/frame.ts';
import {Table} from '../../wire/table.ts';
import type {StreamId} from '../program.ts';
import type {Socket} from '../tcp/effect.ts';
import {type Cache, emptyCache} from './cache.ts';
import type {HostsEntry} from './call.ts';
import type {ServerFault} from './note.ts';
import type {ResolverSettings} from './resolver-settings.ts';
import {noServers, type Servers} from './servers.ts';
import {type Zone, zoneOf} from './zone.ts';

/** A client's query at a resolver: where the response goes, and what the response has to repeat. */
export type Client = {
  readonly to:
    | {readonly kind: 'datagram'; readonly local: IpAddress; readonly from: Socket}
    | {readonly kind: 'stream'; readonly stream: StreamId};
  readonly id: number;
  /** The client's DNS question as it wrote it, with its spelling of the name. */
  readonly question: DnsQuestion;
  readonly rd: boolean;
  readonly cd: boolean;
  /** The OPT record of the client's DNS query; undefined if it sent none. */
  readonly edns: Edns | undefined;
};

export type Waiter =
  | {readonly kind: 'client'; readonly client: Client}
  | {readonly kind: 'call'; readonly token: number}
  /** Another search of the resolver, by its key, that needs the result of this one. */
  | {readonly kind: 'walk'; readonly key: string};

/** A name server that a resolver's search may ask, with its known addresses; one without a name stands for the forwarders. */
export type Target = {
  readonly name: DnsName | undefined;
  readonly addresses: readonly IpAddress[];
  /** The record types (A, AAAA) for which the search has already looked up the name server's address. */
  readonly sought: readonly number[];
};

/** The zone whose name servers a resolver's search asks now, "SLIST" in RFC 1034 §5.3.2. */
export type Cut = {
  readonly zone: DnsName;
  readonly targets: readonly Target[];
  /** The time in µs until which the delegations from the root down to this zone are valid. */
  readonly untilUs: number;
  /**
   * How the resolver knows the zone's servers: by a referral for this very question, from the cache, the root hints, as forwarders from the
   * settings, or by a delegation in one of its own zones.
   */
  readonly from: 'referral' | 'cache' | 'hints' | 'set' | 'below';
  /**
   * True if nothing more can be added from the cached NS set and glue of the parent zone, because the servers already include those, or are
   * root servers or forwarders.
   */
  readonly parentSide: boolean;
  /** True if the servers are asked to find the whole answer themselves (RD=1). */
  readonly rd: boolean;
};

/** How many queries for one question a server of a zone has left unanswered; `fault` is set if the search has given it up. */
export type Trial = {readonly sends: number; readonly fault?: ServerFault};

export type Minimising = {
  /** The number of the name's last labels that QNAME minimisation asks for now. */
  readonly labels: number;
  /** The number of queries so far in which QNAME minimisation shortened the name. */
  readonly queries: number;
  readonly off: boolean;
};

/** A CNAME that a resolver's search has followed, with the time at which it expires. */
export type Link = {readonly record: DnsRecord; readonly untilUs: number};

/** A resolver's search for the answer to a question of clients, programs or other searches, from the cache to the last server. */
export type Walk = {
  readonly key: string;
  readonly question: DnsQuestion;
  /** The question that the search asks now, with the target of the last CNAME followed as its name. */
  readonly now: DnsQuestion;
  readonly chain: readonly Link[];
  readonly waiters: readonly Waiter[];
  /** How many searches wait for this one through each other: 0 for that of a client, 1 for one that it needs, and so on. */
  readonly depth: number;
  /** The key of the search, that of the client's question, whose budget of queries this search uses up. */
  readonly payer: string;
  /** The number of queries counted against this search's budget, its own and those of the searches that it needed. */
  readonly sends: number;
  /** True if the search has looked into the cache for the question `now`. */
  readonly looked: boolean;
  readonly asked: boolean;
  readonly primed: boolean;
  readonly cut: Cut | undefined;
  /** The zones whose servers all failed, so that the search has gone back to the zones above for a new referral. */
  readonly reasked: readonly DnsName[];
  /** The counts of unanswered queries by zone and server, with `trialKey` as the key. */
  readonly trials: {readonly [place: string]: Trial};
  readonly empties: number;
  readonly minimising: Minimising;
  /** The key of the query or other search for which this search waits; undefined if it can continue. */
  readonly awaits: string | undefined;
};

/** A query of the resolver to a name server, which has not answered it yet. */
export type Query = {
  readonly serial: string;
  readonly walk: string;
  readonly server: IpAddress;
  readonly zone: DnsName;
  readonly question: DnsQuestion;
  /** True if QNAME minimisation shortened the query's name and changed its type to A. */
  readonly minimised: boolean;
  readonly rd: boolean;
  readonly id: number;
  readonly port: number;
  readonly sentUs: number;
  readonly ednsSize: number | undefined;
  readonly stream?: {readonly id: StreamId; readonly held: Uint8Array};
};

export type ResolverState = {
  readonly role: 'recursive';
  readonly settings: ResolverSettings;
  readonly zones: readonly Zone[];
  readonly hosts: readonly HostsEntry[];
  readonly cache: Cache;
  readonly servers: Servers;
  readonly walks: Table<Walk>;
  readonly queries: Table<Query>;
  /** The octets of incomplete DNS messages, by TCP connection of a client. */
  readonly streams: Table<Uint8Array>;
  /** The questions whose search failed, each with the time in µs until which the resolver remembers that. */
  readonly failures: Table<number>;
  /** The number of queries that the resolver has sent so far, from which each query gets its key. */
  readonly serial: number;
};

export const resolverStart = (settings: ResolverSettings): ResolverState => ({
  role: 'recursive',
  settings,
  zones: settings.zones.map(zoneOf),
  hosts: [],
  cache: emptyCache(settings.cacheEntries),
  servers: noServers,
  walks: Table.empty(),
  queries: Table.empty(),
  streams: Table.empty(),
  failures: Table.empty(),
  serial: 0,
});

/** Returns a key for a name server of a zone, under which a search counts its unanswered queries. */
export const trialKey = (zone: DnsName, address: IpAddress): string => `${nameKey(zone)} ${address}`;

export const hasZone = (zones: readonly DnsName[], zone: DnsName): boolean =>
  zones.some((each) => sameName(each, zone));

/** Returns the name servers of a zone with those of the same name merged into one, with all their addresses. */
export const mergeTargets = (targets: readonly Target[]): readonly Target[] => {
  const merged = new Map<string, Target>();
  for (const target of targets) {
    const key = target.name === undefined ? '' : nameKey(target.name);
    const before = merged.get(key);
    merged.set(key, {
      ...target,
      addresses: [...new Set([...(before?.addresses ?? []), ...target.addresses])],
      sought: [...new Set([...(before?.sought ?? []), ...target.sought])],
    });
  }
  return [...merged.values()];
};
