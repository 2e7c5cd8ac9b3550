// Reads the zones and records of a lesson, from files beside it or from text inside it (RFC 1035 §5).
import * as z from 'zod/mini';
import {readRecords, readZone} from '../../sim/dns-apps.ts';
import type {ZoneData} from '../../stack/dns/zone-check.ts';
import type {ZonePlace, ZoneProblem} from '../../stack/dns/zone-problem.ts';
import type {DnsRecord} from '../../wire/dns/message.ts';
import type {DnsName} from '../../wire/dns/name.ts';
import {dnsZonesSentences} from '../../words/catalogue/lesson-zones.ts';
import {problemWith, unknownWord} from '../problem.ts';
import type {Path} from '../problems.ts';
import {shaped, string} from '../scalars.ts';

import type {Place} from '../vocabulary.ts';
import {domainName, readName} from './scalars.ts';
import {zoneProblem} from './zone-problem.ts';

export const zoneSchema = z.strictObject({
  file: z.optional(shaped(/^[\w-][\w.-]*\.zone$/, 'zone file')),
  origin: z.optional(domainName),
  text: z.optional(string),
});

export type ZoneFile = z.infer<typeof zoneSchema>;

const noFile = (name: string, folder: string, known: readonly string[]) =>
  known.length > 0
    ? unknownWord(dnsZonesSentences.noFile.itself, name, known)
    : problemWith(dnsZonesSentences.noFile, {name, folder});

const offsetOf = (source: string, {line, column}: ZonePlace): number =>
  source
    .split('\n')
    .slice(0, line - 1)
    .reduce((sum, each) => sum + each.length + 1, column - 1);

/** Reports the problems of zone text that stands in the lesson file itself. */
const reportInside = (
  found: readonly ZoneProblem[],
  value: string,
  {path, problems}: Pick<Place, 'path' | 'problems'>,
): void => {
  for (const each of found)
    problems.add(path, zoneProblem(each), {inside: {offset: offsetOf(value, each), value}});
};

const zoneInFile = (
  name: string,
  origin: DnsName | undefined,
  {path, names: {beside}, problems}: Place,
): ZoneData | undefined => {
  const source = beside?.zone(name);
  const file = beside?.pathOf(name) ?? name;
  if (source === undefined) {
    problems.add(path, noFile(name, file, beside?.zoneNames ?? []));
    return undefined;
  }
  const zone = readZone(source, origin);
  if (zone.ok) return zone.value;
  for (const {line, column, ...each} of zone.error) {
    const elsewhere = {file, position: {line, column}};
    problems.add(path, zoneProblem({line, column, ...each}), {elsewhere});
  }
  return undefined;
};

export const readZoneEntry = (data: ZoneFile, path: Path, place: Place): ZoneData | undefined => {
  const {file, text: written} = data;
  const given = data.origin === undefined ? undefined : readName(data.origin, [...path, 'origin'], place);
  if (data.origin !== undefined && given === undefined) return undefined;
  if (file !== undefined && written === undefined)
    return zoneInFile(file, given, {...place, path: [...path, 'file']});
  if (written === undefined || file !== undefined) {
    place.problems.add(path, dnsZonesSentences.place);
    return undefined;
  }
  const zone = readZone(written, given);
  if (zone.ok) return zone.value;
  reportInside(zone.error, written, {...place, path: [...path, 'text']});
  return undefined;
};

/** Reads one line of a zone from a lesson; `before` is zone text to be read before it that is not part of the lesson. */
const readLine = (line: string, origin: DnsName | undefined, before: string, place: Place) => {
  const read = readRecords(`${before}${line}`, origin);
  if (read.ok) return read.value;
  const inside = read.error.map((each) => ({...each, column: Math.max(1, each.column - before.length)}));
  reportInside(inside, line, place);
  return [];
};

/** Reads one line of a zone, or several; relative names are completed with `origin`. */
export const readZoneLines = (
  lines: string | readonly string[],
  place: Place,
  {origin, before = ''}: {readonly origin?: DnsName; readonly before?: string} = {},
): readonly DnsRecord[] =>
  typeof lines === 'string'
    ? readLine(lines, origin, before, place)
    : lines.flatMap((line, index) =>
        readLine(line, origin, before, {...place, path: [...place.path, index]}),
      );
