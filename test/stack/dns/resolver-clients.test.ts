// What clients of a resolver meet: transports, refusals, shared searches, settings. Oracles: RFC 1035 §4.1.1, 5452 §5, 6891 §6.2.2, 7766 §5, 9156.
import {describe, expect, test} from 'vitest';
import {encodeDns} from '../../../source/wire/dns/encode.ts';
import {frameDns} from '../../../source/wire/dns/framing.ts';
import {Rcode, RecordType, rcodeName} from '../../../source/wire/dns/registry.ts';
import {must, OneResolver, type Server} from '../../helpers/dns/one-resolver.ts';
import {
  abcText,
  asked,
  auth,
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
import {query, recordTexts} from './words.ts';

const {A, MX} = RecordType;
const second = '203.0.113.54';
const abc = serves(zone(abcText));

describe('transport', () => {
  const truncated: Server = (each, via) => {
    const message = must(abc(each, via));
    return via === 'tcp' ? message : {...message, answers: [], flags: {...message.flags, tc: true}};
  };

  test('TC: the same question over TCP', () => {
    const net = new OneResolver(tree({}, {servers: {...treeServers, [auth]: truncated}}));
    expect(resolve(net).result).toBe('ok');
    expect(net.sent.map(({via}) => via)).toEqual(['udp', 'udp', 'udp', 'tcp']);
  });

  test('where TCP leads nowhere: SERVFAIL', () => {
    const silent: Server = (each, via) => (via === 'tcp' ? undefined : truncated(each, via));
    const net = new OneResolver(tree({}, {servers: {...treeServers, [auth]: silent}}));
    expect(resolve(net).result).toBe('SERVFAIL');
  });

  test('a connection that breaks: nobody is there', () => {
    const silent: Server = (each, via) => (via === 'tcp' ? undefined : truncated(each, via));
    const net = new OneResolver(tree({}, {servers: {...treeServers, [auth]: silent}}));
    net.call({call: 'resolve', name: 'y.abc.com', type: A});
    net.run(200_000);
    const stream = must(net.effects.flatMap((each) => (each.kind === 'connect' ? each.stream : []))[0]);
    net.deliver({kind: 'ended', stream, how: 'reset'});
    net.run();
    const gone = net.effects.flatMap((each) =>
      each.kind === 'note' && each.note.kind === 'server' ? [each.note.fault, each.because] : [],
    );
    expect(gone).toEqual(['unreachable', '1035:7.2/silent']);
  });

  test('FORMERR to an OPT record: asked again without one, and so from then on', () => {
    const old: Server = (each, via) =>
      each.additionals.length > 0 ? says({rcode: Rcode.FORMERR})(each, via) : abc(each, via);
    const net = new OneResolver(tree({}, {servers: {...treeServers, [auth]: old}}));
    expect(resolve(net).result).toBe('ok');
    resolve(net, 'www.abc.com');
    expect(net.sent.map(({message}) => message.additionals.length)).toEqual([1, 1, 1, 0, 0]);
  });
});

describe('clients', () => {
  test('class CH is none of ours', () => {
    const net = new OneResolver(tree());
    net.ask(query('y.abc.com.', 'A', {questions: [{name: 'y.abc.com.', type: A, class: 3}]}));
    expect(net.responses.map(({message}) => rcodeName(message.rcode))).toEqual(['REFUSED']);
  });

  const flags = {qr: false, aa: false, tc: false, rd: true, ra: false, ad: false, cd: false};

  test('the same question of two clients is one search', () => {
    const net = new OneResolver(tree());
    net.ask(query('y.abc.com.', 'A', {flags}));
    net.ask(query('Y.ABC.com.', 'A', {flags, id: 7}), {ip: '192.0.2.11', port: 4000});
    net.ask(query('y.abc.com.', 'A', {flags}));
    net.run();
    expect(net.sent.length).toBe(3);
    // Each gets its own number and its own spelling; what came twice is answered once.
    expect(net.responses.map(({message}) => [message.id, message.questions[0]?.name])).toEqual([
      [0x1a2b, 'y.abc.com.'],
      [7, 'Y.ABC.com.'],
    ]);
  });

  test('RD=0: only what is known already', () => {
    const net = new OneResolver(tree());
    net.ask(query('y.abc.com.', 'A'));
    resolve(net);
    net.ask(query('y.abc.com.', 'A'));
    net.run();
    expect(net.responses.map(({message}) => rcodeName(message.rcode))).toEqual(['REFUSED', 'NOERROR']);
  });

  test('octets that are no question: FORMERR under their number', () => {
    const net = new OneResolver(tree());
    const data = encodeDns(query('y.abc.com.', 'A', {flags})).slice(0, 20);
    net.step({kind: 'datagram', port: 53, local: '192.0.2.53', from: {ip: '192.0.2.10', port: 4000}, data});
    expect(net.responses.map(({message}) => [message.id, rcodeName(message.rcode)])).toEqual([
      [0x1a2b, 'FORMERR'],
    ]);
  });

  test('minimal responses on: of an NS set the addresses come along, of anything else nothing', () => {
    const net = new OneResolver(tree({minimalResponses: true}));
    for (const type of ['NS', 'MX'] as const) net.ask(query('abc.com.', type, {flags}));
    net.ask(query('y.abc.com.', 'A', {flags}));
    net.run();
    const counts = net.responses.map(({message: {questions, authorities, additionals}}) => [
      questions[0]?.type,
      authorities.length > 0,
      additionals.length > 0,
    ]);
    expect(counts.toSorted()).toEqual([
      [RecordType.A, false, false],
      [MX, true, false],
      [RecordType.NS, false, true],
    ]);
  });

  test('minimal responses off: the NS set and its glue come along', () => {
    const net = new OneResolver(tree({minimalResponses: false}));
    net.ask(query('abc.com.', 'NS', {flags}));
    net.run();
    expect(recordTexts(must(net.responses[0]).message.additionals)).toEqual([
      `dns.abc.com. 172800 A ${auth}`,
    ]);
  });
});

describe('settings', () => {
  test('minimise: ten questions at most are less than the whole name (RFC 9156 §2.3)', () => {
    const net = new OneResolver(tree({minimise: true}));
    const labels = Array.from({length: 20}, (_, n) => `l${n}`);
    resolve(net, `${labels.join('.')}.abc.com`);
    const names = net.sent.map(({message}) => message.questions[0]?.name ?? '');
    const whole = `${labels.join('.')}.abc.com.`;
    expect(names.filter((name) => name !== whole).length).toBeLessThanOrEqual(10);
    expect(names.at(-1)).toBe(whole);
  });

  test('prime: the NS set of the root is asked for first (RFC 9609 §3)', () => {
    const net = new OneResolver(tree({prime: true}));
    resolve(net);
    expect(asked(net).slice(0, 2)).toEqual([`${root} . NS`, `${root} y.abc.com. A`]);
    // A client that asks the same primes nothing.
    const other = new OneResolver(tree());
    resolve(other, '.', RecordType.NS);
    expect([net, other].map(({sent}) => must(sent[0]).because)).toEqual(['9609:3/prime', '1034:5.3.3/ask']);
  });

  test('prime: it stays that when a client comes to want the same (RFC 9609 §3)', () => {
    const roots = [{name: 'root.', addresses: [root, second]}];
    const net = new OneResolver(
      tree({prime: true, roots}, {servers: {...treeServers, [root]: () => undefined}}),
    );
    net.call({call: 'resolve', name: 'y.abc.com', type: A});
    net.call({call: 'resolve', name: '.', type: RecordType.NS});
    net.run();
    const primes = net.sent.filter(({message}) => message.questions[0]?.type === RecordType.NS);
    expect(new Set(primes.map(({to}) => to))).toEqual(new Set([root, second]));
    const first = [root, second].map((server) => primes.find(({to}) => to === server)?.because);
    expect(first).toEqual(['9609:3/prime', '9609:3/prime']);
  });

  test('minimise: each server is told one label more than it has (RFC 9156 §2)', () => {
    const net = new OneResolver(tree({minimise: true}));
    expect(resolve(net, 'abc.com', MX).result).toBe('NODATA');
    expect(resolve(net).result).toBe('ok');
    expect(asked(net)).toEqual([
      `${root} com. A`,
      `${tld} abc.com. MX`,
      `${auth} abc.com. MX`,
      `${auth} y.abc.com. A`,
    ]);
  });

  test('a zone’s server that is a resolver is asked as one in the end, and told so: RD=1', () => {
    const cached: Server = (each, via) => {
      const message = must(abc(each, via));
      return {...message, flags: {...message.flags, aa: false, ra: true}};
    };
    const net = new OneResolver(tree({}, {servers: {...treeServers, [auth]: cached}}));
    expect(resolve(net).result).toBe('ok');
    expect(resolve(net, 'nope.abc.com').result).toBe('NXDOMAIN');
    const told = net.sent.slice(2).map(({because, message}) => `${message.flags.rd} ${because}`);
    expect(told).toEqual(['false 1034:5.3.3/ask', 'true 1035:7.2/again', 'true 1035:4.1.1/forward']);
    const decided = net.effects.flatMap((each) => (each.kind === 'datagram' ? [each.because] : []));
    expect(decided.at(-1)).toMatchObject({rule: '1035:4.1.1/forward', case: 'turned'});
  });

  test('forwarders: every question goes to them with RD=1', () => {
    const forwarded: Server = (each, via) => ({
      ...must(abc(each, via)),
      flags: {...each.flags, qr: true, ra: true},
    });
    const net = new OneResolver({spec: recursive({forwarders: [second]}), servers: {[second]: forwarded}});
    expect(resolve(net).result).toBe('ok');
    expect(net.sent.map(({to, message}) => `${to} ${message.flags.rd}`)).toEqual([`${second} true`]);
  });
});

describe('what a client is told', () => {
  const flags = {qr: false, aa: false, tc: false, rd: true, ra: false, ad: false, cd: false};
  const ask = (net: OneResolver, name: string, type: string) => {
    net.ask(query(name, type, {flags}));
    net.run();
    return must(net.responses.at(-1)).message;
  };

  test('the SOA record of a denial: min(TTL, MINIMUM), the first time too (RFC 2308 §5)', () => {
    const net = new OneResolver(tree());
    expect(recordTexts(ask(net, 'nope.abc.com.', 'A').authorities)).toEqual([
      'abc.com. 60 SOA dns.abc.com. admin.abc.com. 1 1800 900 604800 60',
    ]);
  });

  test('an NS set of the zone’s own servers lives no longer than the parent’s', () => {
    const short = serves(
      zone(`com. 900 IN SOA dns.com. admin.com. 1 1800 900 604800 900
com. 172800 IN NS dns.com.
dns.com. 172800 IN A ${tld}
abc.com. 100 IN NS dns.abc.com.
dns.abc.com. 100 IN A ${auth}`),
    );
    const net = new OneResolver(tree({}, {servers: {...treeServers, [tld]: short}}));
    expect(recordTexts(ask(net, 'abc.com.', 'NS').answers)).toEqual(['abc.com. 100 NS dns.abc.com.']);
    net.run(50_000_000);
    expect(recordTexts(ask(net, 'abc.com.', 'NS').answers)).toEqual(['abc.com. 51 NS dns.abc.com.']);
  });

  test('a record that comes twice in other letters is one (RFC 2181 §5, RFC 4343 §3)', () => {
    const server: Server = says({
      aa: true,
      answers: 'abc.com. 300 IN NS dns.abc.com.\nabc.com. 300 IN NS DNS.abc.com.',
    });
    const net = new OneResolver(tree({}, {servers: {...treeServers, [auth]: server}}));
    expect(ask(net, 'abc.com.', 'NS').answers.length).toBe(1);
  });

  test('no RRset twice', () => {
    const server: Server = says({
      aa: true,
      answers: `dns.abc.com. 300 IN A ${auth}`,
      authorities: 'abc.com. 300 IN NS dns.abc.com.',
      additionals: `dns.abc.com. 300 IN A ${auth}`,
    });
    const settings = {minimalResponses: false, scrubPromiscuous: false};
    const net = new OneResolver(tree(settings, {servers: {...treeServers, [auth]: server}}));
    expect(ask(net, 'dns.abc.com.', 'A').additionals).toEqual([]);
  });

  test('answers that are told with what came along are asked for again when that has run out', () => {
    const server: Server = says({
      aa: true,
      answers: 'y.abc.com. 3600 IN A 203.0.113.80',
      authorities: 'abc.com. 50 IN NS dns.abc.com.',
    });
    const settings = {minimalResponses: false, scrubPromiscuous: false};
    const net = new OneResolver(tree(settings, {servers: {...treeServers, [auth]: server}}));
    ask(net, 'y.abc.com.', 'A');
    net.run(49_000_000);
    ask(net, 'y.abc.com.', 'A');
    expect(net.sent.length).toBe(3);
    net.run(60_000_000);
    ask(net, 'y.abc.com.', 'A');
    expect(net.sent.length).toBeGreaterThan(3);
  });

  test('ANY finds an alias as it stands, from the cache too (RFC 1034 §4.3.2 step 3a)', () => {
    const net = new OneResolver(tree());
    const alias = ['www.abc.com. 200 CNAME y.abc.com.'];
    expect(recordTexts(ask(net, 'www.abc.com.', 'ANY').answers)).toEqual(alias);
    ask(net, 'www.abc.com.', 'A');
    expect(recordTexts(ask(net, 'www.abc.com.', 'ANY').answers)).toEqual(alias);
  });

  test('limits of TTLs, positive and negative', () => {
    const net = new OneResolver(tree({ttlMost: 100, negativeTtlMost: 20}));
    expect(recordTexts(ask(net, 'y.abc.com.', 'A').answers)).toEqual(['y.abc.com. 100 A 203.0.113.80']);
    expect(ask(net, 'nope.abc.com.', 'A').authorities.map(({ttl}) => ttl)).toEqual([20]);
  });
});

describe('clients over TCP (RFC 7766 §6.2)', () => {
  const flags = {qr: false, aa: false, tc: false, rd: true, ra: false, ad: false, cd: false};
  const from = {ip: '192.0.2.10', port: 4000};
  const accepted = (net: OneResolver): void =>
    net.step({kind: 'accepted', stream: 'c', port: 53, local: '192.0.2.53', from});
  const both = frameDns(encodeDns(query('y.abc.com.', 'A', {flags})));
  const closes = (net: OneResolver): readonly number[] =>
    net.effects.flatMap((each) => (each.kind === 'close' && each.stream === 'c' ? each.atUs : []));

  test('several questions on one connection, in pieces; idle for 10 s it is closed', () => {
    const net = new OneResolver(tree());
    accepted(net);
    const other = frameDns(encodeDns(query('dns.abc.com.', 'A', {flags, id: 9})));
    const octets = Uint8Array.from([...both, ...other]);
    net.step({kind: 'data', stream: 'c', data: octets.slice(0, 40)});
    net.step({kind: 'data', stream: 'c', data: octets.slice(40)});
    net.run();
    expect(net.responses.map(({message}) => message.id)).toEqual([0x1a2b, 9]);
    expect(closes(net)).toEqual([10_000_000]);
  });

  test('a client that closes its side still gets its answer; without a question its connection is closed', () => {
    const net = new OneResolver(tree());
    accepted(net);
    net.step({kind: 'data', stream: 'c', data: both});
    net.step({kind: 'ended', stream: 'c', how: 'eof'});
    net.run(1_000_000);
    expect(net.responses.length).toBe(1);
    const quiet = new OneResolver(tree());
    accepted(quiet);
    quiet.step({kind: 'ended', stream: 'c', how: 'eof'});
    expect(closes(quiet)).toEqual([0]);
  });

  test('a connection is idle only when all its questions are answered (RFC 7766 §3)', () => {
    const settings = {timeoutUs: 12_000_000, attempts: 1};
    const net = new OneResolver(tree(settings, {servers: {}}));
    accepted(net);
    net.step({kind: 'data', stream: 'c', data: both});
    net.run();
    expect(net.responses.map(({atUs}) => atUs)).toEqual([12_000_000]);
    expect(closes(net).length).toBe(1);
  });

  test('a client that is gone gets nothing', () => {
    const net = new OneResolver(tree());
    accepted(net);
    net.step({kind: 'data', stream: 'c', data: both});
    net.step({kind: 'ended', stream: 'c', how: 'reset'});
    net.run();
    expect(net.responses).toEqual([]);
  });
});

test('the same data once more do not live longer for it', () => {
  const settings = {minimalResponses: false, scrubPromiscuous: false};
  const server: Server = says({
    aa: true,
    answers: 'y.abc.com. 3600 IN A 203.0.113.80',
    authorities: 'abc.com. 10 IN NS dns.abc.com.',
  });
  const net = new OneResolver(tree(settings, {servers: {...treeServers, [auth]: server}}));
  expect(resolve(net).ttl).toBe(3600);
  net.run(20_000_000);
  expect(resolve(net)).toMatchObject({from: 'network', ttl: 3581});
});
