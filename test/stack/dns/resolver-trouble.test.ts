// A resolver among servers that are lame, silent, lying or wrong. Oracles: RFC 1034 §5.3.3, 2181 §5.4.1, 4697 §2, 5452, 9520.
import {describe, expect, test} from 'vitest';
import {cacheRows} from '../../../source/stack/dns/cache-rows.ts';
import {encodeDns} from '../../../source/wire/dns/encode.ts';
import {Rcode, RecordType, typeName} from '../../../source/wire/dns/registry.ts';
import {must, type Net, OneResolver, type Server} from '../../helpers/dns/one-resolver.ts';
import {
  abcText,
  asked,
  auth,
  comWith,
  records,
  recursive,
  resolve,
  root,
  says,
  serves,
  tld,
  tree,
  treeServers,
  zone,
} from '../../helpers/dns/tree.ts';
import {recordTexts} from './words.ts';

const {A, NS} = RecordType;
const second = '203.0.113.54';

/** abc.com has two servers, both with glue. */
const twoServers = comWith(`abc.com. 172800 IN NS dns.abc.com.
abc.com. 172800 IN NS dns2.abc.com.
dns.abc.com. 172800 IN A ${auth}
dns2.abc.com. 172800 IN A ${second}`);

const abc = serves(zone(abcText));

const withTwo = (first: Server | undefined, net: Partial<Net> = {}): OneResolver => {
  const servers = {...treeServers, [tld]: twoServers, [second]: abc, [auth]: first ?? (() => undefined)};
  return new OneResolver(tree({}, {servers, ...net}));
};

describe('a server that is of no use: the next one answers', () => {
  test.each<[string, Server]>([
    ['REFUSED', says({rcode: Rcode.REFUSED})],
    ['SERVFAIL', says({rcode: Rcode.SERVFAIL})],
    ['nothing at all', says({aa: true})],
    ['a referral upwards', says({authorities: '. 3600 IN NS root.'})],
    ['a referral to itself', says({authorities: 'abc.com. 3600 IN NS dns.abc.com.'})],
    ['another zone’s referral', says({authorities: 'example. 3600 IN NS dns.example.'})],
    ['a cache’s answer', says({ra: true, answers: 'y.abc.com. 300 IN A 203.0.113.66'})],
  ])('%s', (_, server) => {
    const net = withTwo(server);
    expect(recordTexts(resolve(net).records)).toEqual(['y.abc.com. 300 A 203.0.113.80']);
    expect(asked(net).slice(2)).toEqual([`${auth} y.abc.com. A`, `${second} y.abc.com. A`]);
  });

  test('silence: after 800 ms', () => {
    const net = withTwo(undefined);
    expect(resolve(net).atUs).toBe(80_000 + 800_000 + 40_000);
  });

  test('all are: SERVFAIL, remembered for 5 s (RFC 9520 §3.2)', () => {
    const net = new OneResolver(tree({}, {servers: {...treeServers, [auth]: says({rcode: Rcode.REFUSED})}}));
    expect(resolve(net).result).toBe('SERVFAIL');
    const sent = net.sent.length;
    expect(asked(net).at(-1)).toBe(`${auth} y.abc.com. A`);
    expect(resolve(net).result).toBe('SERVFAIL');
    expect(net.sent.length).toBe(sent);
    net.run(6_000_000);
    expect(resolve(net).result).toBe('SERVFAIL');
    expect(net.sent.length).toBeGreaterThan(sent);
  });

  test('one that is lame for a zone is not asked again for it, for 15 minutes', () => {
    const net = withTwo(says({authorities: '. 3600 IN NS root.'}));
    resolve(net);
    resolve(net, 'www.abc.com');
    expect(asked(net).slice(4, 5)).toEqual([`${second} www.abc.com. A`]);
  });

  test('where only somebody’s resolver serves the zone, it is asked as one, in the end', () => {
    const lame = says({ra: true, answers: 'y.abc.com. 300 IN A 203.0.113.66'});
    const net = new OneResolver(tree({}, {servers: {...treeServers, [auth]: lame}}));
    expect(recordTexts(resolve(net).records)).toEqual(['y.abc.com. 300 A 203.0.113.66']);
    expect(net.sent.map(({message}) => message.flags.rd)).toEqual([false, false, false, true]);
  });

  test('an empty response from every server: no data', () => {
    const net = new OneResolver(tree({}, {servers: {...treeServers, [auth]: says({aa: true})}}));
    expect(resolve(net).result).toBe('NODATA');
  });
});

describe('loss', () => {
  test('the question is asked again, the wait doubles, the number is new', () => {
    const net = new OneResolver(tree({}, {servers: {[root]: must(treeServers[root])}}));
    expect(resolve(net).result).toBe('SERVFAIL');
    const times = net.sent.slice(1).map(({atUs}) => atUs - 40_000);
    expect(times).toEqual([0, 800_000, 2_400_000]);
    expect(new Set(net.sent.map(({message}) => message.id)).size).toBe(4);
  });

  test('a server whose round trip is known is not waited for as long', () => {
    const net = new OneResolver(tree({}, {lost: (nth) => nth === 7}));
    resolve(net);
    net.run(400_000_000);
    const before = net.nowUs;
    // 40 ms, varied by 20 ms: 120 ms, but never less than 200 ms.
    expect(resolve(net).atUs - before).toBe(240_000);
  });

  test('a forged response changes nothing; the true one still counts', () => {
    const net = new OneResolver(tree());
    const token = net.call({call: 'resolve', name: 'y.abc.com', type: A});
    net.run(90_000);
    const port = net.effects.flatMap((each) => (each.kind === 'bind' ? each.port : [])).at(-1);
    const forged = must(
      says({aa: true, answers: 'y.abc.com. 300 IN A 203.0.113.66'})(must(net.sent[2]).message, 'udp'),
    );
    const from = {ip: auth, port: 53};
    for (let guess = 0; guess < 100; guess++) {
      const id = (forged.id + 1 + guess) & 0xffff;
      net.deliver({
        kind: 'datagram',
        port: must(port),
        local: '192.0.2.53',
        from,
        data: encodeDns({...forged, id}),
      });
    }
    net.run();
    expect(recordTexts(must(net.answers.get(token)).records)).toEqual(['y.abc.com. 300 A 203.0.113.80']);
    expect(net.effects.filter(({kind}) => kind === 'discard').length).toBe(100);
  });
});

describe('addresses of name servers', () => {
  const glueless = {
    [root]: must(treeServers[root]),
    [tld]: comWith('abc.com. 172800 IN NS dns.abc.net.'),
    '198.51.100.3': serves(
      zone(`net. 900 IN SOA dns.net. admin.net. 1 1800 900 604800 900
net. 172800 IN NS dns.net.
dns.net. 172800 IN A 198.51.100.3
dns.abc.net. 300 IN A ${auth}`),
    ),
    [auth]: abc,
  };

  test('without glue the address is a question of its own', () => {
    const net = new OneResolver({spec: recursive(), servers: glueless});
    expect(resolve(net).result).toBe('ok');
    expect(asked(net)).toEqual([
      `${root} y.abc.com. A`,
      `${tld} y.abc.com. A`,
      `${root} dns.abc.net. A`,
      '198.51.100.3 dns.abc.net. A',
      `${auth} y.abc.com. A`,
    ]);
  });

  test('a server below its own zone without glue is not looked for', () => {
    const net = new OneResolver(
      tree({}, {servers: {...treeServers, [tld]: says({authorities: 'abc.com. 172800 IN NS dns.abc.com.'})}}),
    );
    expect(resolve(net).result).toBe('SERVFAIL');
    expect(asked(net).every((each) => each.endsWith('y.abc.com. A'))).toBe(true);
  });

  test('two zones that need each other’s servers: SERVFAIL, and an end', () => {
    const net = new OneResolver({
      spec: recursive(),
      servers: {
        [root]: must(treeServers[root]),
        [tld]: comWith('abc.com. 172800 IN NS dns.abc.net.'),
        '198.51.100.3': serves(
          zone(`net. 900 IN SOA dns.net. admin.net. 1 1800 900 604800 900
net. 172800 IN NS dns.net.
dns.net. 172800 IN A 198.51.100.3
abc.net. 300 IN NS dns.abc.com.`),
        ),
      },
    });
    expect(resolve(net).result).toBe('SERVFAIL');
    expect(net.sent.length).toBeLessThan(20);
  });

  test.each([false, true])(
    'servers behind servers without addresses, priming %s: SERVFAIL, and an end',
    (prime) => {
      const chain = Array.from({length: 12}, (_, n) => `z${n}.com. 172800 IN NS ns.z${n + 1}.com.`).join(
        '\n',
      );
      const com = comWith(chain);
      // Nobody tells the root's own servers, so each search asks for them (RFC 9609 §3.3).
      const top: Server = (query, via) =>
        query.questions[0]?.type === RecordType.NS ? undefined : must(treeServers[root])(query, via);
      const net = new OneResolver(tree({prime}, {servers: {[root]: top, [tld]: com}}));
      const {result, atUs} = resolve(net, 'a.z0.com');
      expect(result).toBe('SERVFAIL');
      expect(atUs).toBeLessThan(120_000_000);
    },
  );

  test('a referral to a hundred servers without addresses ends at the budget', () => {
    const many = Array.from({length: 100}, (_, nth) => `abc.com. 172800 IN NS ns${nth}.z${nth}.net.`).join(
      '\n',
    );
    const net = new OneResolver(tree({budget: 40}, {servers: {...treeServers, [tld]: comWith(many)}}));
    expect(resolve(net).result).toBe('SERVFAIL');
    expect(net.sent.length).toBe(40);
  });

  test('zones that each need the next one’s server: not deeper than eight', () => {
    const lines = Array.from({length: 20}, (_, nth) => `z${nth}.com. 172800 IN NS ns.z${nth + 1}.com.`).join(
      '\n',
    );
    const net = new OneResolver(tree({}, {servers: {...treeServers, [tld]: comWith(lines)}}));
    expect(resolve(net, 'www.z0.com').result).toBe('SERVFAIL');
    expect(asked(net).some((each) => each.includes('ns.z8.com.'))).toBe(true);
    expect(asked(net).some((each) => each.includes('ns.z9.com.'))).toBe(false);
  });

  test('the child’s word counts, the parent’s is the way back when all of the child’s fail', () => {
    // The child names a server that does not exist; its NS set comes along with each answer.
    const child = zone(
      abcText.replace(
        'abc.com. 172800 IN NS dns.abc.com.',
        'abc.com. 172800 IN NS gone.abc.com.\ngone.abc.com. 300 IN A 203.0.113.99',
      ),
    );
    const withNs: Server = (each, via) => {
      const message = must(serves(child)(each, via));
      const authorities = records('abc.com. 172800 IN NS gone.abc.com.');
      return {...message, authorities, additionals: records('gone.abc.com. 300 IN A 203.0.113.99')};
    };
    const net = new OneResolver(tree({scrubPromiscuous: false}, {servers: {...treeServers, [auth]: withNs}}));
    resolve(net);
    expect(resolve(net, 'www.abc.com', RecordType.CNAME).result).toBe('ok');
    expect(new Set(asked(net).slice(3))).toEqual(
      new Set(['203.0.113.99 www.abc.com. CNAME', `${auth} www.abc.com. CNAME`]),
    );
  });
});

describe('what does not enter the cache (RFC 5452 §6)', () => {
  const names = (net: OneResolver): ReadonlySet<string> =>
    new Set(cacheRows(net.state, net.nowUs).map(({name, type}) => `${name} ${typeName(type)}`));

  test('records of other zones, of other names, and NS sets that nobody asked for', () => {
    const liar = says({
      aa: true,
      answers:
        'y.abc.com. 300 IN A 203.0.113.80\nbank.abc.com. 300 IN A 203.0.113.66\nwww.bank.com. 300 IN A 203.0.113.66',
      authorities: 'com. 300 IN NS evil.abc.com.\nabc.com. 300 IN NS evil.abc.com.',
      additionals: 'evil.abc.com. 300 IN A 203.0.113.66\ndns.com. 300 IN A 203.0.113.66',
    });
    const net = new OneResolver(tree({}, {servers: {...treeServers, [auth]: liar}}));
    expect(recordTexts(resolve(net).records)).toEqual(['y.abc.com. 300 A 203.0.113.80']);
    expect([...names(net)].filter((each) => /bank|evil/.test(each))).toEqual([]);
    const scrubbed = net.notes.flatMap((each) => (each.kind === 'scrubbed' ? each.records : []));
    expect(scrubbed.length).toBe(6);
  });

  test('glue from a server that has nothing to say about it', () => {
    const poisoned = says({
      authorities: 'abc.com. 172800 IN NS dns.abc.net.',
      additionals: 'dns.abc.net. 172800 IN A 203.0.113.66',
    });
    const net = new OneResolver(tree({}, {servers: {...treeServers, [tld]: poisoned}}));
    resolve(net);
    expect(asked(net).some((each) => each.startsWith('203.0.113.66'))).toBe(false);
  });

  test('data that came along never answer a question (RFC 2181 §5.4.1)', () => {
    const net = new OneResolver(tree());
    resolve(net);
    const answer = resolve(net, 'dns.abc.com');
    expect([answer.from, asked(net).at(-1)]).toEqual(['network', `${auth} dns.abc.com. A`]);
  });
});

test('a delegation ends when the parent’s ends, whatever the child says ("ghost domains")', () => {
  const short = comWith(`abc.com. 10 IN NS dns.abc.com.\ndns.abc.com. 10 IN A ${auth}`);
  const gone = comWith('');
  const net: OneResolver = new OneResolver(
    tree({}, {servers: {...treeServers, [tld]: (...all) => (net.nowUs > 5e6 ? gone : short)(...all)}}),
  );
  // The child's own set lives for two days and is asked for just before the parent's time is up.
  resolve(net, 'abc.com', NS);
  net.run(9_000_000);
  resolve(net, 'www.abc.com');
  net.run(11_000_000);
  expect(resolve(net, 'dns.abc.com').result).toBe('NXDOMAIN');
  expect(asked(net).at(-1)).toBe(`${tld} dns.abc.com. A`);
});
