// The settings of a recursive resolver.
import type {DnsName} from '../../wire/dns/name.ts';
import type {IpAddress} from '../../wire/frame.ts';
import type {ZoneData} from './zone-check.ts';

/** A line of the root hints file (RFC 9609 §2). */
export type RootHint = {readonly name: DnsName; readonly addresses: readonly IpAddress[]};

export type ResolverSettings = {
  readonly roots: readonly RootHint[];
  /** Servers that get every question with RD=1, so that the resolver walks no tree; empty if there are none. */
  readonly forwarders: readonly IpAddress[];
  /** The resolver's own zones. Names that they delegate are asked of the servers below with RD=1: "fully recursive". */
  readonly zones: readonly ZoneData[];
  /** Whether to ask for `. NS` before the first question (RFC 9609 §3). */
  readonly prime: boolean;
  /** Whether to tell each server only as much of the name as the server needs (RFC 9156). */
  readonly minimise: boolean;
  /** Whether answers have no AUTHORITY and ADDITIONAL beyond what they need. */
  readonly minimalResponses: boolean;
  /** Whether to drop NS sets that arrive with an answer although nobody asked for them. */
  readonly scrubPromiscuous: boolean;
  /** Whether name servers are also looked up and asked over IPv6, if the host has it. */
  readonly doIp6: boolean;
  /** The time that a server which was never measured may take to answer. */
  readonly timeoutUs: number;
  /** The most sends to one server for one question. */
  readonly attempts: number;
  /** The UDP payload size announced to servers; undefined: no OPT record. */
  readonly ednsSize: number | undefined;
  /** The largest response to a client over UDP; without an OPT record in the query it is 512 (RFC 1035 §4.2.1). */
  readonly maxUdp: number;
  /** The most sends for one question of a client, including those for addresses of servers. */
  readonly budget: number;
  /** The time for which a failure is remembered (RFC 9520 §3.2). */
  readonly failureUs: number;
  readonly cacheEntries: number;
  /** The longest TTL in seconds that is accepted (RFC 2181 §8), and that of a denial (RFC 2308 §5). */
  readonly ttlMost: number;
  readonly negativeTtlMost: number;
};

/** The defaults: times as in BIND, sizes by RFC 9715 §3, the others by choice. */
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
