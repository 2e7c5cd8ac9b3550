// The facts that a resolver remembers of servers: their speed, which are silent, which are lame (RFC 1035 §7.2, RFC 4697 §2).
import type {DnsQuestion} from '../../wire/dns/message.ts';
import {type DnsName, nameKey} from '../../wire/dns/name.ts';
import type {IpAddress} from '../../wire/frame.ts';
import {Table} from '../../wire/table.ts';

type Server = {
  /** The name server's smoothed round-trip time and its variation by RFC 6298 §2, in µs; undefined if it was never measured. */
  readonly rtt: {readonly smoothUs: number; readonly varUs: number} | undefined;
  /** How many queries in a row the name server has left unanswered. */
  readonly silences: number;
  /** True if the name server did not understand an OPT record, so that queries to it have none (RFC 6891 §6.2.2). */
  readonly plain: boolean;
  /** The time in µs at which the resolver forgets what it knows of this name server. */
  readonly untilUs: number;
};

export type Lameness = 'lame' | 'recursion-lame';

export type Servers = {
  readonly known: Table<Server>;
  readonly lame: Table<{readonly how: Lameness; readonly untilUs: number}>;
};

/** The largest number of name servers that a resolver remembers in each table; the oldest entry makes room for a new one. */
const entriesMost = 10_000;

const bounded = <V>(table: Table<V>): Table<V> => (table.size <= entriesMost ? table : table.withoutOldest());

export const noServers: Servers = {known: Table.empty(), lame: Table.empty()};

/** How long in µs a resolver remembers facts about a name server: 15 minutes, as in Unbound's infra-host-ttl. */
const rememberUs = 900_000_000;
/** The response time in µs that a resolver assumes for a name server it has not measured, to compare it with others. */
const unknownUs = 376_000;
const waitLeastUs = 200_000;
const waitMostUs = 12_000_000;
const silencesMost = 6;

const stranger: Server = {rtt: undefined, silences: 0, plain: false, untilUs: 0};

const serverOf = ({known}: Servers, address: IpAddress, nowUs: number): Server => {
  const server = known.get(address);
  return server && nowUs < server.untilUs ? server : stranger;
};

type Change = {readonly address: IpAddress; readonly nowUs: number; readonly change: Partial<Server>};

const changed = (servers: Servers, {address, nowUs, change}: Change): Servers => {
  const server = {...serverOf(servers, address, nowUs), ...change, untilUs: nowUs + rememberUs};
  return {...servers, known: bounded(servers.known.with(address, server))};
};

/** Returns the facts about name servers after server `address` has answered a query in `rttUs`. */
export const measured = (
  servers: Servers,
  {address, rttUs, nowUs}: {address: IpAddress; rttUs: number; nowUs: number},
): Servers => {
  const {rtt} = serverOf(servers, address, nowUs);
  const next = rtt
    ? {
        smoothUs: Math.round((rtt.smoothUs * 7 + rttUs) / 8),
        varUs: Math.round((rtt.varUs * 3 + Math.abs(rtt.smoothUs - rttUs)) / 4),
      }
    : {smoothUs: rttUs, varUs: Math.round(rttUs / 2)};
  return changed(servers, {address, nowUs, change: {rtt: next, silences: 0}});
};

export const fellSilent = (servers: Servers, address: IpAddress, nowUs: number): Servers => {
  const silences = Math.min(silencesMost, serverOf(servers, address, nowUs).silences + 1);
  return changed(servers, {address, nowUs, change: {silences}});
};

export const speaksPlain = (servers: Servers, address: IpAddress, nowUs: number): Servers =>
  changed(servers, {address, nowUs, change: {plain: true}});

export const isPlain = (servers: Servers, address: IpAddress, nowUs: number): boolean =>
  serverOf(servers, address, nowUs).plain;

/**
 * Returns how long in µs a resolver waits for a name server's answer: by its measured round-trip time, or `firstUs` without one, doubled
 * for each unanswered query in a row.
 */
export const waitUs = (
  servers: Servers,
  {address, nowUs, firstUs}: {address: IpAddress; nowUs: number; firstUs: number},
): number => {
  const {rtt, silences} = serverOf(servers, address, nowUs);
  const calm = rtt ? Math.max(waitLeastUs, rtt.smoothUs + 4 * rtt.varUs) : firstUs;
  return Math.min(waitMostUs, calm * (1 << silences));
};

/**
 * Returns how slow a name server is, in µs, with an addition for each unanswered query; the resolver asks the one with the smallest value
 * first.
 */
export const slownessUs = (servers: Servers, address: IpAddress, nowUs: number): number => {
  const {rtt, silences} = serverOf(servers, address, nowUs);
  return (rtt?.smoothUs ?? unknownUs) + silences * waitMostUs;
};

type Place = {readonly address: IpAddress; readonly zone: DnsName; readonly question: DnsQuestion};

/**
 * Returns a key for a name server that is lame for a zone and record type; it may be lame for one type only, because some servers fail at
 * AAAA (RFC 4074 §4).
 */
const lameKey = ({address, zone, question}: Place): string => `${address} ${nameKey(zone)} ${question.type}`;

export const markLame = (servers: Servers, place: Place & {how: Lameness; nowUs: number}): Servers => {
  const mark = {how: place.how, untilUs: place.nowUs + rememberUs};
  return {...servers, lame: bounded(servers.lame.with(lameKey(place), mark))};
};

export const lameness = (servers: Servers, place: Place, nowUs: number): Lameness | undefined => {
  const mark = servers.lame.get(lameKey(place));
  return mark && nowUs < mark.untilUs ? mark.how : undefined;
};
