// Questions about cookies (RFC 6265 §5.4): which of the cookies that a browser keeps go with this request.

import {entriesOf, worldAt} from '../account/entries.ts';
import {httpHeadsIn} from '../lesson/stream-reader.ts';
import {sameIn, type Text, wordedWithNames} from '../lesson/text.ts';
import {cookiesOn, type HeldCookie} from '../sim/http-apps.ts';
import type {EventOf, Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {inEvery} from '../words/catalogue/language.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import {cookiesSentences as said} from '../words/catalogue/questions.ts';
import {fieldEvidence} from './field-evidence.ts';
import {type Belief, beliefsIn, type Found, kindOf, type Rejection} from './kind.ts';
import {valuesLine} from './prompt.ts';

type Request = {
  readonly event: EventOf<'send'>;
  readonly url: string;
  readonly held: readonly HeldCookie[];
};

const requests = oncePer((trace: Trace): readonly Request[] => {
  const found: Request[] = [];
  for (const event of entriesOf(trace, 'send')) {
    if (event.hop > 0 || event.packet < 1 || event.retransmission) continue;
    const [head, second] = httpHeadsIn(trace, event.packet);
    if (head?.start.kind !== 'request' || second) continue;
    // An encrypted request shows no field as evidence, so it is not asked about.
    if (!fieldEvidence(trace, event.packet, 'http.request.uri')) continue;
    const host = worldAt(trace, event.n - 1)?.hosts[event.host];
    if (!host) continue;
    const site = head.fields.find(({name}) => name.toLowerCase() === 'host')?.value;
    const url = `http://${site}${head.start.target}`;
    const held = cookiesOn(host, event.atUs, url) ?? [];
    if (site !== undefined && held.length > 0) found.push({event, url, held});
  }
  return found;
});

/** A cookie as the question lists it, with the attributes that decide whether it is sent. */
type Kept = {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly hostOnly: boolean;
  readonly path: string;
  readonly secure: boolean;
};

type Givens = {readonly host: string; readonly url: string; readonly kept: readonly Kept[]};

const pairOf = ({name, value}: Kept): string => `${name}=${value}`;

const shownOf = (kept: Kept): string => {
  const domain = kept.hostOnly ? `host-only ${kept.domain}` : `Domain=${kept.domain}`;
  return [pairOf(kept), domain, `Path=${kept.path}`, ...(kept.secure ? ['Secure'] : [])].join('; ');
};

/** Which condition keeps a cookie from being sent with a request: its host, Domain, Path or Secure. */
type Why = 'host' | 'domain' | 'path' | 'secure';

const partsOf = (url: string) => {
  const [, scheme = '', site = '', port = '', path = '/'] =
    /^(\w+):\/\/([^/:]*)(:\d+)?([^?]*)/.exec(url) ?? [];
  return {isSecure: scheme === 'https', site, port, path: path === '' ? '/' : path};
};

/** Returns why a cookie is not sent with this URL (RFC 6265 §5.1.3, §5.1.4, §5.4); undefined if it is sent. */
const withheld = ({domain, hostOnly, path, secure}: Kept, url: string): Why | undefined => {
  const asked = partsOf(url);
  if (hostOnly && asked.site !== domain) return 'host';
  if (asked.site !== domain && !asked.site.endsWith(`.${domain}`)) return 'domain';
  const isWithin =
    asked.path.startsWith(path) && (path.endsWith('/') || ['', '/'].includes(asked.path.charAt(path.length)));
  if (!isWithin) return 'path';
  return secure && !asked.isSecure ? 'secure' : undefined;
};

/** Sorts cookies for the Cookie field, with longer paths first (RFC 6265 §5.4, step 2). */
const inOrder = (kept: readonly Kept[]): readonly Kept[] =>
  kept.toSorted((a, b) => b.path.length - a.path.length);

const sentOf = ({kept, url}: Givens): readonly Kept[] =>
  inOrder(kept.filter((each) => withheld(each, url) === undefined));

const isList = (givens: Givens): boolean => givens.kept.length >= 3 && sentOf(givens).length > 0;

/**
 * Returns the cookies that are sent, in the form of the answer: a list of cookies if three or more are kept and one is sent, otherwise the
 * whole Cookie field.
 */
const answerOf = (givens: Givens, sent: readonly Kept[]): string | readonly string[] =>
  isList(givens) ? sent.map(pairOf) : inOrder(sent).map(pairOf).join('; ');

const explained = (givens: Givens): Text => {
  const left = givens.kept.flatMap((each) => {
    const why = withheld(each, givens.url);
    return why ? [{name: each.name, why: said.reasons[why]}] : [];
  });
  if (left.length === 0) return said.explained;
  const list = inEvery((language) =>
    left.map(({name, why}) => `${name} ${why[language]}`).join(punctuation.semicolon[language]),
  );
  return wordedWithNames(sentOf(givens).length === 0 ? said.noneGoes : said.othersStay, {list});
};

/**
 * Returns a function that computes the answer of a learner who ignores one condition for sending a cookie; undefined if that changes
 * nothing.
 */
const without =
  (ignored: Why, isTold: (givens: Givens) => boolean = () => true) =>
  (givens: Givens) => {
    const {kept, url} = givens;
    const sent = kept.filter((each) => [undefined, ignored].includes(withheld(each, url)));
    return isTold(givens) && sent.length > sentOf(givens).length ? answerOf(givens, sent) : undefined;
  };

const inField = (write: (kept: Kept) => string) => (givens: Givens) => {
  const sent = sentOf(givens);
  return isList(givens) ? undefined : (sent.length === 0 ? givens.kept : sent).map(write).join('; ');
};

const beliefs: readonly Belief<Givens>[] = beliefsIn(said.beliefs, {
  'secure-encrypts': without('secure'),
  'cookie-port-isolated': (givens) =>
    partsOf(givens.url).port === '' || sentOf(givens).length === 0 ? undefined : answerOf(givens, []),
  path: without('path'),
  host: without('host'),
  domain: without('domain'),
  exactHost: (givens) => {
    const sent = sentOf(givens);
    const exact = sent.filter(({domain}) => domain === partsOf(givens.url).site);
    return exact.length < sent.length ? answerOf(givens, exact) : undefined;
  },
  exactPath: (givens) => {
    const sent = sentOf(givens);
    const exact = sent.filter(({path}) => path === partsOf(givens.url).path);
    return exact.length < sent.length ? answerOf(givens, exact) : undefined;
  },
  attributes: inField((kept) => `${pairOf(kept)}; Path=${kept.path}`),
  names: inField(({name}) => name),
});

const widest = 60;
const most = 4;

/** Returns the question's data for one HTTP request, with the cookies that the browser really sent; or the reason why nothing is asked. */
const found = (trace: Trace, {event, url, held}: Request): Found<Givens> | Rejection => {
  const kept = held.map(({cookie: {name, value, domain, hostOnly, path, secureOnly}}) => {
    return {name, value, domain, hostOnly, path, secure: secureOnly};
  });
  // A cookie withheld because of expiry, SameSite or a script rule cannot be asked about, because the question does not print these.
  const isTold = held.every(({withheld: why}) => !why || why in said.reasons);
  const names = new Set(kept.map(({name}) => name));
  if (!isTold || kept.length > most || names.size < kept.length) return 'hidden';
  if (kept.some((each) => pairOf(each).length > widest)) return 'wide';
  const givens = {host: event.host, url, kept};
  const seen = fieldEvidence(trace, event.packet, 'http.cookie');
  const evidence = seen ?? {packet: event.packet, field: 'http.cookie', value: ''};
  const pairs = evidence.value === '' ? [] : evidence.value.split('; ');
  // A sent cookie that is not kept means that the lesson's author wrote the Cookie field by hand.
  if (pairs.some((pair) => !kept.map(pairOf).includes(pair))) return 'hidden';
  return {givens, did: isList(givens) ? pairs : evidence.value, n: event.n, evidence};
};

export const cookieSent = kindOf<Givens, Request>({
  kind: 'cookie-sent',
  form: (givens) => (isList(givens) ? 'several' : 'choice'),
  among: ({trace}) => requests(trace),
  at: ({event}) => event.n,
  find: ({trace}, request) => found(trace, request),
  ask(givens, called) {
    const {keepsTheseCookies, keepsThisAnd} = said.cookieDraft.prompt;
    const prompt = isList(givens) ? keepsTheseCookies : keepsThisAnd;
    return [
      ...givens.kept.map((each) => valuesLine(shownOf(each))),
      wordedWithNames(prompt.given, {host: called(givens.host).first}),
      valuesLine(givens.url),
      prompt.asks,
    ];
  },
  solve: (givens) => ({
    answer: answerOf(givens, sentOf(givens)),
    explain: explained(givens),
    hints: [said.cookieDraft.hints.hostPathAnd, said.cookieDraft.hints.attributesAreFor],
  }),
  beliefs,
  words(value, givens) {
    if (isList(givens)) return sameIn(value);
    return value === '' ? said.noCookie.text : sameIn(`Cookie: ${value}`);
  },
});
