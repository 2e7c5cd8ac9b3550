// The sentences of the account's voice about what programs ask and answer.

import type {Facts} from '../../account/told/facts.ts';
import {type Message, type Text, wordedWithNames} from '../../lesson/text.ts';
import type {NegativeAnswer} from '../../stack/dns/note.ts';
import {typeName} from '../../wire/dns/registry.ts';
import {faultWords} from '../../words/catalogue/apps.ts';
import {pathFaults} from '../../words/catalogue/tls-events.ts';
import {early, names, pages, secured} from '../../words/catalogue/told.ts';
import {terminal} from '../../words/written.ts';
import {theHost, theHostFirst} from '../ladder/scene-hosts.ts';

type ProgramSaying =
  | 'asks'
  | 'refers'
  | 'answers'
  | 'answersNothing'
  | 'fromCache'
  | 'serverFault'
  | 'resolved'
  | 'requests'
  | 'responds'
  | 'responseRead'
  | 'redirected'
  | 'keepsCookie'
  | 'cached'
  | 'retries'
  | 'hello'
  | 'secured'
  | 'keepsTicket'
  | 'earlyData'
  | 'alerts'
  | 'distrusts';

const who = (host: string) => ({host: theHost(host), first: theHostFirst(host)});
const {foreign} = terminal;

type Cached = ReturnType<typeof who> & {url: string; seconds: number};
type InCache = ReturnType<typeof who> & {name: string; type: string; ttl: number};
const cachedNone: {readonly [what in NegativeAnswer]: Message<InCache>} = {
  NXDOMAIN: names.noNameFromCache,
  NODATA: names.noDataFromCache,
};
const earlyTexts: {readonly [what in Facts['earlyData']['what']]: Message<ReturnType<typeof who>>} = early;
const cacheTexts: {readonly [op in Facts['cached']['op']]: Message<Cached>} = pages;

export const programTexts: {readonly [Kind in ProgramSaying]: (facts: Facts[Kind]) => Text} = {
  asks: ({host, peer, name, type, recursive}) =>
    wordedWithNames(names.asks, {
      ...who(host),
      ...{peer: theHost(peer), name: foreign(name), type: typeName(type), recursive},
    }),
  refers: ({host, zone}) => wordedWithNames(names.refers, {...who(host), zone: foreign(zone)}),
  answers: ({host, name, type, data, more, ttl, origin}) =>
    wordedWithNames(names.answers, {
      ...who(host),
      ...{name: foreign(name), type: typeName(type), data: foreign(data), more, ttl, origin},
    }),
  answersNothing: ({host, peer, why, question}) =>
    wordedWithNames(names.nothing, {
      ...who(host),
      ...{peer: theHost(peer), why, name: question && foreign(question.name)},
    }),
  fromCache: ({host, name, type, ttl, negative}) =>
    wordedWithNames(negative ? cachedNone[negative] : names.fromCache, {
      ...who(host),
      ...{name: foreign(name), type: typeName(type), ttl},
    }),
  serverFault: ({host, server, fault}) =>
    wordedWithNames(names.fault, {...who(host), server, why: faultWords[fault]}),
  resolved: ({host, name, data, result}) =>
    wordedWithNames(names.resolved, {
      ...who(host),
      ...{name: foreign(name), data: data && foreign(data), result},
    }),
  requests: ({host, method, target, nth}) =>
    wordedWithNames(pages.requests, {...who(host), method: foreign(method), target: foreign(target), nth}),
  responds: ({host, target, status, bytes}) =>
    wordedWithNames(pages.responds, {...who(host), target: foreign(target), status, bytes}),
  responseRead: ({host, target, status, bytes, whole}) => {
    const facts = {...who(host), target: foreign(target), status, bytes};
    return whole ? wordedWithNames(pages.read, facts) : wordedWithNames(pages.cutOff, facts);
  },
  redirected: ({host, status, to, followed}) =>
    wordedWithNames(pages.redirected, {...who(host), status, to: foreign(to), followed}),
  keepsCookie: ({host, name, domain, kept}) => {
    const facts = {...who(host), name: foreign(name), domain: foreign(domain)};
    return wordedWithNames(kept ? pages.cookieKept : pages.cookieRefused, facts);
  },
  cached: ({host, op, url, freshS}) =>
    wordedWithNames(cacheTexts[op], {...who(host), url: foreign(url), seconds: freshS}),
  retries: ({host, what, allowed}) =>
    wordedWithNames(allowed ? pages.retries : pages.retriesNot, {...who(host), what: foreign(what)}),
  hello: ({host, by, more}) => wordedWithNames(secured[by], {...who(host), more}),
  secured: ({host, version, resumed, early}) =>
    wordedWithNames(secured.established, {...who(host), version, resumed, early}),
  keepsTicket: ({host, lifetimeS}) => wordedWithNames(secured.ticket, {...who(host), seconds: lifetimeS}),
  earlyData: ({host, what}) => wordedWithNames(earlyTexts[what], who(host)),
  alerts: ({host, name, sent, fatal}) =>
    sent
      ? wordedWithNames(secured.alertSent, {...who(host), name, fatal, tag: name === 'bad_record_mac'})
      : wordedWithNames(secured.alertReceived, {...who(host), name, fatal}),
  distrusts: ({host, fault}) => wordedWithNames(secured.distrusts, {...who(host), fault: pathFaults[fault]}),
};
