// Lines of HTTP applications: what a run says in both languages, and that no kind of note is left without words.
import {expect, test} from 'vitest';
import type {Trace, TraceEvent} from '../../source/sim/trace.ts';
import {appEventText} from '../../source/words/app-text.ts';
import {after, at, get, httpScenario, site} from '../helpers/http-network.ts';
import {run} from '../helpers/traces.ts';

const shop = {
  routes: [
    {method: 'GET', path: '/', body: 'welcome', session: {kind: 'open'}, etag: '"v1"'},
    {method: 'GET', path: '/old', status: 301, redirect: '/'},
    {method: 'GET', path: '/round', redirect: '/round'},
    {method: 'GET', path: '/cut', body: {bytes: 200}, cutAfter: 20},
    {method: 'GET', path: '/fresh', body: 'x', headers: [{name: 'Cache-Control', value: 'max-age=60'}]},
    {
      method: 'GET',
      path: '/alien',
      body: 'x',
      headers: [{name: 'Set-Cookie', value: 'a=b; Domain=else.example'}],
    },
    {method: 'GET', path: '/deep/', body: 'x', headers: [{name: 'Set-Cookie', value: 'c=d; Path=/deep'}]},
    {method: 'POST', path: '/logout', body: 'bye', session: {kind: 'end'}},
  ],
} as const;

const script = [
  at(0, get('/old', {as: 'a'})),
  after('a', get('/', {as: 'b'})),
  after('b', get('/cut', {as: 'c'})),
  after('c', get('/fresh', {as: 'd'})),
  after('d', get('/fresh', {as: 'e'})),
  after('e', get('/round', {as: 'f'})),
  after('f', get('/alien', {as: 'g'})),
  after('g', {call: 'pipeline', urls: [`${site}/`, `${site}/none`], as: 'h'}),
  at(10_000, {call: 'post', url: `${site}/logout`, body: ''}),
  at(20_000, get('/', {cookies: 'JSESSIONID=0'})),
  at(25_000, get('/deep/')),
  at(30_000, get('/')),
  at(31_000, {call: 'closeBrowser'}),
  at(2_000_000, get('/', {as: 'z'})),
];
const trace: Trace = run(httpScenario(script, shop));

const isTold = (event: TraceEvent): event is Extract<TraceEvent, {kind: 'note' | 'answer'}> =>
  event.kind === 'note' || event.kind === 'answer';
const told = [...trace.events()].filter(isTold);
const lines = (language: 'en' | 'zh'): readonly string[] =>
  told.map((event) => appEventText(event, language) ?? '');

test('each kind of note occurs in the run, so that each is told below', () => {
  const kinds = told.flatMap((event) =>
    event.kind === 'note' && 'op' in event.note ? [`${event.note.kind} ${event.note.op}`] : [],
  );
  const wanted = [
    ...['request sent', 'request received', 'response started', 'response finished', 'response incomplete'],
    ...['http-connection opened', 'http-connection reused', 'http-connection closing'],
    ...['cookie stored', 'cookie refused', 'cookie sent', 'cookie withheld'],
    ...['cookie expired', 'cookie dropped'],
    ...['session created', 'session found', 'session unknown', 'session expired', 'session ended'],
    ...['http-cache hit', 'http-cache stale', 'http-cache stored', 'http-cache revalidated'],
  ];
  expect(wanted.filter((kind) => !kinds.includes(kind))).toEqual([]);
});

test('every line is one language, without a blank, a line end or an em dash', () => {
  for (const line of lines('en')) expect(line).toMatch(/^[\x20-\x7e…]+$/);
  lines('zh').forEach((line, index) => {
    if (told[index]?.kind === 'note') expect(line).toMatch(/[\u4e00-\u9fff]/);
    expect(line).not.toMatch(/[\n\u2014]|[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]/);
  });
});

test('a cookie that stays in the jar is told with what forbids it (RFC 6265 §5.4)', () => {
  const kept = (language: 'en' | 'zh') =>
    lines(language)
      .filter((line) => line.includes('c=d'))
      .at(1);
  expect(kept('en')).toBe('does not send cookie c=d (www.example.com, path /deep): other path');
  expect(kept('zh')).toBe('不带 Cookie c=d（www.example.com，路径 /deep）：路径不符');
});

test('as one would say it', () => {
  expect(lines('en').slice(0, 3)).toEqual([
    'has opened a connection to http://www.example.com',
    'sends GET /old HTTP/1.1, request 1 on its connection',
    'receives GET /old HTTP/1.1, request 1 on its connection',
  ]);
  const answers = told.flatMap((event) => (event.kind === 'answer' ? [appEventText(event, 'en')] : []));
  expect(answers.slice(0, 3)).toEqual([
    'get(http://www.example.com/old) = 200, 7 B',
    'get(http://www.example.com/) = 200, 7 B',
    'get(http://www.example.com/cut) = incomplete; 200, 20 B',
  ]);
  expect(answers[7]).toMatch(/^pipeline\(.* .*\) = 200, 7 B; 404, 14 B$/);
});

/** The server closes its idle connection after 15 s, at 15.150 s here; what crosses its FIN is asked again only where that does no harm. */
test.each([
  [get('/'), 'sends GET / again', '重发 GET /'],
  [
    {call: 'post', url: `${site}/logout`, body: ''} as const,
    'does not send POST /logout again, because the server might do it twice',
    '不重发 POST /logout，因为服务器可能执行两次',
  ],
])('a request that meets the server’s close: %#', (second, en, zh) => {
  const crossed = run(httpScenario([at(0, get('/')), at(15_170, second)], shop));
  const events = [...crossed.events()].filter(isTold);
  for (const [language, text] of [
    ['en', en],
    ['zh', zh],
  ] as const)
    expect(events.map((event) => appEventText(event, language))).toContain(text);
});

test('redirects are told with where they lead, and the one too many', () => {
  const redirects = lines('en').filter((line) => line.includes(' leads to '));
  expect(redirects[0]).toBe('301 leads to GET http://www.example.com/');
  expect(redirects.at(-1)).toBe(
    '302 leads to http://www.example.com/round, but that is one redirect too many',
  );
});
