// What a client makes of connections and of what comes on them. Oracle: RFC 9112 §9 (connections), RFC 9110 §9.2.2 (what may be asked
// twice), §10.1.1 (Expect), RFC 8305 §5 (attempts), RFC 6454 (origins).
import {describe, expect, test} from 'vitest';
import {RecordClass, RecordType} from '../../../source/wire/dns/registry.ts';
import {OneClient} from '../../helpers/http/one-client.ts';

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const post = {call: 'post', url: 'http://a.test/form', body: 'a=1'} as const;
const one = {connectionsPerOrigin: 1};
const second = 1_000_000;

describe('what is no HTTP', () => {
  test('ends the connection and the call (RFC 9112 §2.2); the next request has a connection of its own', () => {
    const client = new OneClient(one).get('/1').connected().get('/2');
    expect([client.requests, client.acts]).toEqual([['0 GET /1'], ['connect 0']]);
    client.hear('SSH-2.0-x\r\n\r\n');
    expect(client.acts).toEqual(['connect 0', 'abort 0', 'connect 1']);
    expect([client.result(1), client.result(2)]).toEqual(['malformed', undefined]);
    client.connected().hear(ok);
    expect([client.result(2), client.requests]).toEqual(['ok 200', ['0 GET /1', '1 GET /2']]);
    expect(client.timers.size).toBe(0);
  });

  test('requests behind it are asked once more (§9.3.2)', () => {
    const urls = ['http://a.test/1', 'http://a.test/2', 'http://a.test/3'];
    const client = new OneClient().call({call: 'pipeline', urls}).connected();
    client.hear(`${ok}nonsense\r\n\r\n`);
    client.connected().hear(ok);
    expect(client.requests).toEqual(['0 GET /1', '0 GET /2', '0 GET /3', '1 GET /3']);
    expect(client.answer(1)).toMatchObject({result: 'malformed', exchanges: [{status: 200}, {status: 200}]});
  });

  test('on a connection that owes nothing is nobody’s', () => {
    const client = new OneClient().get('/').connected().hear(ok);
    client.hear('nonsense\r\n\r\n');
    expect(client.acts).toEqual(['connect 0', 'abort 0']);
    expect(client.get('/').acts).toEqual(['connect 0', 'abort 0', 'connect 1']);
  });
});

describe('a connection that ends', () => {
  const retries = ({notes}: OneClient) =>
    notes.flatMap((each) => (each.kind === 'retry' ? [`${each.method} ${each.target} ${each.allowed}`] : []));

  test.each([
    ['eof', 'closed', true],
    ['truncated', 'closed', true],
    ['reset', 'reset', false],
    ['timedOut', 'timedOut', false],
  ] as const)(
    'without an answer, %s: GET is asked once more, POST never (RFC 9110 §9.2.2)',
    (how, result, closes) => {
      const client = new OneClient().get('/').connected().end(how);
      expect(client.acts).toEqual(['connect 0', ...(closes ? ['close 0'] : []), 'connect 1']);
      expect(client.result(1)).toBeUndefined();
      client.connected().end(how);
      expect(client.result(1)).toBe(result);
      expect(client.requests).toEqual(['0 GET /', '1 GET /']);
      expect(retries(client)).toEqual(['GET / true', 'GET / false']);
      const form = new OneClient().call(post).connected().end(how);
      expect([form.result(1), form.requests, retries(form)]).toEqual([
        result,
        ['0 POST /form'],
        ['POST /form false'],
      ]);
    },
  );

  test('by an alert of TLS: nothing is asked again', () => {
    const client = new OneClient().get('/').connected().end('alert');
    expect([client.result(1), client.acts, retries(client)]).toEqual(['alert', ['connect 0'], []]);
  });

  test('in the middle of an answer: that is incomplete, those behind it go again', () => {
    const urls = ['http://a.test/1', 'http://a.test/2'];
    const client = new OneClient().call({call: 'pipeline', urls}).connected();
    client.hear('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab').end();
    client.connected().hear(ok);
    expect(client.requests).toEqual(['0 GET /1', '0 GET /2', '1 GET /2']);
    expect(client.answer(1)).toMatchObject({result: 'incomplete', exchanges: [{bytes: 2}, {bytes: 2}]});
    const told = client.notes.flatMap((each) =>
      each.kind === 'response' ? [`${each.op} ${each.target} ${each.bytes} ${each.nth}`] : [],
    );
    expect(told).toEqual(['started /1 0 1', 'incomplete /1 2 1', 'started /2 0 1', 'finished /2 2 1']);
  });

  test('where the end delimits the content: whole after a FIN, not after a reset (RFC 9112 §8)', () => {
    const heard = () => new OneClient().get('/').connected().hear('HTTP/1.0 200 OK\r\n\r\nall');
    expect(heard().end().answer(1)).toMatchObject({result: 'ok', status: 200, bytes: 3});
    expect(heard().end('reset').answer(1)).toMatchObject({result: 'incomplete', status: 200, bytes: 3});
    expect(heard().end('truncated').answer(1)).toMatchObject({result: 'incomplete', status: 200});
    expect(heard().end().acts).toEqual(['connect 0', 'close 0']);
  });

  test('and owes nothing, is forgotten: the next request has another', () => {
    const client = new OneClient().get('/').connected().hear(ok).end();
    expect([client.acts, client.result(1)]).toEqual([['connect 0', 'close 0'], 'ok 200']);
    expect(client.get('/').acts).toEqual(['connect 0', 'close 0', 'connect 1']);
    expect(client.end('eof', 0).acts).toHaveLength(3);
  });
});

describe('which connection', () => {
  const reused = ({notes}: OneClient) =>
    notes.flatMap((each) =>
      each.kind === 'http-connection' && each.op !== 'closing'
        ? [`${each.op} ${each.origin} ${each.nth}`]
        : [],
    );

  test('one that is free and stays (RFC 9112 §9.3)', () => {
    const client = new OneClient().get('/1').connected().hear(ok).get('/2');
    expect(client.requests).toEqual(['0 GET /1', '0 GET /2']);
    expect(reused(client)).toEqual(['opened http://a.test 1', 'reused http://a.test 2']);
    // It owes an answer: a third opens another, and so many at once.
    expect(client.get('/3').acts).toEqual(['connect 0', 'connect 1']);
    const closes = 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';
    const other = new OneClient().get('/1').connected().hear(closes).get('/2');
    expect(other.acts).toEqual(['connect 0', 'connect 1']);
    const wants = new OneClient().get('/1', {headers: [{name: 'Connection', value: 'Close'}]});
    expect(wants.connected().hear(ok).get('/2').acts).toEqual(['connect 0', 'connect 1']);
  });

  test('HTTP/1.0 stays where both say so; whoever wants an end does not go onto one that stays', () => {
    const old = {version: '1.0', headers: [{name: 'connection', value: 'Keep-Alive'}]};
    const stays = 'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n';
    const client = new OneClient().get('/', old).connected().hear(stays);
    expect(client.get('/', old).requests).toEqual(['0 GET /', '0 GET /']);
    client.hear(stays);
    expect(client.get('/', {version: '1.0'}).acts).toEqual(['connect 0', 'connect 1']);
  });

  test('so many to one origin at a time, the rest waits in order (§9.4)', () => {
    const client = new OneClient({
      connectionsPerOrigin: 2,
      hosts: {'a.test': '192.0.2.1', 'b.test': '192.0.2.2'},
    });
    for (const path of ['/1', '/2', '/3', '/4', 'http://b.test/', 'http://a.test:81/']) client.get(path);
    expect(client.addresses).toEqual(['192.0.2.1', '192.0.2.1', '192.0.2.2', '192.0.2.1']);
    client.connected(0).connected(1).hear(ok, 1);
    expect(client.requests).toEqual(['0 GET /1', '1 GET /2', '1 GET /3']);
    client.hear(ok, 0);
    expect(client.requests.slice(3)).toEqual(['0 GET /4']);
  });
});

describe('where a name leads', () => {
  const dns = {dns: true, hosts: {}};
  const told = (...addresses: readonly string[]) => {
    const records = addresses.map((address) => ({
      ...{name: 'a.test.', type: RecordType.A, class: RecordClass.IN, ttl: 60},
      data: {kind: 'A', address} as const,
    }));
    return {result: 'ok', records, chain: [], from: 'network'} as const;
  };
  const asked = (client: OneClient) => client.effects.flatMap((each) => (each.kind === 'ask' ? [each] : []));
  const answered = (changes: object, ...addresses: readonly string[]) => {
    const client = new OneClient({...dns, ...changes}).get('/');
    return client.happen({kind: 'told', token: asked(client)[0]?.token ?? -1, told: told(...addresses)});
  };

  test('nowhere: nobody knows it', () => {
    expect(new OneClient().get('http://b.test/').result(1)).toBe('unresolved');
    expect(answered({}).result(1)).toBe('unresolved');
  });

  test('an address is its own; a name is asked of DNS, in lower case, and told once', () => {
    expect(new OneClient({hosts: {}}).get('http://192.0.2.7/').addresses).toEqual(['192.0.2.7']);
    expect(new OneClient().get('http://A.TEST/').addresses).toEqual(['192.0.2.1']);
    const client = answered({}, '192.0.2.3');
    expect(asked(client).map((each) => each.asked)).toEqual([
      {call: 'resolve', name: 'a.test', type: RecordType.A},
    ]);
    client.happen({kind: 'told', token: asked(client)[0]?.token ?? -1, told: told('192.0.2.3')});
    expect(client.addresses).toEqual(['192.0.2.3']);
  });

  test('to the next address where one cannot be reached, to the last one', () => {
    const client = answered({}, '192.0.2.3', '192.0.2.4').end('unreachable');
    expect(client.addresses).toEqual(['192.0.2.3', '192.0.2.4']);
    expect(client.end('refused').result(1)).toBe('refused');
    // No answer was owed, no timer ran.
    expect(client.effects.filter(({kind}) => kind === 'timer')).toEqual([]);
    // What was reached once is asked again where it was.
    const lives = answered({}, '192.0.2.3', '192.0.2.4').end('refused').connected().end('reset');
    expect(lives.addresses).toEqual(['192.0.2.3', '192.0.2.4', '192.0.2.4']);
  });

  test('a connection that does not come about makes room for others', () => {
    const client = new OneClient(one).get('/1').get('/2').end('refused');
    expect([client.result(1), client.acts]).toEqual(['refused', ['connect 0', 'connect 1']]);
  });

  describe('one beside the other (RFC 8305 §5)', () => {
    const delay = {attemptDelayUs: 250_000};
    const attempts = ({notes}: OneClient) =>
      notes.flatMap((each) => (each.kind === 'attempt' ? [`${each.op} ${each.ip} ${each.other}`] : []));
    const two = () => answered(delay, '192.0.2.3', '192.0.2.4');

    test('the next after 250 ms; the first that stands is asked, the other given up', () => {
      const client = two();
      expect([...client.timers.values()]).toEqual([250_000]);
      client.wait();
      expect([client.addresses, client.timers.size]).toEqual([['192.0.2.3', '192.0.2.4'], 0]);
      client.connected(0);
      expect(client.acts).toEqual(['connect 0', 'connect 1', 'abort 1']);
      expect(client.requests).toEqual(['0 GET /']);
      expect(attempts(client)).toEqual(['next 192.0.2.4 192.0.2.3', 'won 192.0.2.3 192.0.2.4']);
      expect(client.hear(ok, 0).result(1)).toBe('ok 200');
    });

    test('the one that is tried later may be the first', () => {
      const client = two().wait().connected(1);
      expect([client.acts, client.requests]).toEqual([['connect 0', 'connect 1', 'abort 0'], ['1 GET /']]);
    });

    test('a quick one is alone; one that fails hands on at once', () => {
      const quick = two().connected(0);
      expect([...quick.timers.keys()]).toEqual(['silence http 2']);
      expect(attempts(quick)).toEqual([]);
      const failed = two().end('refused', 0);
      expect([failed.addresses, failed.timers.size]).toEqual([['192.0.2.3', '192.0.2.4'], 0]);
    });

    test('the last that is open has the requests, whichever failed', () => {
      for (const [fails, stands] of [
        [0, 1],
        [1, 0],
      ] as const) {
        const client = two().wait().end('refused', fails);
        expect(client.result(1)).toBeUndefined();
        expect(client.connected(stands).requests).toEqual([`${stands} GET /`]);
        expect(two().wait().end('refused', fails).end('reset', stands).result(1)).toBe('reset');
      }
    });

    test('of three the third follows whichever fails first', () => {
      const client = answered(delay, '192.0.2.3', '192.0.2.4', '192.0.2.5').wait().end('refused', 1);
      expect(client.addresses).toEqual(['192.0.2.3', '192.0.2.4', '192.0.2.5']);
      expect(client.effects.findLast((each) => each.kind === 'connect')).toMatchObject({
        because: {rule: '1123:2.3/next-address', case: 'beside', facts: {ip: '192.0.2.4'}},
      });
      expect(client.connected(0).acts.slice(3)).toEqual(['abort 2']);
    });
  });
});

describe('over TLS', () => {
  const secure = {roots: ['root'], versions: [0x0304]};
  const connects = (client: OneClient) =>
    client.effects.flatMap((each) => (each.kind === 'connect' ? [each] : []));
  const early = {earlyData: true} as const;

  test('the name for SNI, none for an address (RFC 6066 §3); HTTP/1.1 by ALPN', () => {
    const client = new OneClient({secure})
      .get('https://A.test/')
      .get('https://192.0.2.7/')
      .get('http://a.test/');
    const alpn = ['http/1.1'];
    expect(connects(client).map((each) => [each.to, each.secure, each.early])).toEqual([
      [{ip: '192.0.2.1', port: 443}, {...secure, alpn, site: 'a.test', serverName: 'a.test'}, undefined],
      [{ip: '192.0.2.7', port: 443}, {...secure, alpn, site: '192.0.2.7'}, undefined],
      [{ip: '192.0.2.1', port: 80}, undefined, undefined],
    ]);
  });

  test('what may go early begins a connection (RFC 8470 §3); too early, it goes again (§5.2)', () => {
    const client = new OneClient({secure}).get('https://a.test/1').connected().hear(ok);
    client.get('https://a.test/2', early).connected();
    expect(connects(client).map((each) => each.early)).toEqual([undefined, true]);
    client.hear('HTTP/1.1 425 Too Early\r\nContent-Length: 0\r\n\r\n');
    expect(client.requests).toEqual(['0 GET /1', '1 GET /2', '0 GET /2']);
    expect(client.notes.filter((each) => each.kind === 'retry')).toMatchObject([
      {allowed: true, target: '/2'},
    ]);
    expect(client.hear(ok, 0).answer(2)).toMatchObject({result: 'ok', exchanges: [{status: 200}]});
    // Whoever did not go early gets the answer.
    const late = new OneClient({secure}).get('https://a.test/').connected();
    expect(late.hear(ok.replace('200', '425')).result(1)).toBe('ok 425');
    expect(connects(new OneClient().get('/', early))[0]).toEqual({
      ...{kind: 'connect', stream: 'http 1', to: {ip: '192.0.2.1', port: 80}},
    });
  });
});

describe('a server that owes an answer and says nothing', () => {
  test('is given up after that time; each piece begins it anew', () => {
    const client = new OneClient({timeoutUs: 5 * second}).get('/').connected();
    client.nowUs = 3 * second;
    client.hear('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab');
    client.wait();
    expect([client.nowUs, client.result(1)]).toEqual([5 * second, undefined]);
    client.wait();
    expect([client.nowUs, client.result(1), client.acts]).toEqual([
      8 * second,
      'timedOut',
      ['connect 0', 'abort 0'],
    ]);
    expect(client.notes.at(-1)).toMatchObject({kind: 'response', op: 'incomplete', bytes: 2, status: 200});
  });

  test('nothing is asked again, and what waits goes elsewhere', () => {
    const client = new OneClient(one).get('/1').get('/2').connected().wait();
    expect([client.result(1), client.result(2)]).toEqual(['timedOut', undefined]);
    expect(client.acts).toEqual(['connect 0', 'abort 0', 'connect 1']);
    expect(client.timers.size).toBe(0);
  });
});

describe('100 (Continue) (RFC 9110 §10.1.1)', () => {
  const expecting = () => new OneClient().call({...post, expect: true}).connected();
  const content = '0 a=1';

  test('the content waits for it, a second at most', () => {
    const client = expecting();
    expect(client.written).toHaveLength(1);
    expect(client.written[0]).toMatch(/Content-Length: 3\r\nExpect: 100-continue\r\n\r\n$/);
    expect(Math.min(...client.timers.values())).toBe(second);
    expect(client.wait().written.slice(1)).toEqual([content]);
    const said = expecting().hear('HTTP/1.1 100 Continue\r\n\r\n');
    expect([said.written.slice(1), [...said.timers.keys()]]).toEqual([[content], ['silence http 1']]);
    // Others of 1xx say nothing about it, and a late 100 nothing new.
    const early = expecting().hear('HTTP/1.1 103 Early Hints\r\n\r\n');
    expect([early.written.length, early.wait().written.length]).toEqual([1, 2]);
    expect(client.hear('HTTP/1.1 100 Continue\r\n\r\n').written).toHaveLength(2);
    expect(client.hear(ok).result(1)).toBe('ok 200');
    expect(client.get('/').acts).toEqual(['connect 0']);
  });

  test('a final answer before it: the content never goes, and the connection serves no more', () => {
    const client = expecting().hear('HTTP/1.1 417 No\r\nContent-Length: 0\r\n\r\n');
    expect([client.result(1), client.acts]).toEqual(['ok 417', ['connect 0', 'close 0']]);
    expect([client.written.length, client.timers.size]).toEqual([1, 0]);
    expect(client.get('/').acts).toEqual(['connect 0', 'close 0', 'connect 1']);
  });

  test('a final answer that ends with the connection is complete, once', () => {
    const client = expecting().hear('HTTP/1.1 200 OK\r\n\r\nhi').end();
    expect([client.result(1), client.acts]).toEqual(['ok 200', ['connect 0', 'close 0']]);
    const ops = client.notes.flatMap((each) => (each.kind === 'response' ? [each.op] : []));
    expect(ops).toEqual(['started', 'finished']);
  });

  test('where the connection ends nobody waits', () => {
    expect(expecting().end('reset').timers.size).toBe(0);
  });
});

describe('what cannot be asked for', () => {
  test.each(['ftp://a.test/', 'https://a.test/', 'a.test'])('%s', (url) => {
    expect(new OneClient().call({call: 'open', url}).answer(1)).toEqual({
      ...{result: 'EINVAL', bytes: 0, content: new Uint8Array(), exchanges: []},
    });
  });

  test('a field that no message may have; a pipeline to two origins, or to none', () => {
    const split = new OneClient().get('/', {headers: [{name: 'X', value: 'a\r\nb'}]}).connected();
    expect([split.result(1), split.written, split.timers.size]).toEqual(['EINVAL', [], 0]);
    for (const urls of [[], ['http://a.test/', 'http://a.test:81/'], ['http://a.test/', 'ftp://a.test/']])
      expect(new OneClient().call({call: 'pipeline', urls}).result(1), urls.join()).toBe('EINVAL');
  });
});

test('a browser that is closed: its connections, its waits and its calls are over, but its lasting cookies', () => {
  const set =
    'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nSet-Cookie: s=1\r\nSet-Cookie: l=2; Max-Age=60\r\n\r\n';
  const client = new OneClient(one).get('/').connected().hear(set);
  client.call({...post, expect: true}).get('/3');
  client.call({call: 'closeBrowser'});
  expect([2, 3, 4].map((token) => client.result(token))).toEqual(['cancelled', 'cancelled', 'ok']);
  expect([client.acts, client.timers.size]).toEqual([['connect 0', 'close 0'], 0]);
  expect(client.notes.filter((each) => each.kind === 'cookie' && each.op === 'dropped')).toMatchObject([
    {name: 's', value: '1'},
  ]);
  const after = client.get('/').connected().written.at(-1);
  expect(after).toContain('Cookie: l=2\r\n');
  client.hear(set).call({call: 'closeBrowser'});
  expect([client.result(6), client.acts.at(-1)]).toEqual(['ok', 'close 1']);
});
