// Questions about redirects and stored responses (RFC 9110 §15.4, RFC 9111 §4): what is requested next, with which method, and whether a
// stored copy still answers.
import {entriesOf} from '../account/entries.ts';
import {sameIn, worded, wordedWithNames} from '../lesson/text.ts';
import {printedUs, timeText} from '../lesson/value.ts';
import type {Trace} from '../sim/trace.ts';
import {freshCopy, redirectMethod, redirectUrl} from '../words/catalogue/ask-http.ts';
import {fieldEvidence} from './field-evidence.ts';
import {type Exchange, exchanges, fieldLines, fieldOf, lineOf, urlOf, valueIn} from './http-exchanges.ts';
import {lastSent} from './instants.ts';
import {beliefsIn, type Found} from './kind.ts';
import {byClause, listedKind, wordsOf} from './listed.ts';
import {valuesLine} from './prompt.ts';

type Step = {readonly from: Exchange; readonly next: Exchange; readonly location: string};

/** Returns the responses that redirect a client, each with the client's next request. */
const steps = (trace: Trace): readonly Step[] => {
  const all = exchanges(trace).toSorted((a, b) => a.request.began.n - b.request.began.n);
  return all.flatMap((from) => {
    const location = fieldOf(from.response.head, 'location');
    const next = all.find(
      ({connection, request}) =>
        connection.client === from.connection.client && request.began.n > from.response.began.n,
    );
    const isRedirect = [301, 302, 303, 307, 308].includes(from.status);
    return isRedirect && location !== undefined && next ? [{from, next, location}] : [];
  });
};

type MethodGivens = {readonly line: string; readonly status: string};

const asksThen = ({line, status}: MethodGivens): string => {
  const [method = ''] = line.split(' ');
  if (status.endsWith('303')) return method === 'HEAD' ? 'HEAD' : 'GET';
  return /30[12]$/.test(status) && method === 'POST' ? 'GET' : method;
};

const methodOf = ({line}: MethodGivens): string => line.split(' ')[0] ?? '';

const asksUser = 'none';

const isKept = (givens: MethodGivens): boolean => asksThen(givens) === methodOf(givens);

export const redirectMethodKind = listedKind<MethodGivens>({
  kind: 'redirect-method',
  isRead: true,
  form: 'choice',
  all: (trace) =>
    steps(trace).map(({from, next}) => {
      // After a redirect a GET always stays a GET, so the question takes no thought.
      if (from.method === 'GET') return 'trivial';
      const evidence = fieldEvidence(trace, next.asks, 'http.request.method');
      const did = next.method;
      return {
        givens: {line: lineOf(from.request.head), status: lineOf(from.response.head)},
        ...{did, n: next.request.began.n},
        evidence: evidence ?? byClause(next.asks, '9110 §15.4', did),
      };
    }),
  ask: ({line, status}) => [redirectMethod.given, valuesLine(line), valuesLine(status), redirectMethod.asks],
  solve(givens) {
    const answer = asksThen(givens);
    const {explain, hints} = redirectMethod;
    const [from, status] = [methodOf(givens), givens.status.split(' ')[1] ?? ''];
    return {
      answer,
      explain: wordedWithNames(isKept(givens) ? explain.keeps : explain.becomes, {status, from, answer}),
      hints: [hints.code, hints.content],
    };
  },
  beliefs: beliefsIn(redirectMethod.beliefs, {
    keeps: (givens) => (isKept(givens) ? undefined : methodOf(givens)),
    get: (givens) => (isKept(givens) ? 'GET' : undefined),
    head: () => 'HEAD',
    asks: () => asksUser,
  }),
  words: (value) => (value === asksUser ? redirectMethod.asksUser : sameIn(value)),
});

type UrlGivens = {readonly url: string; readonly location: string};

const originOf = (url: string): string => /^\w+:\/\/[^/]+/.exec(url)?.[0] ?? '';

const isWhole = (location: string): boolean => /^\w+:\/\//.test(location);

const nextUrl = ({url, location}: UrlGivens): string | undefined => {
  if (isWhole(location)) return location;
  return location.startsWith('/') ? originOf(url) + location : undefined;
};

export const redirectUrlKind = listedKind<UrlGivens>({
  kind: 'redirect-url',
  isRead: true,
  form: 'choice',
  all: (trace) =>
    steps(trace).map(({from, next, location}) => {
      const did = urlOf(next);
      return {
        givens: {url: urlOf(from), location},
        ...{did, n: next.request.began.n, evidence: byClause(next.asks, '9110 §10.2.2', did)},
      };
    }),
  ask: ({url, location}) => [
    redirectUrl.given,
    valuesLine(url),
    redirectUrl.comes,
    valuesLine(`Location: ${location}`),
    redirectUrl.asks,
  ],
  solve(givens) {
    const answer = nextUrl(givens);
    const {explain, hints} = redirectUrl;
    return answer === undefined
      ? undefined
      : {
          answer,
          explain: wordedWithNames(isWhole(givens.location) ? explain.whole : explain.path, {answer}),
          hints: [hints.relative],
        };
  },
  beliefs: beliefsIn(redirectUrl.beliefs, {
    same: ({url}) => url,
    behind: ({url, location}) => (isWhole(location) ? undefined : url.replace(/\/$/, '') + location),
    home: ({url}) => `${originOf(url)}/`,
    scheme: ({url, location}) =>
      isWhole(location) ? location.replace(/^\w+/, url.startsWith('https') ? 'https' : 'http') : undefined,
  }),
});

type FreshGivens = {
  readonly url: string;
  /** The header fields of a stored response that tell how long it is fresh and by which validator it can be checked. */
  readonly fields: readonly string[];
  readonly storedUs: number;
  readonly atUs: number;
};

const isNoCache = ({fields}: FreshGivens): boolean => /no-cache/.test(valueIn(fields, 'cache-control') ?? '');

const maxAgeOf = (givens: FreshGivens): number | undefined => {
  const control = valueIn(givens.fields, 'cache-control') ?? '';
  if (isNoCache(givens)) return 0;
  const age = /max-age=(\d+)/.exec(control)?.[1];
  return age === undefined ? undefined : Number(age);
};

const marks = ['etag', 'last-modified'] as const;

/**
 * Returns how a cache uses a stored response (RFC 9111 §4.2, §4.3): serves it, validates it or fetches it anew; undefined if no field gives
 * its freshness.
 */
const useOf = (givens: FreshGivens): 'copy' | 'asks' | 'anew' | undefined => {
  const seconds = maxAgeOf(givens);
  if (seconds === undefined) return undefined;
  if (givens.atUs - givens.storedUs < seconds * 1_000_000) return 'copy';
  return marks.some((name) => valueIn(givens.fields, name) !== undefined) ? 'asks' : 'anew';
};

const askedAgain = (trace: Trace): readonly Found<FreshGivens>[] => {
  const all = exchanges(trace);
  return [...entriesOf(trace, 'note')].flatMap(({note, n, atUs, host}): readonly Found<FreshGivens>[] => {
    if (note.kind !== 'http-cache' || (note.op !== 'hit' && note.op !== 'stale')) return [];
    const stored = all.findLast(
      (each) =>
        urlOf(each) === note.url && each.connection.client === host && (each.response.ended?.n ?? n) < n,
    );
    const next = all.find((each) => urlOf(each) === note.url && each.request.began.n > n);
    const isConditional =
      next && fieldLines(next.request.head, ['if-none-match', 'if-modified-since']).length > 0;
    const did = note.op === 'hit' ? 'copy' : isConditional ? 'asks' : 'anew';
    const ended = stored?.response.ended;
    if (!stored || !ended) return [];
    return [
      {
        givens: {
          url: note.url,
          fields: fieldLines(stored.response.head, ['cache-control', ...marks]),
          ...{storedUs: printedUs(ended.atUs), atUs: printedUs(atUs)},
        },
        ...{did, n, evidence: byClause(lastSent(trace, n) ?? 1, '9111 §4.2', did)},
      },
    ];
  });
};

export const freshCopyKind = listedKind<FreshGivens>({
  kind: 'fresh-or-stale',
  form: 'choice',
  all: askedAgain,
  ask: ({url, fields, storedUs, atUs}) => [
    wordedWithNames(freshCopy.given, {stored: timeText(storedUs)}),
    ...[url, ...fields].map(valuesLine),
    wordedWithNames(freshCopy.asks, {at: timeText(atUs)}),
  ],
  solve(givens) {
    const answer = useOf(givens);
    const seconds = maxAgeOf(givens);
    return (
      answer && {
        answer,
        explain: worded(freshCopy.explain[isNoCache(givens) && answer === 'asks' ? 'noCache' : answer], {
          age: timeText(givens.atUs - givens.storedUs),
          most: timeText((seconds ?? 0) * 1_000_000),
        }),
        hints: [freshCopy.hints.age, freshCopy.hints.mark],
      }
    );
  },
  beliefs: beliefsIn(freshCopy.beliefs, {
    always: () => 'copy',
    gone: () => 'anew',
    never: () => 'asks',
  }),
  words: wordsOf(freshCopy.choices),
});
