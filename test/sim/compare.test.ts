// Comparison of two runs. Oracle of the first difference: the lines of `show --json` of both, laid beside each other as text.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {traceLines} from '../../source/account/trace-json.ts';
import {compareTraces, differingRows, firstDifference} from '../../source/sim/compare.ts';
import type {PacketRow} from '../../source/sim/compare-packets.ts';
import type {Fault, FaultKind} from '../../source/sim/fault.ts';
import type {Scenario} from '../../source/sim/scenario.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {segLen} from '../../source/wire/tcp.ts';
import {handshakeScenario, teardownScenario} from '../helpers/scenarios.ts';
import {runs, some, thorough} from '../helpers/seeds.ts';
import {packetsOf, run} from '../helpers/traces.ts';
import {load, traceOf} from '../lesson/fragments.ts';

type Json = {readonly [key: string]: unknown};

const eventLines = (trace: Trace): Json[] =>
  [...traceLines(trace, {title: '', notes: []})].filter(({type}) => type === 'event');

/** Line by line, knowing nothing of events: the number of the first line that is not the same, and its keys that differ. */
const byLines = (left: Trace, right: Trace): {n: number; keys: string[]} | undefined => {
  const [a, b] = [eventLines(left), eventLines(right)];
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    if (JSON.stringify(a[index]) === JSON.stringify(b[index])) continue;
    const [x = {}, y = {}] = [a[index], b[index]];
    const keys = [...new Set([...Object.keys(x), ...Object.keys(y)])].filter(
      (key) => JSON.stringify(x[key]) !== JSON.stringify(y[key]),
    );
    return {n: index + 1, keys: a[index] && b[index] ? keys.sort() : []};
  }
  return undefined;
};

const keyOf = (field: string): string => (field.includes('.') ? 'bytes' : field);

const expectSame = (left: Trace, right: Trace): void => {
  const found = firstDifference(left, right);
  const wanted = byLines(left, right);
  expect(found?.n).toBe(wanted?.n);
  // What is computed from the bytes differs with them.
  const keys = wanted?.keys.filter((key) => !['layers', 'summary', 'n'].includes(key));
  const own = found && [...new Set(found.what.map(({field}) => keyOf(field)))].sort();
  expect(own).toEqual(keys);
};

const resets: FaultKind = {kind: 'edit', field: 'tcp.flags', value: 4, mend: true};

const kinds: readonly FaultKind[] = [
  {kind: 'drop'},
  {kind: 'delay', byUs: 200_000},
  {kind: 'delay', byUs: 2_500_000},
  {kind: 'dup', afterUs: 0},
  {kind: 'dup', afterUs: 1_200_000},
  {kind: 'corrupt', where: 'memory'},
  {kind: 'reorder', places: 1},
  {kind: 'edit', field: 'tcp.ack_raw', value: 500, mend: true},
  {kind: 'edit', field: 'tcp.window_size_value', value: 0, mend: true},
  resets,
  {kind: 'edit', field: 'tcp.checksum', value: 0, mend: false},
];

const scenarios: readonly (readonly [string, (change?: Partial<Scenario>) => Scenario])[] = [
  ['handshake', handshakeScenario],
  ['teardown', teardownScenario],
];

const nameOf = (kind: FaultKind): string => Object.values(kind).join(' ');

describe.each(scenarios)('%s', (_name, scenario) => {
  const base = run(scenario());
  const ids = Array.from({length: base.packetCount}, (_, index) => index + 1);

  test.each(kinds.map((kind) => [nameOf(kind), kind] as const))(
    'first difference after %s',
    (_kind, kind) => {
      for (const packet of some(ids, 2)) expectSame(base, run(scenario({faults: [{...kind, at: {packet}}]})));
    },
  );

  test('two forks against each other, in both directions', () => {
    const forks = some(ids, 3).map((packet) => run(scenario({faults: [{kind: 'drop', at: {packet}}]})));
    for (const [index, fork] of forks.entries())
      for (const other of [forks[index + 1] ?? base, base]) {
        expectSame(fork, other);
        expectSame(other, fork);
      }
  });
});

test('a run that ends earlier differs where it ends', () => {
  const whole = run(teardownScenario());
  const cut = run(teardownScenario({until: {atUs: 1_200_000}}));
  expectSame(whole, cut);
  expectSame(cut, whole);
  expect(firstDifference(whole, cut)).toMatchObject({n: cut.length + 1, right: undefined, what: []});
  expect(firstDifference(whole, whole)).toBeUndefined();
});

test('another profile differs in what a field of the SYN says', () => {
  const found = firstDifference(run(handshakeScenario()), run(handshakeScenario({profile: 'rfc'})));
  expect(found?.left?.kind).toBe('send');
  expect(found?.what.map(({field}) => field)).toContain('tcp.window_size_value');
});

const short = (rows: readonly PacketRow[]): string[] =>
  rows.map(({left, right, relation}) => `${left ?? ''}${relation}${right ?? ''}`);

test('packets whose numbers differ are taken for each other by what they are', () => {
  const by = (from: number, change: Partial<Scenario>): Trace => {
    const {script, ...scenario} = handshakeScenario(change);
    const moved = script.map((cause) =>
      cause.action.call === 'connect' ? {...cause, action: {...cause.action, from}} : cause,
    );
    return run({...scenario, script: moved});
  };
  const rows = (change: Partial<Scenario>) =>
    short(compareTraces(by(40_000, change), by(40_001, change)).rows);
  expect(rows({})).toEqual(['1≠1', '2≠2', '3≠3']);
  // The SYN alone.
  expect(rows({until: {atUs: 10_000}})).toEqual(['1≠1']);
});

test('the mock-up: the third segment of the handshake is lost', () => {
  const comparison = compareTraces(
    run(handshakeScenario()),
    run(handshakeScenario({faults: [{kind: 'drop', at: {packet: 3}}]})),
  );
  expect(short(comparison.rows)).toEqual(['1=1', '2=2', '3≠3', '+4', '+5']);
  expect(differingRows(comparison)).toEqual([2, 3, 4]);
  expect(comparison.first?.what.map(({field}) => field)).toEqual(['lost', 'faults']);
  expect(comparison.summary.map(({packets, outcome}) => `${packets} ${outcome}`)).toEqual([
    '3 open',
    '5 open',
  ]);
  const states = comparison.states.map(({host, state, leftUs = 0, rightUs = 0, relation}) =>
    [host, state, leftUs / 1000, relation, rightUs / 1000].join(' '),
  );
  expect(states).toEqual([
    'server LISTEN 0 = 0',
    'client SYN-SENT 0 = 0',
    'server SYN-RECEIVED 50 = 50',
    'client ESTABLISHED 100 = 100',
    'server ESTABLISHED 150 ≠ 1150',
  ]);
});

test('what only happens in one run is only there', () => {
  const base = run(teardownScenario());
  const dead = run(teardownScenario({faults: [{kind: 'drop', at: {from: 'server'}}]}));
  const {states, summary} = compareTraces(base, dead);
  expect(
    states.filter(({relation}) => relation === '−').map(({host, state}) => `${host} ${state}`),
  ).toContain('client ESTABLISHED');
  expect(summary[0]).toMatchObject({outcome: 'closed', deliveredBytes: {client: 250, server: 100}});
  expect(summary[1]).toMatchObject({deliveredBytes: {client: 0, server: 0}});
  const back = compareTraces(dead, base);
  expect(back.states.filter(({relation}) => relation === '+')).toHaveLength(
    states.filter(({relation}) => relation === '−').length,
  );
});

const upload = (bytes: number, change: Partial<Scenario> = {}): Scenario => {
  const base = teardownScenario({until: {atUs: 60_000_000}, ...change});
  return {
    ...base,
    script: [
      ...base.script.slice(0, 2),
      {when: {kind: 'at', atUs: 200_000}, host: 'client', action: {call: 'send', bytes}},
    ],
  };
};

/** By packet: what the lines say of it, but for its number and the reason why it was sent. */
const tellings = (trace: Trace): ReadonlyMap<unknown, string> => {
  const told = new Map<unknown, string>();
  for (const {
    n: _n,
    packet,
    layers: _layers,
    because: _because,
    case: _case,
    facts: _facts,
    cause: _cause,
    ...line
  } of eventLines(trace)) {
    if (packet !== undefined) told.set(packet, `${told.get(packet) ?? ''}${JSON.stringify(line)}`);
  }
  return told;
};

/** Whatever is compared: each packet stands in one row, in its own order, and = means that the lines say the same. */
const expectWhole = (left: Trace, right: Trace): void => {
  const {rows} = compareTraces(left, right);
  const numbers = (side: 'left' | 'right') => rows.flatMap((row) => row[side] ?? []);
  expect(numbers('left')).toEqual(Array.from({length: left.packetCount}, (_, index) => index + 1));
  expect(numbers('right')).toEqual(Array.from({length: right.packetCount}, (_, index) => index + 1));
  const told = [tellings(left), tellings(right)] as const;
  for (const {left: a, right: b, relation, elsewhere} of rows) {
    if (a === undefined || b === undefined) {
      expect(relation).toBe(a === undefined ? '+' : '−');
      continue;
    }
    expect(elsewhere).toBeUndefined();
    expect(left.packet(a).from).toBe(right.packet(b).from);
    expect(relation).toBe(told[0].get(a) === told[1].get(b) ? '=' : '≠');
  }
};

const anyFault: fc.Arbitrary<Fault> = fc
  .tuple(fc.constantFrom(...kinds), fc.integer({min: 1, max: 40}))
  .map(([kind, packet]) => ({...kind, at: {packet}}));

test('any two forks: every packet stands in one row, in order', () => {
  const base = run(upload(20_000));
  fc.assert(
    fc.property(fc.array(anyFault, {maxLength: 3}), fc.array(anyFault, {maxLength: 3}), (one, two) => {
      const [left, right] = [run(upload(20_000, {faults: one})), run(upload(20_000, {faults: two}))];
      expectWhole(left, right);
      expectWhole(base, right);
    }),
    // The example has two packets that differ only in the connection by which they are thrown away.
    {numRuns: runs(20, 2), examples: [[[{...resets, at: {packet: 27}}], [{kind: 'drop', at: {packet: 31}}]]]},
  );
});

test('the same segment is found again although its number has changed', () => {
  const left = run(upload(20_000));
  const right = run(upload(20_000, {faults: [{kind: 'drop', at: {packet: 6}}]}));
  const dataOf = (trace: Trace, id: number | undefined): string => {
    const payload = id === undefined ? undefined : trace.packet(id).frame?.payload;
    const transport = payload?.kind === 'ip' ? payload.packet.transport : undefined;
    if (transport?.kind !== 'tcp') return '';
    const {seq} = transport.segment;
    return segLen(transport.segment) > 0 ? `${seq}+${segLen(transport.segment)}` : '';
  };
  let moved = 0;
  for (const {left: a, right: b} of compareTraces(left, right).rows) {
    if (a === undefined || b === undefined) continue;
    expect(dataOf(left, a)).toBe(dataOf(right, b));
    if (a !== b && dataOf(left, a) !== '') moved++;
  }
  expect(moved).toBeGreaterThan(3);
});

test('other sequence numbers: packets are taken for each other by what they are for', () => {
  const base = teardownScenario();
  const other = {...base, hosts: base.hosts.map(({iss: _iss, ...host}) => host)};
  const {rows} = compareTraces(run(base), run(other));
  expect(short(rows)).toEqual(packetsOf(run(base)).map((_, index) => `${index + 1}≠${index + 1}`));
});

test('a packet that is still under way differs where it is due at another time', () => {
  const slower = (delayUs: number): Scenario => {
    const base = handshakeScenario({until: {atUs: 10_000}});
    return {...base, links: base.links.map((link) => ({...link, delayUs}))};
  };
  expect(short(compareTraces(run(slower(50_000)), run(slower(60_000))).rows)).toEqual(['1≠1']);
  expect(short(compareTraces(run(slower(50_000)), run(slower(50_000))).rows)).toEqual(['1=1']);
});

test('what was sent in another order says where it is', () => {
  const two = (first: string, second: string): Scenario => {
    const base = handshakeScenario();
    const [listen] = base.script;
    const connect = (as: string, from: number, atUs: number) =>
      ({
        when: {kind: 'at', atUs},
        host: 'client',
        action: {call: 'connect', to: {host: 'server', port: 80}, from, as, read: 'auto'},
      }) as const;
    const ports: {[name: string]: number} = {a: 40_000, b: 40_001};
    return {
      ...base,
      script: [
        ...(listen ? [listen] : []),
        connect(first, ports[first] ?? 0, 0),
        connect(second, ports[second] ?? 0, 1000),
      ],
    };
  };
  const {rows} = compareTraces(run(two('a', 'b')), run(two('b', 'a')));
  const apart = rows.filter(({elsewhere}) => elsewhere !== undefined);
  expect(apart.length).toBeGreaterThan(0);
  for (const {left, right, relation, elsewhere} of apart) {
    expect(relation).toBe(left === undefined ? '+' : '−');
    expect(elsewhere).toBeGreaterThan(0);
    expect(left ?? right).toBeGreaterThan(0);
  }
});

thorough('a run of many events is compared in seconds', () => {
  const scenario = (faults: readonly Fault[]): Scenario =>
    upload(runs(6, 1) * 1_000_000, {faults, until: {atUs: 600_000_000}});
  const idle = process.cpuUsage().user;
  const [left, right] = [run(scenario([])), run(scenario([{kind: 'drop', at: {packet: 50}}]))];
  const began = process.cpuUsage().user;
  const {rows, first} = compareTraces(left, right);
  const usedUs = process.cpuUsage().user - began;
  const events = left.length + right.length;
  expect(events).toBeGreaterThan(runs(25_000));
  expect(rows.length).toBeGreaterThanOrEqual(right.packetCount);
  expect(first?.n).toBe(left.packet(50).sendEvent);
  // What it took to simulate both is the measure of this machine.
  expect(usedUs / (began - idle)).toBeLessThan(2);
});

// RFC 4987 §2.1: a flood's half-open connections are the listener's alone; what stands is the connection that both ends know.
test('connections that a listener has given up are no half-open ones', () => {
  const lesson = load({
    topology: `topology:
  hosts:
    attacker: {ip: 203.0.113.254}
    client: {ip: 192.0.2.10}
    r1: {router: true, ip: {dark: 203.0.113.253, near: 192.0.2.1, far: 198.51.100.1}}
    server: {ip: 198.51.100.20}
  links: [{name: dark, between: [attacker, r1]}, {name: near, between: [client, r1]}, {name: far, between: [r1, server]}]
`,
    script: `script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: attacker, call: spoofSyn, to: 'server:80', source: 203.0.113.1}
  - {at: 500ms, host: client, call: connect, to: 'server:80'}
`,
    runs: `runs:
  base: {}
  alone: {script: [{at: 0ms, host: server, call: listen, port: 80}, {at: 0ms, host: attacker, call: spoofSyn, to: 'server:80', source: 203.0.113.1}]}
`,
  });
  const {summary} = compareTraces(traceOf(lesson), traceOf(lesson, 'alone'));
  expect(summary.map(({outcome}) => outcome)).toEqual(['open', 'closed']);
});
