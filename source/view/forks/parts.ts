// The hosts and links of a run as parts that the reader can mark above the ladder, and change.
import {hostName} from '../../lesson/host-names.ts';
import {type Text, wordedWithNames} from '../../lesson/text.ts';
import type {Trace, TraceHeader} from '../../sim/trace.ts';
import {oncePer} from '../../wire/once-per.ts';
import {linkBetween} from '../../words/catalogue/alter.ts';
import {hostsOf} from '../ladder/scene-hosts.ts';

/** A host or a link that the reader can mark and change, by its name in the trace. */
export type Part = {readonly host: string} | {readonly link: string};

export const isSamePart = (one: Part, other: Part | undefined): boolean =>
  'host' in one
    ? other !== undefined && 'host' in other && other.host === one.host
    : other !== undefined && 'link' in other && other.link === one.link;

/** Returns all hosts and links in the order in which one reaches them from the first host along the links: host, link, host, and so on. */
const walked = ({hosts, links}: TraceHeader): readonly Part[] => {
  const parts: Part[] = [];
  const walk = (host: string): void => {
    if (parts.some((part) => isSamePart({host}, part))) return;
    parts.push({host});
    for (const {name: link, between} of links) {
      if (!between.includes(host) || parts.some((part) => isSamePart({link}, part))) continue;
      parts.push({link});
      for (const other of between) walk(other);
    }
  };
  for (const {name} of hosts) walk(name);
  return parts;
};

const meanOf = (places: readonly number[]): number =>
  places.reduce((sum, place) => sum + place, 0) / places.length;

/**
 * How often hosts without a lifeline are placed anew in the middle of their neighbours; even on a path of many routers, the places no
 * longer change much after that.
 */
const rounds = 40;

/**
 * Returns the place of each host from left to right: the index of its lifeline or, for a host without one, such as a router, the mean of
 * its neighbours' places.
 */
const placesOf = (trace: Trace): ReadonlyMap<string, number> => {
  const {hosts, links} = trace.header;
  const shown = hostsOf(trace, 'en').map(({id}) => id);
  const places = new Map(shown.map((id, place) => [id, place]));
  const others = hosts.filter(({name}) => !shown.includes(name));
  for (let round = 0; round < rounds; round++)
    for (const {name} of others) {
      const around = links.flatMap(({between}) => (between.includes(name) ? between : []));
      const known = around.flatMap((each) => (each === name ? [] : (places.get(each) ?? [])));
      if (known.length > 0) places.set(name, meanOf(known));
    }
  return places;
};

/**
 * Returns all hosts and links from left to right, as the ladder shows them: a link is between the hosts at its ends. Routers are among them,
 * even if they have no lifeline.
 */
export const partsOf = oncePer((trace: Trace): readonly Part[] => {
  const places = placesOf(trace);
  const last = places.size;
  const placeOf = (part: Part): number => {
    if ('host' in part) return places.get(part.host) ?? last;
    const between = trace.header.links.find(({name}) => name === part.link)?.between ?? [];
    return meanOf(between.map((host) => places.get(host) ?? last));
  };
  const placed = walked(trace.header).map((part) => ({part, place: Math.round(placeOf(part) * 1000)}));
  return placed.toSorted((one, other) => one.place - other.place).map(({part}) => part);
});

/** Returns the host or link before or after another one, from left to right; at the ends the same one. */
export const partBeside = (trace: Trace, part: Part, by: 1 | -1): Part => {
  const parts = partsOf(trace);
  const at = parts.findIndex((each) => isSamePart(each, part));
  return parts[at + by] ?? part;
};

export const partName = (trace: Trace, part: Part): Text => {
  if ('host' in part) return hostName(trace, part.host);
  const [one = '', other = ''] = trace.header.links.find(({name}) => name === part.link)?.between ?? [];
  return wordedWithNames(linkBetween, {one: hostName(trace, one), other: hostName(trace, other)});
};
