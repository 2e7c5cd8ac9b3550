// Cookies, sessions and a client's cache over the simulated TCP. Oracles: curriculum lesson 26, RFC 6265, RFC 9111.
import {expect, test} from 'vitest';
import type {AppAction} from '../../source/sim/action.ts';
import {cookiesOn, jarOn, sessionsOn, sessionTableOn} from '../../source/sim/http-apps.ts';
import type {Host} from '../../source/sim/world.ts';
import {wallUs} from '../../source/stack/http/wall-clock.ts';
import {emptyJar, storeCookie} from '../../source/wire/http/cookie-jar.ts';
import {combinedValue} from '../../source/wire/http/field-lines.ts';
import {readSetCookie} from '../../source/wire/http/set-cookie.ts';
import {readHttpUrl} from '../../source/wire/http/uri.ts';
import {
  after,
  answersOf,
  at,
  type Flow,
  flowsOf,
  get,
  httpScenario,
  notesOf,
  site,
  withThief,
} from '../helpers/http-network.ts';
import {runs} from '../helpers/seeds.ts';
import {eventsOf, run} from '../helpers/traces.ts';

const minute = 60_000;
const shop = {
  routes: [
    {method: 'GET', path: '/', body: 'welcome', session: {kind: 'open'}},
    {method: 'GET', path: '/cart', body: 'cart', session: {kind: 'open'}},
    {method: 'GET', path: '/account', body: 'account', session: {kind: 'need', user: true}},
    {method: 'GET', path: '/orders', body: 'orders', session: {kind: 'need', otherwise: '/login'}},
    {method: 'GET', path: '/login', body: 'form'},
    {
      ...{method: 'POST', path: '/login', status: 303, redirect: '/account'},
      session: {kind: 'login', user: 'ann', password: 'secret'},
    },
    {method: 'POST', path: '/logout', body: 'bye', session: {kind: 'end'}},
  ],
} as const;

const requestFields = (flow: Flow | undefined, name: string) =>
  (flow?.requests ?? []).map(({head}) => combinedValue(head.fields, name));
const responseFields = (flow: Flow | undefined, name: string) =>
  (flow?.responses ?? []).map(({head}) => combinedValue(head.fields, name));
const post = (path: string, body: string, as?: string): AppAction => ({
  call: 'post',
  url: `${site}${path}`,
  body,
  ...(as ? {as} : {}),
});
const sessionOps = (trace: ReturnType<typeof run>) =>
  notesOf(trace, 'session', 'server').map(({op, live}) => `${op} ${live}`);
const rightForm = 'user=ann&password=secret';

test('the first answer sets JSESSIONID, every later request brings it back (RFC 6265 §3.1)', () => {
  const trace = run(httpScenario([at(0, get('/', {as: 'a'})), after('a', get('/cart'))], shop));
  const [flow] = flowsOf(trace);
  const [set, second] = responseFields(flow, 'Set-Cookie');
  expect(set).toMatch(/^JSESSIONID=[0-9A-F]{32}; Path=\/; HttpOnly; SameSite=Lax$/);
  expect(second).toBeUndefined();
  expect(requestFields(flow, 'Cookie')).toEqual([undefined, set?.split(';')[0]]);
  expect(sessionOps(trace)).toEqual(['created 1', 'found 1']);
});

test('ids are hard to guess: another seed, another id', () => {
  const idOf = (seed: number) =>
    notesOf(run(httpScenario([at(0, get('/'))], {...shop, change: {seed}})), 'session')[0]?.id;
  const count = runs(50, 10);
  const ids = Array.from({length: count}, (_, seed) => idOf(seed));
  expect(new Set(ids).size).toBe(count);
  expect(idOf(7)).toBe(idOf(7));
});

test('idle for 31 minutes: the id is unknown by then, two sessions made, one live; 29:59 renews (lesson 26)', () => {
  const trace = run(httpScenario([at(0, get('/')), at(31 * minute, get('/cart'))], shop));
  expect(sessionOps(trace)).toEqual(['created 1', 'expired 0', 'unknown 0', 'created 1']);
  const [first, second] = flowsOf(trace).map((flow) => responseFields(flow, 'Set-Cookie')[0]);
  expect(second).toMatch(/^JSESSIONID=/);
  expect(second).not.toBe(first);
  const kept = [at(0, get('/')), at(30 * minute - 1000, get('/cart')), at(59 * minute, get('/cart'))];
  expect(sessionOps(run(httpScenario(kept, shop)))).toEqual(['created 1', 'found 1', 'found 1']);
});

test('login: a new id, then the account; a wrong password is 401 (RFC 9110 §15.5.2)', () => {
  const script = [
    at(0, get('/', {as: 'a'})),
    after('a', get('/account', {as: 'b'})),
    after('b', post('/login', 'user=ann&password=wrong', 'c')),
    after('c', post('/login', rightForm, 'd')),
    after('d', post('/logout', '', 'e')),
    after('e', get('/account')),
  ];
  const trace = run(httpScenario(script, shop));
  expect(answersOf(trace).map(({exchanges}) => exchanges.map(({status}) => status))).toEqual([
    [200],
    [401],
    [401],
    [303, 200],
    [200],
    [401],
  ]);
  const [flow] = flowsOf(trace);
  const ids = responseFields(flow, 'Set-Cookie').flatMap(
    (value) => /^JSESSIONID=(\w+)/.exec(value ?? '')?.[1] ?? [],
  );
  expect(new Set(ids).size).toBe(2);
  expect(responseFields(flow, 'WWW-Authenticate')[1]).toBeDefined();
  // Max-Age=0 takes the cookie back, so the last request brings none.
  expect(requestFields(flow, 'Cookie').at(-1)).toBeUndefined();
  expect(sessionOps(trace).at(-1)).toBe('ended 0');
});

test('who has no session is led to the login page', () => {
  const trace = run(httpScenario([at(0, get('/orders'))], shop));
  expect(answersOf(trace)).toMatchObject([
    {status: 200, exchanges: [{status: 302}, {status: 200, url: `${site}/login`}]},
  ]);
});

test('a forged id finds nothing; a stolen one is as good as its owner’s (RFC 6265 §8.4)', () => {
  const forged = run(httpScenario([at(0, get('/account', {cookies: 'JSESSIONID=00000000'}))], shop));
  expect(sessionOps(forged)).toEqual(['unknown 0']);
  expect(answersOf(forged)).toMatchObject([{status: 401}]);
  const steal = (atMs: number) => at(atMs, {...get('/account'), cookiesFrom: 'client'}, 'thief');
  const stolen = run(withThief(httpScenario([at(0, post('/login', rightForm)), steal(2000)], shop)));
  expect(eventsOf(stolen, 'answer').at(-1)).toMatchObject({host: 'thief', answer: {status: 200}});
  const early = run(withThief(httpScenario([steal(0)], shop)));
  expect(eventsOf(early, 'answer')).toMatchObject([{host: 'thief', answer: {status: 401}}]);
  // Of an empty jar there is nothing to say (RFC 6265 §5.4, step 4).
  expect(flowsOf(early).flatMap((flow) => requestFields(flow, 'Cookie'))).toEqual([undefined]);
});

test('closing the browser drops the session cookie; the server’s session lives on (RFC 6265 §5.3)', () => {
  const script = [
    at(0, get('/')),
    at(1000, {call: 'closeBrowser'}),
    at(2000, {call: 'open', url: `${site}/cart`}),
  ];
  const trace = run(httpScenario(script, shop));
  expect(flowsOf(trace).flatMap((flow) => requestFields(flow, 'Cookie'))).toEqual([undefined, undefined]);
  expect(sessionOps(trace)).toEqual(['created 1', 'created 2']);
  expect(notesOf(trace, 'cookie', 'client').map(({op}) => op)).toEqual(['stored', 'dropped', 'stored']);
});

test('a closed browser answers its calls', () => {
  const trace = run(httpScenario([at(0, get('/')), at(120, {call: 'closeBrowser'})], shop));
  expect(answersOf(trace)).toMatchObject([{result: 'cancelled', atUs: 120_000}]);
  expect(eventsOf(trace, 'call').map(({call, result}) => [call, result])).toEqual([
    ['get', 'ok'],
    ['closeBrowser', 'ok'],
  ]);
});

test('a cookie with Max-Age outlives the browser and ends when its time is over', () => {
  const headers = [{name: 'Set-Cookie', value: 'lang=zh; Max-Age=60; Path=/'}];
  const routes = [
    {method: 'GET', path: '/', headers, body: ''},
    {method: 'GET', path: '/a', body: ''},
  ];
  const script = [
    at(0, get('/')),
    at(1000, {call: 'closeBrowser'}),
    at(2000, get('/a')),
    at(61_000, get('/a')),
  ] as const;
  const trace = run(httpScenario(script, {routes}));
  const sent = flowsOf(trace).flatMap((flow) => requestFields(flow, 'Cookie'));
  expect(sent).toEqual([undefined, 'lang=zh', undefined]);
  expect(notesOf(trace, 'cookie', 'client').map(({op}) => op)).toEqual(['stored', 'sent', 'expired']);
});

test('Set-Cookie over plain http, each with what the client makes of it', () => {
  const values = [
    ['lang=zh; Domain=other.example', 'refused 6265:5.3/refuse'],
    ['sid=1; Secure', 'refused 6265:5.3/refuse/secure'],
    ['sid=1; SameSite=None', 'refused 6265:5.3/refuse/same-site'],
    ['__Secure-sid=1', 'refused 6265:5.3/refuse/prefix'],
    [`long=${'x'.repeat(4096)}`, 'refused 6265:6.1/too-long'],
    ['gone=1; Max-Age=0', 'expired 6265:5.3/expire'],
    ['kept=1', 'stored 6265:5.3/store'],
  ] as const;
  const headers = values.map(([value]) => ({name: 'Set-Cookie', value}));
  const trace = run(
    httpScenario([at(0, get('/'))], {routes: [{method: 'GET', path: '/', headers, body: ''}]}),
  );
  const told = eventsOf(trace, 'note').flatMap(({note, because}) =>
    note.kind === 'cookie' ? [`${note.op} ${because}`] : [],
  );
  expect(told).toEqual(values.map(([, outcome]) => outcome));
});

/** RFC 9111: `Cache-Control` and validators of the page, then what the second and third visits cost. */
const cached = (headers: Readonly<Record<string, string>>, etag?: string) => {
  const fields = Object.entries(headers).map(([name, value]) => ({name, value}));
  const route = {method: 'GET', path: '/page', body: 'content', headers: fields, ...(etag ? {etag} : {})};
  const script = [at(0, get('/page')), at(5000, get('/page')), at(12_000, get('/page'))];
  const trace = run(httpScenario(script, {routes: [route]}));
  const statuses = notesOf(trace, 'response', 'server').map(({status}) => status);
  return {
    statuses,
    from: answersOf(trace).map(({exchanges}) => exchanges[0]?.from),
    answers: answersOf(trace),
  };
};

test.each([
  [
    'max-age=10, validator: fresh, then 304 (§4.2, §4.3)',
    {'Cache-Control': 'max-age=10'},
    [200, 304],
    ['cache', 'revalidated'],
  ],
  [
    'no-store: nothing is kept (§5.2.2.5)',
    {'Cache-Control': 'no-store'},
    [200, 200, 200],
    ['network', 'network'],
  ],
  [
    'no-cache: asked each time (§5.2.2.4)',
    {'Cache-Control': 'no-cache'},
    [200, 304, 304],
    ['revalidated', 'revalidated'],
  ],
  ['validator alone (§4.3)', {}, [200, 304, 304], ['revalidated', 'revalidated']],
  ['Vary, asked alike (§4.1)', {Vary: 'Accept'}, [200, 304, 304], ['revalidated', 'revalidated']],
  ['Vary: * never matches (§4.1)', {Vary: '*'}, [200, 200, 200], ['network', 'network']],
] as const)('cache: %s', (_, headers, statuses, from) => {
  const seen = cached(headers, '"v1"');
  expect(seen.statuses).toEqual(statuses);
  expect(seen.from).toEqual(['network', ...from]);
  expect(seen.answers.map(({status, bytes}) => [status, bytes])).toEqual([
    [200, 7],
    [200, 7],
    [200, 7],
  ]);
});

test('cache: what Vary names is part of the key (§4.1)', () => {
  const headers = [
    {name: 'Cache-Control', value: 'max-age=600'},
    {name: 'Vary', value: 'Accept-Language'},
  ];
  const inLanguage = (value: string) => get('/page', {headers: [{name: 'Accept-Language', value}]});
  const script = [
    at(0, inLanguage('zh')),
    at(1000, inLanguage('zh')),
    at(2000, inLanguage('en')),
    at(3000, inLanguage('en')),
  ];
  const trace = run(
    httpScenario(script, {routes: [{method: 'GET', path: '/page', body: 'content', headers}]}),
  );
  expect(answersOf(trace).map(({exchanges}) => exchanges[0]?.from)).toEqual([
    'network',
    'cache',
    'network',
    'cache',
  ]);
});

test('cache: without validator and lifetime there is nothing to keep (§3)', () => {
  expect(cached({}).from).toEqual(['network', 'network', 'network']);
});

test('cache: a POST makes what is stored of the page void (§4.4)', () => {
  const headers = [{name: 'Cache-Control', value: 'max-age=600'}];
  const routes = [
    {method: 'GET', path: '/page', body: 'content', headers},
    {method: 'POST', path: '/page', body: 'changed'},
  ];
  const script = [
    at(0, get('/page')),
    at(1000, get('/page')),
    at(2000, post('/page', 'a=1')),
    at(3000, get('/page')),
  ];
  const trace = run(httpScenario(script, {routes}));
  expect(answersOf(trace).map(({exchanges}) => exchanges[0]?.from)).toEqual([
    'network',
    'cache',
    'network',
    'network',
  ]);
});

test('what a browser holds: how long each cookie is good, and which do not go to a URL (RFC 6265 §5.3, §5.4)', () => {
  const second = 1_000_000;
  const url = readHttpUrl(`${site}/a/b`);
  if (!url) throw new Error('no URL');
  let jar = emptyJar;
  for (const line of ['s=1', 'p=2; Max-Age=60; Path=/', 'q=3; Max-Age=60; Path=/c']) {
    const set = readSetCookie(line);
    if (set) jar = storeCookie(jar, set, {url, nowUs: wallUs(0), api: 'http'});
  }
  const browser = {apps: new Map([['http', {app: 'http', state: {role: 'client', jar}}]])} as unknown as Host;
  const told = (nowUs: number, path?: string) =>
    (cookiesOn(browser, nowUs, path && `${site}${path}`) ?? []).map(
      ({cookie, leftUs, withheld}) => `${cookie.name} ${leftUs} ${withheld}`,
    );
  expect(told(0)).toEqual([
    's undefined undefined',
    `p ${60 * second} undefined`,
    `q ${60 * second} undefined`,
  ]);
  expect(told(45 * second, '/a/x')).toEqual([
    's undefined undefined',
    'p 15000000 undefined',
    'q 15000000 path',
  ]);
  expect(told(61 * second)).toEqual(['s undefined undefined', 'p 0 undefined', 'q 0 undefined']);
  // Its size is that of the field: name, '=' and value, '; ' between two.
  expect(jarOn(browser, `${site}/a/x`, 0)).toEqual({size: 2, field: 's=1; p=2'});
  expect(jarOn(browser, 'no URL', 0)).toBeUndefined();
  const empty = {apps: new Map([['http', {app: 'http', state: {role: 'client', jar: emptyJar}}]])};
  expect(jarOn(empty as unknown as Host, site, 0)).toEqual({size: 0, field: ''});
  expect(cookiesOn({apps: new Map()} as unknown as Host, 0, undefined)).toBeUndefined();
});

test('what a server keeps: until when a session is good if nobody uses it', () => {
  const trace = run(httpScenario([at(0, get('/')), at(1000, get('/cart'))], shop));
  const server = trace.stateAt(trace.length - 1)?.hosts['server'];
  if (!server) throw new Error('no server');
  const [session, ...others] = sessionTableOn(server, 11_000_000) ?? [];
  expect(others).toEqual([]);
  const limitUs = 30 * minute * 1000;
  // Used again as the second request came, a second after the first.
  expect(session).toMatchObject({limitUs, leftUs: (session?.usedUs ?? 0) + limitUs - 11_000_000});
  expect(session?.usedUs).toBeGreaterThan(1_000_000);
  expect(sessionTableOn(server, 3 * limitUs)).toMatchObject([{leftUs: 0}]);
  expect(sessionsOn(server, 11_000_000)).toEqual({count: 1, created: 1});
  expect(sessionsOn(server, 3 * limitUs)).toEqual({count: 0, created: 1});
  const client = trace.stateAt(trace.length - 1)?.hosts['client'];
  expect(client && sessionsOn(client, 0)).toBeUndefined();
});

test('what a call says to send goes along on the same origin, and to no other (RFC 9110 §15.4)', () => {
  const cookiesTo = (redirect: string) => {
    const routes = [
      {method: 'GET', path: '/old', status: 301, redirect},
      {method: 'GET', path: '/1', body: 'one'},
    ];
    const client = {hosts: {'www.example.com': '198.51.100.20', 'example.com': '198.51.100.20'}};
    const call = get('/old', {
      cookies: 'a=b',
      headers: [
        {name: 'Authorization', value: 'x'},
        {name: 'X-A', value: '1'},
      ],
    });
    return flowsOf(run(httpScenario([at(0, call)], {routes, client}))).flatMap(({requests}) =>
      requests.map(({head}) =>
        ['Cookie', 'Authorization', 'X-A'].map((name) => combinedValue(head.fields, name)),
      ),
    );
  };
  expect(cookiesTo('/1')).toEqual([
    ['a=b', 'x', '1'],
    ['a=b', 'x', '1'],
  ]);
  expect(cookiesTo('http://example.com/1')).toEqual([
    ['a=b', 'x', '1'],
    [undefined, undefined, '1'],
  ]);
});
