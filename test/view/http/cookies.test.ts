// Cookies and sessions on the screen. Oracles: the Cookie fields that the packets carry, RFC 6265 §5.3 for times, the session's
// 30 minutes of lesson 26.
import {expect, test} from 'vitest';
import type {Cause} from '../../../source/sim/scenario.ts';
import {Canvas} from '../../../source/view/canvas.ts';
import {asciiGlyphs, unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {jarScenes, sessionScenes} from '../../../source/view/http/cookies.ts';
import {cookiesPanel} from '../../../source/view/panels/cookies.ts';
import {type View, viewOf} from '../../../source/view/view.ts';
import {fieldValues} from '../../../source/wire/http/field-lines.ts';
import {textWidth} from '../../../source/words/width.ts';
import {at, flowsOf, get, httpScenario, notesOf, site, withThief} from '../../helpers/http-network.ts';
import {eventsOf, run} from '../../helpers/traces.ts';
import {paneOn} from '../pane.ts';
import {open, playingAt, textOf} from '../player.ts';
import {sizesTried} from '../sizes.ts';

const minute = 60_000;
const cookie = (value: string) => [{name: 'Set-Cookie', value}];
const routes = [
  {method: 'GET', path: '/', body: 'hello', session: {kind: 'open'}},
  {
    method: 'GET',
    path: '/theme',
    headers: cookie('theme=dark; Path=/account; Max-Age=3600; SameSite=Strict'),
  },
  {method: 'GET', path: '/all', headers: cookie('all=1; Domain=example.com; Max-Age=90')},
  {method: 'GET', path: '/safe', headers: cookie('safe=1; Path=/safe; HttpOnly')},
  {method: 'GET', path: '/account/me', body: 'ann'},
  {method: 'POST', path: '/login', session: {kind: 'login', user: 'ann', password: 'pw'}},
] as const;
const login = {call: 'post', url: `${site}/login`, body: 'user=ann&password=pw'} as const;
const script: readonly Cause[] = [
  at(0, get('/')),
  at(1000, get('/theme')),
  at(2000, get('/all')),
  at(3000, get('/safe')),
  at(4000, get('/account/me')),
  at(5000, login),
  at(2 * minute, get('/account/me')),
  at(3 * minute, get('/')),
  at(40 * minute, get('/')),
  at(41 * minute, {call: 'closeBrowser'}),
  at(42 * minute, get('/account/me')),
];
const trace = run(httpScenario(script, {routes}));
const opened = open({trace});
const viewAt = (ms: number, language: 'en' | 'zh' = 'en'): View =>
  viewOf({...opened, playback: {...playingAt(opened, ms * 1000), language}, message: undefined});

const jarAt = (ms: number): string[] =>
  (jarScenes(viewAt(ms))[0]?.lines ?? []).map(({name, domain, path, left, flags, verdict}) =>
    [name, domain, path, left, flags.join(' '), verdict].join(' | '),
  );

test('a cookie has the scope that Set-Cookie gave it, and what is left of Max-Age goes down (RFC 6265 §5.3)', () => {
  // The response to /theme comes at 1050 ms or later: of 3600 s a second later whole 3599 are left, and the one that runs.
  const stored = eventsOf(trace, 'note').filter(({note}) => note.kind === 'cookie' && note.op === 'stored');
  const themeUs = stored[1]?.atUs ?? 0;
  expect(jarAt(4500)).toEqual([
    'JSESSIONID | www.example.com | / | session | HttpOnly SameSite=Lax | sent',
    `theme | www.example.com | /account | ${3600 - Math.floor((4_500_000 - themeUs) / 1_000_000)} s | SameSite=Strict | sent`,
    expect.stringMatching(/^all \| \.example\.com \| \/ \| 8[78](\.\d+)? s \| {2}\| sent$/),
    'safe | www.example.com | /safe | session | HttpOnly | path',
  ]);
});

test('for another path the same cookie is withheld; after its time it is gone with the next request', () => {
  expect(jarAt(3500).find((line) => line.startsWith('theme'))).toMatch(/\| path$/);
  expect(jarAt(110_000).find((line) => line.startsWith('all'))).toMatch(/\| expired$/);
  expect(jarAt(2 * minute + 500).some((line) => line.startsWith('all'))).toBe(false);
});

test('the browser’s end takes the session’s cookies, not those with a time (§5.3)', () => {
  const names = (ms: number) => jarAt(ms).map((line) => line.split(' ')[0]);
  expect(names(40 * minute + 500)).toEqual(['JSESSIONID', 'theme', 'safe']);
  expect(names(41 * minute + 500)).toEqual(['theme']);
});

test('what is called sent is what the request then carries', () => {
  const requests = flowsOf(trace).flatMap((flow) => flow.requests);
  const calls = eventsOf(trace, 'call').filter(
    ({host, call}) => host === 'client' && call !== 'closeBrowser',
  );
  const carried = requests.map(({head}) => fieldValues(head.fields, 'Cookie')[0] ?? '');
  const told = calls.map(({atUs}, index) => {
    // Where the connection had gone a handshake comes first; either way the request has left by then, no answer has come.
    const [scene] = jarScenes(viewAt(atUs / 1000 + (index === 0 ? 1 : 0.001)));
    return (scene?.lines ?? []).filter(({verdict}) => verdict === 'sent').map(({name}) => name);
  });
  expect(told.map((names) => names.toSorted())).toEqual(
    carried.map((field) =>
      field
        .split('; ')
        .map((pair) => pair.split('=')[0] ?? '')
        .filter((name) => name !== '')
        .toSorted(),
    ),
  );
  expect(carried.filter((field) => field.includes('theme')).length).toBeGreaterThan(1);
});

const sessionsAt = (ms: number): string[] =>
  (sessionScenes(viewAt(ms))[0]?.lines ?? []).map(({user, left, expired, requests, heldBy}) =>
    [user, expired ? 'expired' : left, requests, heldBy.join(' ')].join(' | '),
  );

test('a session’s idle time begins anew with each request, and after 30 minutes it is good for nothing (lesson 26)', () => {
  // The login has made a new one, which the request of minute 3 finds; nobody asks for it until minute 40.
  const uses = eventsOf(trace, 'note').filter(
    ({note}) => note.kind === 'session' && (note.op === 'created' || note.op === 'found'),
  );
  for (const [ms, requests] of [
    [5500, 1],
    [2.5 * minute, 1],
    [10 * minute, 2],
    [20 * minute, 2],
  ] as const) {
    const {nowUs} = viewAt(ms);
    const used = uses.findLast(({atUs}) => atUs <= nowUs)?.atUs ?? 0;
    const left = Math.ceil(1800 - (nowUs - used) / 1_000_000);
    expect(sessionsAt(ms)).toEqual([`ann | ${left} s | ${requests} | client`]);
  }
  expect(viewAt(39 * minute).nowUs).toBeGreaterThan(33.5 * minute * 1000);
  expect(sessionsAt(39 * minute)).toEqual(['ann | expired | 2 | client']);
  // The request of minute 40 finds it expired and is given another.
  expect(sessionsAt(40 * minute + 500)).toEqual([' | 1800 s | 1 | client']);
  expect(notesOf(trace, 'session').map(({op}) => op)).toEqual([
    'created',
    'found',
    'ended',
    'created',
    'found',
    'expired',
    'unknown',
    'created',
  ]);
});

test('whoever has sent a copied id has it, too, when its owner’s browser is closed (RFC 6265 §8.4)', () => {
  const steal = at(2000, {...get('/account/me'), cookiesFrom: 'client'}, 'thief');
  const stolen = open({
    trace: run(withThief(httpScenario([at(0, login), steal, at(4000, {call: 'closeBrowser'})], {routes}))),
  });
  const holdersAt = (ms: number) =>
    sessionScenes(viewOf({...stolen, playback: playingAt(stolen, ms * 1000), message: undefined}))[0]
      ?.lines[0]?.heldBy;
  expect([1000, 3000, 4500].map(holdersAt)).toEqual([['client'], ['client', 'thief'], ['thief']]);
});

const drawn = (ms: number, columns: number, rows: number, language: 'en' | 'zh'): string[] => {
  const canvas = new Canvas(columns, rows);
  const glyphs = rows % 2 === 0 ? asciiGlyphs : unicodeGlyphs;
  cookiesPanel.put(paneOn(canvas, {glyphs, language}), viewAt(ms, language), cookiesPanel.start);
  expect(canvas.collisions, `${columns}×${rows} ${ms} ms`).toBe(0);
  return textOf(canvas);
};

test('the two tables at 72 columns and at 112', () => {
  expect(drawn(4500, 72, 13, 'en')).toMatchInlineSnapshot(`
    [
      "cookies of client       time left  next request",
      "  JSESSIONID=9D3E4BEC…    session  ✓ sent",
      "    www.example.com  /  HttpOnly  SameSite=Lax",
      "  theme=dark               3597 s  ✓ sent",
      "    www.example.com  /account  SameSite=Strict",
      "  all=1                      88 s  ✓ sent",
      "    .example.com  /",
      "  safe=1                  session  — other path",
      "    www.example.com  /safe  HttpOnly",
      "  http://www.example.com/account/me gets Cookie: JSESSIONID=9D3E4BEC…;…",
      "",
      "sessions of server  user  idle left  requests  id held by",
      "  9D3E4BEC…                  1796 s         1  client",
    ]
  `);
  expect(drawn(4500, 112, 9, 'zh')).toMatchInlineSnapshot(`
    [
      "客户端的 Cookie         域               路径        剩余  属性                   下次请求",
      "  JSESSIONID=9D3E4BEC…  www.example.com  /           会话  HttpOnly SameSite=Lax  ✓ 带上",
      "  theme=dark            www.example.com  /account  3597 s  SameSite=Strict        ✓ 带上",
      "  all=1                 .example.com     /           88 s                         ✓ 带上",
      "  safe=1                www.example.com  /safe       会话  HttpOnly               — 路径不符",
      "  访问 http://www.example.com/account/me 时带上 Cookie: JSESSIONID=9D3E4BEC…; theme=dark; all=1",
      "",
      "服务器的会话  用户  空闲剩余  请求  持有 id",
      "  9D3E4BEC…           1796 s     1  客户端",
    ]
  `);
});

test('at 40 sizes, in both languages, nothing is wider than its region', () => {
  for (const {columns, rows} of sizesTried())
    for (const language of ['en', 'zh'] as const)
      for (const ms of [0, 120, 4500, 41 * minute])
        for (const line of drawn(ms, columns, rows, language))
          expect(textWidth(line)).toBeLessThanOrEqual(columns);
});

test('each cookie and each session is a sentence', () => {
  const spoken = (language: 'en' | 'zh') => cookiesPanel.spoken?.(viewAt(4500, language), cookiesPanel.start);
  expect(spoken('en')).toMatchInlineSnapshot(`
    [
      "Cookies of client.",
      "Cookie JSESSIONID, value 9D3E4BEC..., for www.example.com, path /, until the browser is closed, goes with the next request.",
      "Cookie theme, value dark, for www.example.com, path /account, 3597 seconds left, goes with the next request.",
      "Cookie all, value 1, for .example.com, path /, 88 seconds left, goes with the next request.",
      "Cookie safe, value 1, for www.example.com, path /safe, until the browser is closed, does not go with the next request: other path.",
      "Sessions of server.",
      "Session 9D3E4BEC…, 1796 seconds left, its id is held by client.",
    ]
  `);
  expect(spoken('zh')).toMatchInlineSnapshot(`
    [
      "客户端的 Cookie。",
      "Cookie JSESSIONID，值 9D3E4BEC…，用于 www.example.com，路径 /，关闭浏览器时丢弃，下次请求会带上。",
      "Cookie theme，值 dark，用于 www.example.com，路径 /account，还剩 3597 秒，下次请求会带上。",
      "Cookie all，值 1，用于 .example.com，路径 /，还剩 88 秒，下次请求会带上。",
      "Cookie safe，值 1，用于 www.example.com，路径 /safe，关闭浏览器时丢弃，下次请求不带：路径不符。",
      "服务器的会话。",
      "会话 9D3E4BEC…，还剩 1796 秒，客户端持有它的 id。",
    ]
  `);
});
