// The words that DNS adds to the language of lessons.
import * as z from 'zod/mini';
import {given} from '../../sim/given.ts';
import {Rcode} from '../../wire/dns/registry.ts';
import {boolean, host} from '../scalars.ts';
import {type Construct, construct, type Place, type Protocol} from '../vocabulary.ts';
import {dnsApp} from './apps.ts';
import {dnsCalls} from './calls.ts';
import {cacheOps, type DnsConditions, type DnsMatch, sections} from './match.ts';
import {domainName, readName, readType, recordType} from './scalars.ts';

const isRcode = (word: string): word is keyof typeof Rcode => Object.hasOwn(Rcode, word);

const message = z.strictObject({
  response: z.optional(boolean),
  rcode: z.optional(z.enum(Object.keys(Rcode).filter(isRcode))),
  section: z.optional(z.enum(sections)),
  qtype: z.optional(recordType),
  name: z.optional(domainName),
  truncated: z.optional(boolean),
});

type Named = {readonly name?: string | undefined; readonly type?: string | undefined};

/** Reads the domain name and the record type of a selector; undefined if one of them cannot be read, which is then reported. */
const read = ({name, type}: Named, typeKey: string, place: Place) => {
  const {path, problems} = place;
  const before = problems.found.length;
  const found = given({
    name: name === undefined ? undefined : readName(name, [...path, 'name'], place),
    type: type === undefined ? undefined : readType(type, [...path, typeKey], place),
  });
  return problems.found.length > before ? undefined : found;
};

const conditions: Construct<DnsConditions> = construct({dns: z.optional(message)}, ({dns}, place) => {
  if (dns === undefined) return {};
  const {response, rcode, section, qtype, name, truncated} = dns;
  const found = read({name, type: qtype}, 'qtype', {...place, path: [...place.path, 'dns']});
  const number = rcode === undefined ? undefined : Rcode[rcode];
  return (
    found && {
      dns: given({response, rcode: number, section, qtype: found.type, name: found.name, truncated}),
    }
  );
});

const cache: Construct<DnsMatch> = construct(
  {
    cache: z.enum(cacheOps),
    host: z.optional(host),
    name: z.optional(domainName),
    type: z.optional(recordType),
  },
  (data, place) => {
    const found = read(data, 'type', place);
    const at = data.host === 'any' ? undefined : data.host;
    return found && {kind: 'cache', op: data.cache, ...given({host: at}), ...found};
  },
);

export const dns: Protocol = {
  name: 'dns',
  calls: dnsCalls,
  triggers: ['answered'],
  results: ['ok', 'NXDOMAIN', 'NODATA', 'SERVFAIL', 'REFUSED', 'FORMERR', 'NOTIMP', 'timedOut', 'EINVAL'],
  apps: {dns: dnsApp},
  actors: {},
  heads: {cache},
  conditions,
  overrides: {},
};
