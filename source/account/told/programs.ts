// What programs ask and answer: names by DNS, pages by HTTP, and the handshake of TLS.

import type {AppAnswer} from '../../sim/apps.ts';
import type {TlsTold} from '../../sim/tls-host.ts';
import type {PacketRecord, Trace, TraceEvent} from '../../sim/trace.ts';
import type {DnsMessage, RData} from '../../wire/dns/message.ts';
import {rootName} from '../../wire/dns/name.ts';
import {dnsParts, spokenData, spokenName} from '../dns-parts.ts';
import {type Foreign, foreign} from '../foreign.ts';
import {dnsMessagesOf, packetOf} from '../packet.ts';
import type {Facts, Told} from './facts.ts';
import type {Moment} from './memory.ts';
import {serverFaultTold} from './server-fault.ts';
import {forgedIn} from './thing.ts';

type Send = Extract<TraceEvent, {kind: 'send'}>;
type Note = Extract<TraceEvent, {kind: 'note'}>;
type Answer = Extract<TraceEvent, {kind: 'answer'}>;

const originOf = (trace: Trace, record: PacketRecord, {flags}: DnsMessage): Facts['answers']['origin'] => {
  if (forgedIn(trace, record)) return 'forged';
  return flags.aa ? 'own' : 'others';
};

/** Longer texts by the length of their data, in which each string has an octet for its own (RFC 1035 §3.3.14). */
const dataOf = (data: RData): Foreign => {
  const spoken = spokenData(data);
  if (data.kind !== 'TXT' || !spoken.endsWith(' B')) return foreign(spoken);
  return foreign(`${data.strings.reduce((sum, each) => sum + 1 + each.length / 2, 0)} B`);
};

const responseTold = (trace: Trace, send: Send, message: DnsMessage): Told | undefined => {
  const record = packetOf(trace, send.packet);
  const {to: peer} = record;
  const {n, host} = send;
  const [part] = dnsParts(message);
  const [question] = message.questions;
  const key = `${host} ${question?.name} ${question?.type}`;
  // Another answer than before is news.
  const what = message.answers.map(({data}) => spokenData(data)).join() || part.says;
  const common = {n, rank: 2, most: 2, about: [`answers ${key} ${what}`]} as const;
  if (part.says === 'referral')
    return {...common, says: 'refers', facts: {host, peer, zone: part.first.name}};
  if (part.says === 'nothing')
    return {
      ...common,
      rank: 1,
      says: 'answersNothing',
      facts: {host, peer, why: part.why, question: part.question},
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
  };
  return {...common, says: 'answers', facts};
};

const dnsTold = ({trace}: Moment, send: Send): Told | undefined => {
  const {n, host, packet} = send;
  const record = packetOf(trace, packet);
  const [message] = dnsMessagesOf(record);
  if (!message || record.from !== host) return undefined;
  if (message.flags.qr) return responseTold(trace, send, message);
  const [question] = message.questions;
  if (!question) return undefined;
  const {name, type} = question;
  const facts = {host, peer: record.to, name: foreign(spokenName(name)), type, recursive: message.flags.rd};
  return {says: 'asks', n, rank: 2, most: 2, about: [`asks ${host} ${name} ${type}`], facts};
};

const resolvedTold = ({n, host, action, answer}: Answer): Told | undefined => {
  if (action.call !== 'resolve' || !isName(answer)) return undefined;
  const {result, records} = answer;
  const [first] = records;
  const data = first && dataOf(first.data);
  const name = foreign(action.name.replace(/\.$/, ''));
  return {
    says: 'resolved',
    n,
    rank: result === 'ok' ? 2 : 0,
    most: 2,
    about: [
      `resolved ${host} ${action.name} ${result} ${records.map((each) => spokenData(each.data)).join()}`,
    ],
    facts: {host, name, type: action.type, data, result},
  };
};

const isName = (answer: AppAnswer): answer is Extract<AppAnswer, {readonly chain: unknown}> =>
  'chain' in answer;

const nameNote = (moment: Moment, {n, host, note}: Note): Told | undefined => {
  if (note.kind === 'edit') {
    const [first] = note.records;
    if (!first) return undefined;
    const {name, type, ttl, data} = first;
    const record = {name: foreign(spokenName(name)), type, data: dataOf(data), ttl};
    return {says: 'editsZone', n, rank: 1, most: 1, about: [`edit ${n}`], facts: {host, ...record}};
  }
  if (note.kind === 'server') return serverFaultTold(moment, {n, host, note});
  if (note.kind !== 'cache' || note.op !== 'hit' || note.name === rootName) return undefined;
  // What the cache knew did not suffice where somebody is asked.
  if (moment.events.some((event) => event.kind === 'note' && event.note.kind === 'zone')) return undefined;
  const {name, type, ttl, negative} = note;
  return {
    says: 'fromCache',
    n,
    rank: 1,
    most: 2,
    about: [`hit ${host} ${name} ${type}`],
    facts: {host, name: foreign(spokenName(name)), type, ttl, negative},
  };
};

const exchangeNote = ({n, host, note}: Note): Told | undefined => {
  const common = {n, rank: 2, most: 2} as const;
  if (note.kind === 'request' && note.op === 'sent') {
    const {method, target, nth} = note;
    return {
      ...common,
      says: 'requests',
      about: [`requests ${host} ${method} ${target}`],
      facts: {host, method: foreign(method), target: foreign(target), nth},
    };
  }
  if (note.kind !== 'response') return undefined;
  const {op, by, status, target, bytes} = note;
  const facts = {host, target: foreign(target), status, bytes};
  const about = [`${op} ${host} ${target} ${status}`];
  if (by === 'server') return op === 'started' ? {...common, says: 'responds', about, facts} : undefined;
  if (op === 'started') return undefined;
  return {
    ...common,
    rank: op === 'incomplete' ? 0 : 2,
    says: 'responseRead',
    about,
    facts: {...facts, whole: op === 'finished'},
  };
};

const browserNote = ({n, host, note}: Note): Told | undefined => {
  const common = {n, rank: 1, most: 2} as const;
  switch (note.kind) {
    case 'redirect': {
      const {status, to, refused} = note;
      return {
        ...common,
        rank: refused ? 0 : 1,
        says: 'redirected',
        about: [`redirect ${to} ${refused ? 'refused' : 'followed'}`],
        facts: {host, status, to: foreign(to), followed: !refused},
      };
    }
    case 'cookie': {
      const {op, name, domain} = note;
      if (op !== 'stored' && op !== 'refused') return undefined;
      return {
        ...common,
        says: 'keepsCookie',
        about: [`cookie ${op} ${name}`],
        facts: {host, name: foreign(name), domain: foreign(domain), kept: op === 'stored'},
      };
    }
    case 'http-cache': {
      const {op, url, freshS} = note;
      return op === 'stored'
        ? undefined
        : {
            ...common,
            says: 'cached',
            about: [`cache ${op} ${url}`],
            facts: {host, op, url: foreign(url), freshS},
          };
    }
    case 'retry': {
      const {method, target, allowed} = note;
      return {
        ...common,
        rank: 0,
        says: 'retries',
        about: [`retry ${method} ${target}`],
        facts: {host, what: foreign(`${method} ${target}`), allowed},
      };
    }
    default:
      return undefined;
  }
};

type Early = Facts['earlyData']['what'];

/** Both ends say that early data were accepted: the server takes them, the client hears of it. */
const earlyWords: {readonly [because: string]: Early} = {
  '9846:4.3.10/offer': 'offered',
  '9846:4.3.10/take': 'taken',
  '9846:4.3.10/refuse': 'refused',
  '9846:4.3.10/accept': 'heard',
};

const earlyTold = ({n, host, because}: TraceEvent, what: TlsTold): Told | undefined => {
  const unheard = what.kind === 'earlyRefused' && (what.again ? 'resent' : 'unheard');
  const word: Early | undefined = unheard || earlyWords[because ?? ''];
  return (
    word && {
      says: 'earlyData',
      n,
      rank: 1,
      most: 2,
      about: [`early ${host} ${word}`],
      facts: {host, what: word},
    }
  );
};

const helloTold = (
  events: Moment['events'],
  {n, host, connection = ''}: TraceEvent,
  what: Extract<TlsTold, {kind: 'message'}>,
): Told | undefined => {
  if (what.op !== 'sent' || !/^(client|server)_hello$/.test(what.name)) return undefined;
  const sent = events.filter(
    (event) =>
      event.kind === 'tls' &&
      event.what.kind === 'message' &&
      event.what.op === 'sent' &&
      event.host === host,
  );
  const by = what.name === 'client_hello' ? 'client' : 'server';
  const about = [`hello ${host}`, `hello ${connection} ${by}`];
  return {says: 'hello', n, rank: 2, most: 3, about, facts: {host, by, more: sent.length - 1}};
};

const tlsTold = ({events}: Moment, event: TraceEvent, what: TlsTold): Told | undefined => {
  const {n, host} = event;
  const common = {n, most: 3} as const;
  switch (what.kind) {
    case 'message':
      return helloTold(events, event, what);
    case 'established': {
      const {version, resumed, earlyData} = what.agreement;
      return {
        ...common,
        rank: 1,
        says: 'secured',
        about: [`secured ${host}`],
        facts: {host, version, resumed, early: earlyData === 'accepted'},
      };
    }
    case 'alert':
      return what.name === 'close_notify'
        ? undefined
        : {
            ...common,
            rank: 0,
            says: 'alerts',
            about: [`alert ${host}`],
            facts: {host, name: what.name, sent: what.op === 'sent', fatal: what.fatal},
          };
    case 'session': {
      const {lifetimeS} = what.session;
      return {
        ...common,
        rank: 3,
        most: 1,
        says: 'keepsTicket',
        about: [`ticket ${host}`],
        facts: {host, lifetimeS},
      };
    }
    case 'earlyData':
    case 'earlyRefused':
      return earlyTold(event, what);
    case 'pathFault':
      return {
        ...common,
        rank: 0,
        says: 'distrusts',
        about: [`distrusts ${host}`],
        facts: {host, fault: what.fault},
      };
    default:
      return undefined;
  }
};

export const programsTold = (moment: Moment): readonly Told[] =>
  moment.events.flatMap((event) => {
    if (event.kind === 'send' && event.packet > 0 && event.hop === 0 && !event.retransmission)
      return dnsTold(moment, event) ?? [];
    if (event.kind === 'note')
      return nameNote(moment, event) ?? exchangeNote(event) ?? browserNote(event) ?? [];
    if (event.kind === 'answer') return resolvedTold(event) ?? [];
    return event.kind === 'tls' ? (tlsTold(moment, event, event.what) ?? []) : [];
  });
