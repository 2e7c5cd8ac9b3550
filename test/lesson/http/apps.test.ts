// `apps: [{host, http: {…}}]`: used, and misused with place and remedy pinned. Oracles: RFC 9110,
// RFC 9112 §9, the servlet container's 30 minutes.
import {describe, expect, test} from 'vitest';
import {misspelt, type Told} from '../told-problem.ts';
import {answersOf, errorsOf, exchangesOf, load, script, server, traceWith} from './site.ts';

const asked = (path: string, more = ''): string =>
  script(`{at: 0ms, host: client, call: get, url: 'http://server${path}'${more}}`);

describe('routes', () => {
  test.each([
    ['status, type, size', '{get: /, status: 203, type: text/html, body: 13B}', 'client 200 ok 203 13'],
    ['a body in words', '{get: /, body: hello}', 'client 200 ok 200 5'],
    ['delay', '{get: /, body: 1B, delay: 200ms}', 'client 400 ok 200 1'],
    ['another method', '{method: DELETE, path: /}', 'client 200 ok 405 23'],
    ['another path', '{get: /other}', 'client 200 ok 404 14'],
    ['chunks', '{get: /, body: 300B, chunks: 100B}', 'client 200 ok 200 300'],
    // RFC 9112 §8: fewer octets than Content-Length says.
    [
      'a length beyond the content',
      '{get: /, body: 13B, headers: {Content-Length: 20}}',
      'client 200 incomplete 200 13',
    ],
    ['the right length', '{get: /, body: 13B, headers: {Content-Length: 13}}', 'client 200 ok 200 13'],
    ['a session that is missing', '{get: /, session: need}', 'client 200 ok 401 17'],
  ])('%s', (_, route, answer) => {
    const trace = traceWith({runs: server(`routes: [${route}]`)});
    expect(answersOf(trace)).toEqual([answer]);
  });

  test('redirect: followed to where it leads, with 302 where no status is given', () => {
    const routes =
      'routes: [{get: /, redirect: /two, status: 301}, {get: /two, redirect: /three}, {get: /three}]';
    expect(exchangesOf(traceWith({runs: server(routes)}))).toEqual([
      '301 http://server/',
      '302 http://server/two',
      '200 http://server/three',
    ]);
  });

  test('ETag and Last-Modified as fields make the route conditional (RFC 9110 §13.1)', () => {
    const runs = server(
      `routes: [{get: /a, body: 9B, headers: {ETag: '"v1"'}}, {get: /b, body: 9B, headers: {Last-Modified: 'Thu, 01 Jan 2026 00:00:00 GMT'}}]`,
    );
    const get = (path: string, field: string) => asked(path, `, headers: {${field}}`);
    const statuses = [
      get('/a', `If-None-Match: '"v1"'`),
      get('/a', `If-None-Match: '"v2"'`),
      get('/b', `If-Modified-Since: 'Fri, 02 Jan 2026 00:00:00 GMT'`),
      get('/b', `If-Modified-Since: 'Wed, 31 Dec 2025 00:00:00 GMT'`),
    ].map((each) => answersOf(traceWith({runs, script: each}))[0]?.split(' ')[3]);
    expect(statuses).toEqual(['304', '200', '304', '200']);
  });

  test('cookies: a Set-Cookie for each, with a value or so many octets of one', () => {
    const runs = server('routes: [{get: /, cookies: {theme: dark, big: 3kB}}, {get: /two}]');
    const trace = traceWith({
      runs,
      script: script(
        "{at: 0ms, host: client, call: get, url: 'http://server/', as: one}",
        "{on: {host: client, event: answered, of: one}, call: get, url: 'http://server/two'}",
      ),
    });
    const stored = [...trace.events()].flatMap((event) =>
      event.kind === 'note' && event.note.kind === 'cookie'
        ? [`${event.note.op} ${event.note.name} ${event.note.value.length} ${event.note.path}`]
        : [],
    );
    expect(stored).toEqual(['stored theme 4 /', 'stored big 3000 /', 'sent theme 4 /', 'sent big 3000 /']);
  });

  test('Connection: close and close: true end the connection with the answer, else it stays for keepAlive', () => {
    const fin = (route: string, more = ''): number | undefined => {
      const trace = traceWith({runs: server(`routes: [{get: /, ${route}}]${more}`)});
      const state = [...trace.events()].find((event) => event.kind === 'state' && event.to === 'FIN-WAIT-1');
      expect(state?.host).toBe('server');
      return state && state.atUs / 1000;
    };
    expect(fin('headers: {Connection: close}')).toBe(150);
    expect(fin('close: true')).toBe(150);
    // Half a round trip after the response, the server has its ACK; it has been idle since it wrote.
    expect(fin('body: 1B', ', keepAlive: 5s')).toBe(5150);
    expect(fin('body: 1B', ', keepAlive: off')).toBe(150);
    expect(fin('body: 1B', ', maxRequests: 1')).toBe(150);
  });
});

describe('sessions', () => {
  const cart = 'routes: [{get: /}, {get: /static, session: none}], sessions: {cookie: SID, idle: 10m}';

  test('every route makes one unless it says none', () => {
    const cookies = (path: string) =>
      [...traceWith({runs: server(cart), script: asked(path)}).events()].flatMap((event) =>
        event.kind === 'note' && event.note.kind === 'cookie' ? [event.note.name] : [],
      );
    expect(cookies('/')).toEqual(['SID']);
    expect(cookies('/static')).toEqual([]);
  });

  test('log in, be let in, log out', () => {
    const routes = `routes: [
      {post: /login, session: {login: ann, password: secret}},
      {get: /cart, session: {need: user, otherwise: /login-form}},
      {get: /login-form},
      {get: /logout, session: end}]`;
    const get = (at: string, path: string) =>
      `{at: ${at}, host: client, call: get, url: 'http://server${path}'}`;
    const login = (at: string, password: string) =>
      `{at: ${at}, host: client, call: post, url: 'http://server/login', body: user=ann&password=${password}}`;
    const trace = traceWith({
      runs: server(routes),
      script: script(
        ...[get('0s', '/cart'), login('1s', 'guess'), login('2s', 'secret'), get('3s', '/cart')],
        ...[get('4s', '/logout'), get('5s', '/cart')],
      ),
    });
    expect(answersOf(trace).map((line) => line.split(' ')[3])).toEqual([
      '200',
      '401',
      '200',
      '200',
      '200',
      '200',
    ]);
    expect(exchangesOf(trace, 0)[0]).toBe('302 http://server/cart');
    expect(exchangesOf(trace, 3)).toEqual(['200 http://server/cart']);
    expect(exchangesOf(trace, 5)[0]).toBe('302 http://server/cart');
  });
});

describe('who is who', () => {
  test('a name that is no host is the one server’s; sites tell several apart', () => {
    const open = script("{at: 0ms, host: client, call: get, url: 'http://www.example.com/'}");
    expect(answersOf(traceWith({script: open}))).toEqual(['client 200 ok 200 10']);
    const sites = 'sites: {www.example.com: [{get: /, body: 77B}]}, routes: [{get: /, body: 1B}]';
    expect(answersOf(traceWith({script: open, runs: server(sites)}))).toEqual(['client 200 ok 200 77']);
  });

  test('browser: version 1.0 opens a connection for each request, connections bounds them', () => {
    const runs = `${server('routes: [{get: /, body: 10B}]')}  - {host: client, http: {browser: {version: 1.0, headers: {User-Agent: x}}}}\n`;
    const twice = script(
      "{at: 0ms, host: client, call: get, url: 'http://server/', as: a}",
      "{on: {host: client, event: answered, of: a}, call: get, url: 'http://server/'}",
    );
    const trace = traceWith({runs, script: twice});
    expect(answersOf(trace)).toEqual(['client 200 ok 200 10', 'client 400 ok 200 10']);
  });

  test('only a host that calls gets a browser', () => {
    const hosts = (lesson: ReturnType<typeof load>) => lesson.runs[0]?.apps?.map(({host}) => host);
    expect(hosts(load())).toEqual(['server', 'client']);
    expect(hosts(load({script: script('{at: 0ms, host: client, call: crash}')}))).toEqual(['server']);
  });

  test('a what-if that calls brings a browser too', () => {
    const lesson = load({
      script: script('{at: 0ms, host: server, call: crash}'),
      whatIf: `whatIf: [{title: {en: t, zh: 题}, script: [{at: 1s, host: client, call: get, url: 'http://server/'}]}]\n`,
    });
    expect(lesson.runs[0]?.apps).toHaveLength(1);
    expect(lesson.whatIfs[0]?.run.apps).toHaveLength(2);
  });
});

describe('misused', () => {
  test('a host that the topology has not', () => {
    expect(errorsOf({runs: 'apps:\n  - {host: nobody, http: {routes: [{get: /}]}}\n'})).toMatchObject([
      {at: '15:12', says: 'problem.unknownWord', remedy: 'allowedHere', given: 'nobody'},
    ]);
  });

  const route = (inside: string): readonly Told[] => errorsOf({runs: server(`routes: [${inside}]`)});

  test.each([
    ['{status: 200}', {at: '15:36', says: 'httpRoutes.whichRequest'}],
    ['{get: /, post: /}', {at: '15:36', says: 'httpRoutes.whichRequest'}],
    ['{get: /, path: /x}', {at: '15:36', says: 'httpRoutes.whichRequest'}],
    ['{get: x}', {at: '15:42', says: 'schemaProblems.expected.isNotWhat', what: 'path', shown: 'x'}],
    [
      '{get: /, status: 99}',
      {at: '15:53', says: 'schemaProblems.expected.isNotWhat', what: 'status code', shown: '99'},
    ],
    ['{get: /, delai: 5s}', misspelt('15:45', 'delai', 'delay', 'key')],
    ['{get: /, headers: {ETag: v1}}', {at: '15:61', says: 'httpRoutes.etag'}],
    ['{get: /, headers: {Last-Modified: today}}', {at: '15:70', says: 'httpRoutes.lastModified'}],
    ['{get: /, body: 13B, headers: {Content-Length: 5}}', {at: '15:82', says: 'httpRoutes.contentLength'}],
    [
      '{get: /, body: a, headers: {Content-Length: 999999999}}',
      {at: '15:80', says: 'httpRoutes.contentLength'},
    ],
    [
      '{get: /, body: 1048577}',
      {at: '15:51', says: 'schemaProblems.expected.isNotWhat', what: 'body', shown: '1048577'},
    ],
    [
      '{get: /, body: 2MiB}',
      {at: '15:51', says: 'schemaProblems.expected.isNotWhat', what: 'body', shown: '2MiB'},
    ],
    [
      '{get: /, cookies: {a: 65537B}}',
      {at: '15:58', says: 'schemaProblems.expected.isNotWhat', what: 'cookie value', shown: '65537B'},
    ],
    [
      '{get: /, body: 9B, chunks: 0B}',
      {at: '15:63', says: 'schemaProblems.expected.isNotWhat', what: 'chunk size', shown: '0B'},
    ],
    ['{get: /, headers: {Transfer-Encoding: chunked}}', {at: '15:74', says: 'httpRoutes.transferEncoding'}],
    ['{get: /, headers: {X-A: "é\\n"}}', {at: '15:60', says: 'httpScalars.readHeaders', name: 'X-A'}],
    ['{get: /, cookies: {theme: "very dark"}}', {at: '15:62', says: 'httpRoutes.noCookie', name: 'theme'}],
    [
      '{get: /, session: closed}',
      {at: '15:54', says: 'schemaProblems.expected.isNotWhat', what: 'route session', shown: 'closed'},
    ],
  ])('routes: [%s]', (inside, error) => {
    expect(route(inside)).toMatchObject([error]);
  });

  test.each([
    ['port: 80, browser: {}', {at: '15:26', says: 'httpApps.anHTTPProgram'}],
    [
      'sessions: {idle: long}',
      {at: '15:44', says: 'schemaProblems.expected.isNotWhat', what: 'duration', shown: 'long'},
    ],
    ['prot: 80', misspelt('15:27', 'prot', 'port', 'key')],
  ])('http: {%s}', (inside, error) => {
    const found = errorsOf({runs: server(inside)});
    expect(found).toMatchObject([error]);
  });
});
