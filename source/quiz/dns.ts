// Questions about names (RFC 1034, RFC 1035): who is asked next, which TTL is left, how far a question has to go.

import {entriesBetween, entriesOf, entryAt} from '../account/entries.ts';
import {dnsMessagesOf, ipPacketOf, packetOf} from '../account/packet.ts';
import {sameIn, type Text, wordedWithNames} from '../lesson/text.ts';
import {valueText} from '../lesson/value.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import {displayName} from '../wire/dns/display.ts';
import type {DnsMessage, DnsRecord} from '../wire/dns/message.ts';
import {RecordType, typeName} from '../wire/dns/registry.ts';
import {oncePer} from '../wire/once-per.ts';
import {dnsSentences} from '../words/catalogue/questions.ts';
import {packetLines} from './context.ts';
import type {Draft, Generator, Option} from './draft.ts';
import {fieldEvidence} from './fields.ts';
import {addressOf, ownerOf} from './host-names.ts';
import {firstOf} from './instants.ts';
import {valuesLine} from './prompt.ts';
import {hostFirst, hostText} from './words.ts';

type SendEvent = Extract<TraceEvent, {kind: 'send'}>;
type Said = {readonly event: SendEvent; readonly message: DnsMessage; readonly to: string};

const timeText = (us: number): string => valueText({kind: 'time', us});

/** Messages as their makers sent them, one to a packet. */
const messages = oncePer((trace: Trace): readonly Said[] => {
  const found: Said[] = [];
  for (const event of entriesOf(trace, 'send')) {
    if (event.hop > 0 || event.packet < 1) continue;
    const [message, second] = dnsMessagesOf(event);
    const to = ownerOf(trace, ipPacketOf(event)?.dst ?? '');
    if (message && !second && to !== undefined) found.push({event, message, to});
  }
  return found;
});

const questionText = ({questions: [asked]}: DnsMessage): string =>
  asked ? `${displayName(asked.name)} ${typeName(asked.type)}` : '?';

const queries = oncePer((trace: Trace): readonly Said[] =>
  messages(trace).filter(({message}) => !message.flags.qr),
);

/** Servers of names in this run, as those who are asked show. */
const servers = oncePer((trace: Trace): readonly string[] => [...new Set(queries(trace).map(({to}) => to))]);

const hostOption = (trace: Trace, host: string, misconception?: string): Option => ({
  text: hostText(host),
  value: addressOf(trace, host),
  ...(misconception ? {misconception} : {}),
});

/** Whoever asks with RD leaves the way to somebody else; the next in line is no host that it knows. */
const beyond = ({message, event}: Said, host: string): string | undefined =>
  message.flags.rd && host !== event.host ? 'pc-walks-tree' : undefined;

const queryHints = ({message}: Said, isReferral: boolean): Draft['hints'] => [
  message.flags.rd ? dnsSentences.queryHints.itWantsThe : dnsSentences.queryHints.eachServerKnows,
  isReferral ? dnsSentences.queryHints.aReferralHas : dnsSentences.queryHints.whatDoesIt,
];

const queryDraft = (trace: Trace, said: Said): Draft | undefined => {
  const {event, message, to} = said;
  const evidence = fieldEvidence(trace, event.packet, 'ip.dst');
  if (!evidence || evidence.value !== addressOf(trace, to)) return undefined;
  const earlier = messages(trace).filter((each) => each.event.n < event.n);
  const referred = earlier.at(-1)?.message;
  const isReferral =
    !message.flags.rd &&
    referred?.flags.qr === true &&
    referred.answers.length === 0 &&
    referred.authorities.some(({data}) => data.kind === 'NS');
  const asked = questionText(message);
  const walks = message.flags.rd
    ? dnsSentences.queryDraft.walks.text
    : dnsSentences.queryDraft.walks.whichWalksThe;
  return {
    form: 'choice',
    right: hostOption(trace, to),
    wrong: [
      ...servers(trace)
        .filter((host) => host !== to && host !== event.host)
        .map((host) => hostOption(trace, host, beyond(said, host))),
      {
        text: dnsSentences.queryDraft.wrong.text,
        value: '0',
        ...(isReferral ? {misconception: 'root-knows-ip'} : {}),
      },
    ],
    prompt: [
      ...packetLines(trace, event.n, 3),
      wordedWithNames(dnsSentences.queryDraft.prompt, {host: hostFirst(event.host), walks, asked}),
    ],
    hints: queryHints(said, isReferral),
    explain: message.flags.rd
      ? wordedWithNames(dnsSentences.queryDraft.explain.itAsksOne, {to})
      : wordedWithNames(dnsSentences.queryDraft.explain.isResponsibleFor, {to}),
    because: event.because,
    n: event.n,
    evidence,
  };
};

/** What follows from an answer, or from a program's wish; what a silence brings about cannot be foreseen. */
const foreseen = oncePer((trace: Trace): readonly Said[] =>
  queries(trace).filter(({event}) => {
    const {kind} = entryAt(trace, firstOf(trace, event.n));
    return kind === 'arrive' || kind === 'call';
  }),
);

export const nextQueryTo: Generator = {
  kind: 'next-query-to',
  places: ({trace}) => foreseen(trace).map(({event}) => event.n),
  ask: ({trace}, place) => {
    const said = foreseen(trace).find(({event}) => event.n === place);
    return said && queryDraft(trace, said);
  },
};

const withTtl = ({answers, authorities, additionals}: DnsMessage): readonly DnsRecord[] =>
  [...answers, ...authorities, ...additionals].filter(({type}) => type !== RecordType.OPT);

/** An answer from a cache, and the one that filled it. */
type Aged = {
  readonly said: Said;
  readonly source: Said;
  readonly record: DnsRecord;
  readonly original: DnsRecord;
};

const aged = oncePer((trace: Trace): readonly Aged[] => {
  const all = messages(trace).filter(({message}) => message.flags.qr);
  return all.flatMap((said): readonly Aged[] => {
    const [record, more] = withTtl(said.message);
    if (!record || more || said.message.flags.aa || said.message.answers.length === 0) return [];
    const like = (each: DnsRecord): boolean => each.name === record.name && each.type === record.type;
    const source = all.findLast(
      (each) => each.event.n < said.event.n && each.to === said.event.host && each.message.answers.some(like),
    );
    const original = source?.message.answers.find(like);
    return source && original && said.event.atUs - source.event.atUs >= 2_000_000
      ? [{said, source, record, original}]
      : [];
  });
});

const number = (value: number): Option => ({text: sameIn(`${value} s`), value: String(value)});

const ttlDraft = (trace: Trace, {said, source, original}: Aged): Draft | undefined => {
  const {event, message} = said;
  const evidence = fieldEvidence(trace, event.packet, 'dns.resp.ttl');
  if (!evidence) return undefined;
  const left = Number(evidence.value);
  const storedUs = packetOf(trace, source.event.packet).dueUs;
  const elapsed = Math.floor((event.atUs - storedUs) / 1_000_000);
  const {prompt} = dnsSentences.ttlDraft;
  return {
    form: 'choice',
    right: number(left),
    wrong: [original.ttl, elapsed, Math.max(0, left - elapsed), original.ttl + elapsed, 0].map(number),
    prompt: [
      wordedWithNames(prompt.given, {
        storedUs: timeText(storedUs),
        host: event.host,
        host2: source.event.host,
      }),
      valuesLine(wordedWithNames(prompt.values, {asked: questionText(message), ttl: original.ttl})),
      wordedWithNames(prompt.asks, {atUs: timeText(event.atUs), to: said.to}),
    ],
    hints: [
      dnsSentences.ttlDraft.hints.aTTLSays,
      wordedWithNames(dnsSentences.ttlDraft.hints.wholeSecondsHave, {elapsed}),
    ],
    explain: wordedWithNames(dnsSentences.ttlDraft.explain, {host: event.host, left}),
    because: event.because,
    n: event.n,
    evidence,
  };
};

export const ttlLeft: Generator = {
  kind: 'ttl-left',
  places: ({trace}) => aged(trace).map(({said}) => said.event.n),
  ask: ({trace}, place) => {
    const found = aged(trace).find(({said}) => said.event.n === place);
    return found && ttlDraft(trace, found);
  },
};

/** A name that a program looks for, and the queries that this costs until it has its answer. */
type Lookup = {
  readonly call: Extract<TraceEvent, {kind: 'call'}>;
  readonly name: string;
  readonly queries: number;
  /** Packets from … to …, both included. */
  readonly from: number;
  readonly to: number;
  readonly endUs: number;
  /** Each query asked somebody new, and no hosts file knew the name: then the number tells the way. */
  readonly plain: boolean;
  /** Of the answer, as its packet carries it. */
  readonly ttl: string | undefined;
};

const lookups = oncePer((trace: Trace): readonly Lookup[] => {
  const found: Lookup[] = [];
  let last = 0;
  let open: {readonly call: Lookup['call']; readonly name: string; readonly from: number} | undefined;
  let fromFile = false;
  for (const event of entriesBetween(trace, 1)) {
    if (event.kind === 'send' && event.hop === 0 && event.packet > last) last = event.packet;
    if (event.kind === 'note' && event.note.kind === 'hosts') fromFile = true;
    if (event.kind === 'call' && event.action.call === 'resolve') {
      // Two at a time would count each other's queries.
      open = open ? undefined : {call: event, name: nameOf(event.action), from: last + 1};
      fromFile = false;
    }
    if (event.kind !== 'answer' || event.action.call !== 'resolve' || !open || event.host !== open.call.host)
      continue;
    const {call, name, from} = open;
    const until = last;
    const within = ({event: {packet}}: Said): boolean => packet >= from && packet <= until;
    const asked = queries(trace).filter(within);
    const ways = new Set(asked.map(({event: {host}, to}) => `${host} ${to}`));
    const told = messages(trace).findLast((each) => within(each) && each.to === call.host);
    found.push({
      ...{call, name, queries: asked.length, from, to: last, endUs: event.atUs},
      plain: ways.size === asked.length && !fromFile,
      ttl: told && fieldEvidence(trace, told.event.packet, 'dns.resp.ttl')?.value,
    });
    open = undefined;
  }
  return found;
});

const nameOf = (action: object): string => {
  const name = 'name' in action ? String(action.name) : '?';
  const type = 'type' in action && typeof action.type === 'number' ? typeName(action.type) : '';
  return `${name} ${type}`.trim();
};

const disturbing: readonly string[] = ['flushCache', 'setHosts', 'crash', 'reboot'];

/** The first event after which memories are not what the lookups before it made them. */
const disturbed = oncePer((trace: Trace): number => {
  for (const event of entriesBetween(trace, 1)) {
    if (event.kind === 'call' && disturbing.includes(event.call) && event.atUs > 0) return event.n;
  }
  return trace.length + 1;
});

/** Root, TLD, authoritative, and the resolver that asks them. */
const levels = 4;

const costs = (host: string, resolver: string): readonly (Option & {readonly queries: number})[] => {
  const {none, one, two, four} = dnsSentences.costs;
  const said: readonly (readonly [number, Text])[] = [
    [0, wordedWithNames(none, {host})],
    [1, wordedWithNames(one, {resolver})],
    [2, wordedWithNames(two, {resolver})],
    [4, wordedWithNames(four, {resolver})],
  ];
  return said.map(([queries, text]) => ({text, value: String(queries), queries}));
};

const costExplained = (queries: number, host: string, resolver: string): Text => {
  if (queries === 0) return wordedWithNames(dnsSentences.costExplained.hasItFrom, {host});
  if (queries === 1) return wordedWithNames(dnsSentences.costExplained.hasNoCopy, {host, resolver});
  return queries === 2
    ? wordedWithNames(dnsSentences.costExplained.noCopyIs, {resolver})
    : wordedWithNames(dnsSentences.costExplained.knowsNothingOf, {resolver});
};

const lookupDraft = (trace: Trace, lookup: Lookup): Draft | undefined => {
  const {call, queries: count, from, to, name} = lookup;
  const resolver = queries(trace).find(
    ({event, message}) => event.host !== undefined && message.flags.rd,
  )?.to;
  const options = costs(call.host, resolver ?? '');
  const right = options.find((each) => each.queries === count);
  if (!right || resolver === undefined || resolver === call.host) return undefined;
  if (!lookups(trace).every((each) => each.call.n > call.n || each.plain)) return undefined;
  if (disturbed(trace) < call.n) return undefined;
  // Below a root there are three to be asked, and the resolver itself.
  if (servers(trace).length < levels) return undefined;
  const before = lookups(trace)
    .filter(({call: {n}}) => n < call.n)
    .slice(-3);
  const lines = before.map(({call: {atUs, host}, name: earlier, ttl}) =>
    valuesLine(`${timeText(atUs)}  ${host}  ${earlier}${ttl === undefined ? '' : `  TTL ${ttl}`}`),
  );
  const packets = to >= from ? ` && frame.number <= ${to}` : ' && frame.number < 1';
  return {
    form: 'choice',
    right,
    wrong: options.filter((each) => each !== right),
    prompt: [
      ...lines,
      wordedWithNames(dnsSentences.lookupDraft.prompt.given, {
        lineCount: lines.length,
        atUs: timeText(call.atUs),
        host: call.host,
      }),
      valuesLine(name),
      dnsSentences.lookupDraft.prompt.asks,
    ],
    hints: [dnsSentences.lookupDraft.hints.whoHasAsked, dnsSentences.lookupDraft.hints.referralsAreKept],
    explain: costExplained(right.queries, call.host, resolver),
    n: call.n + 1,
    evidence: {
      packet: Math.max(1, Math.min(from, trace.packetCount)),
      field: `expression:count("dns.flags.response == 0 && frame.number >= ${from}${packets}")`,
      value: String(count),
    },
  };
};

export const whichCacheAnswers: Generator = {
  kind: 'which-cache-answers',
  places: ({trace}) => lookups(trace).map(({call}) => call.n),
  ask: ({trace}, place) => {
    const lookup = lookups(trace).find(({call}) => call.n === place);
    return lookup && lookupDraft(trace, lookup);
  },
};
