// Computes the routes of a run once: shortest paths over the lesson's hosts.

import type {IpAddress} from '../wire/frame.ts';
import {parseIpAddress} from '../wire/ip-address.ts';
import type {LinkSpec} from './action.ts';
import type {HostSpec} from './scenario.ts';

export type Interface = HostSpec['interfaces'][number];

export type Route = {readonly interface: Interface; readonly nextHop: IpAddress};

export type Topology = {
  readonly hosts: ReadonlyMap<string, HostSpec>;
  readonly links: ReadonlyMap<string, LinkSpec>;
  /** The route to each address, by the name of the sending host, then by the destination address. */
  readonly routes: ReadonlyMap<string, ReadonlyMap<IpAddress, Route>>;
  readonly ownerOf: ReadonlyMap<IpAddress, string>;
};

const interfaceOn = (host: HostSpec | undefined, link: string): Interface | undefined =>
  host?.interfaces.find((each) => each.link === link);

/** Returns the routes from `start` to every address that it reaches, by a breadth-first search that passes through routers only. */
const routesFrom = (
  start: HostSpec,
  hosts: ReadonlyMap<string, HostSpec>,
  links: readonly LinkSpec[],
): ReadonlyMap<IpAddress, Route> => {
  const routes = new Map<IpAddress, Route>();
  const seen = new Set([start.name]);
  const frontier: {readonly at: HostSpec; readonly via: Route | undefined}[] = [{at: start, via: undefined}];
  for (let here = frontier.shift(); here; here = frontier.shift()) {
    for (const link of links) {
      const other = link.between[0] === here.at.name ? link.between[1] : link.between[0];
      if (!link.between.includes(here.at.name) || seen.has(other)) continue;
      const neighbour = hosts.get(other);
      const near = interfaceOn(here.at, link.name);
      const far = interfaceOn(neighbour, link.name);
      if (!neighbour || !near || !far) continue;
      seen.add(other);
      const via = here.via ?? {interface: near, nextHop: far.ip};
      for (const {ip} of neighbour.interfaces) routes.set(ip, via);
      if (neighbour.router) frontier.push({at: neighbour, via});
    }
  }
  return routes;
};

/** Returns the address of a host; with several, the one on its first link. */
export const addressOf = ({hosts}: Topology, host: string): IpAddress =>
  hosts.get(host)?.interfaces[0]?.ip ?? '0.0.0.0';

/** Returns a key that is equal for addresses of one network: the first 24 bits of IPv4, the first 64 of IPv6 (RFC 4291 §2.5.1). */
const networkOf = (ip: IpAddress): string => {
  const parsed = parseIpAddress(ip);
  return parsed.ok ? parsed.value.slice(0, parsed.value.length === 4 ? 3 : 8).join(' ') : ip;
};

/**
 * Returns the route of a packet to `to`: to a host of the lesson on its shortest path; to an address that nobody has, towards its
 * network; to an unknown network by a host's default route. Undefined if there is none: a router has no default route.
 */
export const routeTo = ({hosts, routes}: Topology, from: string, to: IpAddress): Route | undefined => {
  const known = routes.get(from);
  const exact = known?.get(to);
  if (exact || !known) return exact;
  const network = networkOf(to);
  for (const [ip, route] of known)
    if (networkOf(ip) === network) return ip === route.nextHop ? {...route, nextHop: to} : route;
  const host = hosts.get(from);
  const own = host?.interfaces.find(({ip}) => networkOf(ip) === network);
  if (own) return {interface: own, nextHop: to};
  if (!host || host.router) return undefined;
  const routers = [...hosts.values()].filter(({router}) => router).flatMap(({interfaces}) => interfaces);
  const gateway = [...known].find(
    ([ip, route]) => ip === route.nextHop && routers.some((each) => each.ip === ip),
  );
  const [first] = host.interfaces;
  return gateway?.[1] ?? (first && {interface: first, nextHop: to});
};

export const topologyOf = (hostSpecs: readonly HostSpec[], linkSpecs: readonly LinkSpec[]): Topology => {
  const hosts = new Map(hostSpecs.map((host) => [host.name, host]));
  const ownerOf = new Map(
    hostSpecs.flatMap((host) => host.interfaces.map(({ip}) => [ip, host.name] as const)),
  );
  return {
    hosts,
    links: new Map(linkSpecs.map((link) => [link.name, link])),
    routes: new Map(hostSpecs.map((host) => [host.name, routesFrom(host, hosts, linkSpecs)])),
    ownerOf,
  };
};

export const peerOn = (link: LinkSpec, host: string): string =>
  link.between[0] === host ? link.between[1] : link.between[0];

/** Returns the sum of the delays of the links from `host` to the owner of that address in µs; 0 if there is no route. */
export const delayTo = (topology: Topology, host: string, ip: IpAddress): number => {
  const owner = topology.ownerOf.get(ip);
  let delayUs = 0;
  let at = host;
  // Stops a search that goes in circles: a path over more hosts than exist passes one twice.
  for (let passed = 0; owner !== undefined && at !== owner; passed++) {
    const link = topology.links.get(routeTo(topology, at, ip)?.interface.link ?? '');
    if (!link || passed > topology.hosts.size) return 0;
    delayUs += link.delayUs;
    at = peerOn(link, at);
  }
  return delayUs;
};
