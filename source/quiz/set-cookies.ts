// Quiz questions about the Set-Cookie header (RFC 6265 §5.3, §8): how long a cookie is kept, how many are kept, where one is sent, who can
// read it.
import {entriesOf, instantOf, worldAt} from '../account/entries.ts';
import {type Text, worded, wordedWithNames} from '../lesson/text.ts';
import {cookiesOn} from '../sim/http-apps.ts';
import type {Trace} from '../sim/trace.ts';
import {fieldValues} from '../wire/http/field-lines.ts';
import {readSetCookie, type SetCookie} from '../wire/http/set-cookie.ts';
import {oncePer} from '../wire/once-per.ts';
import {cookieEnds, cookieGoes, cookieReaders, cookiesKept} from '../words/catalogue/ask-cookies.ts';
import {type Exchange, exchanges, urlOf} from './http-exchanges.ts';
import {beliefsIn, type Found, type Rejection, whatever} from './kind.ts';
import {byClause, listedKind, replying, wordsOf} from './listed.ts';
import {type Prompt, valuesLine} from './prompt.ts';

type Setting = {
  readonly exchange: Exchange;
  readonly set: SetCookie;
  readonly url: string;
  /** The number of the event after which the browser has processed the Set-Cookie header. */
  readonly n: number;
};

const hostOf = (url: string): string => /^\w+:\/\/([^/:]+)/.exec(url)?.[1] ?? '';

/** Returns the number of the last event of the instant in which the browser has read the whole HTTP response; undefined if it never has. */
const readAt = (trace: Trace, {connection, response}: Exchange): number | undefined => {
  for (const {note, n, host} of entriesOf(trace, 'note')) {
    const isRead = note.kind === 'response' && note.op === 'finished' && note.by === 'client';
    if (isRead && host === connection.client && n >= response.began.n) return instantOf(trace, n).at(-1)?.n;
  }
  return undefined;
};

const settings = oncePer((trace: Trace): readonly Setting[] =>
  exchanges(trace).flatMap((exchange) =>
    fieldValues(exchange.response.head.fields, 'Set-Cookie').flatMap((text) => {
      const set = readSetCookie(text);
      const n = readAt(trace, exchange);
      return set && n !== undefined ? [{exchange, set, url: urlOf(exchange), n}] : [];
    }),
  ),
);

/** The most characters of a cookie's value that a question prints; cookies with a longer value are not asked about. */
const mostPrinted = 40;

/** Returns a cookie as text, `name=value` and its attributes, as the Set-Cookie field writes it. */
const writtenOf = ({name, value, domain, path, maxAgeS, secure, httpOnly, sameSite}: SetCookie): string =>
  [
    `${name}=${value}`,
    ...(domain === undefined ? [] : [`Domain=${domain}`]),
    ...(path === undefined ? [] : [`Path=${path}`]),
    ...(maxAgeS === undefined ? [] : [`Max-Age=${maxAgeS}`]),
    ...(secure ? ['Secure'] : []),
    ...(httpOnly ? ['HttpOnly'] : []),
    ...(sameSite ? [`SameSite=${sameSite}`] : []),
  ].join('; ');

const jarAt = (trace: Trace, {n, exchange}: Setting, url?: string) => {
  const host = worldAt(trace, n)?.hosts[exchange.connection.client];
  return host && cookiesOn(host, exchange.response.ended?.atUs ?? 0, url);
};

/**
 * Calls `found` for each Set-Cookie that a browser has read, with the cookie that its store then holds (undefined if none), and returns the
 * results.
 */
const kept = <Givens>(
  trace: Trace,
  found: (
    setting: Setting,
    held: NonNullable<ReturnType<typeof jarAt>>[number] | undefined,
  ) => Found<Givens> | Rejection,
): readonly (Found<Givens> | Rejection)[] =>
  settings(trace).map((setting) => {
    const {name, value} = setting.set;
    const jar = value.length > mostPrinted ? undefined : jarAt(trace, setting);
    const held = jar?.find(({cookie}) => cookie.name === name && cookie.value === value);
    return jar ? found(setting, held) : 'hidden';
  });

type EndsGivens = {readonly url: string; readonly line: string};

const printed =
  (given: Text, asks: Text) =>
  ({url, line}: EndsGivens): Prompt => [given, valuesLine(url), valuesLine(`Set-Cookie: ${line}`), asks];

const maxAgeIn = (line: string): number | undefined => {
  const found = /; Max-Age=(-?\d+)/.exec(line)?.[1];
  return found === undefined ? undefined : Number(found);
};

const endOf = ({line}: EndsGivens): string => {
  const age = maxAgeIn(line);
  if (age === undefined) return 'browser';
  return age <= 0 ? 'now' : String(age);
};

const isEnd = (value: string): value is keyof typeof cookieEnds.choices =>
  Object.hasOwn(cookieEnds.choices, value);

export const cookieEndsKind = listedKind<EndsGivens>({
  kind: 'cookie-ends',
  form: 'choice',
  all: (trace) =>
    kept(trace, ({set, url, n, exchange}, held) => {
      const seconds = held?.leftUs === undefined ? undefined : String(held.leftUs / 1_000_000);
      const did = held ? (held.cookie.persistent ? (seconds ?? '') : 'browser') : 'now';
      return {
        givens: {url, line: writtenOf(set)},
        ...{did, n, evidence: byClause(exchange.answers, '6265 §5.3', did)},
      };
    }),
  ask: printed(cookieEnds.given, cookieEnds.asks),
  solve(givens) {
    const answer = endOf(givens);
    const {explain, hints} = cookieEnds;
    return {
      answer,
      explain: isEnd(answer) ? explain[answer] : worded(explain.later, {seconds: answer}),
      hints: [hints.attributes],
    };
  },
  beliefs: [{misconception: 'cookie-is-session', answers: () => 'server'}, ...whatever(cookieEnds.beliefs)],
  words: (value) => (isEnd(value) ? cookieEnds.choices[value] : worded(cookieEnds.later, {seconds: value})),
});

/** A cookie that a response sets: the bytes of its name and value, and its Set-Cookie field, in which `…` is a long value. */
type Sized = {readonly bytes: number; readonly line: string};
type KeptGivens = {
  /** The URL whose response sets the cookies; a browser takes a Secure cookie only from an https URL. */
  readonly url: string;
  /** The names of the cookies that the browser held before it sent the request. */
  readonly before: readonly string[];
  readonly sets: readonly Sized[];
};

const mostBytes = 4096;
/** The most cookies of a response whose values a question prints. With more, the fields would need too many rows. */
const mostWhole = 2;

const nameIn = ({line}: Sized): string => line.slice(0, line.indexOf('='));

const countAfter = ({before, sets}: KeptGivens): number =>
  new Set([...before, ...sets.filter(({bytes}) => bytes <= mostBytes).map(nameIn)]).size;

const keptFound = (trace: Trace, exchange: Exchange): Found<KeptGivens> | Rejection => {
  const own = settings(trace).filter((each) => each.exchange === exchange);
  const [first] = own;
  const before = worldAt(trace, exchange.request.began.n)?.hosts[exchange.connection.client];
  const jar = before && cookiesOn(before, exchange.request.began.atUs, undefined);
  const after = first && jarAt(trace, first);
  // Only responses whose cookies all have the Path /, but no Domain, Max-Age or Expires, are asked about here; other questions ask about
  // the rest.
  const isPlain = own.every(
    ({set, url}) =>
      set.maxAgeS === undefined &&
      set.expiresUs === undefined &&
      set.domain === undefined &&
      set.path === '/' &&
      (!set.secure || url.startsWith('https:')),
  );
  if (!first || !jar || !after || !isPlain) return 'hidden';
  const isShort = own.length <= mostWhole && own.every(({set: {value}}) => value.length <= mostPrinted);
  const did = String(after.length);
  return {
    givens: {
      url: first.url,
      before: jar.map(({cookie}) => cookie.name),
      sets: own.map(({set}) => ({
        bytes: set.name.length + set.value.length,
        line: writtenOf(isShort ? set : {...set, value: '…'}),
      })),
    },
    ...{did, n: first.n, evidence: byClause(exchange.answers, '6265 §5.3', did)},
  };
};

export const cookiesKeptKind = listedKind<KeptGivens>({
  kind: 'cookies-kept',
  form: 'choice',
  all: (trace) => exchanges(trace).map((exchange) => keptFound(trace, exchange)),
  ask: ({url, before, sets}) => [
    wordedWithNames(cookiesKept.given, {host: hostOf(url), url, names: before, count: before.length}),
    ...sets.map(({line, bytes}) => valuesLine(worded(cookiesKept.set, {line, bytes}))),
    cookiesKept.asks,
  ],
  solve(givens) {
    const right = countAfter(givens);
    const replaced = givens.sets.filter((each) => givens.before.includes(nameIn(each))).length;
    const tooLong = givens.sets.filter(({bytes}) => bytes > mostBytes).length;
    return {
      answer: String(right),
      explain: worded(cookiesKept.explain, {right, replaced, tooLong}),
      hints: [cookiesKept.hints.same, cookiesKept.hints.size],
    };
  },
  beliefs: [
    ...beliefsIn<KeptGivens, keyof typeof cookiesKept.beliefs>(cookiesKept.beliefs, {
      'cookie-4k-per-site': ({before, sets}) =>
        sets.some(({bytes}) => bytes > mostBytes) ? before.length + 1 : undefined,
      one: () => '1',
      stays: ({before}) => before.length,
      none: () => '0',
    }),
    replying(
      cookiesKept.replies.adds,
      ({sets}: KeptGivens) => ({tooLong: sets.some(({bytes}) => bytes > mostBytes)}),
      ({before, sets}) => String(before.length + sets.length),
    ),
  ],
});

/**
 * Returns the URLs to choose from in the question where a cookie is sent: each differs from the URL that set it in path, port, scheme or
 * host.
 */
const placesFrom = (url: string): readonly string[] => {
  const host = hostOf(url);
  const parent = host.split('.').slice(1).join('.');
  return [
    `http://${host}/other`,
    `http://${host}:8080/`,
    `https://${host}/`,
    `https://sub.${host}/`,
    `https://${parent}/`,
  ];
};

const goesTo = ({url, line}: EndsGivens): readonly string[] => {
  const host = hostOf(url);
  const domain = /; Domain=([^;]+)/.exec(line)?.[1];
  const isSecure = /; Secure/.test(line);
  return placesFrom(url).filter((place) => {
    const there = hostOf(place);
    const isThere = domain === undefined ? there === host : there === domain || there.endsWith(`.${domain}`);
    return isThere && (!isSecure || place.startsWith('https'));
  });
};

const sub = (url: string): string => placesFrom(url)[3] ?? '';

export const cookieGoesKind = listedKind<EndsGivens>({
  kind: 'cookie-goes-to',
  form: 'several',
  all: (trace) =>
    kept(trace, (setting, held) => {
      const {set, url, n, exchange} = setting;
      if (!held || set.path !== '/') return 'hidden';
      const goes = (place: string): boolean =>
        jarAt(trace, setting, place)?.some(
          ({cookie, withheld}) =>
            cookie.name === set.name && (withheld === undefined || withheld === 'same-site'),
        ) ?? false;
      const did = placesFrom(url).filter(goes);
      return {
        givens: {url, line: writtenOf(set)},
        ...{did, n, evidence: byClause(exchange.answers, '6265 §5.4', did.join(' '))},
      };
    }),
  ask: printed(cookieGoes.given, cookieGoes.asks),
  solve: (givens) => ({
    answer: goesTo(givens),
    explain: worded(cookieGoes.explain, {
      host: hostOf(givens.url),
      secure: /; Secure/.test(givens.line),
      own: !/; Domain=/.test(givens.line),
    }),
    hints: [cookieGoes.hints.host, cookieGoes.hints.port],
  }),
  beliefs: beliefsIn(cookieGoes.beliefs, {
    'cookie-port-isolated': (givens) => goesTo(givens).filter((place) => !place.includes(':8080')),
    below: (givens) => [...new Set([...goesTo(givens), sub(givens.url)])],
    above: (givens) => [...new Set([...goesTo(givens), placesFrom(givens.url)[4] ?? ''])],
    plain: (givens) =>
      /; Secure/.test(givens.line) ? [...goesTo(givens), ...placesFrom(givens.url).slice(0, 2)] : undefined,
    scheme: (givens) =>
      givens.url.startsWith('http:')
        ? goesTo(givens).filter((place) => place.startsWith('http:'))
        : undefined,
  }),
});

type Reader = keyof typeof cookieReaders.choices;

const readersOf = ({url, line}: EndsGivens): readonly Reader[] => [
  'server',
  ...(url.startsWith('http:') ? (['path'] as const) : []),
  ...(/; HttpOnly/.test(line) ? [] : (['script'] as const)),
];

export const cookieReadersKind = listedKind<EndsGivens>({
  kind: 'cookie-readers',
  form: 'several',
  all: (trace) =>
    kept(trace, ({set, url, n, exchange}, held) => {
      if (!held) return 'hidden';
      const {connection} = exchange;
      const did = [
        'server',
        ...(connection.secured ? [] : ['path']),
        ...(held.cookie.httpOnly ? [] : ['script']),
      ];
      return {
        givens: {url, line: writtenOf(set)},
        ...{did, n, evidence: byClause(exchange.answers, '6265 §8.3', did.join(' '))},
      };
    }),
  ask: printed(cookieEnds.given, cookieReaders.asks),
  solve: (givens) => ({
    answer: readersOf(givens),
    explain: worded(cookieReaders.explain, {
      hidden: /; HttpOnly/.test(givens.line),
      open: givens.url.startsWith('http:'),
    }),
    hints: [cookieReaders.hint],
  }),
  beliefs: beliefsIn(cookieReaders.beliefs, {
    'secure-encrypts': (givens) =>
      /; Secure/.test(givens.line) ? readersOf(givens).filter((each) => each !== 'path') : undefined,
    script: (givens) => [...new Set([...readersOf(givens), 'script'])],
    noScript: (givens) => readersOf(givens).filter((each) => each !== 'script'),
    path: (givens) => [...new Set([...readersOf(givens), 'path'])],
    sites: (givens) => [...readersOf(givens), 'sites'],
  }),
  words: wordsOf(cookieReaders.choices),
});
