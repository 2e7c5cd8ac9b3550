// What can be set of a recursive resolver.
import type {DnsName} from '../../wire/dns/name.ts';
import type {IpAddress} from '../../wire/frame.ts';
import type {ZoneData} from './zone-check.ts';

/** A line of the root hints file (RFC 9609 §2). */
export type RootHint = {readonly name: DnsName; readonly addresses: readonly IpAddress[]};

export type ResolverSettings = {
  readonly roots: readonly RootHint[];
  /** Where there are some, every question goes to these with RD=1, and no tree is walked. */
  readonly forwarders: readonly IpAddress[];
  /** Zones of its own. What they delegate is asked of the servers below with RD=1: "fully recursive". */
  readonly zones: readonly ZoneData[];
  /** Ask for `. NS` before the first question (RFC 9609 §3). */
  readonly prime: boolean;
  /** Tell each server only as much of the name as it needs (RFC 9156). */
  readonly minimise: boolean;
  /** Answers have no AUTHORITY and ADDITIONAL beyond what they need. */
  readonly minimalResponses: boolean;
  /** Drop NS sets that come along with an answer: nobody asked for them. */
  readonly scrubPromiscuous: boolean;
  /** Name servers are looked up and asked over IPv6 too, where the host has it. */
  readonly doIp6: boolean;
  /** How long a server that was never measured may take to answer. */
  readonly timeoutUs: number;
  /** Sends to one server for one question. */
  readonly attempts: number;
  /** UDP payload size announced to servers; undefined: no OPT record. */
  readonly ednsSize: number | undefined;
  /** Largest response to a client over UDP; without an OPT record in its query it is 512 (RFC 1035 §4.2.1). */
  readonly maxUdp: number;
  /** Sends for one question of a client, those for addresses of servers included. */
  readonly budget: number;
  /** How long a failure is remembered (RFC 9520 §3.2). */
  readonly failureUs: number;
  readonly cacheEntries: number;
  /** Longest TTL that is believed, in seconds (RFC 2181 §8), and of a denial (RFC 2308 §5). */
  readonly ttlMost: number;
  readonly negativeTtlMost: number;
};

/** Times as in BIND, sizes by RFC 9715 §3; the rest is a choice. */
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
