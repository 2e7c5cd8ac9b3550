// Defines the settings of a recursive resolver and their defaults.
import type {DnsName} from '../../wire/dns/name.ts';
import type {IpAddress} from '../../wire/frame.ts';
import type {ZoneData} from './zone-check.ts';

/** A root server in a resolver's settings: name and addresses, as in the root hints file (RFC 9609 §2). */
export type RootHint = {readonly name: DnsName; readonly addresses: readonly IpAddress[]};

export type ResolverSettings = {
  readonly roots: readonly RootHint[];
  /**
   * Servers that get every question of the resolver with RD=1, so that it does not walk down from the root itself; empty if there are none.
   */
  readonly forwarders: readonly IpAddress[];
  /** The zones that the resolver itself serves. For names that they delegate it asks the servers below with RD=1 ("fully recursive"). */
  readonly zones: readonly ZoneData[];
  /** Whether the resolver asks the root servers for `. NS` before it looks up its first name (priming, RFC 9609 §3). */
  readonly prime: boolean;
  /** Whether the resolver tells each server only as much of the name as that server needs (QNAME minimisation, RFC 9156). */
  readonly minimise: boolean;
  /** Whether the resolver leaves AUTHORITY and ADDITIONAL out of positive answers to clients, except to questions for NS. */
  readonly minimalResponses: boolean;
  /** Whether the resolver drops NS sets that arrive with an answer although it did not ask for them. */
  readonly scrubPromiscuous: boolean;
  /** Whether the resolver also looks up and uses IPv6 addresses of name servers, if its host has one itself. */
  readonly doIp6: boolean;
  /** The time in µs that the resolver waits for a first response of a server whose round-trip time it does not know. */
  readonly timeoutUs: number;
  /** The largest number of queries that the resolver sends to one server for one question. */
  readonly attempts: number;
  /** The UDP payload size that the resolver announces to servers; undefined if its queries have no OPT record. */
  readonly ednsSize: number | undefined;
  /**
   * The largest UDP response in octets to a client of the resolver; for a query without an OPT record the limit is 512 (RFC 1035 §4.2.1).
   */
  readonly maxUdp: number;
  /** The largest number of queries that the resolver sends for one question of a client, including those for addresses of name servers. */
  readonly budget: number;
  /** The time in µs for which the resolver remembers that a question failed (RFC 9520 §3.2). */
  readonly failureUs: number;
  readonly cacheEntries: number;
  /** The longest TTL in seconds that the resolver accepts (RFC 2181 §8); `negativeTtlMost` is that of a denial (RFC 2308 §5). */
  readonly ttlMost: number;
  readonly negativeTtlMost: number;
};

/** The default settings of a recursive resolver: times as in BIND, sizes by RFC 9715 §3, the others by choice. */
export const resolverDefaults: ResolverSettings = {
  roots: [],
  forwarders: [],
  zones: [],
  prime: false,
  minimise: false,
  minimalResponses: true,
  scrubPromiscuous: true,
  doIp6: true,
  timeoutUs: 800_000,
  attempts: 3,
  ednsSize: 1232,
  maxUdp: 1232,
  budget: 100,
  failureUs: 5_000_000,
  cacheEntries: 10_000,
  ttlMost: 604_800,
  negativeTtlMost: 10_800,
};
