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

/** The origin of a client's query, and what the response has to repeat. */
export type Client = {
  readonly to:
    | {readonly kind: 'datagram'; readonly local: IpAddress; readonly from: Socket}
    | {readonly kind: 'stream'; readonly stream: StreamId};
  readonly id: number;
  /** The question as the client wrote it. */
  readonly question: DnsQuestion;
  readonly rd: boolean;
  readonly cd: boolean;
  /** The client's OPT record, if it sent one. */
  readonly edns: Edns | undefined;
};

export type Waiter =
  | {readonly kind: 'client'; readonly client: Client}
  | {readonly kind: 'call'; readonly token: number}
  /** Another search that needs this one's answer. */
  | {readonly kind: 'walk'; readonly key: string};

/** A name server of a zone; a target without a name is a forwarder. */
export type Target = {
  readonly name: DnsName | undefined;
  readonly addresses: readonly IpAddress[];
  /** Types of address that a search has already looked for. */
  readonly sought: readonly number[];
};

/** The zone whose servers are asked, "SLIST" in RFC 1034 §5.3.2. */
export type Cut = {
  readonly zone: DnsName;
  readonly targets: readonly Target[];
  /** The time until which the delegations down to this zone are valid. */
  readonly untilUs: number;
  /**
   * The source of the zone's servers: a referral for this very question, the cache, the hints, forwarders from the settings, or a
   * delegation in one of the resolver's own zones.
   */
  readonly from: 'referral' | 'cache' | 'hints' | 'set' | 'below';
  /** True if the targets include the parent's NS set and glue. */
  readonly parentSide: boolean;
  /** True if the servers are asked to find the whole answer. */
  readonly rd: boolean;
};

/** The unanswered sends of one question to one server. */
export type Trial = {readonly sends: number; readonly fault?: ServerFault};

export type Minimising = {
  /** The number of the name's labels that are asked for now. */
  readonly labels: number;
  /** The number of queries so far with less than the whole name. */
  readonly queries: number;
  readonly off: boolean;
};

/** A CNAME that was followed; it ages during the search. */
export type Link = {readonly record: DnsRecord; readonly untilUs: number};

/** A search: a question of clients or of other searches, from the cache to the last server. */
export type Walk = {
  readonly key: string;
  readonly question: DnsQuestion;
  /** The question after the CNAMEs followed so far. */
  readonly now: DnsQuestion;
  readonly chain: readonly Link[];
  readonly waiters: readonly Waiter[];
  /** The number of searches above this one that wait for each other. */
  readonly depth: number;
  /** The search whose budget pays for the sends, which is the client's. */
  readonly payer: string;
  /** The sends that this search has paid for, for itself and for those that it needed. */
  readonly sends: number;
  /** True if the cache was asked for `now`. */
  readonly looked: boolean;
  readonly asked: boolean;
  readonly primed: boolean;
  readonly cut: Cut | undefined;
  /** Zones whose parents have been asked for another referral. */
  readonly reasked: readonly DnsName[];
  /** The trials by `trialKey`. */
  readonly trials: {readonly [place: string]: Trial};
  readonly empties: number;
  readonly minimising: Minimising;
  /** The query or other search that this one waits for. */
  readonly awaits: string | undefined;
};

/** A query to a server that has not answered yet. */
export type Query = {
  readonly serial: string;
  readonly walk: string;
  readonly server: IpAddress;
  readonly zone: DnsName;
  readonly question: DnsQuestion;
  /** True if the query has less than the whole name, or another type. */
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
  /** The octets of incomplete messages, by connection of a client. */
  readonly streams: Table<Uint8Array>;
  /** The questions that failed, with the time until which that is remembered. */
  readonly failures: Table<number>;
  /** The number of queries sent so far. */
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

/** Returns a key for a server as one of this zone's. */
export const trialKey = (zone: DnsName, address: IpAddress): string => `${nameKey(zone)} ${address}`;

export const hasZone = (zones: readonly DnsName[], zone: DnsName): boolean =>
  zones.some((each) => sameName(each, zone));

/** Returns the servers with those of the same name merged into one. */
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
