// What a client makes of an answer. Oracle: RFC 9110 §15.4 (redirects), RFC 9111 §3 and §4 (what is stored, and for how long), RFC 6265
// §5.3 and §5.4 (cookies), RFC 6797 §8 (strict transport).
import {describe, expect, test} from 'vitest';
import {OneClient} from '../../helpers/http/one-client.ts';

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const post = {call: 'post', url: 'http://a.test/form', body: 'a=1'} as const;
const second = 1_000_000;

/** With these fields; the date is that of the run's beginning. */
const answer = (fields: readonly string[], {status = 200, content = 'ok'} = {}): string =>
  [
    `HTTP/1.1 ${status} Said`,
    ...fields,
    'Date: Thu, 01 Jan 2026 00:00:00 GMT',
    ...(status === 304 ? [] : [`Content-Length: ${content.length}`]),
    '',
    content,
  ].join('\r\n');

describe('a redirect', () => {
  const to = (status: number, location: string) =>
    `HTTP/1.1 ${status} Elsewhere\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`;
  const fields = ['Authorization', 'Cookie', 'Origin', 'Referer', 'X-Own'].map((name) => ({
    name,
    value: 'v',
  }));
  const sent = (location: string, status = 302) => {
    const client = new OneClient({hosts: {'a.test': '192.0.2.1', 'b.test': '192.0.2.2'}});
    client
      .call({...post, headers: fields, cookies: 'own=1'})
      .connected()
      .hear(to(status, location));
    if (location.includes('b.test')) client.connected();
    return client;
  };

  test('to another origin says nothing of this one (RFC 9110 §15.4); within it, all', () => {
    const elsewhere = sent('http://b.test/x');
    expect(elsewhere.addresses).toEqual(['192.0.2.1', '192.0.2.2']);
    expect(elsewhere.written.at(-1)).toBe('1 GET /x HTTP/1.1\r\nHost: b.test\r\nX-Own: v\r\n\r\n');
    const here = sent('/x').written.at(-1);
    expect(here).toMatch(/^0 GET \/x HTTP\/1.1\r\nHost: a.test\r\n/);
    for (const {name} of fields) expect(here).toContain(`\r\n${name}: v\r\n`);
    expect(here).toContain('Cookie: own=1\r\n');
  });

  test.each([
    [301, 'GET', ''],
    [302, 'GET', ''],
    [303, 'GET', ''],
    [307, 'POST', 'a=1'],
    [308, 'POST', 'a=1'],
  ])('%i: %s, with what it had or without', (status, method, content) => {
    const last = sent('/x', status).written.at(-1) ?? '';
    expect(last.startsWith(`0 ${method} /x `)).toBe(true);
    expect(last.split('\r\n\r\n')[1]).toBe(content);
    expect(last.includes('Content-Type')).toBe(content !== '');
  });

  // RFC 9110 §15.4: fields that tell of content go with it.
  test.each([
    [303, false],
    [307, true],
  ])('%i: what the caller said of the content, too', (status, isKept) => {
    const headers = [
      {name: 'Content-Language', value: 'de'},
      {name: 'X-Own', value: 'v'},
    ];
    const client = new OneClient()
      .call({...post, headers})
      .connected()
      .hear(to(status, '/x'));
    const last = client.written.at(-1) ?? '';
    expect([last.includes('Content-Language: de'), last.includes('X-Own: v')]).toEqual([isKept, true]);
  });

  test('that leads nowhere is an answer', () => {
    for (const location of ['https://a.test/', 'ftp://a.test/'])
      expect(sent(location).result(1), location).toBe('ok 302');
    expect(new OneClient().get('/').connected().hear(ok.replace('200', '302')).result(1)).toBe('ok 302');
    expect(sent('/x', 304).result(1)).toBe('ok 304');
  });

  test('so many and no more', () => {
    const client = new OneClient({redirects: 2}).get('/').connected();
    for (const path of ['/1', '/2', '/3']) client.hear(to(302, path));
    expect([client.requests, client.result(1)]).toEqual([
      ['0 GET /', '0 GET /1', '0 GET /2'],
      'redirects 302',
    ]);
    expect(client.notes.at(-1)).toMatchObject({kind: 'redirect', to: 'http://a.test/3', refused: true});
    expect(client.answer(1)?.exchanges.map(({url}) => url)).toEqual(
      ['', '1', '2'].map((path) => `http://a.test/${path}`),
    );
  });
});

describe('what is stored (RFC 9111)', () => {
  const told = ({notes}: OneClient) =>
    notes.flatMap((each) => (each.kind === 'http-cache' ? [`${each.op} ${each.url} ${each.freshS}`] : []));
  const page = 'http://a.test/';
  const storing = (...fields: readonly string[]) => new OneClient().get('/').connected().hear(answer(fields));

  test('serves as long as it is fresh (§4.2), a second that has begun counting', () => {
    const client = storing('Cache-Control: max-age=10');
    client.nowUs = 3.5 * second;
    client.get('/');
    expect(client.requests).toEqual(['0 GET /']);
    expect(client.answer(2)).toMatchObject({
      result: 'ok',
      status: 200,
      bytes: 2,
      exchanges: [{from: 'cache'}],
    });
    expect(told(client)).toEqual([`stored ${page} 10`, `hit ${page} 7`]);
    // The fragment is none of the server's business, the query is.
    client.get('/#there').get('/?q');
    expect(client.requests).toEqual(['0 GET /', '0 GET /?q']);
    client.hear(ok);
    client.nowUs = 10 * second;
    client.get('/');
    expect(client.requests).toEqual(['0 GET /', '0 GET /?q', '0 GET /']);
    expect(told(client).at(-1)).toBe(`stale ${page} 0`);
  });

  test('stale, it is asked for with its validators; 304 makes it fresh again (§4.3)', () => {
    const client = storing('Cache-Control: max-age=1', 'ETag: "v1"');
    client.nowUs = 2 * second;
    client.get('/');
    expect(client.written.at(-1)).toContain('If-None-Match: "v1"\r\n');
    client.hear(answer(['Cache-Control: max-age=60'], {status: 304, content: ''}));
    expect(client.answer(2)).toMatchObject({
      status: 200,
      bytes: 2,
      exchanges: [{from: 'revalidated', status: 200}],
    });
    expect(told(client).slice(1)).toEqual([`stale ${page} -1`, `revalidated ${page} 58`]);
    expect(client.get('/').result(3)).toBe('ok 200');
  });

  test('a new answer takes its place; one that nobody asked under a condition is an answer', () => {
    const client = storing('Cache-Control: max-age=1', 'ETag: "v1"');
    client.nowUs = 2 * second;
    client.get('/').hear(answer(['Cache-Control: max-age=60'], {content: 'new'}));
    expect(client.answer(2)).toMatchObject({bytes: 3, exchanges: [{from: 'network'}]});
    expect(client.get('/').answer(3)).toMatchObject({bytes: 3, exchanges: [{from: 'cache'}]});
    const plain = new OneClient()
      .get('/')
      .connected()
      .hear(answer([], {status: 304, content: ''}));
    expect(plain.result(1)).toBe('ok 304');
  });

  test('not for whoever wants the origin’s word, brings cookies of his own, or keeps nothing', () => {
    const fresh = 'Cache-Control: max-age=60';
    const asks = (more: object) => storing(fresh).get('/', more).requests.length;
    expect([
      asks({}),
      asks({headers: [{name: 'Pragma', value: 'no-cache'}]}),
      asks({cookies: 'a=1'}),
    ]).toEqual([1, 2, 2]);
    const none = new OneClient({cache: false})
      .get('/')
      .connected()
      .hear(answer([fresh]));
    expect([none.get('/').requests.length, told(none)]).toEqual([2, []]);
    expect(
      storing('Vary: Accept', fresh).get('/', {headers: [{name: 'Accept', value: 'x'}]}).requests,
    ).toHaveLength(2);
    expect(storing(fresh).call({call: 'request', method: 'HEAD', url: page}).requests).toEqual([
      '0 GET /',
      '0 HEAD /',
    ]);
  });

  test.each([
    ['POST', 200, 2],
    ['POST', 303, 2],
    ['POST', 400, 1],
    ['PUT', 204, 2],
    ['HEAD', 200, 1],
  ])('%s answered with %i: then GET goes out for the %i. time (§4.4)', (method, status, times) => {
    const client = storing('Cache-Control: max-age=60');
    client.call({call: 'request', method, url: page});
    client.hear(`HTTP/1.1 ${status} Said\r\n${status === 204 ? '' : 'Content-Length: 0\r\n'}\r\n`);
    expect(client.result(2)).toBe(`ok ${status}`);
    client.get('/');
    expect(client.requests.filter((each) => each === '0 GET /')).toHaveLength(times);
  });
});

describe('cookies (RFC 6265)', () => {
  const told = ({notes}: OneClient) =>
    notes.flatMap((each) =>
      each.kind === 'cookie' ? [`${each.op} ${each.name}=${each.value} ${each.domain} ${each.path}`] : [],
    );
  const why = (client: OneClient) =>
    client.effects.flatMap((each) =>
      each.kind === 'note' && each.note.kind === 'cookie' ? [each.because] : [],
    );
  const sets = (...cookies: readonly string[]) =>
    new OneClient()
      .get('/d/x')
      .connected()
      .hear(answer(cookies.map((each) => `Set-Cookie: ${each}`)));
  const cookieSent = (client: OneClient) => /\r\nCookie: (.*)\r\n/.exec(client.written.at(-1) ?? '')?.[1];

  test('are sent back where they belong (§5.4), and said to be withheld where they do not', () => {
    const client = sets('a=1', 'b=2; Path=/', 'c=3; Secure', 'not a cookie');
    expect(told(client)).toEqual(['stored a=1 a.test /d', 'stored b=2 a.test /', 'refused c=3 a.test /d']);
    expect(why(client)).toEqual(['6265:5.3/store', '6265:5.3/store', '6265:5.3/refuse/secure']);
    expect(cookieSent(client.get('/d/y'))).toBe('a=1; b=2');
    expect(told(client).slice(3)).toEqual(['sent a=1 a.test /d', 'sent b=2 a.test /']);
    client.hear(ok).get('/e');
    expect(cookieSent(client)).toBe('b=2');
    expect(told(client).slice(5)).toEqual(['sent b=2 a.test /', 'withheld a=1 a.test /d']);
    expect(cookieSent(client.hear(ok).get('/d/z', {cookies: 'own=1'}))).toBe('own=1');
    expect(cookieSent(client.hear(ok).get('/d/z', {cookies: ''}))).toBeUndefined();
    expect(cookieSent(client.hear(ok).get('http://192.0.2.9/').connected())).toBeUndefined();
    expect(told(client)).toHaveLength(7);
  });

  test.each([
    ['d=1; Domain=b.test', '6265:5.3/refuse'],
    [`l=${'x'.repeat(5000)}`, '6265:6.1/too-long'],
    ['__Host-h=1', '6265:5.3/refuse/prefix'],
    ['s=1; SameSite=None', '6265:5.3/refuse/same-site'],
  ])('%.20s is refused', (cookie, rule) => {
    const client = sets(cookie);
    expect(why(client)).toEqual([rule]);
    expect(told(client)[0]).toMatch(/^refused /);
    expect(cookieSent(client.get('/d/y'))).toBeUndefined();
  });

  test('end by their age, or as the server says (§5.3)', () => {
    const client = sets('a=1; Max-Age=5', 'b=2');
    client.nowUs = 5 * second;
    expect(cookieSent(client.get('/d/y'))).toBe('b=2');
    expect(told(client).slice(2)).toEqual(['expired a=1 a.test /d', 'sent b=2 a.test /d']);
    client.hear(answer(['Set-Cookie: b=; Max-Age=0']));
    expect([told(client).at(-1), why(client).at(-1)]).toEqual(['expired b= a.test /d', '6265:5.3/expire']);
    expect(cookieSent(client.get('/d/y'))).toBeUndefined();
  });

  test('a client without them keeps and sends none', () => {
    const client = new OneClient({cookies: false})
      .get('/')
      .connected()
      .hear(answer(['Set-Cookie: a=1']));
    expect(cookieSent(client.get('/'))).toBeUndefined();
    expect(told(client)).toEqual([]);
  });

  test('what a redirect sets goes with the request that it asks for', () => {
    const client = new OneClient().get('/').connected();
    client.hear('HTTP/1.1 302 Said\r\nLocation: /x\r\nSet-Cookie: a=1\r\nContent-Length: 0\r\n\r\n');
    expect([client.requests.at(-1), cookieSent(client)]).toEqual(['0 GET /x', 'a=1']);
  });
});

describe('strict transport (RFC 6797 §8)', () => {
  const secure = {roots: []};
  const hosts = {'a.test': '192.0.2.1', 'b.a.test': '192.0.2.2', 'aa.test': '192.0.2.3'};
  const visited = (url: string, value: string) =>
    new OneClient({secure, hosts})
      .get(url)
      .connected()
      .hear(answer([`Strict-Transport-Security: ${value}`]));
  const ports = (client: OneClient) =>
    client.effects.flatMap((each) => (each.kind === 'connect' ? [each.to.port] : []));

  test('a site that asked for it over TLS is visited by https, on 443 or where the URL says', () => {
    const client = visited('https://a.test/', 'max-age=60');
    client.get('/').get('http://a.test:81/').get('http://b.a.test/').get('http://aa.test/');
    expect([client.requests[1], ports(client)]).toEqual(['0 GET /', [443, 81, 80, 80]]);
    expect(client.notes.filter((each) => each.kind === 'strict-transport')).toEqual([
      {kind: 'strict-transport', op: 'stored', host: 'a.test', maxAgeS: 60},
      {kind: 'strict-transport', op: 'used', from: 'http://a.test/', to: 'https://a.test/'},
      {kind: 'strict-transport', op: 'used', from: 'http://a.test:81/', to: 'https://a.test:81/'},
    ]);
    const wide = visited('https://a.test/', 'max-age=60; includeSubDomains').get('http://b.a.test/');
    expect(ports(wide.get('http://aa.test/'))).toEqual([443, 443, 80]);
  });

  test('not for longer, nor once it takes that back, nor what was said in clear', () => {
    const client = visited('https://a.test/', 'max-age=60');
    client.nowUs = 60 * second - 1;
    client.get('/').hear(ok);
    expect(ports(client)).toEqual([443]);
    client.nowUs = 60 * second;
    expect(ports(client.get('/'))).toEqual([443, 80]);
    const back = visited('https://a.test/', 'max-age=60')
      .get('/')
      .hear(answer(['Strict-Transport-Security: max-age=0']));
    expect(ports(back.get('/'))).toEqual([443, 80]);
    expect(ports(visited('http://a.test/', 'max-age=60').get('/'))).toEqual([80]);
    expect(ports(visited('https://192.0.2.9/', 'max-age=60').get('http://192.0.2.9/'))).toEqual([443, 80]);
    expect(ports(visited('https://a.test/', 'nothing').get('/'))).toEqual([443, 80]);
  });
});
