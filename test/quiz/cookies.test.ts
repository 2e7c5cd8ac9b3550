// Which cookies go with a request. Oracle: RFC 6265 §5.4, whose conditions each cookie beside the one of the run fails in one way.

import {describe, expect, test} from 'vitest';
import {cookieSent} from '../../source/quiz/cookies.ts';
import {promptText} from '../../source/quiz/prompt.ts';
import type {Question} from '../../source/quiz/question.ts';
import {ask} from '../../source/quiz/sheet.ts';
import type {Asked} from '../../source/quiz/variant.ts';
import type {Trace} from '../../source/sim/trace.ts';
import type {Host} from '../../source/sim/world.ts';
import type {Cookie} from '../../source/wire/http/cookie-jar.ts';
import {cookiesSentences} from '../../source/words/catalogue/questions.ts';
import '../helpers/meaning.ts';
import {about} from './asked-runs.ts';

const session = 'JSESSIONID=A46A5A310A94B55634FEF51749682612';
const plain = about('cookies-session');

const withCookies = (host: Host, change: (own: Cookie) => readonly Cookie[]): Host => {
  const app = host.apps.get('http');
  if (app?.app !== 'http' || app.state.role !== 'client') return host;
  const cookies = app.state.jar.cookies.flatMap(change);
  const changed = {...app, state: {...app.state, jar: {...app.state.jar, cookies}}};
  return {...host, apps: host.apps.with('http', changed)};
};

/** The run, but for what the browser keeps. */
const keeping = (change: (own: Cookie, cursor: number) => readonly Cookie[]): Asked => {
  const {trace} = plain;
  const changed: Trace = {
    ...{header: trace.header, length: trace.length, packetCount: trace.packetCount},
    ...{durationUs: trace.durationUs, endReason: trace.endReason},
    event: (n) => trace.event(n),
    events: (from, to) => trace.events(from, to),
    packet: (id) => trace.packet(id),
    stateAt: (n) => {
      const state = trace.stateAt(n);
      const browser = state?.hosts['browser'];
      return browser
        ? {...state, hosts: {...state.hosts, browser: withCookies(browser, (own) => change(own, n))}}
        : state;
    },
  };
  return {...plain, trace: changed};
};

/** `GET /cart`, the first request that has a cookie: to port 80 of shop.example.com, without TLS. */
const asked = (...others: readonly Partial<Cookie>[]): Question | undefined => {
  const run = keeping((own) => [
    own,
    ...others.map((other, index) => ({...own, name: `c${index}`, value: 'v', ...other})),
  ]);
  const [place] = cookieSent.places(run);
  return place === undefined ? undefined : ask(cookieSent, run, place);
};

/** What beliefs answer. */
const believed = (other: Partial<Cookie>): readonly string[] => {
  const run = keeping((own) => [own, {...own, name: 'c0', value: 'v', ...other}]);
  const [place = 0] = cookieSent.places(run);
  const answers = cookieSent.candidate(run, place).told?.believed() ?? [];
  return answers.flatMap((answer) => (typeof answer === 'string' ? [answer] : answer));
};

const rightOf = (question: Question | undefined): readonly string[] => {
  const ids = question && typeof question.answer === 'object' ? question.answer : [String(question?.answer)];
  return (question?.choices ?? []).flatMap(({id, value}) => (ids.includes(id) ? [value] : []));
};

const taken = (question: Question | undefined, value: string) =>
  question?.choices.find((choice) => choice.value === value);

const strangers: readonly (readonly [why: keyof typeof cookiesSentences.reasons, cookie: Partial<Cookie>])[] =
  [
    ['host', {domain: 'example.com'}],
    ['domain', {domain: 'example.org', hostOnly: false}],
    ['path', {path: '/account'}],
    ['secure', {secureOnly: true}],
  ];

describe('one goes along, one stays', () => {
  test.each(strangers)('%s', (why, cookie) => {
    const question = asked(cookie);
    expect(rightOf(question)).toEqual([session]);
    // Whoever leaves this condition out sends both.
    const pairs = believed(cookie).map((answer) => answer.split('; ').toSorted().join());
    expect(pairs).toContain([session, 'c0=v'].toSorted().join());
    const both = question?.choices.find(({value}) => value === `${session}; c0=v`);
    if (why === 'secure') expect(both?.misconception).toBe('secure-encrypts');
    const list = `c0 ${cookiesSentences.reasons[why].en}`;
    expect(question?.explain.en).toSay({says: 'questions.cookiesSentences.othersStay', list});
    expect(question?.evidence).toMatchObject({packet: 7, field: 'http.cookie', value: session});
  });
});

test('each is shown with its scope', () => {
  const question = asked({domain: 'example.org', hostOnly: false, path: '/a', secureOnly: true});
  expect(
    promptText(question?.prompt ?? [])
      .en.split('\n')
      .slice(0, 2),
  ).toEqual([
    `  ${session}; host-only shop.example.com; Path=/`,
    '  c0=v; Domain=example.org; Path=/a; Secure',
  ]);
});

test('three or more: which of them', () => {
  const question = asked({domain: 'example.com'}, {secureOnly: true}, {path: '/x'});
  expect(question?.form).toBe('several');
  expect(rightOf(question)).toEqual([session]);
  expect(question?.choices).toHaveLength(4);
  expect(taken(question, 'c1=v')?.misconception).toBe('secure-encrypts');
});

test('what was sent is what the rules say, or nothing is asked', () => {
  // It would go along, and did not.
  expect(asked({})).toBeUndefined();
  expect(asked({domain: 'example.com', hostOnly: false})).toBeUndefined();
  expect(asked({secureOnly: true})).toBeDefined();
  // A longer path of the same host covers no more than its own part (§5.1.4).
  expect(asked({path: '/car'})).toBeDefined();
  expect(asked({path: '/cart'})).toBeUndefined();
});

test('time is not printed: what it takes away decides nothing here', () => {
  expect(asked({expiresUs: 0})).toBeUndefined();
});

// RFC 6265 §5.4, §4.1.2.5, §8.5: the port does not count, and Secure keeps a cookie from http: altogether.
test('over TLS it was set Secure, without TLS it stays', () => {
  const run = about('cookies-session/over-tls');
  const [question] = cookieSent.places(run).flatMap((place) => ask(cookieSent, run, place) ?? []);
  expect(rightOf(question)).toEqual(['']);
  expect(question?.choices.map(({misconception}) => misconception)).toContain('secure-encrypts');
  const list = `JSESSIONID ${cookiesSentences.reasons.secure.en}`;
  expect(question?.explain.en).toSay({says: 'questions.cookiesSentences.noneGoes', list});
});
