// Questions about cookies (RFC 6265 §5.4): which of those that a browser keeps go with this request.

import {entriesOf, worldAt} from '../account/entries.ts';
import {segmentOf} from '../account/packet.ts';
import {httpHeadsIn} from '../lesson/stream-reader.ts';
import {sameIn, type Text, wordedWithNames} from '../lesson/text.ts';
import {cookiesOn, type HeldCookie} from '../sim/http-apps.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {inEvery} from '../words/catalogue/language.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import {cookiesSentences} from '../words/catalogue/questions.ts';
import type {Draft, Generator, Option} from './draft.ts';
import {fieldEvidence} from './fields.ts';
import {valuesLine} from './prompt.ts';
import {hostFirst} from './words.ts';

type SendEvent = Extract<TraceEvent, {kind: 'send'}>;
type Request = {
  readonly event: SendEvent;
  readonly url: string;
  readonly port: number;
  readonly held: readonly HeldCookie[];
};

const widest = 60;

const pairOf = ({cookie}: HeldCookie): string => `${cookie.name}=${cookie.value}`;

const requests = oncePer((trace: Trace): readonly Request[] => {
  const found: Request[] = [];
  for (const event of entriesOf(trace, 'send')) {
    if (event.hop > 0 || event.packet < 1 || event.retransmission) continue;
    const port = segmentOf(event)?.dstPort;
    const host = worldAt(trace, event.n - 1)?.hosts[event.host];
    const [head, second] = httpHeadsIn(trace, event.packet);
    if (head?.start.kind !== 'request' || second || !host || port === undefined) continue;
    // What travels encrypted shows no field.
    if (!fieldEvidence(trace, event.packet, 'http.request.uri')) continue;
    const site = head.fields.find(({name}) => name.toLowerCase() === 'host')?.value;
    const url = `http://${site}${head.start.target}`;
    const held = cookiesOn(host, event.atUs, url) ?? [];
    if (site !== undefined && held.length > 0 && held.every((each) => pairOf(each).length <= widest)) {
      found.push({event, url, port, held});
    }
  }
  return found;
});

/** The cookie as a list of cookies shows it. */
const scopeOf = (held: HeldCookie): string => {
  const {cookie} = held;
  return [
    pairOf(held),
    `Domain=${cookie.domain}${cookie.hostOnly ? ' (host-only)' : ''}`,
    `Path=${cookie.path}`,
    ...(cookie.secureOnly ? ['Secure'] : []),
  ].join('; ');
};

const noCookie = (misconception?: string): Option => ({
  text: cookiesSentences.noCookie.text,
  value: '',
  ...(misconception ? {misconception} : {}),
});

const field = (pairs: readonly string[], misconception?: string): Option => ({
  text: sameIn(`Cookie: ${pairs.join('; ')}`),
  value: pairs.join('; '),
  ...(misconception ? {misconception} : {}),
});

/** A cookie of another port is taken for a stranger's; one that is Secure for one that travels encrypted. */
const wrongFields = ({held, port}: Request, sent: readonly string[]): readonly Option[] => {
  const secure = held.filter(({cookie}) => cookie.secureOnly).map(pairOf);
  const withSecure = [...new Set([...sent, ...secure])];
  return [
    ...(secure.some((pair) => !sent.includes(pair)) ? [field(withSecure, 'secure-encrypts')] : []),
    ...(sent.length > 0 ? [noCookie(port === 80 ? undefined : 'cookie-port-isolated')] : []),
    field(held.map(pairOf)),
    ...held.map((each) => field([pairOf(each)])),
    field(held.map(({cookie}) => `${cookie.name}=${cookie.value}; Path=${cookie.path}`)),
    field(held.map(({cookie}) => cookie.name)),
  ];
};

const reasons: {readonly [why in NonNullable<HeldCookie['withheld']>]: Text} = {
  host: cookiesSentences.reasons.host,
  domain: cookiesSentences.reasons.domain,
  path: cookiesSentences.reasons.path,
  secure: cookiesSentences.reasons.secure,
  'http-only': cookiesSentences.reasons['http-only'],
  'same-site': cookiesSentences.reasons['same-site'],
  expired: cookiesSentences.reasons.expired,
};

const explained = ({held}: Request, sent: string): Text => {
  const kept = held.flatMap(({cookie: {name}, withheld}) =>
    withheld ? [{name, why: reasons[withheld]}] : [],
  );
  if (kept.length === 0) return cookiesSentences.explained;
  const list = inEvery((language) =>
    kept.map(({name, why}) => `${name} ${why[language]}`).join(punctuation.semicolon[language]),
  );
  return wordedWithNames(sent === '' ? cookiesSentences.noneGoes : cookiesSentences.othersStay, {list});
};

const most = 4;

const cookieDraft = (trace: Trace, request: Request): Draft | undefined => {
  const {event, url, held} = request;
  const sent = held.filter(({withheld}) => withheld === undefined).map(pairOf);
  const seen = fieldEvidence(trace, event.packet, 'http.cookie');
  const evidence = seen ?? {packet: event.packet, field: 'http.cookie', value: ''};
  const {value} = evidence;
  const pairs = value === '' ? [] : value.split('; ');
  const scopes = held.map(scopeOf);
  if (pairs.toSorted().join() !== sent.toSorted().join() || held.length > most) return undefined;
  if (url.length > 66 || scopes.some((scope) => scope.length > 108)) return undefined;
  const one = held.length >= 3 && pairs.length === 1;
  const {keepsTheseCookies, keepsThisAnd} = cookiesSentences.cookieDraft.prompt;
  const prompt = one ? keepsTheseCookies : keepsThisAnd;
  const cookie = (each: HeldCookie): Option => ({text: sameIn(pairOf(each)), value: pairOf(each)});
  const answering = one
    ? {
        form: 'several' as const,
        right: held.filter(({withheld}) => withheld === undefined).map(cookie),
        wrong: held.filter(({withheld}) => withheld !== undefined).map(cookie),
      }
    : {
        form: 'choice' as const,
        right: value === '' ? noCookie() : field(pairs),
        wrong: wrongFields(request, pairs),
      };
  return {
    ...answering,
    prompt: [
      ...scopes.map(valuesLine),
      wordedWithNames(prompt.given, {host: hostFirst(event.host)}),
      valuesLine(url),
      prompt.asks,
    ],
    hints: [
      cookiesSentences.cookieDraft.hints.hostPathAnd,
      cookiesSentences.cookieDraft.hints.attributesAreFor,
    ],
    explain: explained(request, value),
    n: event.n,
    evidence,
  };
};

export const cookieSent: Generator = {
  kind: 'cookie-sent',
  places: ({trace}) => requests(trace).map(({event}) => event.n),
  ask: ({trace}, place) => {
    const request = requests(trace).find(({event}) => event.n === place);
    return request && cookieDraft(trace, request);
  },
};
