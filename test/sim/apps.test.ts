// Applications on hosts: DNS over the simulated UDP and TCP. Oracles: curriculum lessons 19 to 22, RFC 1122 §4.1.3.1.
import {expect, test} from 'vitest';
import {segmentOf} from '../../source/account/packet.ts';
import {RecordType} from '../../source/wire/dns/registry.ts';
import {seq} from '../../source/wire/seq.ts';
import {hasFlag} from '../../source/wire/tcp.ts';
import {abcZone, ask, dnsScenario, messagesOf} from '../helpers/dns-network.ts';
import {eventsOf, run} from '../helpers/traces.ts';

const {A, TXT} = RecordType;
const y = {call: 'resolve', name: 'y.abc.com', type: A} as const;

test('a cold walk is eight datagrams: the stub asks once, the resolver three servers (lesson 20)', () => {
  const trace = run(dnsScenario([ask(0, y)]));
  const messages = messagesOf(trace);
  expect(messages.map(({from, to}) => `${from} ${to}`)).toEqual([
    ...[
      'm local',
      'local root',
      'root local',
      'local tld',
      'tld local',
      'local auth',
      'auth local',
      'local m',
    ],
  ]);
  expect(
    messages.map(({message: {flags}}) => [flags.qr, flags.rd, flags.ra, flags.aa].map(Number).join('')),
  ).toEqual([...['0100', '0000', '1000', '0000', '1000', '0000', '1001', '1110']]);
  const [answer] = eventsOf(trace, 'answer');
  expect(answer).toMatchObject({host: 'm', atUs: 130_000, answer: {result: 'ok', from: 'network'}});
  expect(messages[7]?.message.answers.map(({data, ttl}) => ({data, ttl}))).toEqual([
    {data: {kind: 'A', address: '203.0.113.80'}, ttl: 300},
  ]);
});

test('the stub asks again after 5 s when its query is lost (resolv.conf: timeout 5, attempts 2)', () => {
  const drop = {kind: 'drop', at: {packet: 1}} as const;
  const trace = run(dnsScenario([ask(0, y)], {faults: [drop]}));
  const own = eventsOf(trace, 'send').filter(({host}) => host === 'm');
  expect(own.map(({atUs, retransmission}) => [atUs, retransmission])).toEqual([
    [0, false],
    [5_000_000, true],
  ]);
});

test('what does not fit into 512 octets comes over TCP (lesson 22)', () => {
  const trace = run(dnsScenario([ask(0, {call: 'resolve', name: 'big.abc.com', type: TXT})]));
  const [answer] = eventsOf(trace, 'answer');
  expect(answer?.answer).toMatchObject({result: 'ok'});
  const toServer = eventsOf(trace, 'send').filter(({host, frame}) => {
    const transport = frame?.payload.kind === 'ip' ? frame.payload.packet.transport : undefined;
    return host === 'm' && transport?.kind === 'tcp' && transport.segment.dstPort === 53;
  });
  expect(toServer.length).toBeGreaterThan(0);
});

test('both ends of a connection between applications begin at the numbers of their hosts (RFC 9293 §3.4)', () => {
  const scenario = dnsScenario([ask(0, {call: 'resolve', name: 'big.abc.com', type: TXT})]);
  const fixed: {readonly [name: string]: number} = {m: 1000, local: 9000};
  const hosts = scenario.hosts.map((host) => ({
    ...host,
    ...(host.name in fixed ? {iss: seq(fixed[host.name] ?? 0)} : {}),
  }));
  const trace = run({...scenario, hosts});
  const syns = eventsOf(trace, 'send').flatMap(({frame}) => {
    const segment = frame && segmentOf({frame});
    return segment && hasFlag(segment, 'SYN') ? [segment.seq] : [];
  });
  // Before that the resolver has asked its server, whose number is its own.
  expect(syns.slice(-2)).toEqual([1000, 9000]);
});

test('a datagram for a port that nobody has draws ICMP port unreachable (RFC 1122 §4.1.3.1)', () => {
  const scenario = dnsScenario([ask(0, y)]);
  const trace = run({...scenario, apps: (scenario.apps ?? []).filter(({host}) => host !== 'local')});
  const [error] = eventsOf(trace, 'send').filter(({host}) => host === 'local');
  const packet = error?.frame?.payload.kind === 'ip' ? error.frame.payload.packet : undefined;
  expect(packet?.transport).toMatchObject({kind: 'icmp', message: {type: 3, code: 3}});
  expect(eventsOf(trace, 'answer').map(({answer}) => answer.result)).not.toContain('ok');
});

// Linux, icmp_err_convert: of these three only host unreachable is not fatal.
test('errors that last end the wait for a datagram, others do not (RFC 1122 §4.1.3.3)', () => {
  const secondAsked = (verdict: 'port' | 'host' | 'admin-prohibited'): number => {
    const rule = {verdict, at: {port: 53, to: 'auth'}} as const;
    const trace = run(
      dnsScenario([ask(0, y)], {actors: [{kind: 'firewall', host: 'r1', rules: [rule]}], limitUs: 4_000_000}),
    );
    const [refused] = eventsOf(trace, 'drop');
    const failed = eventsOf(trace, 'note').find(({note}) => note.kind === 'server');
    return (failed?.atUs ?? Number.NaN) - (refused?.atUs ?? 0);
  };
  expect(secondAsked('port')).toBe(0);
  expect(secondAsked('admin-prohibited')).toBe(0);
  expect(secondAsked('host')).toBe(800_000);
});

test('a zone that is edited is served at once; a resolver keeps what it has (lesson 21)', () => {
  const edit = {
    call: 'editZone',
    origin: abcZone.origin,
    records: [{name: 'y.abc.com.', type: A, class: 1, ttl: 300, data: {kind: 'A', address: '203.0.113.81'}}],
  } as const;
  const trace = run(
    dnsScenario([
      ask(0, y),
      ask(110_000, edit, 'auth'),
      ask(200_000, {call: 'flushCache'}),
      ask(200_001, y),
      // TTLs are told less the whole seconds that have passed: the stub's copy may outlive the resolver's by one.
      ask(302_000, y),
    ]),
  );
  const addresses = eventsOf(trace, 'answer').map(({answer}) =>
    'records' in answer ? answer.records.map(({data}) => (data.kind === 'A' ? data.address : '')) : [],
  );
  expect(addresses).toEqual([['203.0.113.80'], ['203.0.113.80'], ['203.0.113.81']]);
});

test('a crash takes the cache of a resolver and leaves the zones of a server', () => {
  const power = (atMs: number, on: string, call: 'crash' | 'reboot') => ({
    when: {kind: 'at', atUs: atMs * 1000} as const,
    host: on,
    action: {call} as const,
  });
  const trace = run(
    dnsScenario([
      ask(0, y),
      ...[power(1000, 'local', 'crash'), power(1001, 'local', 'reboot')],
      ...[power(1000, 'auth', 'crash'), power(1001, 'auth', 'reboot')],
      ask(2000, {call: 'flushCache'}),
      ask(2001, y),
    ]),
  );
  expect(messagesOf(trace)).toHaveLength(16);
});

test('every event is kept: the world after any event is the same when it is made again', () => {
  const trace = run(dnsScenario([ask(0, y), ask(1000, {call: 'resolve', name: 'nope.abc.com', type: A})]));
  const last = trace.stateAt(trace.length);
  trace.stateAt(3);
  expect(trace.stateAt(trace.length)).toEqual(last);
  expect(eventsOf(trace, 'answer').map(({answer}) => answer.result)).toEqual(['ok', 'NXDOMAIN']);
});
