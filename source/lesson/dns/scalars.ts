// Checks and reads the values of DNS in lesson files: names, record types, addresses.
import * as z from 'zod/mini';
import {type DnsName, parseName} from '../../wire/dns/name.ts';
import {RecordType, typeNumber} from '../../wire/dns/registry.ts';
import type {IpAddress} from '../../wire/frame.ts';
import {parseIpAddress} from '../../wire/ip-address.ts';
import {dnsScalarsSentences} from '../../words/catalogue/lesson.ts';
import {problemWith, unknownWord} from '../problem.ts';
import type {Path} from '../problems.ts';
import {expects, shaped, whole} from '../scalars.ts';

import type {Place} from '../vocabulary.ts';
import {zoneProblem} from './zone-problem.ts';

export const domainName = shaped(/^\S+$/, 'domain name');
export const recordType = shaped(/^[A-Za-z][A-Za-z0-9]*$/, 'record type');
export const address = shaped(/^[0-9A-Fa-f.:]+$/, 'address');
export const ednsSize = z.union(
  [whole(512, 65_535, 'edns'), z.literal('off', expects('edns'))],
  expects('edns'),
);
/** The schema of one line of a zone file, or of several. */
export const zoneLines = z.union([z.string(), z.array(z.string())], expects('zone records'));
/** The schema of a hosts file: addresses by name, that is, with the two columns swapped. */
export const hostsFile = z.record(
  domainName,
  z.union([address, z.array(address)], expects('address')),
  expects('hosts'),
);

export const readName = (given: string, path: Path, {problems}: Place): DnsName | undefined => {
  const name = parseName(given);
  if (name.ok) return name.value;
  problems.add(path, zoneProblem({line: 1, column: 1, code: 'name', given, why: name.error}));
  return undefined;
};

export const readType = (given: string, path: Path, {problems}: Place): number | undefined => {
  const number = typeNumber(given);
  if (number === undefined)
    problems.add(path, unknownWord(dnsScalarsSentences.readType, given, Object.keys(RecordType)));
  return number;
};

export const readAddress = (given: string, path: Path, {problems}: Place): IpAddress | undefined => {
  if (parseIpAddress(given).ok) return given;
  problems.add(path, problemWith(dnsScalarsSentences.readAddress, {given}));
  return undefined;
};

/** Returns the valid addresses of a list; the others are reported. */
export const readAddresses = (given: readonly string[], path: Path, place: Place): readonly IpAddress[] =>
  given.flatMap((each, index) => readAddress(each, [...path, index], place) ?? []);

type HostsFile = z.infer<typeof hostsFile>;
type HostsLine = {readonly name: DnsName; readonly address: IpAddress};

export const readHosts = (given: HostsFile, path: Path, place: Place): readonly HostsLine[] =>
  Object.entries(given).flatMap(([name, addresses]) => {
    const at = [...path, name];
    const read = readName(name, at, place);
    const found =
      typeof addresses === 'string'
        ? [readAddress(addresses, at, place)]
        : readAddresses(addresses, at, place);
    return found.flatMap((each) =>
      read === undefined || each === undefined ? [] : [{name: read, address: each}],
    );
  });
