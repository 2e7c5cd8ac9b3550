// Writes the commentary's sentences on what programs ask and answer (DNS, HTTP, TLS).

import type {Foreign} from '../../account/foreign.ts';
import type {Facts} from '../../account/told/facts.ts';
import type {RecordData} from '../../account/told/program-facts.ts';
import {theHost, who} from '../../lesson/host-names.ts';
import {type Text, worded, wordedWithNames} from '../../lesson/text.ts';
import {nameOctets} from '../../wire/dns/name.ts';
import {typeName} from '../../wire/dns/registry.ts';
import {jarSettings} from '../../wire/http/cookie-jar.ts';
import {faultWords} from '../../words/catalogue/apps.ts';
import {pathFaults} from '../../words/catalogue/tls-events.ts';
import {cookies, early, names, pages, secured, sessions} from '../../words/catalogue/told.ts';
import {formatMoment} from '../../words/format.ts';
import {terminal} from '../../words/written.ts';
import type {Texts} from './told-data.ts';

const {foreign} = terminal;

const cachedNone = {NXDOMAIN: names.noNameFromCache, NODATA: names.noDataFromCache};

/** The number of characters of an id that are shown, enough to tell it from others. */
const idMost = 8;
const brief = (id: string): string => (id.length > idMost + 1 ? `${id.slice(0, idMost)}…` : id);

/**
 * The length of the longest domain name that a sentence shows whole. In longer names the middle is left out, and their length is told,
 * because names may begin and end alike.
 */
const nameMost = 48;
const [nameStart, nameEnd] = [16, 16];

const nameText = (name: Foreign): string | Text => {
  const written = foreign(name);
  if (written.length <= nameMost) return written;
  const [start, end] = [written.slice(0, nameStart), written.slice(-nameEnd)];
  return worded(names.shortened, {start, end, octets: nameOctets(written)});
};

const dataText = (data: RecordData): string | Text => {
  if (typeof data !== 'object' || !('bytes' in data)) return foreign(data);
  const {bytes, strings} = data;
  return worded(names.long, {bytes, strings, octets: bytes + strings});
};

/** Maps each reason why a thief cannot decrypt recorded TLS to the key that sentences use. */
const closedBy: {readonly [why in Facts['recoversNot']['why']]: string} = {
  'no-handshake': 'noHandshake',
  'no-key-transport': 'noKeyTransport',
  'other-key': 'otherKey',
};

const secondsOfDay = 86_400;

const retryTexts = {
  elsewhere: pages.retries,
  handshake: pages.retriesEarly,
  unsafe: pages.retriesNot,
  often: pages.retriesEnough,
};

type Answers = Facts['answers'];

/** Returns the key of the words on a DNS answer's records after the first one: a second one that is quoted, or how many more there are. */
const extraRecords = ({second, alike, more}: Pick<Answers, 'second' | 'alike' | 'more'>): string => {
  if (second) return alike ? 'alike' : 'unlike';
  if (more === 0) return 'none';
  return alike ? 'moreAlike' : 'more';
};

const isNothing = (why: string): why is keyof typeof names.nothing => Object.hasOwn(names.nothing, why);

/**
 * Returns the key of the sentence on what a program gets when it looks up a name: `noTarget` if an alias leads to a name that does not
 * exist.
 */
const resolvedHow = ({data, result, alias}: Pick<Facts['resolved'], 'data' | 'result' | 'alias'>): string => {
  if (data) return 'found';
  if (result === 'EINVAL') return 'invalid';
  if (result === 'NXDOMAIN') return alias ? 'noTarget' : 'noName';
  if (result === 'timedOut') return 'timedOut';
  return result === 'NODATA' && !alias ? 'noData' : 'nothing';
};

/** Returns the key of the words on what a redirected HTTP request keeps: the method, and the content if there was some. */
const changeOf = (isSame: boolean, hasContent: boolean): string => {
  if (isSame) return hasContent ? 'sameContent' : 'same';
  return hasContent ? 'newWithout' : 'new';
};

export const programTexts = {
  asks: ({host, peer, name, type, recursive}, trace) =>
    wordedWithNames(names.asks, {
      ...who(trace, host),
      ...{peer: theHost(trace, peer), name: nameText(name), type: typeName(type), recursive},
    }),
  refers: ({host, type, zone, more}, trace) =>
    wordedWithNames(names.refers, {
      ...{...who(trace, host), zone: nameText(zone), more},
      type: type === undefined ? undefined : typeName(type),
    }),
  answers: ({host, name, type, data, more, alike, second, ttl, origin, alleged, times}, trace) =>
    wordedWithNames(names.answers, {
      ...who(trace, host),
      ...{name: nameText(name), type: typeName(type), data: dataText(data), more, alike, ttl, origin, times},
      source: origin === 'forged' && alleged === undefined ? 'spoofed' : origin,
      alleged: alleged === undefined ? '' : theHost(trace, alleged),
      extra: extraRecords({second, alike, more}),
      second: second ? dataText(second.data) : '',
      ...{name2: second ? nameText(second.name) : '', type2: second ? typeName(second.type) : ''},
      ttl2: second?.ttl ?? 0,
    }),
  editsZone: ({host, name, type, data, ttl}, trace) =>
    wordedWithNames(names.edited, {
      ...who(trace, host),
      ...{name: nameText(name), type: typeName(type), data: dataText(data), ttl},
    }),
  answersNothing: ({host, peer, why, question, alias, limit}, trace) =>
    wordedWithNames(names.nothing[isNothing(why) ? why : 'other'], {
      ...who(trace, host),
      ...{peer: theHost(trace, peer), why, name: question && nameText(question.name), alias},
      type: question ? typeName(question.type) : '',
      ...{octets: limit?.octets ?? 0, by: limit?.by},
    }),
  answersCopy: ({host, peer, settled}, trace) =>
    wordedWithNames(names.copy, {...who(trace, host), peer: theHost(trace, peer), settled}),
  fromCache: ({host, name, type, ttl, negative, asked, answered, stale}, trace) => {
    const text = wordedWithNames(negative ? cachedNone[negative] : names.fromCache, {
      ...who(trace, host),
      ...{name: nameText(name), type: typeName(type), ttl, answered, asked: asked && nameText(asked)},
    });
    if (!stale) return text;
    const {data, sinceUs} = stale;
    const terms = {
      text,
      data: dataText(data),
      since: formatMoment(sinceUs),
      negative: negative !== undefined,
    };
    return wordedWithNames(names.stale, terms);
  },
  cacheExpired: ({host, name, type, negative, asks, alias}, trace) =>
    wordedWithNames(names.expired, {
      ...who(trace, host),
      ...{name: nameText(name), type: typeName(type), negative, asks, alias: alias && nameText(alias.name)},
      ttl: alias?.ttl ?? 0,
    }),
  cacheFlushed: ({host, entries}, trace) => wordedWithNames(names.flushed, {...who(trace, host), entries}),
  serverFault: ({host, server, fault, code, zone, overTcp}, trace) =>
    wordedWithNames(names.fault, {
      ...who(trace, host),
      ...{server, why: faultWords[fault], code: code ?? '', zone: zone ? nameText(zone) : '', overTcp},
      how: code !== undefined ? 'code' : zone !== undefined ? 'glue' : overTcp ? 'tcp' : 'fault',
    }),
  resolved: ({host, name, type, data, result, alias, fault}, trace) =>
    wordedWithNames(names.resolved, {
      ...who(trace, host),
      ...{name: nameText(name), type: typeName(type), data: data ? dataText(data) : '', result, alias, fault},
      how: resolvedHow({data, result, alias}),
    }),
  requests: ({host, method, target, nth, line, again, waits}, trace) =>
    wordedWithNames(pages.requests, {
      ...who(trace, host),
      ...{method: foreign(method), target: foreign(target), nth, again, waits, line: line && foreign(line)},
    }),
  responds: ({host, target, ...facts}, trace) =>
    wordedWithNames(pages.responds, {...who(trace, host), target: foreign(target), ...facts}),
  cannotRead: ({host, ...facts}, trace) => wordedWithNames(pages.cannotRead, {...who(trace, host), ...facts}),
  responseRead: ({host, target, status, bytes, whole, unread}, trace) => {
    const facts = {...who(trace, host), target: target && foreign(target), status, bytes};
    return whole ? wordedWithNames(pages.read, {...facts, unread}) : wordedWithNames(pages.cutOff, facts);
  },
  redirected: ({host, to, method, asked, ...facts}, trace) =>
    wordedWithNames(pages.redirected, {
      ...{...who(trace, host), ...facts, to: foreign(to), method: foreign(method), asked: foreign(asked)},
      change: changeOf(foreign(method) === foreign(asked), facts.content),
    }),
  cookies: ({host, op, names, domain, replaces, tooLong, reason}, trace) =>
    wordedWithNames(cookies[op], {
      ...who(trace, host),
      ...{names: names.map(foreign), count: names.length, domain: foreign(domain)},
      ...{replaces, tooLong, most: jarSettings.mostBytes, reason: reason ?? ''},
    }),
  session: ({host, op, id, user}, trace) =>
    wordedWithNames(sessions[op], {
      ...who(trace, host),
      id: brief(foreign(id)),
      user: user && foreign(user),
    }),
  cached: ({host, op, url, freshS}, trace) =>
    wordedWithNames(pages[op], {...who(trace, host), url: foreign(url), seconds: freshS}),
  retries: ({host, what, how, ...facts}, trace) =>
    wordedWithNames(retryTexts[how], {
      ...{...who(trace, host), ...facts, what: what.map(foreign), count: what.length},
    }),
  strictKept: ({host, site, seconds}, trace) =>
    wordedWithNames(pages.strictKept, {
      ...{...who(trace, host), site: foreign(site), seconds},
      days: seconds % secondsOfDay === 0 ? seconds / secondsOfDay : 0,
    }),
  strictUsed: ({host, from, to}, trace) =>
    wordedWithNames(pages.strictUsed, {...who(trace, host), from: foreign(from), to: foreign(to)}),
  hello: ({host, by, ...facts}, trace) => wordedWithNames(secured[by], {...who(trace, host), ...facts}),
  secured: ({host, version, resumed, early}, trace) =>
    wordedWithNames(secured.established, {...who(trace, host), version, resumed, early}),
  keepsTicket: ({host, lifetimeS}, trace) =>
    wordedWithNames(secured.ticket, {...who(trace, host), seconds: lifetimeS}),
  earlyData: ({host, what, replayed}, trace) =>
    replayed
      ? wordedWithNames(early.takenAgain, {
          ...{...who(trace, host), sender: theHost(trace, replayed.from)},
          at: formatMoment(replayed.atUs),
        })
      : wordedWithNames(early[what], who(trace, host)),
  alerts: ({host, name, sent, fatal, waits}, trace) =>
    sent
      ? wordedWithNames(secured.alertSent, {
          ...{...who(trace, host), name, fatal, waits},
          tag: name === 'bad_record_mac',
        })
      : wordedWithNames(secured.alertReceived, {...who(trace, host), name, fatal}),
  recovers: ({host, ...facts}, trace) => wordedWithNames(secured.recovers, {...who(trace, host), ...facts}),
  recoversNot: ({host, why}, trace) =>
    wordedWithNames(secured.recoversNot, {...who(trace, host), why: closedBy[why]}),
  distrusts: ({host, fault}, trace) =>
    wordedWithNames(secured.distrusts, {...who(trace, host), fault: pathFaults[fault]}),
} satisfies Partial<Texts>;
