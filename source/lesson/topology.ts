// Reads the hosts and links of a lesson file for the simulator. Whatever is left out comes from the curriculum's usual pair of hosts,
// `client` and `server`.
import type {LinkSpec} from '../sim/action.ts';
import type {HostSpec} from '../sim/scenario.ts';
import type {HostLabel} from '../sim/trace.ts';
import {parseIpAddress} from '../wire/ip-address.ts';
import {seq} from '../wire/seq.ts';
import {inEvery, languages} from '../words/catalogue/language.ts';
import {topologySentences} from '../words/catalogue/lesson.ts';
import {reservedWords} from './expression-parser.ts';
import {hostName} from './host-names.ts';
import {problemWith} from './problem.ts';
import type {Path, Problems} from './problems.ts';
import {bitsOf, bytesOf, microseconds, shareOf} from './quantity.ts';
import type {HostFile, LinkFile, TopologyFile} from './schema-topology.ts';
import {tcpChanges} from './tcp/settings.ts';

const pairAddresses: {readonly [host: string]: string} = {client: '192.0.2.10', server: '198.51.100.20'};
const pairDelayUs = 50_000;
const defaultMtu = 1500;

/** The hosts and links of a lesson, in which only the values of a host's profile may be missing. */
export type Topology = {
  readonly hosts: readonly {readonly name: string; readonly data: HostFile}[];
  readonly links: readonly {readonly spec: LinkSpec; readonly data: LinkFile}[];
  readonly arp: boolean;
};

export const hostNames = (topology: TopologyFile | undefined): readonly string[] => {
  const given = Object.keys(topology?.hosts ?? {});
  const pair = Object.keys(pairAddresses);
  return given.every((name) => pair.includes(name)) ? pair : given;
};

export const readTopology = (data: TopologyFile | undefined, problems: Problems): Topology => {
  const path = ['topology'];
  const names = hostNames(data);
  for (const name of Object.keys(data?.hosts ?? {})) checkName(name, [...path, 'hosts', name], problems);
  const hosts = names.map((name) => ({name, data: data?.hosts?.[name] ?? {}}));
  const links = readLinks(data?.links, names, [...path, 'links'], problems);
  checkLabels(hosts, [...path, 'hosts'], problems);
  for (const {name, data: host} of hosts) checkAddresses(name, host, [...path, 'hosts', name], problems);
  return {hosts, links, arp: data?.arp ?? false};
};

const checkName = (name: string, path: Path, problems: Problems): void => {
  if (/^[a-z][a-z0-9_]*$/.test(name) && !reservedWords.includes(name)) return;
  problems.add(path, problemWith(topologySentences.checkName, {name, reservedWords}), {onKey: true});
};

const labelled = ({label}: HostFile): {readonly label?: HostLabel} =>
  label ? {label: inEvery((language) => label[language])} : {};

/** The widest label of a host in columns: the heads of lifelines are nine to fourteen columns apart, and a Chinese character takes two. */
const widestLabel = 14;

const cellsOf = (label: string): number => label.replace(/[^\u0000-\u02ff]/g, '  ').length;

/** The characters of a host's label: letters, digits and what joins them, which no picture or page takes for anything else. */
const labelShape = /^[\p{L}\p{N}]([\p{L}\p{M}\p{N} .-]*[\p{L}\p{M}\p{N}])?$/u;

/** Checks that no two hosts have the same label in a language. */
const checkLabels = (hosts: Topology['hosts'], path: Path, problems: Problems): void => {
  const header = {hosts: hosts.map(({name, data}) => ({name, ...labelled(data)}))};
  for (const language of languages) {
    const taken = new Map<string, string>();
    for (const {name, data} of hosts) {
      const label = hostName({header}, name)[language];
      const other = taken.get(label);
      const place = [...path, data.label ? name : (other ?? name), 'label'];
      const isRight = !data.label || (labelShape.test(label) && cellsOf(label) <= widestLabel);
      taken.set(label, name);
      if (!isRight) {
        problems.add(place, problemWith(topologySentences.checkLabels.shape, {label, widest: widestLabel}));
      } else if (other !== undefined)
        problems.add(place, problemWith(topologySentences.checkLabels.taken, {label, name, other}));
    }
  }
};

const checkAddresses = (name: string, {ip}: HostFile, path: Path, problems: Problems): void => {
  if (ip === undefined && pairAddresses[name] === undefined) {
    problems.add(path, problemWith(topologySentences.checkAddresses.hasNoAddress, {name}));
  }
  const given = typeof ip === 'string' ? {'': ip} : (ip ?? {});
  for (const [key, address] of Object.entries(given)) {
    if (parseIpAddress(address).ok) continue;
    problems.add(
      [...path, 'ip', ...(key ? [key] : [])],
      problemWith(topologySentences.checkAddresses.isNoIP, {address}),
    );
  }
};

const readLinks = (
  data: readonly LinkFile[] | undefined,
  hosts: readonly string[],
  path: Path,
  problems: Problems,
): Topology['links'] => {
  const links = data ?? [{}];
  return links.flatMap((link, index) => {
    const place = [...path, index];
    const between = link.between ?? (hosts.length === 2 ? hosts : undefined);
    const [a, b] = between ?? [];
    if (a === undefined || b === undefined) {
      problems.add(data ? place : ['topology'], topologySentences.readLinks);
      return [];
    }
    problems.host([...place, 'between', 0], a, hosts);
    problems.host([...place, 'between', 1], b, hosts);
    return [{spec: linkSpec(link, [a, b], links.length === 1 ? 'path' : `link${index + 1}`), data: link}];
  });
};

export const linkSpec = (link: LinkFile, between: readonly [string, string], name: string): LinkSpec => ({
  name: link.name ?? name,
  between,
  delayUs: link.delay === undefined ? pairDelayUs : microseconds(link.delay),
  ...(link.rate === undefined ? {} : {rateBps: bitsOf(link.rate)}),
  ...(link.queue === undefined ? {} : {queueBytes: bytesOf(link.queue)}),
  loss: link.loss === undefined ? 0 : shareOf(link.loss),
  mtu: link.mtu ?? defaultMtu,
});

/** Returns the hosts for the simulator. Hardware addresses are counted in the order of the hosts, then of their links. */
export const hostSpecs = ({hosts, links}: Topology): readonly HostSpec[] => {
  let card = 0;
  return hosts.map(({name, data}) => {
    const own = links.flatMap(({spec}) => (spec.between.includes(name) ? [spec] : []));
    const interfaces = own.map((link, index) => {
      card += 1;
      return {link: link.name, ip: addressOn(data, name, link.name, index), mac: macOf(card)};
    });
    return {
      name,
      ...labelled(data),
      interfaces,
      router: data.router ?? false,
      ...(data.unreachable ? {unreachable: true} : {}),
      ...(data.iss === undefined ? {} : {iss: seq(data.iss)}),
      ...(data.profile === undefined ? {} : {profile: data.profile}),
      tcp: tcpChanges(data.tcp ?? {}),
    };
  });
};

const macOf = (card: number): string => `02:00:00:00:${hexByte(card >>> 8)}:${hexByte(card)}`;

const hexByte = (value: number): string => (value & 0xff).toString(16).padStart(2, '0');

/**
 * Returns the host's IP address on a link, by `ip` in the lesson file: one for all links, one by the link's name, or one after the other in
 * the order of the links.
 */
const addressOn = (data: HostFile, host: string, link: string, index: number): string => {
  const {ip} = data;
  if (ip === undefined) return pairAddresses[host] ?? '';
  if (typeof ip === 'string') return ip;
  const given = Object.values(ip);
  // A router with fewer addresses than links uses its first one (RFC 1812 §2.2.7, unnumbered lines).
  return ip[link] ?? given[index] ?? given[0] ?? '';
};
