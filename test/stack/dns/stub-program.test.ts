// A stub resolver. Oracles: curriculum lessons 19, 21 and 22, resolv.conf(5) (5 s, 2 attempts), RFC 5452 §9.1, RFC 7766 §5.
import {describe, expect, test} from 'vitest';
import {cacheRows} from '../../../source/stack/dns/cache-rows.ts';
import {type StubSettings, stubDefaults} from '../../../source/stack/dns/stub-settings.ts';
import {decodeDns} from '../../../source/wire/dns/decode.ts';
import {encodeDns} from '../../../source/wire/dns/encode.ts';
import type {DnsMessage} from '../../../source/wire/dns/message.ts';
import {Rcode, RecordType} from '../../../source/wire/dns/registry.ts';
import {encodeDnsWithin} from '../../../source/wire/dns/truncate.ts';
import {must, type Net, OneResolver, type Server} from '../../helpers/dns/one-resolver.ts';
import {abcText, serves, zone} from '../../helpers/dns/tree.ts';
import {recordTexts} from './words.ts';

const resolver = '192.0.2.53';
const second = '192.0.2.54';
const {A, AAAA, ANY, TXT} = RecordType;

const local = serves(zone(abcText));
const says =
  (rcode: number): Server =>
  (query) => ({...query, flags: {...query.flags, qr: true}, rcode});

const cutShort = ({flags}: DnsMessage): Partial<DnsMessage> => ({
  answers: [],
  flags: {...flags, qr: true, tc: true},
});

const stub = (settings: Partial<StubSettings> = {}, net: Partial<Net> = {}): OneResolver =>
  new OneResolver({
    spec: {role: 'stub', settings: {...stubDefaults, servers: [resolver], ...settings}},
    servers: {[resolver]: local, [second]: local},
    addresses: ['192.0.2.10'],
    delayUs: 5_000,
    ...net,
  });

const resolve = (net: OneResolver, name = 'y.abc.com', type: number = A) => {
  const token = net.call({call: 'resolve', name, type});
  net.run();
  return must(net.answers.get(token));
};

describe('one question', () => {
  test('is one datagram with RD=1 of 27 octets, and one answer', () => {
    const net = stub();
    const answer = resolve(net);
    expect(net.sent.map(({message}) => [message.flags.rd, encodeDns(message).length])).toEqual([[true, 27]]);
    expect([answer.result, answer.ttl, answer.from, answer.atUs]).toEqual(['ok', 300, 'network', 10_000]);
    expect(recordTexts(answer.records)).toEqual(['y.abc.com. 300 A 203.0.113.80']);
  });

  test.each([
    ['nope.abc.com', 'NXDOMAIN'],
    ['dns.abc.com', 'NODATA'],
    [`${'a'.repeat(64)}.com`, 'EINVAL'],
  ])('of %s: %s', (name, result) => {
    expect(resolve(stub(), name, TXT).result).toBe(result);
  });

  test('of a name that is too long sends nothing', () => {
    const net = stub();
    expect(resolve(net, `${'abcdefg.'.repeat(40)}com`).result).toBe('EINVAL');
    expect(net.sent).toEqual([]);
  });

  test('through an alias gives the chain too', () => {
    const answer = resolve(stub(), 'WWW.abc.com');
    expect(recordTexts(answer.chain)).toEqual(['WWW.abc.com. 200 CNAME y.abc.com.']);
    expect(answer.ttl).toBe(200);
  });
});

describe('silence', () => {
  test('5 s, the same question once more, 5 s, and that is all', () => {
    const net = stub({}, {servers: {}});
    const answer = resolve(net);
    expect(net.sent.map(({atUs}) => atUs)).toEqual([0, 5_000_000]);
    expect(new Set(net.sent.map(({message}) => message.id)).size).toBe(1);
    expect([answer.result, answer.atUs]).toEqual(['timedOut', 10_000_000]);
    const again = net.effects.filter((each) => each.kind === 'datagram' && each.retransmission);
    expect(again.length).toBe(1);
    const rules = net.effects.flatMap((each) => (each.kind === 'datagram' ? [each.because] : []));
    expect(rules).toEqual(['1034:5.3.1/ask', '1035:7.2/again']);
  });

  test('without a server there is nobody to wait for', () => {
    const net = stub({servers: []});
    expect(resolve(net)).toMatchObject({result: 'timedOut', atUs: 0});
    expect(net.sent).toEqual([]);
  });

  test('a lost answer costs 5 s', () => {
    const net = stub({}, {lost: (nth) => nth === 2});
    expect(resolve(net).atUs).toBe(5_010_000);
  });

  test('the second server is asked before the first one again', () => {
    const net = stub({servers: [resolver, second]}, {servers: {}});
    resolve(net);
    expect(net.sent.map(({to}) => to)).toEqual([resolver, second, resolver, second]);
  });

  test('a server that fails: the next one; the last one’s failure is the answer', () => {
    const net = stub(
      {servers: [resolver, second]},
      {servers: {[resolver]: says(Rcode.REFUSED), [second]: local}},
    );
    expect(resolve(net).result).toBe('ok');
    const alone = stub({}, {servers: {[resolver]: says(Rcode.SERVFAIL)}});
    expect(resolve(alone).result).toBe('SERVFAIL');
    expect(alone.sent.length).toBe(1);
  });

  test('a port that is not there need not be waited for', () => {
    const net = stub({servers: [resolver, second]}, {servers: {[second]: local}});
    const token = net.call({call: 'resolve', name: 'y.abc.com', type: A});
    const bound = net.effects.find((each) => each.kind === 'bind');
    const port = bound?.kind === 'bind' ? bound.port : 0;
    net.deliver({kind: 'unreachable', port, to: {ip: resolver, port: 53}}, 10_000);
    net.run();
    expect(must(net.answers.get(token)).atUs).toBe(20_000);
  });

  test('what ICMP says of one server is not about another', () => {
    const net = stub({servers: [resolver, second], attempts: 1}, {servers: {}});
    const token = net.call({call: 'resolve', name: 'y.abc.com', type: A});
    const bound = net.effects.find((each) => each.kind === 'bind');
    const port = bound?.kind === 'bind' ? bound.port : 0;
    net.deliver({kind: 'unreachable', port, to: {ip: resolver, port: 53}}, 6_000_000);
    net.run();
    expect(must(net.answers.get(token)).atUs).toBe(10_000_000);
  });

  test('a server that fails over TCP: its connection is closed, the next one is asked', () => {
    const failing: Server = (query, via) =>
      via === 'tcp' ? says(Rcode.SERVFAIL)(query, via) : {...must(local(query, via)), ...cutShort(query)};
    const net = stub({servers: [resolver, second]}, {servers: {[resolver]: failing, [second]: local}});
    expect(resolve(net).result).toBe('ok');
    const streams = (kind: 'connect' | 'close'): readonly string[] =>
      net.effects.flatMap((each) => (each.kind === kind ? each.stream : []));
    expect(streams('close')).toEqual(streams('connect'));
  });

  test('however long the timeout, later servers wait no less', () => {
    const net = stub({servers: [resolver, second], timeoutUs: 1_500_000_000, attempts: 1}, {servers: {}});
    expect(resolve(net).atUs).toBe(3_000_000_000);
  });
});

test('ANY: whatever there is at the name (RFC 1035 §3.2.3), an alias as it stands', () => {
  const net = stub();
  expect(recordTexts(resolve(net, 'y.abc.com', ANY).records)).toEqual(['y.abc.com. 300 A 203.0.113.80']);
  const alias = ['www.abc.com. 200 CNAME y.abc.com.'];
  expect(recordTexts(resolve(net, 'www.abc.com', ANY).records)).toEqual(alias);
  resolve(net, 'www.abc.com');
  const again = resolve(net, 'www.abc.com', ANY);
  expect([recordTexts(again.records), recordTexts(again.chain)]).toEqual([alias, []]);
});

describe('before the network', () => {
  test('the hosts file: no datagram at all', () => {
    const net = stub({hosts: [{name: 'Y.abc.com.', address: '192.0.2.99'}]});
    const answer = resolve(net);
    expect([answer.from, recordTexts(answer.records)]).toEqual(['hosts', ['Y.abc.com. 0 A 192.0.2.99']]);
    expect(net.sent).toEqual([]);
    expect(resolve(net, 'y.abc.com', AAAA).from).toBe('network');
  });

  test('the cache, with what is left of the TTL; flushed, it knows nothing', () => {
    const net = stub();
    resolve(net, 'www.abc.com');
    net.run(50_000_000);
    const answer = resolve(net, 'www.abc.com');
    expect([answer.from, answer.ttl]).toEqual(['cache', 151]);
    // Of the alias, and of what it leads to.
    const hits = net.notes.flatMap((note) => (note.kind === 'cache' && note.op === 'hit' ? [note.name] : []));
    expect(hits).toEqual(['www.abc.com.', 'y.abc.com.']);
    expect(cacheRows(net.state, net.nowUs).map(({ttl}) => ttl)).toEqual([151, 251]);
    net.call({call: 'flushCache'});
    expect(resolve(net, 'www.abc.com').from).toBe('network');
  });

  test('a denial is in the cache as long as its SOA says', () => {
    const net = stub();
    resolve(net, 'nope.abc.com');
    net.run(59_000_000);
    expect(resolve(net, 'nope.abc.com', AAAA)).toMatchObject({from: 'cache', result: 'NXDOMAIN'});
    net.run(61_000_000);
    expect(resolve(net, 'nope.abc.com').from).toBe('network');
  });

  test('without a cache every call is a question', () => {
    const net = stub({cache: false});
    resolve(net);
    resolve(net);
    expect(net.sent.length).toBe(2);
  });
});

describe('lesson 22: a TXT record of 900 octets', () => {
  const text = Array.from({length: 5}, () => `"${'x'.repeat(180)}"`).join(' ');
  const big = zone(`${abcText}big.abc.com. 300 IN TXT ${text}\n`);
  const within: Server = (query, via) => {
    const whole = must(serves(big)(query, via));
    const most = via === 'tcp' ? 65_535 : (query.additionals[0]?.class ?? 512);
    const read = decodeDns(encodeDnsWithin(whole, most));
    return read.ok ? read.value : undefined;
  };
  const ask = (edns?: number): OneResolver => {
    const net = stub({}, {servers: {[resolver]: within}});
    net.call({call: 'resolve', name: 'big.abc.com', type: TXT, ...(edns === undefined ? {} : {edns})});
    return net.run();
  };

  test('the connection is closed once the answer is there', () => {
    const {effects} = ask();
    const streams = (kind: 'connect' | 'close') =>
      effects.flatMap((each) => (each.kind === kind && 'stream' in each ? [each.stream] : []));
    expect(streams('connect')).toHaveLength(1);
    expect(streams('close')).toEqual(streams('connect'));
  });

  test('without EDNS: TC, and the same question over TCP', () => {
    const net = ask();
    expect(net.sent.map(({via}) => via)).toEqual(['udp', 'tcp']);
    expect(net.answers.get(1)?.records[0]?.data).toMatchObject({kind: 'TXT'});
  });

  test('with 1232 octets announced: UDP is enough', () => {
    expect(ask(1232).sent.map(({via}) => via)).toEqual(['udp']);
  });

  test('where TCP is blocked the answer never comes', () => {
    const net = stub({}, {servers: {}});
    net.call({call: 'resolve', name: 'big.abc.com', type: TXT});
    const query = must(net.sent[0]).message;
    const flags = {...query.flags, qr: true, tc: true};
    answer(net, {...query, flags});
    net.run();
    expect(net.answers.get(1)?.result).toBe('timedOut');
  });
});

const portOf = (net: OneResolver): number => {
  const bound = net.effects.find((each) => each.kind === 'bind');
  return bound?.kind === 'bind' ? bound.port : 0;
};

const answer = (net: OneResolver, message: DnsMessage, from = {ip: resolver, port: 53}): void =>
  net.deliver({kind: 'datagram', port: portOf(net), local: '192.0.2.10', from, data: encodeDns(message)});

describe('forged answers are dropped (RFC 5452 §9.1)', () => {
  const forge = (change: (query: DnsMessage) => DnsMessage, from = {ip: resolver, port: 53}): OneResolver => {
    const net = stub({}, {servers: {}});
    net.call({call: 'resolve', name: 'y.abc.com', type: A});
    const query = must(net.sent[0]).message;
    const good = must(local({...query}, 'udp'));
    answer(net, change(good), from);
    return net.run(1_000_000);
  };

  test('the true answer is taken', () => {
    expect(forge((good) => good).answers.get(1)?.result).toBe('ok');
  });

  test.each<[string, (good: DnsMessage) => DnsMessage]>([
    ['number', (good) => ({...good, id: good.id ^ 1})],
    [
      'question',
      (good) => ({...good, questions: good.questions.map((each) => ({...each, name: 'z.abc.com.'}))}),
    ],
    ['type', (good) => ({...good, questions: good.questions.map((each) => ({...each, type: AAAA}))})],
    ['number of questions, with NXDOMAIN', (good) => ({...good, questions: [], rcode: Rcode.NXDOMAIN})],
    ['number of questions, with NOERROR', (good) => ({...good, questions: []})],
    ['QR', (good) => ({...good, flags: {...good.flags, qr: false}})],
  ])('another %s', (_, change) => {
    const net = forge(change);
    expect(net.answers.size).toBe(0);
    expect(net.effects.filter(({kind}) => kind === 'discard').length).toBe(1);
  });

  test('but a server that understood nothing may leave the question out (RFC 1035 §4.1.1, FORMERR)', () => {
    const net = forge((good) => ({...good, questions: [], answers: [], rcode: Rcode.FORMERR}));
    expect(net.effects.filter(({kind}) => kind === 'discard').length).toBe(0);
  });

  test.each([
    ['address', {ip: '203.0.113.66', port: 53}],
    ['port', {ip: resolver, port: 5353}],
  ])('another %s', (_, from) => {
    expect(forge((good) => good, from).answers.size).toBe(0);
  });
});
