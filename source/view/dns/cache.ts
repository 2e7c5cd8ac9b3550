// The DNS caches of resolvers at an instant: records with their remaining TTL, and from which response each record was learned.

import {spokenData, spokenName} from '../../account/dns-parts.ts';
import {entriesOf, entryAt, worldAt} from '../../account/entries.ts';
import {packetOf} from '../../account/packet.ts';
import {hostName} from '../../lesson/host-names.ts';
import {spaced} from '../../lesson/text.ts';
import {cacheOn, resolverOn} from '../../sim/dns-apps.ts';
import type {Trace} from '../../sim/trace.ts';
import type {Host} from '../../sim/world.ts';
import type {CacheRow} from '../../stack/dns/cache-rows.ts';
import type {DnsQuestion} from '../../wire/dns/message.ts';
import {nameKey} from '../../wire/dns/name.ts';
import {typeName} from '../../wire/dns/registry.ts';
import {byKey} from '../../wire/grouped.ts';
import {oncePer} from '../../wire/once-per.ts';
import {cacheTexts, cacheWords, sectionWords} from '../../words/catalogue/cache.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {formatClock} from '../../words/format.ts';
import {filledOf} from '../row-cursor.ts';
import {lastSeen, unlessAsked, until, worldSeen} from '../seen.ts';
import type {Subject} from '../subject.ts';
import {narrationAt} from '../time/waypoints.ts';
import type {View} from '../view.ts';

/**
 * A line of the cache panel: a record, a negative answer, an entry of the hosts file, or a pending question. `ttl` and `data` are blank
 * while a question asks for them.
 */
export type CacheLine = {
  readonly name: string;
  readonly type: string;
  readonly data: string;
  readonly ttl: string;
  readonly learned: string;
  readonly changed: boolean;
  readonly subject: Subject;
};

export type CacheScene = {
  readonly host: string;
  /** The resolver's name in the reader's language. */
  readonly name: string;
  readonly heading: string;
  readonly lines: readonly CacheLine[];
};

type Resolver = NonNullable<ReturnType<typeof resolverOn>>;

/** Tells whether the run has a DNS cache to show: it must be simulated and have a resolver. */
export const hasCaches = ({input: {trace}}: View): boolean =>
  Object.values(worldAt(trace, 0)?.hosts ?? {}).some((host) => resolverOn(host) !== undefined);

const storesIn = (trace: Trace) =>
  [...entriesOf(trace, 'note')].flatMap(({n, atUs, host, fromPacket, note}) =>
    note.kind === 'cache' && note.op === 'store' ? [{...note, n, atUs, host, fromPacket}] : [],
  );

type Stored = ReturnType<typeof storesIn>[number];

const keyOf = (host: string, name: string, type: number): string => `${host} ${nameKey(name)} ${type}`;

/** Returns everything that DNS resolvers cached in the whole run, in order, grouped by host, name and type. */
const storesOf = oncePer((trace: Trace) =>
  byKey(storesIn(trace), ({host, name, type}) => keyOf(host, name, type)),
);

const lastStore = (view: View, key: string): Stored | undefined => {
  const stores = storesOf(view.input.trace).get(key) ?? [];
  return until(stores, lastSeen(view)).at(-1);
};

const learnedFrom = ({input: {trace}, language}: View, stored: Stored | undefined): string => {
  if (stored?.fromPacket === undefined || stored.fromPacket < 1) return '';
  const from = `${stored.fromPacket} ${hostName(trace, packetOf(trace, stored.fromPacket).from)[language]}`;
  // The text on a record in a stub resolver's cache leaves out the section of the response, because a stub accepts records from all
  // sections.
  if (stored.trust === undefined) return from;
  return `${from}${punctuation.comma[language]}${sectionWords[stored.trust][language]}`;
};

/**
 * Tells whether an open question asks for the TTL of a DNS record. If so, all TTLs are hidden, because records that arrived together have
 * the same age.
 */
const asksForTtl = ({hidden}: View): boolean =>
  hidden.some(({hides}) => hides?.fields.some((field) => /(^dns\.resp|\))\.ttl$/.test(field)) ?? false);

/** The record type that the cache panel shows for a name that does not exist, and so has no records of any type (RFC 2308 §5). */
const everyType = '*';

const lineOf = (view: View, host: string, row: CacheRow): CacheLine => {
  const {name, type, negative, records, ttl} = row;
  const stored = lastStore(view, keyOf(host, name, type));
  const shown = unlessAsked(view);
  const data = negative ?? records.map((record) => spokenData(record.data)).join(', ');
  const seen = lastSeen(view);
  return {
    name: spokenName(name),
    type: negative === 'NXDOMAIN' ? everyType : typeName(type),
    data: shown(data),
    ttl: asksForTtl(view) ? '?' : shown(String(ttl)),
    learned: learnedFrom(view, stored),
    changed: stored !== undefined && seen > 0 && stored.atUs === entryAt(view.input.trace, seen).atUs,
    subject: {kind: 'cache', host, name: nameKey(name), type},
  };
};

/** The number of events that are searched backwards for the DNS query of a pending question. */
const searchedEvents = 400;

/**
 * Returns the number of the packet in which `host` last sent from this UDP port, that is, its DNS query; undefined if it was not among the
 * last events.
 */
const askedIn = ({input: {trace}, cursor}: View, host: string, port: number): number | undefined => {
  for (let n = cursor; n >= Math.max(1, cursor - searchedEvents); n--) {
    const event = entryAt(trace, n);
    if (event.kind !== 'send' || event.host !== host || event.frame?.payload.kind !== 'ip') continue;
    const {transport} = event.frame.payload.packet;
    if (transport.kind === 'udp' && transport.datagram.srcPort === port) return event.packet;
  }
  return undefined;
};

type Waiting = {readonly question: DnsQuestion; readonly port: number};

const waitingOf = (state: Resolver): readonly Waiting[] =>
  state.role === 'stub' ? [...state.pending.values()] : [...state.queries.values()];

const waitingLine = (view: View, host: string, {question, port}: Waiting): CacheLine => {
  const packet = askedIn(view, host, port);
  return {
    name: spokenName(question.name),
    type: typeName(question.type),
    data: '?',
    ttl: '',
    learned: packet === undefined ? '' : cacheWords.asked[view.language]({packet}),
    changed: false,
    subject: {kind: 'cache', host, name: nameKey(question.name), type: question.type},
  };
};

/**
 * Tells whether a DNS resolver caches answers. For a stub without a cache, pending questions are not shown, because it only forwards them.
 */
const keeps = (state: Resolver): boolean => state.role !== 'stub' || state.settings.cache;

const linesOf = (view: View, host: string, at: Host, state: Resolver): readonly CacheLine[] => [
  ...state.hosts.map(({name, address}) => ({
    name: spokenName(name),
    type: '',
    data: address,
    ttl: '',
    learned: cacheTexts.hostsFile[view.language],
    changed: false,
    subject: {kind: 'cache', host, name: nameKey(name), type: undefined} as const,
  })),
  ...(cacheOn(at, view.nowUs) ?? []).map((row) => lineOf(view, host, row)),
  ...(keeps(state) ? waitingOf(state) : []).map((waiting) => waitingLine(view, host, waiting)),
];

/**
 * Returns the host whose DNS cache the present narration is about; undefined if it is about none. It is found by the values that the beat
 * shows, such as `m.cache.size`.
 */
const toldHost = ({input}: View): string | undefined => {
  const {beat} = narrationAt(input, input.playback.viewMs);
  return beat?.show.flatMap((value) => /^(\w+)\.(cache|hosts)\b/.exec(value)?.[1] ?? [])[0];
};

/**
 * Returns the DNS caches that are not empty: first the one that the narration is about, then those of recursive resolvers. If all are
 * empty, returns only the first cache.
 */
export const cacheScenes = (view: View): readonly CacheScene[] => {
  const {language} = view;
  const hosts = worldSeen(view)?.hosts;
  const found = view.input.trace.header.hosts.flatMap(({name}) => {
    const at = hosts?.[name];
    const state = at && resolverOn(at);
    return at && state ? [{name, at, state}] : [];
  });
  const told = toldHost(view);
  const ordered = [
    ...found.filter(({name}) => name === told),
    ...found.filter(({name, state}) => name !== told && state.role === 'recursive'),
    ...found.filter(({name, state}) => name !== told && state.role === 'stub'),
  ];
  return filledOf(
    ordered.map(({name: host, at, state}) => {
      const name = view.called(host);
      const heading = spaced(cacheWords.heading[language]({host: name, time: formatClock(view.nowUs)}));
      return {host, name, heading, lines: linesOf(view, host, at, state)};
    }),
  );
};
