// The DNS applications of a lesson, `apps: [{host: m, dns: {…}}]`: a stub resolver, a recursive resolver or an authoritative server.
import * as z from 'zod/mini';
import type {AppSpec} from '../../sim/apps.ts';
import {authorityApp, recursiveApp, stubApp} from '../../sim/dns-apps.ts';
import {given} from '../../sim/given.ts';
import type {RootHint} from '../../stack/dns/resolver-settings.ts';
import type {ZoneData} from '../../stack/dns/zone-check.ts';
import {dnsAppsSentences} from '../../words/catalogue/lesson.ts';

import type {Path} from '../problems.ts';
import {microseconds} from '../quantity.ts';
import {boolean, duration, expects, positive} from '../scalars.ts';
import {type Construct, construct, type Piece, type Place} from '../vocabulary.ts';
import {
  address,
  domainName,
  ednsSize,
  hostsFile,
  readAddress,
  readAddresses,
  readHosts,
  readName,
} from './scalars.ts';
import {readZoneEntry, type ZoneFile, zoneSchema} from './zones.ts';

/** The settings of waiting for answers that stub resolvers and recursive resolvers share. */
const waiting = {
  timeout: z.optional(duration),
  attempts: z.optional(positive),
  edns: z.optional(ednsSize),
};

const stub = z.strictObject({
  servers: z.array(address),
  ...waiting,
  cache: z.optional(boolean),
  hosts: z.optional(hostsFile),
});

const root = z.union([address, z.record(domainName, address)], expects('roots'));

const recursive = z.strictObject({
  roots: z.optional(z.array(root)),
  forwarders: z.optional(z.array(address)),
  /** The zones that the recursive resolver itself has, from which it follows delegations. */
  zones: z.optional(z.array(zoneSchema)),
  ...waiting,
  minimise: z.optional(boolean),
  prime: z.optional(boolean),
});

type StubFile = z.infer<typeof stub>;
type RecursiveFile = z.infer<typeof recursive>;

const timing = ({timeout, attempts, edns}: Pick<StubFile, keyof typeof waiting>) => ({
  ...given({timeoutUs: timeout === undefined ? undefined : microseconds(timeout), attempts}),
  ...(edns === undefined ? {} : {ednsSize: edns === 'off' ? undefined : edns}),
});

const readStub = (data: StubFile, path: Path, place: Place): AppSpec => {
  const servers = readAddresses(data.servers, [...path, 'servers'], place);
  const hosts = data.hosts && readHosts(data.hosts, [...path, 'hosts'], place);
  return stubApp({servers, ...timing(data), ...given({cache: data.cache, hosts})});
};

/** Returns the letter of a root server; root servers without a name in the lesson are called like the real thirteen (RFC 9609 §2). */
const rootLetter = (index: number): string => String.fromCharCode(0x61 + index);

const readRoots = (
  roots: NonNullable<RecursiveFile['roots']>,
  path: Path,
  place: Place,
): readonly RootHint[] =>
  roots.flatMap((hint, index): readonly RootHint[] => {
    const at = [...path, index];
    const named =
      typeof hint === 'string'
        ? [{name: `${rootLetter(index)}.root-servers.net`, ip: hint, path: at}]
        : Object.entries(hint).map(([name, ip]) => ({name, ip, path: [...at, name]}));
    return named.flatMap(({name, ip, path: where}) => {
      const [known, found] = [readName(name, where, place), readAddress(ip, where, place)];
      return known === undefined || found === undefined ? [] : [{name: known, addresses: [found]}];
    });
  });

const readZones = (zones: readonly ZoneFile[], path: Path, place: Place): readonly ZoneData[] =>
  zones.flatMap((zone, index) => readZoneEntry(zone, [...path, index], place) ?? []);

const readRecursive = (data: RecursiveFile, path: Path, place: Place): AppSpec | undefined => {
  const {roots = [], forwarders = [], zones = [], minimise, prime} = data;
  const ways = [roots, forwarders].filter(({length}) => length > 0).length;
  if (ways === 2 || (ways === 0 && zones.length === 0)) {
    const {twoWays, noUpstream} = dnsAppsSentences;
    place.problems.add(path, ways === 2 ? twoWays : noUpstream);
    return undefined;
  }
  return recursiveApp({
    zones: readZones(zones, [...path, 'zones'], place),
    roots: readRoots(roots, [...path, 'roots'], place),
    forwarders: readAddresses(forwarders, [...path, 'forwarders'], place),
    ...timing(data),
    ...given({minimise, prime}),
  });
};

const shape = {
  stub: z.optional(stub),
  recursive: z.optional(recursive),
  zones: z.optional(z.array(zoneSchema)),
};

export const dnsApp: Construct<(host: string) => Piece> = construct(shape, (data, place) => {
  const {problems} = place;
  const before = problems.found.length;
  const spec = readRole(data, place);
  if (problems.found.length > before || !spec) return undefined;
  return (host) => ({apps: [{host, spec}]});
});

type DnsFile = {
  readonly stub?: StubFile | undefined;
  readonly recursive?: RecursiveFile | undefined;
  readonly zones?: readonly ZoneFile[] | undefined;
};

const readRole = ({stub, recursive, zones}: DnsFile, place: Place): AppSpec | undefined => {
  const {path, problems} = place;
  if ([stub, recursive, zones].filter((role) => role !== undefined).length !== 1) {
    problems.add(path, dnsAppsSentences.oneRole);
    return undefined;
  }
  if (stub) return readStub(stub, [...path, 'stub'], place);
  if (recursive) return readRecursive(recursive, [...path, 'recursive'], place);
  return authorityApp(readZones(zones ?? [], [...path, 'zones'], place));
};
