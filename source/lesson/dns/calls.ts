// Reads the calls of DNS programs in a lesson, and those of an attacker who forges answers.
import * as z from 'zod/mini';
import type {Action} from '../../sim/action.ts';
import {given} from '../../sim/given.ts';
import {type DnsName, parseName, sameName} from '../../wire/dns/name.ts';
import {RecordClass, RecordType, typeName} from '../../wire/dns/registry.ts';
import {host, name, port, string, whole} from '../scalars.ts';
import {type Construct, construct, type Place, type Taker, takenBy} from '../vocabulary.ts';
import {
  domainName,
  ednsSize,
  hostsFile,
  readHosts,
  readName,
  readType,
  recordType,
  zoneLines,
} from './scalars.ts';
import {readZoneLines} from './zones.ts';

const resolver: Taker = {
  written: () => 'dns: {stub: {servers: [192.0.2.53]}}',
  takes: ({spec: {role}}) => role !== 'authority',
};

/** The call `resolve` accepts a name beyond the limits of RFC 1035 §2.3.4, because the resolver is the one to refuse it. */
const resolve: Construct<Action> = takenBy(
  resolver,
  construct(
    {name: domainName, type: z.optional(recordType), edns: z.optional(ednsSize), as: z.optional(name)},
    ({name: asked, type, edns, as}, place) => {
      const number = readType(type ?? 'A', [...place.path, 'type'], place);
      const size = edns === 'off' ? 0 : edns;
      return number === undefined
        ? undefined
        : {call: 'resolve', name: asked, type: number, ...given({edns: size, as})};
    },
  ),
);

const flushCache: Construct<Action> = takenBy(
  resolver,
  construct({}, () => ({call: 'flushCache'})),
);

const setHosts: Construct<Action> = takenBy(
  resolver,
  construct({entries: hostsFile}, ({entries}, place) => ({
    call: 'setHosts',
    entries: readHosts(entries, [...place.path, 'entries'], place),
  })),
);

const isZone = (given: unknown, origin: DnsName): boolean => {
  const name = parseName(String(given));
  return name.ok && sameName(name.value, origin);
};

/**
 * Accepts hosts with an authoritative server whose zone a call can change. If a run removed the zones to make the server lame, the call has
 * no effect.
 */
const server: Taker = {
  written: ({zone}) => `dns: {zones: [{file: ${String(zone)}.zone}]}`,
  takes: ({spec}, {zone}) =>
    spec.role === 'authority' &&
    (spec.settings.zones.length === 0 || spec.settings.zones.some(({origin}) => isZone(zone, origin))),
};

const editZone: Construct<Action> = takenBy(
  server,
  construct({zone: domainName, set: zoneLines}, ({zone, set}, place) => {
    const origin = readName(zone, [...place.path, 'zone'], place);
    if (origin === undefined) return undefined;
    const records = readZoneLines(set, {...place, path: [...place.path, 'set']}, {origin});
    return {call: 'editZone', origin, records};
  }),
);

const forgedTtl = 86_400;

type Forged = {
  readonly question: DnsName;
  readonly type: number;
  readonly answer: string | readonly string[] | undefined;
};

/** Reads the records of a forged answer from RDATA alone; name and type are those of the query. */
const answerRecords = ({question, type, answer = []}: Forged, place: Place) =>
  readZoneLines(
    answer,
    {...place, path: [...place.path, 'answer']},
    {before: `${question} ${forgedTtl} ${typeName(type)} `},
  );

const forgeAnswer: Construct<Action> = construct(
  {
    to: host,
    source: string,
    name: domainName,
    type: z.optional(recordType),
    answer: z.optional(zoneLines),
    authority: z.optional(zoneLines),
    additional: z.optional(zoneLines),
    tries: z.optional(whole(1, 1000, 'tries')),
    id: z.optional(whole(0, 65_535, 'id')),
    port: z.optional(port),
  },
  (data, place) => {
    const {path, names, problems} = place;
    const {to, source, answer, authority = [], additional = [], tries = 1} = data;
    problems.host([...path, 'to'], to, names.hosts);
    problems.host([...path, 'source'], source, names.hosts);
    const question = readName(data.name, [...path, 'name'], place);
    const type = data.type === undefined ? RecordType.A : readType(data.type, [...path, 'type'], place);
    if (question === undefined || type === undefined) return undefined;
    const lines = (key: 'authority' | 'additional', given: string | readonly string[]) =>
      readZoneLines(given, {...place, path: [...path, key]});
    return {
      call: 'forgeAnswer',
      ...{to, source, tries},
      ...given({id: data.id, port: data.port}),
      question: {name: question, type, class: RecordClass.IN},
      answers: answerRecords({question, type, answer}, place),
      authorities: lines('authority', authority),
      additionals: lines('additional', additional),
    };
  },
);

export const dnsCalls: {readonly [call: string]: Construct<Action>} = {
  resolve,
  flushCache,
  setHosts,
  editZone,
  forgeAnswer,
};
