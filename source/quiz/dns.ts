// Questions about lookups of names (RFC 1034, RFC 1035): which server is asked next, how much of a TTL is left, how far a question has to
// go.

import {spokenName} from '../account/dns-parts.ts';
import {entriesOf, worldAt} from '../account/entries.ts';
import {dnsMessagesOf, ipPacketOf, ownerOf, packetOf} from '../account/packet.ts';
import {sameIn, type Text, wordedWithNames} from '../lesson/text.ts';
import {printedUs} from '../lesson/value.ts';
import {dnsRoleOn} from '../sim/dns-apps.ts';
import type {EventOf, Trace} from '../sim/trace.ts';
import {displayName} from '../wire/dns/display.ts';
import type {DnsMessage, DnsRecord} from '../wire/dns/message.ts';
import {RecordType, typeName} from '../wire/dns/registry.ts';
import {oncePer} from '../wire/once-per.ts';
import {inEvery} from '../words/catalogue/language.ts';
import {dnsSentences as said} from '../words/catalogue/questions.ts';
import {fieldEvidence} from './field-evidence.ts';
import {addressOf} from './host-names.ts';
import {causeOf} from './instants.ts';
import {beliefsIn, type Found, kindOf, type Rejection} from './kind.ts';
import {valuesLine} from './prompt.ts';
import {sendingsOf} from './segments.ts';
import {secondsAs} from './times.ts';

export type Said = {readonly event: EventOf<'send'>; readonly message: DnsMessage; readonly to: string};

/** Returns the DNS messages of a run as sent, each with its receiving host; packets with more than one DNS message are left out. */
export const messages = oncePer((trace: Trace): readonly Said[] =>
  sendingsOf(trace).flatMap((event): readonly Said[] => {
    const [message, second] = dnsMessagesOf(event);
    const to = ownerOf(trace, ipPacketOf(event)?.dst ?? '');
    return message && !second && to !== undefined ? [{event, message, to}] : [];
  }),
);

export const queries = oncePer((trace: Trace): readonly Said[] =>
  messages(trace).filter(({message}) => !message.flags.qr),
);

export const responses = oncePer((trace: Trace): readonly Said[] =>
  messages(trace).filter(({message}) => message.flags.qr),
);

/**
 * Tells whether a DNS message is a query with RD=1 that a server sent, or the response to one, which hardly occurs outside of a what-if.
 */
export const isOfWhatIf = (trace: Trace, {message: {flags}, event, to}: Said): boolean => {
  const asker = worldAt(trace, event.n)?.hosts[flags.qr ? to : event.host];
  const role = asker && dnsRoleOn(asker);
  return flags.rd && role !== undefined && role !== 'stub';
};

const questionText = ({questions: [asked]}: DnsMessage): string =>
  asked ? `${displayName(asked.name)} ${typeName(asked.type)}` : '?';

const withTtl = ({answers, authorities, additionals}: DnsMessage): readonly DnsRecord[] =>
  [...answers, ...authorities, ...additionals].filter(({type}) => type !== RecordType.OPT);

/** A DNS zone and the host that is a name server for it. */
type Server = {readonly zone: string; readonly server: string};

export const root = '.';

/**
 * Returns the name servers in the NS records of a DNS message, each with its zone and TTL, if the message also has the server's address.
 */
const serversIn = (trace: Trace, {message}: Said): readonly (Server & {readonly ttl: number})[] => {
  const records = withTtl(message);
  return records.flatMap(({name, ttl, data}) => {
    if (data.kind !== 'NS') return [];
    const glue = records.find((each) => each.data.kind === 'A' && each.name === data.name);
    const server = glue?.data.kind === 'A' ? ownerOf(trace, glue.data.address) : undefined;
    return server === undefined ? [] : [{zone: spokenName(name), server, ttl}];
  });
};

/** Returns all DNS zones with their servers that messages of the run name, and the root, whose server got the first query without RD. */
export const everyServer = oncePer((trace: Trace): readonly Server[] => {
  const found = new Map<string, Server>();
  const first = queries(trace).find(({message}) => !message.flags.rd);
  if (first) found.set(`${root} ${first.to}`, {zone: root, server: first.to});
  for (const each of messages(trace))
    for (const {zone, server} of serversIn(trace, each)) found.set(`${zone} ${server}`, {zone, server});
  return [...found.values()];
});

const disturbing: readonly string[] = ['flushCache', 'setHosts', 'crash', 'reboot'];

/**
 * Returns the number of the first call that changes DNS caches by other means than lookups, such as a flush or a reboot; a number beyond
 * the run if there is none.
 */
export const disturbedAt = oncePer((trace: Trace): number => {
  const [first] = [...entriesOf(trace, 'call')].filter(
    ({call, atUs}) => disturbing.includes(call) && atUs > 0,
  );
  return first?.n ?? trace.length + 1;
});

type NextGivens = {
  readonly host: string;
  /** The name that the host looks up. */
  readonly name: string;
  readonly servers: readonly Server[];
  /** The resolver that looks up names for this host; undefined if the host asks the name servers itself. */
  readonly resolver: string | undefined;
  /** The IP addresses by host: a stub resolver knows its resolver only by address, and a host name would give away its role. */
  readonly addresses?: {readonly [host: string]: string};
  /** The zones for which the host already knows a name server. */
  readonly knows: readonly string[];
};

export const isWithin = (name: string, zone: string): boolean =>
  zone === root || name === zone || name.endsWith(`.${zone}`);

export const depth = (zone: string): number => (zone === root ? 0 : zone.split('.').length);

/** Returns the server of the DNS zone that is the nearest one above the name; undefined if none of the zones is above it. */
const nearest = ({name, servers}: NextGivens, zones: readonly string[]): string | undefined => {
  const above = servers.filter(({zone}) => zones.includes(zone) && isWithin(name, zone));
  return above.toSorted((a, b) => depth(b.zone) - depth(a.zone))[0]?.server;
};

const whom = (givens: NextGivens): string | undefined => givens.resolver ?? nearest(givens, givens.knows);

/** Returns the DNS zones that the sender of a query has been told of and may still keep, the root among them. */
const known = (trace: Trace, {event}: Said): readonly string[] => {
  if (disturbedAt(trace) < event.n) return [root];
  const zones = new Map<string, number>();
  for (const each of messages(trace)) {
    const comesUs = packetOf(trace, each.event.packet).dueUs;
    if (each.event.n >= event.n || each.to !== event.host || comesUs > event.atUs) continue;
    for (const {zone, ttl} of serversIn(trace, each)) zones.set(zone, comesUs + ttl * 1_000_000);
  }
  return [root, ...[...zones].flatMap(([zone, untilUs]) => (untilUs > event.atUs ? [zone] : []))];
};

/** Returns the DNS queries that an arriving packet or a program's call caused; those after a timeout cannot be foreseen. */
const foreseen = oncePer((trace: Trace): readonly Said[] =>
  queries(trace).filter((asked) => {
    const {kind} = causeOf(trace, asked.event.n);
    return (kind === 'arrive' || kind === 'call') && !isOfWhatIf(trace, asked);
  }),
);

const nextFound = (trace: Trace, asked: Said): Found<NextGivens> | Rejection => {
  const {event, message, to} = asked;
  const servers = everyServer(trace);
  const [question] = message.questions;
  // If a zone has several servers, any of them may be asked, so the answer is open.
  const isOne = servers.every(({zone}) => servers.filter((each) => each.zone === zone).length === 1);
  if (!isOne || !question || servers.length < 2) return 'hidden';
  const all = [to, ...servers.map(({server}) => server)];
  const addresses = Object.fromEntries(all.map((each) => [each, addressOf(trace, each)]));
  return {
    givens: {
      ...{host: event.host, name: spokenName(question.name), servers},
      ...(message.flags.rd ? {resolver: to, addresses} : {resolver: undefined}),
      knows: message.flags.rd ? [] : known(trace, asked),
    },
    ...{did: to, n: event.n, because: event.because},
    evidence: fieldEvidence(trace, event.packet, 'ip.dst'),
    fieldValue: (host) => addressOf(trace, host),
  };
};

const rootOf = ({servers}: NextGivens): string | undefined => servers.find(({zone}) => zone === root)?.server;

const addressText = (host: string, addresses: NextGivens['addresses']): Text | undefined => {
  const address = addresses?.[host];
  return address === undefined ? undefined : sameIn(address);
};

/** The name of a fact that one question tells and another asks for; no sheet has both. */
export const stubAsks = 'a stub asks its resolver';

export const nextQueryTo = kindOf<NextGivens, Said>({
  kind: 'next-query-to',
  form: 'choice',
  // These facts are secret: a query with RD=1 elsewhere on the sheet would show the host that it goes to.
  secrets: ({resolver}) => (resolver === undefined ? [] : [stubAsks, 'pc-walks-tree', 'RD=1']),
  among: ({trace}) => foreseen(trace),
  at: ({event}) => event.n,
  find: ({trace}, asked) => nextFound(trace, asked),
  ask({host, name, servers, resolver, knows, addresses}, called) {
    const {prompt} = said.queryDraft;
    const shown = (server: string): Text => addressText(server, addresses) ?? called(server).name;
    return [
      prompt.servers,
      ...[...servers, ...(resolver === undefined ? [] : [{zone: 'RA=1', server: resolver}])].map(
        ({zone, server}) => valuesLine(inEvery((language) => `${zone}  ${shown(server)[language]}`)),
      ),
      resolver === undefined
        ? wordedWithNames(prompt.walks, {
            ...{host: called(host).first, zones: knows, name},
            onlyRoot: knows.every((zone) => zone === root),
          })
        : wordedWithNames(prompt.leaves, {host: called(host).within, name}),
    ];
  },
  solve(givens, called) {
    const server = whom(givens);
    if (server === undefined) return undefined;
    const {host, name, resolver} = givens;
    const zone =
      givens.servers.filter((each) => each.server === server && givens.knows.includes(each.zone)).at(-1)
        ?.zone ?? root;
    return {
      answer: server,
      explain:
        resolver === undefined
          ? wordedWithNames(said.queryDraft.explain.isResponsibleFor, {
              host: called(host).within,
              zone,
              name,
              to: called(server).within,
            })
          : wordedWithNames(said.queryDraft.explain.itAsksOne, {
              to: addressText(server, givens.addresses) ?? called(server).within,
            }),
      hints: [
        resolver === undefined ? said.queryHints.eachServerKnows : said.queryHints.itWantsThe,
        said.queryHints.whatDoesIt,
      ],
    };
  },
  beliefs: beliefsIn(said.queryDraft.beliefs, {
    'pc-walks-tree': (givens) => (givens.resolver === undefined ? undefined : rootOf(givens)),
    'root-knows-ip': (givens) => (givens.resolver === undefined ? rootOf(givens) : undefined),
    farther: (givens) =>
      nearest(
        givens,
        givens.servers.map(({zone}) => zone),
      ),
    oneUp: (givens) => (givens.knows.length > 1 ? nearest(givens, givens.knows.slice(0, -1)) : undefined),
    oneDown: ({servers, name}) => servers.find(({zone}) => depth(zone) === 1 && isWithin(name, zone))?.server,
  }),
  words: (value, {addresses}, called) => addressText(value, addresses) ?? called(value).within,
});

/** A DNS answer from a cache, and the earlier answer that filled the cache. */
type Aged = {
  readonly said: Said;
  readonly source: Said;
  readonly record: DnsRecord;
  readonly original: DnsRecord;
};

const aged = oncePer((trace: Trace): readonly Aged[] => {
  const all = responses(trace);
  return all.flatMap((each): readonly Aged[] => {
    const [record, more] = withTtl(each.message);
    if (!record || more || each.message.flags.aa || each.message.answers.length === 0) return [];
    const like = (other: DnsRecord): boolean => other.name === record.name && other.type === record.type;
    const source = all.findLast(
      (other) =>
        other.event.n < each.event.n && other.to === each.event.host && other.message.answers.some(like),
    );
    const original = source?.message.answers.find(like);
    return source && original && each.event.atUs - source.event.atUs >= 2_000_000
      ? [{said: each, source, record, original}]
      : [];
  });
});

type TtlGivens = {
  readonly host: string;
  readonly source: string;
  readonly to: string;
  readonly asked: string;
  readonly ttl: number;
  readonly storedUs: number;
  readonly atUs: number;
};

/** Returns for how many whole seconds the cache has held the DNS record. */
const elapsed = ({storedUs, atUs}: TtlGivens): number => Math.floor((atUs - storedUs) / 1_000_000);

/** Returns the age in seconds of a cached DNS record, rounded up as the question asks. */
const ageOf = ({storedUs, atUs}: TtlGivens): number => Math.ceil((atUs - storedUs) / 1_000_000);

export const ttlLeft = kindOf<TtlGivens, Aged>({
  kind: 'ttl-left',
  form: 'choice',
  // The secret is the record as other questions print it with its TTL, which would give away the answer.
  secrets: ({asked}) => [`${asked}  TTL`],
  tells: () => [stubAsks],
  among: ({trace}) => aged(trace),
  at: ({said: {event}}) => event.n,
  find({trace}, {said: given, source, original}) {
    const {event} = given;
    const evidence = fieldEvidence(trace, event.packet, 'dns.resp.ttl');
    return {
      givens: {
        ...{host: event.host, source: source.event.host, to: given.to, asked: questionText(given.message)},
        ...{ttl: original.ttl, storedUs: printedUs(packetOf(trace, source.event.packet).dueUs)},
        atUs: printedUs(event.atUs),
      },
      ...{did: evidence?.value ?? '', n: event.n, evidence},
    };
  },
  ask({host, source, to, asked, ttl, storedUs, atUs}, called) {
    const {prompt} = said.ttlDraft;
    const shown = secondsAs([storedUs, atUs]);
    return [
      wordedWithNames(prompt.given, {
        storedUs: shown(storedUs),
        host: called(host).within,
        host2: called(source).within,
      }),
      valuesLine(wordedWithNames(prompt.values, {asked, ttl})),
      wordedWithNames(prompt.asks, {
        ...{atUs: shown(atUs), to: called(to).within},
        host: called(host).within,
      }),
    ];
  },
  solve(givens, called) {
    const {ttl, storedUs, atUs} = givens;
    const left = ttl - elapsed(givens);
    if (left < 0) return undefined;
    const shown = secondsAs([storedUs, atUs]);
    const ageUs = atUs - storedUs;
    return {
      answer: String(left),
      explain: wordedWithNames(said.ttlDraft.explain, {
        host: called(givens.host).first,
        ...{ttl, left, since: shown(storedUs), until: shown(atUs), age: shown(ageUs)},
        ...{rest: shown(ttl * 1_000_000 - ageUs), rounded: ageUs % 1_000_000 > 0},
      }),
      hints: [
        said.ttlDraft.hints.aTTLSays,
        wordedWithNames(said.ttlDraft.hints.wholeSecondsHave, {elapsed: elapsed(givens)}),
      ],
    };
  },
  beliefs: beliefsIn(said.ttlDraft.beliefs, {
    anew: ({ttl}) => ttl,
    age: (givens) => ageOf(givens),
    grows: (givens) => givens.ttl + ageOf(givens),
    notKept: () => '0',
  }),
  words: (value) => sameIn(`${value} s`),
});
