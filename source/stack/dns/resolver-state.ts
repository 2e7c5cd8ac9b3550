// What a recursive resolver holds: cache, servers, the searches under way and the queries they wait for.
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

/** Where a client's query came from and what its response has to repeat. */
export type Client = {
  readonly to:
    | {readonly kind: 'datagram'; readonly local: IpAddress; readonly from: Socket}
    | {readonly kind: 'stream'; readonly stream: StreamId};
  readonly id: number;
  /** As the client wrote it. */
  readonly question: DnsQuestion;
  readonly rd: boolean;
  readonly cd: boolean;
  /** Of its OPT record, if it sent one. */
  readonly edns: Edns | undefined;
};

export type Waiter =
  | {readonly kind: 'client'; readonly client: Client}
  | {readonly kind: 'call'; readonly token: number}
  /** Another search that needs this one's answer. */
  | {readonly kind: 'walk'; readonly key: string};

/** A name server of a zone; a hint without a name is a forwarder. */
export type Target = {
  readonly name: DnsName | undefined;
  readonly addresses: readonly IpAddress[];
  /** Types of address that have been looked for by a search. */
  readonly sought: readonly number[];
};

/** The zone whose servers are asked, "SLIST" in RFC 1034 §5.3.2. */
export type Cut = {
  readonly zone: DnsName;
  readonly targets: readonly Target[];
  /** How long the delegations down to here are good. */
  readonly untilUs: number;
  /**
   * How its servers are known: from a referral that came for this very question, from the cache, from the hints, as forwarders that
   * are set, or from a delegation in a zone of the resolver's own.
   */
  readonly from: 'referral' | 'cache' | 'hints' | 'set' | 'below';
  /** The parent's NS set and glue stand among the targets. */
  readonly parentSide: boolean;
  /** They are asked to find the whole answer. */
  readonly rd: boolean;
};

/** Sends of one question to one server without an answer. */
export type Trial = {readonly sends: number; readonly fault?: ServerFault};

export type Minimising = {
  /** Labels of the name that are asked for at present. */
  readonly labels: number;
  /** Queries with less than the whole name so far. */
  readonly queries: number;
  readonly off: boolean;
};

/** A CNAME that was followed; it ages while the search goes on. */
export type Link = {readonly record: DnsRecord; readonly untilUs: number};

/** One search: a question of clients or of other searches, from the cache to the last server. */
export type Walk = {
  readonly key: string;
  readonly question: DnsQuestion;
  /** The question after the CNAMEs followed so far. */
  readonly now: DnsQuestion;
  readonly chain: readonly Link[];
  readonly waiters: readonly Waiter[];
  /** How many searches wait for each other above this one. */
  readonly depth: number;
  /** The search whose budget pays for the sends: the client's. */
  readonly payer: string;
  /** Paid by this one, for itself and for those that it needed. */
  readonly sends: number;
  /** The cache was asked for `now`. */
  readonly looked: boolean;
  readonly asked: boolean;
  readonly primed: boolean;
  readonly cut: Cut | undefined;
  /** Zones whose parents have been asked for another referral. */
  readonly reasked: readonly DnsName[];
  /** By `trialKey`. */
  readonly trials: {readonly [place: string]: Trial};
  readonly empties: number;
  readonly minimising: Minimising;
  /** The query, or the other search, that it waits for. */
  readonly awaits: string | undefined;
};

/** A query to a server that has no answer yet. */
export type Query = {
  readonly serial: string;
  readonly walk: string;
  readonly server: IpAddress;
  readonly zone: DnsName;
  readonly question: DnsQuestion;
  /** It has less than the whole name, or another type. */
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
  /** Connections of clients: octets of a message that is not whole yet. */
  readonly streams: Table<Uint8Array>;
  /** Questions that failed, until when that is remembered. */
  readonly failures: Table<number>;
  /** Queries sent so far. */
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

/** What a server was asked as one of the zone's. */
export const trialKey = (zone: DnsName, address: IpAddress): string => `${nameKey(zone)} ${address}`;

export const hasZone = (zones: readonly DnsName[], zone: DnsName): boolean =>
  zones.some((each) => sameName(each, zone));

/** Targets of the same name become one. */
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
