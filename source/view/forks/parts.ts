// The hosts and links of a run as parts that the reader can mark above the ladder, and change.
import {hostName} from '../../lesson/host-names.ts';
import {type Text, wordedWithNames} from '../../lesson/text.ts';
import type {Trace, TraceHeader} from '../../sim/trace.ts';
import {oncePer} from '../../wire/once-per.ts';
import {linkBetween} from '../../words/catalogue/alter.ts';

/** A host or a link, by its name in the trace. */
export type Part = {readonly host: string} | {readonly link: string};

export const isSamePart = (one: Part, other: Part | undefined): boolean =>
  'host' in one
    ? other !== undefined && 'host' in other && other.host === one.host
    : other !== undefined && 'link' in other && other.link === one.link;

/**
 * Returns all hosts and links, as one walks along the links from the first host: host, link, host, and so on. Routers are among them, even
 * if they have no lifeline.
 */
export const partsOf = oncePer(({hosts, links}: TraceHeader): readonly Part[] => {
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
});

/** Returns the part before or after another one; the ends have no further one. */
export const partBeside = (trace: Trace, part: Part, by: 1 | -1): Part => {
  const parts = partsOf(trace.header);
  const at = parts.findIndex((each) => isSamePart(each, part));
  return parts[at + by] ?? part;
};

export const partName = (trace: Trace, part: Part): Text => {
  if ('host' in part) return hostName(trace, part.host);
  const [one = '', other = ''] = trace.header.links.find(({name}) => name === part.link)?.between ?? [];
  return wordedWithNames(linkBetween, {one: hostName(trace, one), other: hostName(trace, other)});
};
