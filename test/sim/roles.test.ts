// What hosts are in the DNS, what a translator does to datagrams, and when numbers mean nothing. Oracles: RFC 1034 §2.4, RFC 4787 §4 and
// §5, RFC 3022; the network of curriculum lesson 20.
import {expect, test} from 'vitest';
import {traceLines} from '../../source/account/trace-json.ts';
import {compareTraces} from '../../source/sim/compare.ts';
import {dnsRoleOn, resolverOn} from '../../source/sim/dns-apps.ts';
import {numbersMeanNothing, relativeNumbers} from '../../source/sim/relative.ts';
import type {Scenario} from '../../source/sim/scenario.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {RecordType} from '../../source/wire/dns/registry.ts';
import {encodePcap} from '../../source/wire/pcap/writer.ts';
import {seq} from '../../source/wire/seq.ts';
import {traceOfFile} from '../helpers/captured.ts';
import {type abcZone, ask, comZone, dnsScenario, messagesOf, rootZone} from '../helpers/dns-network.ts';
import {saidFile} from '../helpers/said-capture.ts';
import {handshakeScenario, teardownScenario} from '../helpers/scenarios.ts';
import {run} from '../helpers/traces.ts';
import {readBytes} from '../wire/captures.ts';

const resolve = ask(0, {call: 'resolve', name: 'y.abc.com', type: RecordType.A});

const serving = (...zones: Parameters<typeof authority>[0]): Scenario => {
  const scenario = dnsScenario([]);
  return {
    ...scenario,
    apps: [...(scenario.apps ?? []).filter(({host}) => host !== 'auth'), authority(zones)],
  };
};

const authority = (zones: readonly (typeof abcZone)[]) =>
  ({host: 'auth', spec: {app: 'dns', spec: {role: 'authority', settings: {zones}}}}) as const;

const roles = (scenario: Scenario): readonly (string | undefined)[] => {
  const hosts = run(scenario).stateAt(0)?.hosts ?? {};
  return ['m', 'local', 'r1', 'root', 'tld', 'auth'].map((name) => {
    const host = hosts[name];
    return host && dnsRoleOn(host);
  });
};

test('a stub, a resolver, a router, and the servers of three levels', () => {
  expect(roles(dnsScenario([]))).toEqual(['stub', 'resolver', undefined, 'root', 'tld', 'authoritative']);
});

test('a server of several zones, or of none, stands for no level', () => {
  expect(roles(serving(rootZone, comZone)).at(-1)).toBe('authoritative');
  expect(roles(serving()).at(-1)).toBe('authoritative');
  expect(roles(serving(comZone)).at(-1)).toBe('tld');
  expect(roles(serving(rootZone)).at(-1)).toBe('root');
});

test('who resolves names has a resolver; a server has none', () => {
  const hosts = run(dnsScenario([])).stateAt(0)?.hosts ?? {};
  const resolves = Object.entries(hosts).flatMap(([name, host]) => (resolverOn(host) ? [name] : []));
  expect(resolves.sort()).toEqual(['local', 'm']);
});

type Passed = {
  readonly from: string;
  readonly src: string;
  readonly dst: string;
  readonly ports: readonly number[];
};

const datagrams = (trace: Trace): readonly Passed[] =>
  Array.from({length: trace.packetCount}, (_, at) => trace.packet(at + 1)).flatMap(({from, frame}) => {
    const packet = frame?.payload.kind === 'ip' ? frame.payload.packet : undefined;
    if (packet?.transport.kind !== 'udp') return [];
    const {srcPort, dstPort} = packet.transport.datagram;
    return [{from, src: packet.src, dst: packet.dst, ports: [srcPort, dstPort]}];
  });

test('behind a translator: servers see its address, the resolver gets every answer at its own', () => {
  const nat = {kind: 'nat', host: 'r1', idleUs: 300e6} as const;
  const plain = run(dnsScenario([resolve]));
  const trace = run(dnsScenario([resolve], {actors: [nat]}));
  expect(messagesOf(trace)).toHaveLength(messagesOf(plain).length);
  const [query, answer] = messagesOf(trace).slice(0, 1).concat(messagesOf(trace).slice(-1));
  expect([query?.from, answer?.to, answer?.message.answers.length]).toEqual(['m', 'm', 1]);
  // What a server answers goes to the address that it was asked from.
  for (const {from, dst, ports} of datagrams(trace).filter(({from}) => from === 'auth')) {
    expect(from).toBe('auth');
    expect(dst).toBe('203.0.113.1');
    expect(ports[0]).toBe(53);
  }
  expect(
    datagrams(plain)
      .filter(({from}) => from === 'auth')
      .map(({dst}) => dst),
  ).toEqual(['192.0.2.53']);
  const changed = [...traceLines(trace, {title: '', notes: []})].filter((line) =>
    JSON.stringify(line).includes('nat/map'),
  );
  expect(changed.length).toBeGreaterThan(0);
});

test('two runs of the DNS: what is asked alike stands beside each other', () => {
  const plain = run(dnsScenario([resolve]));
  const again = run(dnsScenario([resolve]));
  expect(compareTraces(plain, again).rows.every(({relation}) => relation === '=')).toBe(true);
  const lost = run(dnsScenario([resolve], {faults: [{kind: 'drop', at: {packet: 3}}]}));
  const {rows} = compareTraces(plain, lost);
  const numbered = (side: 'left' | 'right') => rows.flatMap((row) => row[side] ?? []);
  expect(numbered('left')).toEqual(Array.from({length: plain.packetCount}, (_, at) => at + 1));
  expect(numbered('right')).toEqual(Array.from({length: lost.packetCount}, (_, at) => at + 1));
  for (const {left, right} of rows) {
    if (left === undefined || right === undefined) continue;
    const [one, other] = [plain.packet(left), lost.packet(right)];
    expect([one.from, one.to]).toEqual([other.from, other.to]);
  }
  // The query that was sent again is the only one that the other run has not.
  expect(rows.filter(({relation}) => relation === '+' || relation === '−').length).toBe(
    lost.packetCount - plain.packetCount,
  );
});

test('numbers mean nothing where nobody chose one', () => {
  const chosen = handshakeScenario();
  const free = {...chosen, hosts: chosen.hosts.map(({iss: _, ...host}) => host)};
  const [first, ...others] = free.hosts;
  const half = {...free, hosts: [...(first ? [{...first, iss: seq(1)}] : []), ...others]};
  const byCall: Scenario = {
    ...free,
    script: free.script.map((cause) =>
      cause.action.call === 'connect' ? {...cause, action: {...cause.action, iss: seq(5)}} : cause,
    ),
  };
  expect([chosen, free, half, byCall].map(numbersMeanNothing)).toEqual([false, true, false, false]);
});

test('numbers relative to the first of each end, as Wireshark counts them', () => {
  const numbers = (trace: Trace): readonly (readonly (number | undefined)[])[] =>
    Array.from({length: trace.packetCount}, (_, at) => {
      const found = relativeNumbers(trace, at + 1);
      return [found?.seq, found?.ack];
    });
  const told = run(teardownScenario());
  expect(numbers(told).slice(0, 7)).toEqual([
    [0, 0],
    [0, 1],
    [1, 1],
    [1, 1],
    [1, 101],
    [1, 101],
    [101, 201],
  ]);
  const sayings = [
    {by: 'client', bytes: new Uint8Array(10)},
    {by: 'server', bytes: new Uint8Array(20)},
    {by: 'client', bytes: new Uint8Array(5)},
  ] as const;
  const afterwards = [
    [1, 1],
    [1, 11],
    [11, 21],
  ];
  const without = (...packets: readonly number[]): Trace => {
    const {records} = readBytes(saidFile(80, sayings));
    const left = records.filter((_, index) => !packets.includes(index + 1));
    return traceOfFile(Buffer.concat([...encodePcap(1, left)]), 'said.pcap');
  };
  expect(numbers(without())).toEqual([[0, 0], [0, 1], ...afterwards]);
  // Where a SYN is missing, what comes first counts as 1.
  expect(numbers(without(2))).toEqual([[0, 0], ...afterwards]);
  expect(numbers(without(1, 2))).toEqual(afterwards);
});
