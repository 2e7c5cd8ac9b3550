// Tells which names are asked for with DNS, and what is answered from servers and caches.

import type {AppAnswer} from '../../sim/apps.ts';
import {factWords} from '../../sim/because.ts';
import type {EventOf, PacketRecord, Trace, TraceEvent} from '../../sim/trace.ts';
import type {DnsNote} from '../../stack/dns/note.ts';
import type {DnsMessage, DnsRecord, RData} from '../../wire/dns/message.ts';
import {parseName, rootName, sameName} from '../../wire/dns/name.ts';
import {oncePer} from '../../wire/once-per.ts';
import {partnerOf} from '../dns/transaction.ts';
import {dnsParts, spokenData, spokenName} from '../dns-parts.ts';
import {entriesOf, ofKind} from '../entries.ts';
import {foreign} from '../foreign.ts';
import {dnsMessagesOf, packetOf} from '../packet.ts';
import {factsOf, wordOf} from '../reason.ts';
import type {Facts, Told} from './facts.ts';
import type {Moment} from './memory.ts';
import {sendsIn} from './moment.ts';
import {forgedIn} from './packet-name.ts';
import type {RecordData} from './program-facts.ts';
import {serverFaultTold} from './server-fault.ts';
import {typeAmongOthers} from './types-asked.ts';

type CacheNote = Extract<DnsNote, {kind: 'cache'; name: unknown}>;

const editsOf = oncePer((trace: Trace) =>
  [...entriesOf(trace, 'note')].flatMap(({n, atUs, note}) =>
    note.kind === 'edit' ? [{n, atUs, records: note.records}] : [],
  ),
);

/**
 * Returns how often the records of this name were edited before event `n`, because the same answer is told again once its zone has changed.
 */
const editsBefore = (trace: Trace, n: number, name: string): number =>
  editsOf(trace).filter((edit) => edit.n < n && edit.records.some((record) => sameName(record.name, name)))
    .length;

const originOf = (trace: Trace, record: PacketRecord, {flags}: DnsMessage): Facts['answers']['origin'] => {
  if (forgedIn(trace, record)) return 'forged';
  return flags.aa ? 'own' : 'others';
};

/**
 * Returns the data of a DNS record. A long text is told by its length, which is less than that of the data, in which each string has an
 * octet for its own length (RFC 1035 §3.3.14).
 */
const dataOf = (data: RData): RecordData => {
  const spoken = spokenData(data);
  if (data.kind !== 'TXT' || !spoken.endsWith(' B')) return foreign(spoken);
  const {strings} = data;
  return {bytes: strings.reduce((sum, each) => sum + each.length / 2, 0), strings: strings.length};
};

/** Returns how long a DNS response that was truncated may be, in octets, and what limits it; undefined if that is not known. */
const udpLimit = (trace: Trace, n: number): Facts['answersNothing']['limit'] => {
  const by = wordOf(trace, n, 'limit', factWords.limits);
  const {octets} = factsOf(trace, n);
  return by && typeof octets === 'number' ? {octets, by} : undefined;
};

/**
 * If a response answers a copy of a query that the host has already answered, returns whether the asker has received that answer by now;
 * otherwise undefined.
 */
const answeredCopy = (
  trace: Trace,
  send: EventOf<'send'>,
  message: DnsMessage,
): {settled: boolean} | undefined => {
  const {n, host, packet} = send;
  const query = partnerOf(trace, packet, n);
  if (!query || message.flags.tc) return undefined;
  const {to: peer} = packetOf(trace, packet);
  const came = [...entriesOf(trace, 'arrive')].filter((event) => event.n < n);
  const copies = came.filter((event) => event.host === host && event.packet === query.packet);
  const answers = [...entriesOf(trace, 'send')].filter((event) => {
    if (event.n >= n || event.host !== host || event.packet <= query.packet || event.hop > 0) return false;
    const [other] = dnsMessagesOf(packetOf(trace, event.packet));
    return other?.flags.qr === true && other.id === message.id;
  });
  if (copies.length < 2 || answers.length === 0) return undefined;
  const hasCome = answers.some((answer) =>
    came.some((event) => event.host === peer && event.packet === answer.packet && !event.altered),
  );
  return {settled: hasCome};
};

/** Returns how many forged DNS answers are sent together; they differ only in what they guess (RFC 5452 §4). */
const timesIn = ({events}: Moment, {host}: EventOf<'send'>): number => {
  const forged = events.filter((event) => event.host === host && event.because === '5452:3/forged-answer');
  return Math.max(1, forged.length);
};

/** Tells whether all records of a DNS answer have one name and one type and so are one record set (RFC 2181 §5). */
const areAlike = ({answers: [first, ...others]}: DnsMessage): boolean =>
  first !== undefined && others.every((each) => each.type === first.type && sameName(each.name, first.name));

/**
 * Returns the second of two records in a DNS answer: what an alias leads to, or the other one of a record set; undefined for other answers.
 */
const secondOf = (message: DnsMessage): Facts['answers']['second'] => {
  const {answers} = message;
  const [first, second] = answers;
  if (!second || answers.length > 2) return undefined;
  if (first?.data.kind !== 'CNAME' && !(areAlike(message) && first?.ttl === second.ttl)) return undefined;
  const {name, type, data, ttl} = second;
  return {name: foreign(spokenName(name)), type, data: dataOf(data), ttl};
};

const responseTold = (moment: Moment, send: EventOf<'send'>, message: DnsMessage): Told | undefined => {
  const {trace} = moment;
  const record = packetOf(trace, send.packet);
  const copy = answeredCopy(trace, send, message);
  if (copy) {
    const about = [`answers copy ${send.host}`];
    return {
      ...{says: 'answersCopy', n: send.n, rank: 1, most: 2, about},
      facts: {host: send.host, peer: record.to, ...copy},
    };
  }
  const {to: peer} = record;
  const {n, host} = send;
  const [part] = dnsParts(message);
  const [question] = message.questions;
  const key = `${host} ${question?.name} ${question?.type}`;
  // A DNS answer that differs from the previous one is told again.
  const what = message.answers.map(({data}) => spokenData(data)).join() || part.says;
  const edits = question ? editsBefore(trace, n, question.name) : 0;
  const common = {n, rank: 2, most: 2, about: [`answers ${key} ${what} ${edits}`]} as const;
  if (part.says === 'referral')
    return {
      ...common,
      says: 'refers',
      facts: {host, peer, type: typeAmongOthers(trace, record), zone: part.first.name, more: part.more},
    };
  if (part.says === 'nothing')
    return {
      ...common,
      rank: 1,
      says: 'answersNothing',
      facts: {
        ...{host, peer, why: part.why, question: part.question},
        alias: message.answers.length > 0,
        limit: udpLimit(trace, n),
      },
    };
  const [first] = message.answers;
  if (part.says !== 'answer' || !first) return undefined;
  const {name, type} = part.first;
  const facts = {
    host,
    peer,
    name,
    type,
    data: dataOf(first.data),
    more: part.more,
    ttl: first.ttl,
    origin: originOf(trace, record, message),
    alleged: forgedIn(trace, record)?.as,
    times: timesIn(moment, send),
    second: secondOf(message),
    alike: areAlike(message),
  };
  return {...common, says: 'answers', facts};
};

const dnsTold = (moment: Moment, send: EventOf<'send'>): Told | undefined => {
  const {trace} = moment;
  const {n, host, packet} = send;
  const record = packetOf(trace, packet);
  const [message] = dnsMessagesOf(record);
  if (!message || record.from !== host) return undefined;
  if (message.flags.qr) return responseTold(moment, send, message);
  const [question] = message.questions;
  if (!question) return undefined;
  const {name, type} = question;
  const facts = {host, peer: record.to, name: foreign(spokenName(name)), type, recursive: message.flags.rd};
  return {says: 'asks', n, rank: 2, most: 2, about: [`asks ${host} ${name} ${type}`], facts};
};

const faultOf = (name: string): Facts['resolved']['fault'] => {
  const parsed = parseName(name);
  return parsed.ok ? undefined : parsed.error;
};

const resolvedTold = (trace: Trace, {n, host, action, answer}: EventOf<'answer'>): Told | undefined => {
  if (action.call !== 'resolve' || !isName(answer)) return undefined;
  const {result, records} = answer;
  const [first] = records;
  const data = first && dataOf(first.data);
  const name = foreign(action.name.replace(/\.$/, ''));
  const shown = records.map((each) => spokenData(each.data)).join();
  return {
    says: 'resolved',
    n,
    rank: result === 'ok' ? 2 : 0,
    most: 2,
    about: [
      `resolved ${host} ${action.name} ${result} ${shown} ${editsBefore(trace, n, absolute(action.name))}`,
    ],
    facts: {
      ...{host, name, type: action.type, data, result, alias: answer.chain.length > 0},
      fault: result === 'EINVAL' ? faultOf(action.name) : undefined,
    },
  };
};

const isName = (answer: AppAnswer): answer is Extract<AppAnswer, {readonly chain: unknown}> =>
  'chain' in answer;

/**
 * Returns the name as it was asked for in this instant, if it differs from the cached name only in the case of letters; otherwise
 * undefined.
 */
const askedAs = (
  {trace, events}: Moment,
  {host, note}: {host: string; note: CacheNote},
): string | undefined => {
  const asked = events.flatMap((event) => {
    if (event.host !== host) return [];
    if (event.kind === 'answer') return event.action.call === 'resolve' ? [absolute(event.action.name)] : [];
    const isOwn = event.kind === 'send' && event.packet > 0 && event.hop === 0;
    const messages = isOwn ? dnsMessagesOf(packetOf(trace, event.packet)) : [];
    return messages.filter(({flags}) => flags.qr).flatMap(({questions}) => questions.map(({name}) => name));
  });
  return asked.find((name) => name !== note.name && sameName(name, note.name));
};

const absolute = (name: string): string => (name.endsWith('.') ? name : `${name}.`);

/** Returns the cache entry of an alias (CNAME) that leads to this name, if it was used in this instant. */
const aliasIn = ({events}: Moment, {host, note}: {host: string; note: CacheNote}): CacheNote | undefined =>
  ofKind(events, 'note')
    .flatMap((event) =>
      event.host === host && event.note.kind === 'cache' && event.note.op === 'hit' ? [event.note] : [],
    )
    .find(({records}) => records.some(({data}) => data.kind === 'CNAME' && sameName(data.name, note.name)));

/** Tells whether the question of a packet's DNS query, or the first record of its response, is about this cache entry. */
const isAbout = (trace: Trace, {packet}: EventOf<'send'>, {name, type, negative}: CacheNote): boolean =>
  dnsMessagesOf(packetOf(trace, packet)).some(({flags, questions: [question], answers: [first]}) => {
    const about = flags.qr ? first : question;
    return about !== undefined && sameName(about.name, name) && (negative || about.type === type);
  });

/**
 * Tells whether the question of an expired cache entry is sent in this instant and has been told often enough, so that it is not told
 * separately.
 */
const asksAgain = (moment: Moment, {host, note}: {host: string; note: CacheNote}): boolean =>
  sendsIn(moment, host).some((send) => {
    const told = dnsTold(moment, send);
    return told?.says === 'asks' && isAbout(moment.trace, send, note) && moment.memory.knows(told);
  });

/** Tells that an entry of a DNS cache has expired. */
const expiredTold = (moment: Moment, {n, host, note}: EventOf<'note'> & {note: CacheNote}): Told => {
  const {name, type, negative} = note;
  const alias = aliasIn(moment, {host, note});
  return {
    ...{says: 'cacheExpired', n, rank: 1, most: 2, about: [`expired ${host} ${name} ${type}`]},
    facts: {
      ...{host, name: foreign(spokenName(name)), type, negative, asks: asksAgain(moment, {host, note})},
      alias: alias && {name: foreign(spokenName(alias.name)), ttl: alias.ttl},
    },
  };
};

/**
 * Returns what the zone has contained since it was edited, and since when, if that differs from the cache entry; undefined if it does not
 * or the zone was not edited.
 */
const staleSince = (trace: Trace, n: number, note: CacheNote): Facts['fromCache']['stale'] => {
  const {name, type, records, negative} = note;
  // A cached NXDOMAIN applies to all types of the name (RFC 2308 §5).
  const isOf = (record: DnsRecord): boolean =>
    sameName(record.name, name) && (record.type === type || negative === 'NXDOMAIN');
  const edit = editsOf(trace).findLast((each) => each.n < n && each.records.some(isOf));
  const kept = new Set(records.map(({data}) => spokenData(data)));
  const other = edit?.records.find((record) => isOf(record) && !kept.has(spokenData(record.data)));
  return edit && other && {data: dataOf(other.data), sinceUs: edit.atUs};
};

/** Tells whether the cache entry is sent as a DNS response in this instant, and another sentence tells that. */
const isAnswered = (moment: Moment, {host, note}: {host: string; note: CacheNote}): boolean =>
  sendsIn(moment, host).some((send) => {
    const told = dnsTold(moment, send);
    return told?.says === 'answers' && isAbout(moment.trace, send, note) && !moment.memory.knows(told);
  });

const cacheTold = (moment: Moment, event: EventOf<'note'> & {note: CacheNote}): Told | undefined => {
  const {n, host, note} = event;
  if (note.op === 'expire' && note.name !== rootName) return expiredTold(moment, event);
  if (note.op !== 'hit' || note.name === rootName) return undefined;
  // If a server is asked, what the cache contained was not enough.
  if (moment.events.some((each) => each.kind === 'note' && each.note.kind === 'zone')) return undefined;
  const {name, type, ttl, negative} = note;
  const other = askedAs(moment, {host, note});
  const stale = staleSince(moment.trace, n, note);
  return {
    ...{says: 'fromCache', n, rank: 1, most: 2, about: [`hit ${host} ${name} ${type}`]},
    facts: {
      ...{host, name: foreign(spokenName(name)), type, ttl, negative},
      stale,
      asked: other === undefined ? undefined : foreign(spokenName(other)),
      answered: !negative && !stale && other === undefined && isAnswered(moment, {host, note}),
    },
  };
};

const nameNote = (moment: Moment, {note, ...event}: EventOf<'note'>): Told | undefined => {
  const {n, host} = event;
  if (note.kind === 'edit') {
    const [first] = note.records;
    if (!first) return undefined;
    const {name, type, ttl, data} = first;
    const record = {name: foreign(spokenName(name)), type, data: dataOf(data), ttl};
    return {says: 'editsZone', n, rank: 1, most: 1, about: [`edit ${n}`], facts: {host, ...record}};
  }
  if (note.kind === 'server') return serverFaultTold(moment, {n, host, note});
  if (note.kind !== 'cache') return undefined;
  if (note.op !== 'flush') return cacheTold(moment, {...event, note});
  return {
    ...{says: 'cacheFlushed', n, rank: 1, most: 2, about: [`flush ${host}`]},
    facts: {host, entries: note.entries},
  };
};

export const namesTold = (moment: Moment, event: TraceEvent): Told | undefined => {
  if (event.kind === 'send' && event.packet > 0 && event.hop === 0 && !event.retransmission)
    return dnsTold(moment, event);
  if (event.kind === 'note') return nameNote(moment, event);
  return event.kind === 'answer' ? resolvedTold(moment.trace, event) : undefined;
};
