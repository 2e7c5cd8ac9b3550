// Findings about many connections together: a SYN flood, and a scan of ports or hosts.
import type {ObservedConnection} from '../observe/observed-connection.ts';
import {byKey} from '../wire/grouped.ts';
import {oncePer} from '../wire/once-per.ts';
import type {Evidence} from './evidence.ts';
import {type Finding, finding} from './finding.ts';
import {clientOf, octetsOn, serverOf} from './sides.ts';

/** The fewest ports of one host that make a scan (`enoughHosts`: hosts of one network); no program tries so many by chance. */
const enoughPorts = 12;
const enoughHosts = 16;
/** The least share of connections without data among those of a scan. */
const mostFruitless = 0.7;
/** The fewest connections of a SYN flood that begin and never open within `floodUs`; `enoughSources` is the fewest clients. */
const enoughBegun = 20;
const enoughSources = 20;
const floodUs = 10_000_000;
/** The number of unopened connections within a second that makes a SYN flood even from a single client. */
const rateOfOne = 100;
const secondUs = 1_000_000;

/** Tells whether a connection with few packets carried no data, whether or not it opened; scans consist of such connections. */
const isFruitless = (connection: ObservedConnection): boolean => {
  const {counts} = connection;
  return octetsOn(connection) === 0 && counts.packets - counts.copiedSyn - counts.copiedSynAck <= 12;
};

/** Tells whether the client sent its SYN only once; scanners and flooders do not retransmit it. */
const isAskedOnce = ({counts}: ObservedConnection): boolean => counts.syn - counts.copiedSyn <= 1;

/**
 * Returns the network of an address, as text: the first three octets of IPv4, the first 64 bits of IPv6. Scans of hosts stay in one
 * network.
 */
const networkOf = (address: string): string => {
  if (!address.includes(':')) return address.slice(0, address.lastIndexOf('.'));
  const [head = ''] = address.split('::');
  return head.split(':').slice(0, 4).join(':');
};

const distinct = (all: readonly string[]): number => new Set(all).size;

type Scan = {
  readonly source: string;
  readonly tried: readonly ObservedConnection[];
  readonly hosts: number;
  readonly ports: number;
};

const targetOf = (connection: ObservedConnection): {readonly address: string; readonly port: number} =>
  connection.ends[1];

/** Tells whether a client's connections to one host or one network form a scan, because most of them led nowhere. */
const looksAround = (
  tried: readonly ObservedConnection[],
  leadsNowhere: (connection: ObservedConnection) => boolean,
): boolean => tried.filter(leadsNowhere).length >= tried.length * mostFruitless;

/** Tells whether a client gave up on a connection without data after one SYN or an answer, as scanners do; other clients repeat the SYN. */
const isPassedBy = (connection: ObservedConnection): boolean =>
  isFruitless(connection) &&
  (isAskedOnce(connection) || connection.course.opening(connection.client) !== 'unanswered');

/** Finds scans of ports and hosts. The end that sends first counts as the scanner, because a scan may use other segments than SYNs. */
const scansIn = (connections: readonly ObservedConnection[]): readonly Scan[] =>
  [...byKey(connections, ({ends}) => ends[0].address)].flatMap(([source, all]) => {
    if (all.length < enoughPorts) return [];
    const vertical = [...byKey(all, (each) => targetOf(each).address).values()].filter(
      (at) =>
        distinct(at.map((each) => String(targetOf(each).port))) >= enoughPorts &&
        looksAround(at, isFruitless),
    );
    const known = new Set(vertical.flat());
    // A client whose network is down fails with many hosts, too, but it repeats SYNs and its hosts are in different networks.
    const horizontal = [
      ...byKey(all, (each) => `${networkOf(targetOf(each).address)} ${targetOf(each).port}`).values(),
    ].filter(
      (at) =>
        distinct(at.map((each) => targetOf(each).address)) >= enoughHosts && looksAround(at, isPassedBy),
    );
    for (const each of horizontal.flat()) known.add(each);
    if (known.size === 0) return [];
    const hosts = new Set([...known].map((each) => targetOf(each).address));
    const tried = all.filter(
      (each) => known.has(each) || (hosts.has(targetOf(each).address) && isFruitless(each)),
    );
    const ports = distinct(tried.map((each) => String(targetOf(each).port)));
    return [{source, tried, hosts: hosts.size, ports}];
  });

const scanFinding = ({source, tried, hosts, ports}: Scan): Finding<'port-scan'> => {
  const openings = tried.map(({course, client}) => course.opening(client));
  const refused = openings.filter((each) => each === 'refused').length;
  const silent = openings.filter((each) => each === 'unanswered').length;
  const [first] = tried;
  const [only] = hosts === 1 && first ? [targetOf(first).address] : [];
  const answered = openings.filter((each) => each === 'complete' || each === 'half-open').length;
  return finding('port-scan', {
    about: {hosts: [source]},
    where: 'client',
    frames: tried.map(({firstFrame}) => firstFrame),
    facts: {source, host: only ?? '', hosts, ports, tried: tried.length, refused, silent, answered},
    covers: tried.map(({id}) => id),
  });
};

/** Returns the largest number of times that lie within a period. */
const within = (times: readonly number[], us: number): number => {
  const sorted = times.toSorted((a, b) => a - b);
  let from = 0;
  let most = 0;
  for (const [index, at] of sorted.entries()) {
    while (at - (sorted[from] ?? at) > us) from += 1;
    most = Math.max(most, index - from + 1);
  }
  return most;
};

/** Tells whether a client began a connection with one SYN that was neither completed nor refused. */
const isBegun = (connection: ObservedConnection): boolean => {
  const {course, client, refusal} = connection;
  const opening = course.opening(client);
  if (refusal || course.resetFrame > 0 || !isAskedOnce(connection)) return false;
  return opening === 'half-open' || opening === 'unanswered';
};

type Flood = {readonly server: string; readonly begun: readonly ObservedConnection[]};

const isFlood = (begun: readonly ObservedConnection[], isFiltered: boolean): boolean => {
  const halfOpen = begun.filter(({course, client}) => course.opening(client) === 'half-open');
  const times = begun.map(({firstUs}) => firstUs);
  const sources = distinct(begun.map((each) => clientOf(each).address));
  const rate = within(times, secondUs);
  // If a server is down, many clients get no answer either, so without SYN,ACKs a flood needs a higher rate.
  if (halfOpen.length * 5 < begun.length) return rate >= rateOfOne && sources >= 2 * enoughSources;
  const again = halfOpen.filter(({counts}) => counts.synAck - counts.copiedSynAck > 1).length;
  // A capture that was filtered for SYNs lacks the third segments of handshakes; servers then retransmit no SYN,ACKs, unlike in a flood.
  if (isFiltered && again * 2 < halfOpen.length) return rate >= 2 * rateOfOne && again > 0;
  const many = within(times, floodUs) >= enoughBegun && sources >= enoughSources;
  return many || rate >= rateOfOne;
};

const floodsIn = (connections: readonly ObservedConnection[]): readonly Flood[] => {
  const begun = connections.filter(isBegun);
  if (begun.length < enoughBegun) return [];
  const isFiltered = connections.every(
    ({counts}) => counts.packets === counts.syn + counts.synAck + counts.rst,
  );
  return [...byKey(begun, (each) => serverOf(each).address)].flatMap(([server, all]) =>
    all.length >= enoughBegun && isFlood(all, isFiltered) ? [{server, begun: all}] : [],
  );
};

/** The fewest SYNs of forged sources within a second, and the least shares of different sources and targets among them. */
const enoughForged = 40;
const mostSources = 0.95;
const mostTargets = 0.5;

/** Finds floods from forged sources to many targets: hardly an address repeats, and nobody is answered. */
const forgedIn = (connections: readonly ObservedConnection[]): readonly Flood[] => {
  const begun = connections.filter((each) => isBegun(each) && isFruitless(each));
  if (begun.length < enoughForged) return [];
  const count = (address: (each: ObservedConnection) => string): number => distinct(begun.map(address));
  const isForged = count((each) => clientOf(each).address) >= mostSources * begun.length;
  const isSpread = count((each) => serverOf(each).address) >= mostTargets * begun.length;
  const rate = within(
    begun.map(({firstUs}) => firstUs),
    secondUs,
  );
  return isForged && isSpread && rate >= enoughForged ? [{server: '', begun}] : [];
};

const floodFinding = ({server, begun}: Flood): Finding<'syn-flood'> => {
  const times = begun.map(({firstUs}) => firstUs);
  const silent = begun.filter(({course, client}) => course.opening(client) === 'unanswered').length;
  const ports = new Set(begun.map((each) => serverOf(each).port));
  const [port = 0] = ports.size === 1 ? ports : [];
  return finding('syn-flood', {
    about: server === '' ? {capture: true} : {hosts: [server]},
    frames: begun.map(({firstFrame}) => firstFrame),
    facts: {
      ...{server, port, count: begun.length, silent},
      sources: distinct(begun.map((each) => clientOf(each).address)),
      us: times.reduce((a, b) => Math.max(a, b), 0) - times.reduce((a, b) => Math.min(a, b), Infinity),
    },
    covers: begun.map(({id}) => id),
  });
};

/** The findings about floods and scans, and the connections that belong to one, which get no findings of their own. */
export type Crowds = {
  readonly findings: readonly Finding<'port-scan' | 'syn-flood'>[];
  readonly members: ReadonlySet<ObservedConnection>;
};

export const crowdsIn = oncePer(({connections}: Evidence): Crowds => {
  if (connections.length < enoughPorts) return {findings: [], members: new Set()};
  const scans = scansIn(connections);
  const scanned = new Set(scans.flatMap(({tried}) => tried));
  const others = connections.filter((each) => !scanned.has(each));
  const known = floodsIn(others);
  const floods = known.length > 0 ? known : forgedIn(others);
  return {
    findings: [...floods.map(floodFinding), ...scans.map(scanFinding)],
    members: new Set([...scanned, ...floods.flatMap(({begun}) => begun)]),
  };
});
