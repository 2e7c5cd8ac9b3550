// Which cookies go with a request. Oracle: RFC 6265 §5.4, whose conditions each cookie beside the one of the run fails in one way.

import {describe, expect, test} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {cookieSent} from '../../source/quiz/cookies.ts';
import type {Draft} from '../../source/quiz/draft.ts';
import {promptText} from '../../source/quiz/prompt.ts';
import type {Asked} from '../../source/quiz/variant.ts';
import type {Trace} from '../../source/sim/trace.ts';
import type {Host} from '../../source/sim/world.ts';
import type {Cookie} from '../../source/wire/http/cookie-jar.ts';
import {about, drawing, linesOf} from './drafts.ts';

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
const asked = (...others: readonly Partial<Cookie>[]): Draft | undefined => {
  const run = keeping((own) => [
    own,
    ...others.map((other, index) => ({...own, name: `c${index}`, value: 'v', ...other})),
  ]);
  const [place] = cookieSent.places(run);
  return place === undefined ? undefined : cookieSent.ask(run, place, drawing(0));
};

const values = (options: readonly {readonly value: string; readonly misconception?: string}[]) =>
  options.map(({value, misconception}) => (misconception ? `${value} (${misconception})` : value));

const choiceOf = (draft: Draft | undefined) => {
  if (draft?.form !== 'choice') throw new Error('no choice');
  return {right: draft.right, wrong: values(draft.wrong), draft};
};

const strangers: readonly (readonly [why: string, cookie: Partial<Cookie>, en: string, zh: string])[] = [
  ['host', {domain: 'example.com'}, 'is for the very host that set it', '只属于设置它的那台主机'],
  ['domain', {domain: 'example.org', hostOnly: false}, 'belongs to another domain', '属于别的域'],
  ['path', {path: '/account'}, 'is for another path', '属于别的路径'],
  ['secure', {secureOnly: true}, 'is Secure, and this is no TLS', '是 Secure 的，而这里没有 TLS'],
  ['expired', {expiresUs: 0}, 'has expired', '已经过期'],
];

describe('one goes along, one stays', () => {
  test.each(strangers)('%s', (why, cookie, en, zh) => {
    const {right, wrong, draft} = choiceOf(asked(cookie));
    expect(right).toEqual({
      text: everywhere({en: `Cookie: ${session}`, zh: `Cookie: ${session}`}),
      value: session,
    });
    expect(wrong).toEqual([
      ...(why === 'secure' ? [`${session}; c0=v (secure-encrypts)`] : []),
      '',
      `${session}; c0=v`,
      session,
      'c0=v',
      `${session}; Path=/; c0=v; Path=${cookie.path ?? '/'}`,
      'JSESSIONID; c0',
    ]);
    expect(draft.explain).toEqual(
      everywhere({en: `The others stay: c0 ${en}.`, zh: `其余的不带：c0 ${zh}。`}),
    );
    expect(promptText(draft.prompt).en).toContain(
      'The browser keeps this and asks for\n  http://shop.example.com/cart\nWhat does it send?',
    );
    expect(draft.evidence).toEqual({packet: 7, field: 'http.cookie', value: session});
  });
});

test('each is shown with its scope', () => {
  const {draft} = choiceOf(asked({domain: 'example.org', hostOnly: false, path: '/a', secureOnly: true}));
  expect(promptText(draft.prompt).en.split('\n').slice(0, 2)).toEqual([
    `  ${session}; Domain=shop.example.com (host-only); Path=/`,
    '  c0=v; Domain=example.org; Path=/a; Secure',
  ]);
});

test('three or more, of which one goes along: which of them', () => {
  const draft = asked({domain: 'example.com'}, {secureOnly: true}, {path: '/x'});
  if (draft?.form !== 'several') throw new Error('not several');
  expect([values(draft.right), values(draft.wrong)]).toEqual([[session], ['c0=v', 'c1=v', 'c2=v']]);
  expect(promptText(draft.prompt).en).toContain(
    'The browser keeps these cookies and asks for\n  http://shop.example.com/cart\nWhich of them go along?',
  );
  expect(draft.explain).toEqual(
    everywhere({
      en: 'The others stay: c0 is for the very host that set it; c1 is Secure, and this is no TLS; c2 is for another path.',
      zh: '其余的不带：c0 只属于设置它的那台主机；c1 是 Secure 的，而这里没有 TLS；c2 属于别的路径。',
    }),
  );
  expect(asked({path: '/x'}, {path: '/y'})?.form).toBe('several');
});

test('four are enough to look through, five are too many', () => {
  const other = {path: '/x'};
  expect(asked(other, other, other)).toBeDefined();
  expect(asked(other, other, other, other)).toBeUndefined();
});

test('what was sent is what the jar says, or nothing is asked', () => {
  // It would go along, and did not.
  expect(asked({})).toBeUndefined();
  expect(asked({domain: 'example.com', hostOnly: false})).toBeUndefined();
  expect(asked({secureOnly: true})).toBeDefined();
  // A longer path of the same host covers no more than its own part (§5.1.4).
  expect(asked({path: '/car'})).toBeDefined();
  expect(asked({path: '/cart'})).toBeUndefined();
});

test('what does not fit on a line is not asked about', () => {
  const lineOf = (domain: string): string => `  c0=v; Domain=${domain} (host-only); Path=/`;
  const wide = (columns: number): string => 'd'.repeat(columns - lineOf('').length);
  expect(lineOf(wide(110)).length).toBe(110);
  expect(asked({domain: wide(110)})).toBeDefined();
  expect(asked({domain: wide(111)})).toBeUndefined();
});

test('a pair of 60 characters is readable, one of 61 is not', () => {
  const pair = (length: number) => {
    const change = (own: Cookie): readonly Cookie[] => [
      own,
      {...own, name: 'c0', value: 'v'.repeat(length - 'c0='.length), path: '/x'},
    ];
    return cookieSent.places(keeping(change)).length;
  };
  expect(pair(60)).toBe(cookieSent.places(plain).length);
  expect(pair(61)).toBe(0);
});

test('what the browser keeps before the request counts, not what it keeps by then', () => {
  const [place = 0, ...others] = cookieSent.places(plain);
  const from = (first: number) => cookieSent.places(keeping((own, cursor) => (cursor < first ? [] : [own])));
  expect(from(place)).toEqual(others);
  expect(from(place - 1)).toEqual([place, ...others]);
});

test('an empty jar asks nothing', () => {
  expect(cookieSent.places(keeping(() => []))).toEqual([]);
});

// RFC 6265 §5.4, §4.1.2.5, §8.5: the port does not count, and Secure keeps a cookie from http: altogether.
describe('nothing goes along', () => {
  test('over TLS it was set Secure, without TLS it stays', () => {
    const [line] = linesOf(about('cookies-session/over-tls'), 'cookie-sent');
    expect(line).toMatch(/^#34 {2}\| JSESSIONID=[0-9A-F]{32}=secure-encrypts, /);
    const [draft] = cookieSent
      .places(about('cookies-session/over-tls'))
      .map((place) => cookieSent.ask(about('cookies-session/over-tls'), place, drawing(0)));
    const {right, wrong} = choiceOf(draft);
    expect(right).toEqual({text: everywhere({en: 'none of them', zh: '一个也不带'}), value: ''});
    // “None” is right: it is not offered as wrong as well.
    expect(wrong).not.toContain('');
    expect(draft?.explain).toEqual(
      everywhere({
        en: 'Nothing goes along: JSESSIONID is Secure, and this is no TLS.',
        zh: '一个也不带：JSESSIONID 是 Secure 的，而这里没有 TLS。',
      }),
    );
    expect(draft?.evidence).toEqual({packet: 34, field: 'http.cookie', value: ''});
  });
});

test('all go along', () => {
  const [draft] = cookieSent.places(plain).map((place) => cookieSent.ask(plain, place, drawing(0)));
  expect(choiceOf(draft).wrong).toEqual(['', session, session, `${session}; Path=/`, 'JSESSIONID']);
  expect(draft?.explain.en).toBe(
    'Host and path fit, so the browser sends name and value, nothing else of it.',
  );
});
