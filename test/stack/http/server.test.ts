// An HTTP server against octets as clients, careless ones and attackers send them. Oracle: the clause beside each row.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {errorReply} from '../../../source/stack/http/reply.ts';
import {codePoint} from '../../helpers/any-text.ts';
import {OneServer} from '../../helpers/http/one-server.ts';
import {runs} from '../../helpers/seeds.ts';

const routes = [
  {method: 'GET', path: '/', type: 'text/plain', body: 'hello'},
  {method: 'GET', path: '/a b', body: 'space'},
  {method: 'POST', path: '/form', body: 'thanks'},
  {method: 'GET', path: '/slow', body: 'slow', delayUs: 1_000_000},
  {method: 'GET', path: '/chunks', body: {bytes: 100}, chunkBytes: 30},
] as const;
const host = 'Host: www.example.com\r\n';
const get = (target: string) => `GET ${target} HTTP/1.1\r\n${host}\r\n`;

/** [clause, what comes, statuses, does the connection end?] */
test.each([
  ['RFC 9112 §3: request line', get('/'), [200], false],
  ['RFC 9112 §2.2: empty line', `\r\n${get('/')}`, [200], false],
  ['RFC 9112 §3.2.2: absolute form', get('http://www.example.com/'), [200], false],
  ['RFC 3986 §2.1: a space, encoded', get('/a%20b'), [200], false],
  ['RFC 3986 §6.2.2.2: encoded without need', get('/f%6Frm'), [405], false],
  ['RFC 3986 §3.4: a query', get('/?a=1'), [200], false],
  ['RFC 9112 §9.3: two on one connection', get('/') + get('/'), [200, 200], false],
  ['RFC 9112 §9.6: close', `GET / HTTP/1.1\r\n${host}Connection: close\r\n\r\n${get('/')}`, [200], true],
  ['RFC 9112 §9.3: 1.0 is one request', `GET / HTTP/1.0\r\n\r\n`, [200], true],
  ['RFC 9112 §9.3: 1.0 with keep-alive', `GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n`, [200], false],
  ['RFC 9112 §3: no space in it', `GET/ HTTP/1.1\r\n${host}\r\n`, [400], true],
  ['RFC 9112 §3.2: no Host', 'GET / HTTP/1.1\r\n\r\n', [400], true],
  ['RFC 9112 §3.2: two Hosts', `GET / HTTP/1.1\r\n${host}${host}\r\n`, [400], true],
  ['RFC 9112 §5.1: space before the colon', `GET / HTTP/1.1\r\n${host}A : b\r\n\r\n`, [400], true],
  ['RFC 9112 §5.2: folded line', `GET / HTTP/1.1\r\n${host}A: b\r\n c\r\n\r\n`, [400], true],
  [
    'RFC 9112 §6.1: length and coding',
    `POST /form HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    [400],
    true,
  ],
  [
    'RFC 9112 §6.3: lengths that differ',
    `POST /form HTTP/1.1\r\n${host}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`,
    [400],
    true,
  ],
  [
    'RFC 9112 §6.1: a coding nobody knows',
    `POST /form HTTP/1.1\r\n${host}Transfer-Encoding: zip, chunked\r\n\r\n0\r\n\r\n`,
    [501],
    true,
  ],
  [
    'RFC 9112 §7.1: chunk size',
    `POST /form HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nxyz\r\n`,
    [400],
    true,
  ],
  ['RFC 9110 §2.5: major version', `GET / HTTP/2.0\r\n${host}\r\n`, [505], true],
  ['RFC 9110 §2.5: minor version', `GET / HTTP/1.7\r\n${host}\r\n`, [200], false],
  ['RFC 9110 §15.6.2: method', `BREW / HTTP/1.1\r\n${host}\r\n`, [501], false],
  ['RFC 9110 §9.1: methods have case', `get / HTTP/1.1\r\n${host}\r\n`, [501], false],
  [
    'RFC 9110 §15.5.6: for another method',
    `POST / HTTP/1.1\r\n${host}Content-Length: 0\r\n\r\n`,
    [405],
    false,
  ],
  [
    'RFC 9110 §10.1.1: before content',
    `POST /form HTTP/1.1\r\n${host}Content-Length: 5\r\nExpect: 100-continue\r\n\r\n`,
    [100],
    false,
  ],
  [
    'RFC 9110 §10.1.1: with content',
    `POST /form HTTP/1.1\r\n${host}Content-Length: 5\r\nExpect: 100-continue\r\n\r\nhello`,
    [200],
    false,
  ],
  ['RFC 9110 §15.5.15: line too long', `GET /${'x'.repeat(70_000)}`, [414], true],
  ['RFC 6585 §5: fields too long', `GET / HTTP/1.1\r\n${host}A: ${'x'.repeat(70_000)}\r\n\r\n`, [431], true],
  ['RFC 6585 §5: too many fields', `GET / HTTP/1.1\r\n${host}${'A: b\r\n'.repeat(300)}\r\n`, [431], true],
  ['RFC 9112 §2.2: good, then nonsense', `${get('/')}what?\r\n`, [200, 400], true],
  [
    'RFC 9112 §7.1: chunked content',
    `POST /form HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n${get('/')}`,
    [200, 200],
    false,
  ],
] as const)('%s', (_, octets, statuses, closes) => {
  const server = new OneServer(routes).hear(octets);
  const noted = server.notes.flatMap((each) => (each.kind === 'response' ? [each.status] : []));
  expect([server.statuses(), noted]).toEqual([statuses, statuses]);
  expect(server.closing).toBe(closes);
});

test('as early data only what does no harm twice, where the route allows it: 425 (RFC 8470 §5.2)', () => {
  const pages = [
    {method: 'GET', path: '/', type: 'text/plain', body: 'hello'},
    {method: 'GET', path: '/late', type: 'text/plain', body: 'hello', notEarly: true},
    {method: 'POST', path: '/', type: 'text/plain', body: 'done'},
  ] as const;
  const asked = (request: string, early: boolean) => {
    const data = new TextEncoder().encode(`${request} HTTP/1.1\r\n${host}Content-Length: 0\r\n\r\n`);
    const event = {kind: 'data', stream: 'c', data, ...(early ? {early: true as const} : {})} as const;
    return new OneServer(pages).happen(event).statuses()[0];
  };
  const requests = ['GET /', 'GET /late', 'POST /'];
  expect(requests.map((request) => asked(request, true))).toEqual([200, 425, 425]);
  expect(requests.map((request) => asked(request, false))).toEqual([200, 200, 200]);
});

describe('connections', () => {
  test('idle for 15 s: closed without a word; in the middle of a head: 408 (RFC 9112 §9.5, RFC 9110 §15.5.9)', () => {
    const idle = new OneServer(routes).hear(get('/')).wait();
    expect(idle.nowUs).toBe(15_000_000);
    expect(idle.statuses()).toEqual([200]);
    expect(idle.closing).toBe(true);
    expect(new OneServer(routes).hear('GET / HT').wait().statuses()).toEqual([408]);
    expect(new OneServer(routes).hear(`GET / HTTP/1.1\r\n${host}`).wait().statuses()).toEqual([408]);
  });

  test('the first of two takes its time: the second waits (RFC 9112 §9.3.2)', () => {
    const server = new OneServer(routes).hear(get('/slow') + get('/'));
    expect(server.statuses()).toEqual([]);
    expect(server.wait().text).toMatch(/slow.*hello/s);
    expect(server.nowUs).toBe(1_000_000);
  });

  test('a client that has finished still gets its answer, then the connection ends', () => {
    const server = new OneServer(routes).hear(get('/slow')).end();
    expect(server.closing).toBe(false);
    expect(server.wait().statuses()).toEqual([200]);
    expect(server.closing).toBe(true);
    expect([...server.timers]).toEqual([]);
  });

  test('half a request and then the end: no answer', () => {
    const server = new OneServer(routes).hear('GET / HTTP/1.1\r\n').end();
    expect(server.text).toBe('');
    expect(server.closing).toBe(true);
  });

  test('after its last answer the server reads on until the client closes, 5 s at most (RFC 9112 §9.6)', () => {
    const server = new OneServer(routes).hear('GET / HTTP/1.0\r\n\r\n');
    expect(server.effects.at(-2)?.kind).toBe('finish');
    expect(server.effects.filter(({kind}) => kind === 'close')).toEqual([]);
    server.hear('more').wait();
    expect(server.nowUs).toBe(5_000_000);
    expect(server.effects.at(-1)?.kind).toBe('close');
  });

  test('a server that keeps no connection says so', () => {
    const server = new OneServer(routes, {keepAliveUs: 0}).hear(get('/') + get('/'));
    expect(server.statuses()).toEqual([200]);
    expect(server.text).toContain('\r\nConnection: close\r\n');
  });
});

test('of a request what is noted is its own: a host only where it names one (RFC 9112 §3.2)', () => {
  const noted = (octets: string) =>
    new OneServer(routes)
      .hear(octets)
      .effects.flatMap((effect) =>
        effect.kind === 'note' && effect.note.kind === 'request' ? [effect.note] : [],
      );
  expect(noted(get('/'))).toMatchObject([
    {method: 'GET', target: '/', host: 'www.example.com', bytes: 0, nth: 1},
  ]);
  expect(noted('GET / HTTP/1.0\r\n\r\n')).toMatchObject([{host: '', version: 'HTTP/1.0'}]);
  expect(noted('GET / HTTP/1.1\r\n\r\n')).toMatchObject([{host: '', version: 'HTTP/1.1'}]);
});

describe('what is written', () => {
  test('Date is the run’s: it begins on 1 January 2026', () => {
    const server = new OneServer(routes);
    server.nowUs = 61_000_000;
    expect(server.hear(get('/')).text).toContain('Date: Thu, 01 Jan 2026 00:01:01 GMT\r\n');
  });

  test('chunks for 1.1, the end of the connection for 1.0 (RFC 9112 §6.1)', () => {
    const chunked = new OneServer(routes).hear(get('/chunks')).text;
    expect(chunked).toContain('Transfer-Encoding: chunked\r\n');
    expect(chunked).toMatch(/\r\n\r\n1e\r\n.{30}\r\n1e\r\n.{30}\r\n1e\r\n.{30}\r\na\r\n.{10}\r\n0\r\n\r\n$/s);
    const plain = new OneServer(routes).hear('GET /chunks HTTP/1.0\r\nConnection: keep-alive\r\n\r\n').text;
    expect(plain).not.toMatch(/Transfer-Encoding|Content-Length/);
    expect(plain).toContain('Connection: close\r\n');
    expect(plain.split('\r\n\r\n')[1]).toHaveLength(100);
  });

  test('HEAD has the fields of GET and no content (RFC 9110 §9.3.2)', () => {
    const head = new OneServer(routes).hear(get('/').replace('GET', 'HEAD')).text;
    expect(`${head}hello`).toBe(new OneServer(routes).hear(get('/')).text);
  });

  test('a field of the lesson that would split the answer in two is not sent', () => {
    const headers = [{name: 'X', value: 'a\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK'}];
    const server = new OneServer([{method: 'GET', path: '/', headers, body: 'x'}]).hear(get('/'));
    expect(server.statuses()).toEqual([500]);
  });
});

const pieces = fc.array(
  fc.constantFrom(
    get('/'),
    get('/none'),
    get('/chunks'),
    `HEAD / HTTP/1.1\r\n${host}\r\n`,
    `POST /form HTTP/1.1\r\n${host}Content-Length: 5\r\n\r\nhello`,
    `POST /form HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n`,
    'nonsense\r\n',
    `GET / HTTP/1.0\r\n\r\n`,
  ),
  {maxLength: 6},
);

test('however the stream is cut, the answers are the same octets', () => {
  fc.assert(
    fc.property(pieces, fc.array(fc.nat(400), {maxLength: 8}), (requests, cuts) => {
      const stream = requests.join('');
      const whole = new OneServer(routes).hear(stream);
      const parts = new OneServer(routes);
      const places = [...new Set(cuts.filter((cut) => cut < stream.length))].sort((a, b) => a - b);
      [0, ...places].forEach((from, index) => {
        parts.hear(stream.slice(from, places[index] ?? stream.length));
      });
      expect(parts.text).toBe(whole.text);
      expect(parts.closing).toBe(whole.closing);
    }),
    {numRuns: runs(300)},
  );
});

test('whatever comes, the server answers or waits: it never throws, and never answers more than was asked', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          pieces.map((each) => each.join('')),
          fc.string({unit: codePoint}),
        ),
        {maxLength: 5},
      ),
      (stream) => {
        const server = new OneServer(routes);
        for (const each of stream)
          server.hear([...each].map((c) => String.fromCharCode(c.charCodeAt(0) & 0xff)).join(''));
        server.end().wait().wait();
        const received = server.notes.filter(({kind}) => kind === 'request').length;
        const answered = server.notes.filter((note) => note.kind === 'response' && note.status >= 200).length;
        expect(answered).toBeLessThanOrEqual(received + 1);
      },
    ),
    {numRuns: runs(300)},
  );
});

test.each([
  ['start-line-long', 414, '9110:15.5.15/'],
  ['fields-long', 431, '6585:5/'],
  ['fields-many', 431, '6585:5/'],
  ['field-name', 400, '9110:15.5.1/'],
  ['version-major', 505, '9110:15.6.6/'],
] as const)('%s: %d, by the section that defines it', (code, status, section) => {
  const reply = errorReply(code);
  expect(reply.status).toBe(status);
  expect(reply.because.startsWith(section), reply.because).toBe(true);
});
