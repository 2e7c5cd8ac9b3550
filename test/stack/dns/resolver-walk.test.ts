// The walk of a recursive resolver. Oracles: RFC 1034 §6.3's printed queries, the numbers of curriculum lessons 19 to 21.
import {describe, expect, test} from 'vitest';
import {cacheRows} from '../../../source/stack/dns/cache-rows.ts';
import {RecordType} from '../../../source/wire/dns/registry.ts';
import {must, OneResolver} from '../../helpers/dns/one-resolver.ts';
import {auth, root, serves, tld, tree, treeServers, zone} from '../../helpers/dns/tree.ts';
import {servers as rfcServers, zoneFrom} from './rfc1034-zones.ts';
import {query, recordTexts, told} from './words.ts';

const asked = (net: OneResolver): readonly string[] =>
  net.sent.map(({to, message}) => {
    const [question] = message.questions;
    return `${to} ${question?.name} ${question?.type} rd=${message.flags.rd ? 1 : 0}`;
  });

const rd = {qr: false, aa: false, tc: false, rd: true, ra: false, ad: false, cd: false};

describe('lesson 20: root, TLD, authoritative', () => {
  const net = new OneResolver(tree());
  net.ask(query('y.abc.com.', 'A', {flags: rd}));
  net.run();

  test('the same question to each server down the tree, RD=0', () => {
    expect(asked(net)).toEqual([
      `${root} y.abc.com. 1 rd=0`,
      `${tld} y.abc.com. 1 rd=0`,
      `${auth} y.abc.com. 1 rd=0`,
    ]);
  });

  test('the client gets the answer after three round trips of 40 ms', () => {
    const [response] = net.responses;
    expect(response?.atUs).toBe(120_000);
    expect(told(must(response).message)).toEqual({
      rcode: 'NOERROR',
      aa: false,
      answer: ['y.abc.com. 300 A 203.0.113.80'],
      authority: [],
      additional: [],
    });
    expect(response?.message.flags).toEqual({...rd, qr: true, ra: true});
    expect(response?.message.id).toBe(0x1a2b);
  });

  test('numbers and ports differ from query to query (RFC 5452 §9.2)', () => {
    const ids = net.sent.map(({message}) => message.id);
    const ports = net.effects.flatMap((each) => (each.kind === 'bind' && each.port !== 53 ? each.port : []));
    expect(new Set(ids).size).toBe(3);
    expect(new Set(ports).size).toBe(3);
    expect(net.effects.filter((each) => each.kind === 'unbind').length).toBe(3);
  });

  test('the cache holds the answer, NS sets and glue', () => {
    const rows = cacheRows(net.state, net.nowUs).map((row) => `${row.trust} ${recordTexts(row.records)}`);
    expect(rows).toEqual([
      'authority com. 172800 NS dns.com.',
      'additional dns.com. 172800 A 198.51.100.2',
      'authority abc.com. 172800 NS dns.abc.com.',
      'additional dns.abc.com. 172800 A 203.0.113.53',
      'answerAA y.abc.com. 300 A 203.0.113.80',
    ]);
  });
});

describe('lesson 21: TTLs and stale answers', () => {
  const edited = zone(`
abc.com. 3600 IN SOA dns.abc.com. admin.abc.com. 2 1800 900 604800 60
abc.com. 172800 IN NS dns.abc.com.
dns.abc.com. 172800 IN A 203.0.113.53
y.abc.com. 300 IN A 203.0.113.81
`);
  const run = (): OneResolver => {
    const before = must(treeServers[auth]);
    const after = serves(edited);
    const net: OneResolver = new OneResolver(
      tree({}, {servers: {...treeServers, [auth]: (...all) => (net.nowUs > 110e6 ? after : before)(...all)}}),
    );
    for (const second of [0, 100, 200, 301]) {
      net.run(second * 1_000_000);
      net.ask(query('y.abc.com.', 'A', {flags: rd}));
    }
    return net.run();
  };
  const net = run();

  test('at 100 s and 200 s the cache answers, with what is left of the TTL, the old address', () => {
    expect(net.responses.map(({message}) => recordTexts(message.answers))).toEqual([
      ['y.abc.com. 300 A 203.0.113.80'],
      // Stored at 120 ms: 99 whole seconds have passed, then 199.
      ['y.abc.com. 201 A 203.0.113.80'],
      ['y.abc.com. 101 A 203.0.113.80'],
      ['y.abc.com. 300 A 203.0.113.81'],
    ]);
  });

  test('at 301 s only the authoritative server is asked', () => {
    expect(asked(net).slice(3)).toEqual([`${auth} y.abc.com. 1 rd=0`]);
  });

  test('notes say when the cache missed, hit and let go', () => {
    const ops = net.notes.flatMap((each) =>
      each.kind === 'cache' && each.op !== 'flush' && each.name === 'y.abc.com.'
        ? `${Math.floor(each.atUs / 1e6)} ${each.op}`
        : [],
    );
    expect(ops).toEqual(['0 miss', '0 store', '100 hit', '200 hit', '301 expire', '301 miss', '301 store']);
  });

  test('the search begins with what is known, the hints first, and goes down by referrals (RFC 1034 §5.3.3)', () => {
    const zones = net.notes.flatMap((each) => (each.kind === 'zone' ? `${each.zone} ${each.from}` : []));
    expect(zones).toEqual(['. cache', 'com. referral', 'abc.com. referral', 'abc.com. cache']);
  });

  test('a name that does not exist is remembered for min(SOA TTL, MINIMUM) (RFC 2308 §5)', () => {
    const fresh = new OneResolver(tree());
    for (const second of [0, 59, 61]) {
      fresh.run(second * 1_000_000);
      fresh.ask(query('nope.abc.com.', 'MX', {flags: rd}));
    }
    fresh.run();
    const soa = (ttl: number) => `abc.com. ${ttl} SOA dns.abc.com. admin.abc.com. 1 1800 900 604800 60`;
    expect(fresh.responses.map(({message}) => told(message))).toEqual(
      [60, 2, 60].map((ttl) => ({
        rcode: 'NXDOMAIN',
        aa: false,
        answer: [],
        authority: [soa(ttl)],
        additional: [],
      })),
    );
    expect(fresh.sent.length).toBe(4);
  });

  test('no such type: NODATA, for that type alone', () => {
    const fresh = new OneResolver(tree());
    const types = [RecordType.TXT, RecordType.TXT, RecordType.A];
    const tokens = types.map((type) => {
      const token = fresh.call({call: 'resolve', name: 'y.abc.com', type});
      fresh.run();
      return token;
    });
    const answers = tokens.map((token) => must(fresh.answers.get(token)));
    expect(answers.map(({result, from}) => `${result} ${from}`)).toEqual([
      'NODATA network',
      'NODATA cache',
      'ok network',
    ]);
  });

  test('an alias is followed, and its search starts in the cache', () => {
    const fresh = new OneResolver(tree());
    fresh.ask(query('www.abc.com.', 'A', {flags: rd}));
    fresh.run();
    expect(recordTexts(must(fresh.responses[0]).message.answers)).toEqual([
      'www.abc.com. 200 CNAME y.abc.com.',
      'y.abc.com. 300 A 203.0.113.80',
    ]);
    expect(fresh.notes.filter(({kind}) => kind === 'alias')).toEqual([
      expect.objectContaining({kind: 'alias', name: 'www.abc.com.', target: 'y.abc.com.'}),
    ]);
    fresh.run(10_000_000);
    const token = fresh.call({call: 'resolve', name: 'www.abc.com.', type: RecordType.A});
    const answer = must(fresh.answers.get(token));
    expect([answer.result, answer.ttl, answer.from]).toEqual(['ok', 191, 'cache']);
    expect(recordTexts(answer.chain)).toEqual(['www.abc.com. 191 CNAME y.abc.com.']);
    expect(fresh.sent.length).toBe(4);
  });
});

describe('RFC 1034 §6.3', () => {
  // The zone ISI.EDU as far as §6.3 shows it.
  const isi = zoneFrom(
    `
ISI.EDU. 172800 IN SOA VENERA.ISI.EDU. ACTION.ISI.EDU. 1 1800 300 604800 86400
ISI.EDU. 172800 NS VAXA.ISI.EDU.
ISI.EDU. 172800 NS A.ISI.EDU.
ISI.EDU. 172800 NS VENERA.ISI.EDU.
ISI.EDU. 172800 MX 10 VENERA.ISI.EDU.
ISI.EDU. 172800 MX 20 VAXA.ISI.EDU.
VENERA.ISI.EDU. 172800 A 128.9.0.32
VENERA.ISI.EDU. 172800 A 10.1.0.52
VAXA.ISI.EDU. 172800 A 10.2.0.27
VAXA.ISI.EDU. 172800 A 128.9.0.33
A.ISI.EDU. 172800 A 26.3.0.103
`,
  );
  const c = serves(...rfcServers['C.ISI.EDU.']);
  const isiServer = serves(isi);
  const addresses = ['10.2.0.27', '128.9.0.33', '10.1.0.52', '128.9.0.32', '26.3.0.103'];
  const servers = {'10.0.0.52': c, ...Object.fromEntries(addresses.map((each) => [each, isiServer]))};
  const spec = tree({roots: [{name: 'C.ISI.EDU.', addresses: ['10.0.0.52']}], minimalResponses: false}).spec;

  test('§6.3.1: the root refers to ISI.EDU, one of whose servers has the MX records', () => {
    const net = new OneResolver({spec, servers});
    net.ask(query('ISI.EDU.', 'MX', {flags: rd}));
    net.run();
    expect(asked(net)).toEqual(['10.0.0.52 ISI.EDU. 15 rd=0', '10.2.0.27 ISI.EDU. 15 rd=0']);
    expect(told(must(net.responses[0]).message)).toEqual({
      rcode: 'NOERROR',
      aa: false,
      answer: ['ISI.EDU. 172800 MX 10 VENERA.ISI.EDU.', 'ISI.EDU. 172800 MX 20 VAXA.ISI.EDU.'],
      authority: [],
      additional: [
        'VENERA.ISI.EDU. 172800 A 128.9.0.32',
        'VENERA.ISI.EDU. 172800 A 10.1.0.52',
        'VAXA.ISI.EDU. 172800 A 10.2.0.27',
        'VAXA.ISI.EDU. 172800 A 128.9.0.33',
      ],
    });
  });

  test('§6.3.2: a host number back to a name: the root itself knows', () => {
    const net = new OneResolver({spec, servers});
    net.ask(query('65.0.6.26.IN-ADDR.ARPA.', 'PTR', {flags: rd}));
    net.run();
    expect(asked(net)).toEqual(['10.0.0.52 65.0.6.26.IN-ADDR.ARPA. 12 rd=0']);
    expect(recordTexts(must(net.responses[0]).message.answers)).toEqual([
      '65.0.6.26.IN-ADDR.ARPA. 86400 PTR ACC.ARPA.',
    ]);
  });

  test('§6.3.3: the address of poneria.ISI.EDU: no such name there', () => {
    const net = new OneResolver({spec, servers});
    const token = net.call({call: 'resolve', name: 'poneria.ISI.EDU', type: RecordType.A});
    net.run();
    expect(must(net.answers.get(token)).result).toBe('NXDOMAIN');
  });
});
