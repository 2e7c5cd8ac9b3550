// Events that a resolver hears, one by one. Oracles: RFC 1035 §3.2.1 (what is known may be forgotten), §4.1.1 (QR), §4.2.2 (lengths before
// messages), RFC 1123 §6.1.3.8 (hosts files), RFC 5452 §9.1 (what answers a query), RFC 7766 §6.2.3 (idle connections), RFC 1122 §4.1.3.3.
import {describe, expect, test} from 'vitest';
import type {DnsEvent} from '../../../source/stack/dns/call.ts';
import {ruleOf} from '../../../source/stack/reason.ts';
import {encodeDns} from '../../../source/wire/dns/encode.ts';
import {frameDns} from '../../../source/wire/dns/framing.ts';
import {Rcode, RecordType} from '../../../source/wire/dns/registry.ts';
import {must, OneResolver} from '../../helpers/dns/one-resolver.ts';
import {auth, root, tld, tree} from '../../helpers/dns/tree.ts';
import {query} from './words.ts';

const {A} = RecordType;
const flags = {qr: false, aa: false, tc: false, rd: true, ra: false, ad: false, cd: false};
const wanted = query('y.abc.com', 'A', {flags});
const ask = (net: OneResolver) =>
  must(net.answers.get(net.call({call: 'resolve', name: 'y.abc.com', type: A})));
const resolved = () => {
  const net = new OneResolver(tree());
  net.call({call: 'resolve', name: 'y.abc.com', type: A});
  return net.run();
};
const kinds = (net: OneResolver, from: number): readonly string[] =>
  net.effects
    .slice(from)
    .map((effect) => ('because' in effect ? `${effect.kind} ${ruleOf(effect.because)}` : effect.kind));

describe('calls', () => {
  test('a cache that is flushed is empty, and says what it had', () => {
    const net = resolved();
    expect(ask(net)).toMatchObject({result: 'ok', from: 'cache'});
    const token = net.call({call: 'flushCache'});
    expect(net.answers.get(token)).toMatchObject({result: 'ok', records: []});
    const [flush] = net.notes.flatMap((note) => (note.kind === 'cache' && note.op === 'flush' ? [note] : []));
    expect(flush?.entries).toBeGreaterThan(0);
    const before = net.sent.length;
    net.call({call: 'resolve', name: 'y.abc.com', type: A});
    net.run();
    expect(net.sent.length).toBeGreaterThan(before);
  });

  test('the hosts file is asked first', () => {
    const net = new OneResolver(tree());
    net.call({call: 'setHosts', entries: [{name: 'y.abc.com.', address: '192.0.2.77'}]});
    expect(ask(net)).toMatchObject({
      ...{
        result: 'ok',
        from: 'hosts',
        records: [{name: 'y.abc.com.', data: {kind: 'A', address: '192.0.2.77'}}],
      },
    });
    expect([net.sent, net.notes.map(({kind}) => kind)]).toEqual([[], ['hosts']]);
  });

  test('a name that can be none', () => {
    const net = new OneResolver(tree());
    const token = net.call({call: 'resolve', name: 'a..b', type: A});
    expect([net.answers.get(token)?.result, net.sent]).toEqual(['EINVAL', []]);
  });
});

describe('datagrams to port 53', () => {
  const hears = (data: Uint8Array) => {
    const net = new OneResolver(tree());
    const from = net.effects.length;
    net.step({kind: 'datagram', port: 53, local: '192.0.2.53', from: {ip: '192.0.2.10', port: 9}, data});
    return {net, said: kinds(net, from)};
  };
  const question = encodeDns(wanted);
  const discarded = ['discard 1035:4.1.1/not-a-query'];

  test('less than a header, and what is a response, is thrown away', () => {
    expect(hears(question.slice(0, 11)).said).toEqual(discarded);
    const response = question.slice();
    response[2] = (response[2] ?? 0) | 0x80;
    expect(hears(response).said).toEqual(discarded);
    expect(hears(response.slice(0, 15)).said).toEqual(discarded);
  });

  test('a question that cannot be read: FORMERR with its number and operation', () => {
    const cut = question.slice(0, 15);
    cut[2] = (cut[2] ?? 0) | 0x10;
    const {net} = hears(cut);
    net.run();
    expect(must(net.responses[0]).message).toMatchObject({
      ...{id: wanted.id, rcode: Rcode.FORMERR, opcode: 2, flags: {qr: true}},
    });
  });
});

/** Whatever the resolver has just sent to the root. */
const waiting = () => {
  const net = new OneResolver(tree());
  net.call({call: 'resolve', name: 'y.abc.com', type: A});
  const datagram = must(net.effects.flatMap((effect) => (effect.kind === 'datagram' ? [effect] : []))[0]);
  return {net, port: datagram.port, from: net.effects.length};
};

describe('answers to its own queries', () => {
  test('from elsewhere, to another port, or of another number they are none', () => {
    const {net, port, from} = waiting();
    const {message} = must(net.sent[0]);
    const answer = encodeDns({...message, flags: {...message.flags, qr: true}});
    const other = encodeDns({...message, id: message.id ^ 1, flags: {...message.flags, qr: true}});
    const event = (change: object): DnsEvent =>
      Object.assign(
        {kind: 'datagram', port, local: '192.0.2.53', from: {ip: root, port: 53}, data: answer} as const,
        change,
      );
    for (const change of [
      ...[
        {from: {ip: tld, port: 53}},
        {from: {ip: root, port: 54}},
        {data: other},
        {data: answer.slice(0, 5)},
      ],
    ])
      net.step(event(change));
    expect(kinds(net, from)).toEqual(Array.from({length: 4}, () => 'discard 5452:9.1/mismatch'));
    expect(net.run().answers.get(1)?.result).toBe('ok');
  });

  test('an error of ICMP about one says that nobody is there; about another nothing', () => {
    const {net, port, from} = waiting();
    net.step({kind: 'unreachable', port: port + 1, to: {ip: root, port: 53}});
    net.step({kind: 'unreachable', port, to: {ip: auth, port: 53}});
    expect(kinds(net, from)).toEqual([]);
    net.step({kind: 'unreachable', port, to: {ip: root, port: 53}});
    expect(kinds(net, from).length).toBeGreaterThan(0);
    expect(net.notes.some((note) => note.kind === 'server' && note.fault === 'unreachable')).toBe(true);
  });
});

describe('a client’s connection', () => {
  const accepted = () => {
    const net = new OneResolver(tree());
    net.step({
      kind: 'accepted',
      stream: 's',
      port: 53,
      local: '192.0.2.53',
      from: {ip: '192.0.2.10', port: 9},
    });
    return {net, from: net.effects.length};
  };
  const framed = frameDns(encodeDns(wanted));

  test('it may be idle for ten seconds, counted from what came last', () => {
    const {net} = accepted();
    const due = () =>
      net.effects.flatMap((each) => (each.kind === 'timer' && each.op === 'arm' ? [each.dueUs] : [])).at(-1);
    expect(due()).toBe(10_000_000);
    net.nowUs = 4_000_000;
    net.step({kind: 'data', stream: 's', data: framed.slice(0, 1)});
    expect(due()).toBe(14_000_000);
    net.run();
    expect(net.effects.slice(-2)).toMatchObject([
      {kind: 'close', stream: 's', atUs: 14_000_000},
      {kind: 'timer', op: 'cancel'},
    ]);
  });

  test('a question in pieces is one question, answered where it was asked', () => {
    const {net} = accepted();
    for (const [at] of framed.entries())
      net.step({kind: 'data', stream: 's', data: framed.slice(at, at + 1)});
    net.run(1_000_000);
    const writes = net.effects.flatMap((each) =>
      each.kind === 'write' && each.stream === 's' ? [each] : [],
    );
    expect(writes).toHaveLength(1);
  });

  test('one that has only closed its side gets its answer; one that asks nothing is closed', () => {
    const quiet = accepted();
    quiet.net.step({kind: 'ended', stream: 's', how: 'eof'});
    expect(kinds(quiet.net, quiet.from)).toEqual(['close', 'timer 7766:6.2.3/idle/stop']);
    const asking = accepted();
    asking.net.step({kind: 'data', stream: 's', data: framed});
    const from = asking.net.effects.length;
    asking.net.step({kind: 'ended', stream: 's', how: 'eof'});
    expect(kinds(asking.net, from)).toEqual([]);
    asking.net.run(1_000_000);
    expect(asking.net.effects.some((each) => each.kind === 'write' && each.stream === 's')).toBe(true);
  });

  test('one that is reset has its answers no more', () => {
    const {net} = accepted();
    net.step({kind: 'data', stream: 's', data: framed});
    const from = net.effects.length;
    net.step({kind: 'ended', stream: 's', how: 'reset'});
    expect(kinds(net, from)).toEqual(['timer 7766:6.2.3/idle/stop']);
    net.run(1_000_000);
    expect(net.effects.some((each) => each.kind === 'write' && each.stream === 's')).toBe(false);
    const again = net.effects.length;
    net.step({kind: 'ended', stream: 's', how: 'reset'});
    net.step({kind: 'data', stream: 's', data: framed});
    expect(kinds(net, again)).toEqual([]);
  });
});
