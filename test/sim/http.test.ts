// HTTP over the simulated TCP. Oracles: curriculum lessons 23 to 26, RFC 9110, 9111, 9112, 6265; RTT is 100 ms.
import {expect, test} from 'vitest';
import {segmentOf} from '../../source/account/packet.ts';
import type {AppAction} from '../../source/sim/action.ts';
import {httpClientDefaults} from '../../source/stack/http/client-settings.ts';
import {httpServerDefaults} from '../../source/stack/http/server-settings.ts';
import {RecordType} from '../../source/wire/dns/registry.ts';
import {fieldValues} from '../../source/wire/http/field-lines.ts';
import {hasFlag} from '../../source/wire/tcp.ts';
import {abcZone, ask, dnsScenario, messagesOf} from '../helpers/dns-network.ts';
import {
  after,
  answersOf,
  at,
  flowsOf,
  get,
  httpScenario,
  notesOf,
  site,
  statusesOf,
} from '../helpers/http-network.ts';
import {few, runs} from '../helpers/seeds.ts';
import {eventsOf, packetsOf, run, statesOf} from '../helpers/traces.ts';

const page = (path: string, body: string) => ({method: 'GET', path, type: 'text/html', body});
const three = {routes: [page('/1', 'one'), page('/2', 'two'), page('/3', 'three')]};
const threeGets = (more = {}) => [
  at(0, get('/1', {as: 'a', ...more})),
  after('a', get('/2', {as: 'b', ...more})),
  after('b', get('/3', {as: 'c', ...more})),
];
const syns = (trace: ReturnType<typeof run>) => packetsOf(trace).filter((line) => / client SYN\b/.test(line));

test('the request of lesson 23 is 57 octets, its first line 32', () => {
  const hello = {
    method: 'GET',
    path: '/sample/hello.jsp',
    type: 'text/html',
    body: 'Hello, world!',
    close: true,
  };
  const trace = run(httpScenario([at(0, get('/sample/hello.jsp'))], {routes: [hello]}));
  const [flow] = flowsOf(trace);
  expect(flow?.bytes.client.length).toBe(57);
  expect(flow?.requests[0]?.head.start.span).toEqual({start: 0, end: 32});
  expect(statusesOf(flow)).toEqual([200]);
  expect(answersOf(trace)).toMatchObject([{result: 'ok', status: 200, bytes: 13, atUs: 200_000}]);
  expect(statesOf(trace).filter((line) => line.endsWith('TIME-WAIT'))).toEqual([
    expect.stringContaining('server'),
  ]);
});

test('keep-alive: three requests on one connection, 400 ms (lesson 24 B)', () => {
  const trace = run(httpScenario(threeGets(), three));
  expect(syns(trace)).toHaveLength(1);
  expect(answersOf(trace).map(({atUs, status, bytes}) => [atUs, status, bytes])).toEqual([
    [200_000, 200, 3],
    [300_000, 200, 3],
    [400_000, 200, 5],
  ]);
  expect(notesOf(trace, 'http-connection', 'client').map(({op, nth}) => [op, nth])).toEqual([
    ['opened', 1],
    ['reused', 2],
    ['reused', 3],
  ]);
  // Idle for 15 s, then the server closes.
  const close = statesOf(trace).find((line) => line.includes('server ESTABLISHED > FIN-WAIT-1'));
  expect(close).toBe('15350 server ESTABLISHED > FIN-WAIT-1');
});

test('HTTP/1.0: a connection for each request, 600 ms, TIME-WAIT three times on the server (lesson 24 A)', () => {
  const trace = run(httpScenario(threeGets({version: '1.0'}), three));
  expect(syns(trace)).toHaveLength(3);
  expect(answersOf(trace).map(({atUs}) => atUs)).toEqual([200_000, 400_000, 600_000]);
  const timeWaits = statesOf(trace).filter((line) => line.endsWith('TIME-WAIT'));
  expect(timeWaits.map((line) => line.split(' ')[1])).toEqual(['server', 'server', 'server']);
});

test('1.0 with keep-alive in every request: one connection (RFC 9112 §9.3)', () => {
  const client = {version: '1.0', headers: [{name: 'Connection', value: 'keep-alive'}]} as const;
  expect(syns(run(httpScenario(threeGets(), {...three, client})))).toHaveLength(1);
});

const pipelined = (urls: readonly string[]) =>
  at(0, {call: 'pipeline', urls: urls.map((path) => `${site}${path}`)});

test('pipelining: one round trip for three, 200 ms (lesson 24 C)', () => {
  const trace = run(httpScenario([pipelined(['/1', '/2', '/3'])], three));
  expect(answersOf(trace)).toMatchObject([
    {result: 'ok', atUs: 200_000, exchanges: [{bytes: 3}, {bytes: 3}, {bytes: 5}]},
  ]);
  expect(syns(trace)).toHaveLength(1);
});

test('a slow first answer holds up those behind it (RFC 9112 §9.3.2)', () => {
  const slow = {...page('/1', 'one'), delayUs: 1_000_000};
  const routes = [slow, ...three.routes.slice(1)];
  const trace = run(httpScenario([pipelined(['/1', '/2', '/3'])], {routes}));
  const started = eventsOf(trace, 'note').flatMap(({note, atUs}) =>
    note.kind === 'response' && note.by === 'server' ? [[note.target, atUs]] : [],
  );
  expect(started).toEqual([
    ['/1', 1_150_000],
    ['/2', 1_150_000],
    ['/3', 1_150_000],
  ]);
  const [flow] = flowsOf(trace);
  expect(flow?.responses).toHaveLength(3);
  expect(new TextDecoder().decode(flow?.bytes.server)).toMatch(/one.*two.*three$/s);
});

test('301 leads to the page in two requests, on the same connection (RFC 9110 §15.4.2)', () => {
  const routes = [{method: 'GET', path: '/old', status: 301, redirect: '/1'}, ...three.routes];
  const trace = run(httpScenario([at(0, get('/old'))], {routes}));
  expect(answersOf(trace)).toMatchObject([
    {
      result: 'ok',
      status: 200,
      exchanges: [
        {status: 301, url: `${site}/old`},
        {status: 200, url: `${site}/1`},
      ],
    },
  ]);
  const [flow] = flowsOf(trace);
  expect(statusesOf(flow)).toEqual([301, 200]);
});

/** RFC 9110 §15.4.2–4, §15.4.8–9: what a POST becomes. */
test.each([
  [301, 'GET', 0],
  [302, 'GET', 0],
  [303, 'GET', 0],
  [307, 'POST', 3],
  [308, 'POST', 3],
])('after %i a POST is a %s with %i octets', (status, method, bytes) => {
  const routes = ['GET', 'POST'].map((each) => ({...page('/there', each), method: each}));
  const form = {method: 'POST', path: '/form', status, redirect: '/there'};
  const post = {call: 'post', url: `${site}/form`, body: 'a=1'} as const;
  const trace = run(httpScenario([at(0, post)], {routes: [form, ...routes]}));
  const [, second] = notesOf(trace, 'request', 'server');
  expect(second).toMatchObject({method, target: '/there', bytes});
});

test('a circle of redirects ends after ten (RFC 9110 §15.4)', () => {
  const routes = [
    {method: 'GET', path: '/a', redirect: '/b'},
    {method: 'GET', path: '/b', redirect: '/a'},
  ];
  const trace = run(httpScenario([at(0, get('/a'))], {routes}));
  expect(answersOf(trace)).toMatchObject([{result: 'redirects', status: 302}]);
  expect(notesOf(trace, 'request', 'server')).toHaveLength(11);
});

test('HEAD and 304 have no content; the connection goes on behind them (RFC 9112 §6.3)', () => {
  const routes = [{...page('/page', 'content'), etag: '"v1"'}];
  const known = [{name: 'If-None-Match', value: 'W/"v1"'}];
  const script = [
    at(0, {call: 'request', method: 'HEAD', url: `${site}/page`, as: 'head'}),
    after('head', get('/page', {headers: known, as: 'known'})),
    after('known', get('/page')),
  ];
  const trace = run(httpScenario(script, {routes, client: {cache: false}}));
  const [flow] = flowsOf(trace);
  expect(statusesOf(flow)).toEqual([200, 304, 200]);
  expect(flow?.responses.map(({head}) => fieldValues(head.fields, 'Content-Length'))).toEqual([
    ['7'],
    [],
    ['7'],
  ]);
  expect(answersOf(trace).map(({bytes}) => bytes)).toEqual([0, 0, 7]);
});

test.each([
  ['by length', {}, 'incomplete'],
  ['in chunks', {chunkBytes: 40}, 'incomplete'],
] as const)('content %s, cut off (RFC 9112 §8)', (_, more, result) => {
  const route = {...page('/page', 'x'.repeat(200)), cutAfter: 100, ...more};
  const trace = run(httpScenario([at(0, get('/page'))], {routes: [route]}));
  expect(answersOf(trace)).toMatchObject([{result, status: 200, bytes: 100}]);
});

test('content that only the end of the connection delimits looks whole when cut (RFC 9112 §8)', () => {
  const route = {...page('/page', 'x'.repeat(200)), cutAfter: 100, chunkBytes: 40};
  const trace = run(httpScenario([at(0, get('/page', {version: '1.0'}))], {routes: [route]}));
  expect(answersOf(trace)).toMatchObject([{result: 'ok', status: 200, bytes: 100}]);
});

/** The server crashes while it works, and is up again before anybody asks anew: the client's retransmission draws RST. */
const dying = (call: 'get' | 'post') => {
  const routes = ['GET', 'POST'].map((method) => ({...page('/buy', 'done'), method, delayUs: 500_000}));
  const power = (atMs: number, on: 'crash' | 'reboot') =>
    ({when: {kind: 'at', atUs: atMs * 1000}, host: 'server', action: {call: on}}) as const;
  const asked = call === 'get' ? get('/buy') : ({call, url: `${site}/buy`, body: 'n=1'} as const);
  // The crash comes before the request does, so the client sends it again by TCP and meets a rebooted server.
  return run(httpScenario([at(0, asked), power(120, 'crash'), power(200, 'reboot')], {routes}));
};

test('a connection that dies without an answer: GET is sent again, POST is not (RFC 9110 §9.2.2)', () => {
  const idempotent = dying('get');
  expect(notesOf(idempotent, 'retry')).toMatchObject([{method: 'GET', allowed: true}]);
  expect(answersOf(idempotent)).toMatchObject([{result: 'ok', status: 200}]);
  expect(syns(idempotent)).toHaveLength(2);
  const other = dying('post');
  expect(notesOf(other, 'retry')).toMatchObject([{method: 'POST', allowed: false}]);
  expect(answersOf(other)).toMatchObject([{result: 'reset'}]);
  expect(syns(other)).toHaveLength(1);
});

/** What the parser and the routes refuse, each with the clause that names the status. */
test.each([
  ['Host missing in 1.1 (RFC 9112 §3.2)', get('/1', {omitHost: true}), 400],
  ['no Host, 1.0 (RFC 9112 §3.2)', get('/1', {omitHost: true, version: '1.0'}), 200],
  ['nothing there (RFC 9110 §15.5.5)', get('/none'), 404],
  ['path for other methods (RFC 9110 §15.5.6)', {call: 'request', method: 'PUT', url: `${site}/1`}, 405],
  ['method that nobody knows (RFC 9110 §15.6.2)', {call: 'request', method: 'BREW', url: `${site}/1`}, 501],
] as const)('%s', (_, call, status) => {
  const trace = run(httpScenario([at(0, call)], three));
  expect(answersOf(trace)).toMatchObject([{result: 'ok', status}]);
  const [flow] = flowsOf(trace);
  if (status === 405)
    expect(fieldValues(flow?.responses[0]?.head.fields ?? [], 'Allow')).toEqual(['GET, HEAD']);
});

test('100 (Continue): the content leaves once the server has said so (RFC 9110 §10.1.1)', () => {
  const upload = {...page('/upload', 'thanks'), method: 'POST'};
  const call = (path: string) =>
    ({call: 'post', url: `${site}${path}`, body: 'x'.repeat(50), expect: true}) as const;
  const trace = run(httpScenario([at(0, call('/upload'))], {routes: [upload]}));
  const [flow] = flowsOf(trace);
  expect(statusesOf(flow)).toEqual([100, 200]);
  expect(answersOf(trace)).toMatchObject([{status: 200, atUs: 300_000}]);
  // Refused by its head alone: the content never leaves.
  const refused = flowsOf(run(httpScenario([at(0, call('/none'))], {routes: [upload]})));
  expect(refused.map(statusesOf)).toEqual([[404]]);
  expect(new TextDecoder().decode(refused[0]?.bytes.client)).not.toContain('xxx');
});

test('a name that nobody knows, a port that nobody has', () => {
  const other = {call: 'get', url: 'http://elsewhere.example/'} as const;
  const closed = {call: 'get', url: 'http://198.51.100.20:81/'} as const;
  const trace = run(httpScenario([at(0, other), at(0, closed)], three));
  expect(answersOf(trace).map(({result, atUs}) => [result, atUs])).toEqual([
    ['unresolved', 0],
    ['refused', 100_000],
  ]);
});

test('virtual hosts: the same path, told apart by Host (RFC 9110 §7.2)', () => {
  const server = {virtualHosts: [{host: 'shop.example.com', routes: [page('/', 'shop')]}]};
  const client = {hosts: {'www.example.com': '198.51.100.20', 'shop.example.com': '198.51.100.20'}};
  const script = [at(0, get('/', {as: 'a'})), after('a', {call: 'open', url: 'http://shop.example.com'})];
  const trace = run(httpScenario(script, {routes: [page('/', 'www')], server, client}));
  expect(answersOf(trace).map(({content}) => new TextDecoder().decode(content))).toEqual(['www', 'shop']);
});

test('after so many requests the server ends the connection, the next one opens another', () => {
  const trace = run(httpScenario(threeGets(), {...three, server: {maxRequests: 2}}));
  expect(flowsOf(trace).map(({requests}) => requests.length)).toEqual([2, 1]);
  expect(answersOf(trace).map(({status}) => status)).toEqual([200, 200, 200]);
});

test('a server that crashes after its ACK: silence, which the client bears for five minutes', () => {
  const crash = {when: {kind: 'at', atUs: 160_000}, host: 'server', action: {call: 'crash'}} as const;
  const routes = [{...page('/slow', 'slow'), delayUs: 1_000_000}];
  const trace = run(httpScenario([at(0, get('/slow')), crash], {routes}));
  // Asked at 100 ms, and nothing but an ACK since.
  expect(answersOf(trace)).toMatchObject([{result: 'timedOut', atUs: 300_100_000}]);
  expect(notesOf(trace, 'request', 'client')).toHaveLength(1);
});

test('the server that ends its own direction still reads, the client that closes does not (RFC 9112 §9.6, RFC 1122 §4.2.2.13)', () => {
  const trace = run(httpScenario([at(0, get('/last'))], {routes: [{...page('/last', 'one'), close: true}]}));
  const ended = [...trace.events()].flatMap((event) => {
    const segment = event.kind === 'send' && event.frame ? segmentOf({frame: event.frame}) : undefined;
    if (event.kind !== 'send' || !segment || !hasFlag(segment, 'FIN')) return [];
    const [tcb] = trace.stateAt(event.n)?.hosts[event.host]?.tcp.connections.values() ?? [];
    return [[event.host, tcb?.readerGone]];
  });
  expect(ended).toEqual([
    ['server', false],
    ['client', true],
  ]);
});

test('a connection of which the server has said close serves nothing more (RFC 9112 §9.6)', () => {
  const routes = [{...page('/1', 'one'), close: true}, ...three.routes.slice(1)];
  const trace = run(httpScenario(threeGets(), {routes}));
  expect(notesOf(trace, 'http-connection', 'client').map(({op}) => op)).toEqual([
    'opened',
    'opened',
    'reused',
  ]);
  expect(notesOf(trace, 'retry')).toEqual([]);
});

const seeds = Array.from({length: 600}, (_, seed) => seed);

/** Whatever the path loses and whenever the server crashes, a call is never left without an answer, nor answered twice. */
test.each(few(seeds, runs(30, 3)))('seed %i: every call is answered once', (seed) => {
  const routes = [
    ...three.routes,
    {...page('/large', ''), body: {bytes: 20_000}},
    {...page('/chunks', ''), body: {bytes: 5000}, chunkBytes: 700},
    {method: 'GET', path: '/old', redirect: '/2'},
    {method: 'POST', path: '/form', body: 'thanks', delayUs: 300_000},
  ];
  const calls: readonly AppAction[] = [
    get('/large'),
    get('/1', {version: '1.0'}),
    {call: 'pipeline', urls: ['/1', '/large', '/3'].map((path) => `${site}${path}`)},
    {call: 'post', url: `${site}/form`, body: 'x'.repeat(3000), expect: true},
    get('/old'),
    get('/chunks'),
    {call: 'post', url: `${site}/form`, body: 'a=1'},
  ];
  const power = (atMs: number, call: 'crash' | 'reboot') =>
    ({when: {kind: 'at', atUs: atMs * 1000}, host: 'server', action: {call}}) as const;
  const crash = seed % 3 === 0 ? [power(90 + 61 * seed, 'crash'), power(2000 + 61 * seed, 'reboot')] : [];
  const script = [...calls.map((call, nth) => at(nth * 150, {...call, as: `${nth}`})), ...crash];
  const scenario = httpScenario(script, {
    routes,
    // Of each loss, with a crash and without one.
    client: {connectionsPerOrigin: 1 + (Math.floor(seed / 12) % 3)},
    change: {seed},
  });
  const links = scenario.links.map((link) => ({...link, loss: (seed % 4) * 0.1}));
  const trace = run({...scenario, links});
  const answered = eventsOf(trace, 'answer').map(({action}) => Number(action.as));
  expect(answered.toSorted((a, b) => a - b)).toEqual(calls.map((_, nth) => nth));
  const results = answersOf(trace).map(({result}) => result);
  // What loss alone can spoil: a request that meets the server's idle close and must not be sent again (RFC 9112 §9.5),
  const refused = notesOf(trace, 'retry').filter(({allowed}) => !allowed).length;
  // and an answer that the server's TCP gives up at R2: its client hears no more of it (RFC 9293 §3.8.3).
  const gaveUp = eventsOf(trace, 'state').filter(({because}) => because === '9293:3.8.3/give-up').length;
  const spoilt = results.filter((result) => result !== 'ok').length;
  if (crash.length === 0) {
    expect(spoilt).toBeGreaterThanOrEqual(refused);
    expect(spoilt).toBeLessThanOrEqual(refused + gaveUp);
  }
  expect(results.filter((result) => result === 'malformed')).toEqual([]);
});

test('a run is the same made twice, and the world is the same after any event', () => {
  const make = () => run(httpScenario(threeGets(), three));
  expect(packetsOf(make())).toEqual(packetsOf(make()));
  const trace = make();
  const last = trace.stateAt(trace.length);
  trace.stateAt(20);
  expect(trace.stateAt(trace.length)).toEqual(last);
});

test('a status that has been read can be waited for', () => {
  const script = [
    at(0, get('/none')),
    {
      when: {kind: 'on', host: 'client', event: 'status', status: 404, afterUs: 0},
      host: 'client',
      action: get('/1'),
    } as const,
  ];
  expect(answersOf(run(httpScenario(script, three))).map(({status}) => status)).toEqual([404, 200]);
});

/** Lesson 20's resolver walk, then TCP to the address that it found: that of the resolver's own host, a step away. */
test('a name is asked of the host’s DNS application, once; then the cache has it', () => {
  const record = {name: 'web.abc.com.', type: RecordType.A, class: 1, ttl: 300} as const;
  const records = [{...record, data: {kind: 'A', address: '192.0.2.53'} as const}];
  const scenario = dnsScenario([
    ask(0, {call: 'editZone', origin: abcZone.origin, records}, 'auth'),
    ask(1, {call: 'open', url: 'http://web.abc.com/'}),
    ask(30_000, {call: 'open', url: 'http://web.abc.com/'}),
    ask(31_000, {call: 'open', url: 'http://nope.abc.com/'}),
  ]);
  const server = {...httpServerDefaults, routes: [{method: 'GET', path: '/', body: 'hello'}]};
  const trace = run({
    ...scenario,
    apps: [
      ...(scenario.apps ?? []),
      {host: 'm', spec: {app: 'http', spec: {role: 'client', settings: {...httpClientDefaults, dns: true}}}},
      {host: 'local', spec: {app: 'http', spec: {role: 'server', settings: server}}},
    ],
  });
  // 130 ms for the walk, then two round trips of 10 ms.
  expect(answersOf(trace).map(({result, status, atUs}) => [result, status, atUs])).toEqual([
    ['ok', 200, 151_000],
    ['ok', 200, 30_020_000],
    ['unresolved', undefined, expect.any(Number)],
  ]);
  const questions = messagesOf(trace).filter(({from, message}) => from === 'm' && !message.flags.qr);
  expect(questions.map(({message}) => message.questions[0]?.name)).toEqual(['web.abc.com.', 'nope.abc.com.']);
});
