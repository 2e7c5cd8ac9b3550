// What the path does to packets, and who learns of a loss. Oracles: whose timer runs as the packet dies (RFC 6298 §5, RFC 8985 §7.2),
// RFC 9293 §3.5.1 for half-open connections, and that acknowledgments are cumulative (§3.4).
import {expect, test} from 'vitest';
import type {Trace} from '../../../source/sim/trace.ts';
import {between, drop, edit, late, type Step, send, toldOf, twice} from './between-two.ts';

const hundred: Step = [1000, 'client', send(100)];
const shut: Step = [1000, 'client', {call: 'shutdown'}];
const abort: Step = [1200, 'client', {call: 'abort'}];
const knock: Step = [
  1000,
  'client',
  {call: 'connect', to: {host: 'server', port: 81}, from: 41_000, as: 'd', read: 'auto'},
];

const timer = (host: string, atMs: number, name: string, data = false) => ({
  ...{by: 'timer', host, atUs: atMs * 1000, timer: name, data},
});

test.each<readonly [what: string, trace: () => Trace, packet: number, what: string, notice: object]>([
  ['a SYN', () => between([], {faults: {1: drop}}), 1, 'SYN', timer('client', 1000, 'RTO')],
  ['a SYN,ACK', () => between([], {faults: {2: drop}}), 2, 'SYNACK', timer('server', 1050, 'RTO', true)],
  // For a lone segment a probe waits two round trips and 100 ms.
  [
    'data, repeated as probe',
    () => between([hundred], {faults: {4: drop}}),
    4,
    'data',
    timer('client', 1300, 'TLP', true),
  ],
  [
    'data, without probes',
    () => between([hundred], {profile: 'rfc', faults: {4: drop}}),
    4,
    'data',
    timer('client', 2000, 'RTO', true),
  ],
  ['a FIN', () => between([shut], {faults: {4: drop}}), 4, 'FIN', timer('client', 1300, 'TLP')],
  [
    'the only ACK',
    () => between([hundred], {faults: {5: drop}}),
    5,
    'ACK',
    {by: 'peer', host: 'client', atUs: 1_300_000, timer: 'TLP'},
  ],
  [
    'the only ACK, without probes',
    () => between([hundred], {profile: 'rfc', faults: {5: drop}}),
    5,
    'ACK',
    {by: 'peer', host: 'client', atUs: 2_000_000, timer: 'RTO'},
  ],
  [
    'an ACK before another',
    () => between([[1000, 'client', send(2920)]], {faults: {6: drop}}),
    6,
    'ACK',
    {by: 'next', ack: 3921},
  ],
  // Between the two ACKs something of the other end arrives.
  [
    'with data in between',
    () =>
      between(
        [
          [1000, 'client', send(1460)],
          [1005, 'client', send(1460)],
          [1051, 'client', send(1460)],
        ],
        {faults: {6: drop}},
      ),
    6,
    'ACK',
    {by: 'next', ack: 3921},
  ],
  // What leaves later is no next ACK yet.
  [
    'another ACK leaves later',
    () => between([hundred, [1000, 'server', send(50)], [1060, 'server', send(60)]], {faults: {6: drop}}),
    6,
    'ACK',
    {by: 'peer', host: 'client', atUs: 1_300_000, timer: 'TLP'},
  ],
  // The server keeps its end, and no timer of it runs.
  [
    'an RST, nothing else runs',
    () => between([abort], {faults: {4: drop}}),
    4,
    'RST',
    {by: 'keeper', host: 'server'},
  ],
  [
    'an RST to a waiting end',
    () => between([[1200, 'server', send(10)], abort], {faults: {5: drop}}),
    5,
    'RST',
    {by: 'nobody', why: 'ended'},
  ],
  ['an RST of nobody', () => between([knock], {faults: {5: drop}}), 5, 'RST', {by: 'nobody', why: 'gone'}],
])('who learns that it is lost: %s', (_what, trace, packet, what, notice) => {
  const [lost] = toldOf(trace(), 'lost');
  expect(lost).toMatchObject({
    thing: {packet, what},
    reason: 'fault',
    idle: undefined,
    altered: false,
    notice,
  });
});

test.each([
  ['a host that is down', [[900, 'server', {call: 'crash'}], hundred] as const, {}, 'host down', false],
  [
    'a link that is down',
    [[900, 'client', {call: 'setLink', link: 'path', change: {up: false}}], hundred] as const,
    {},
    'link down',
    false,
  ],
  [
    'the link’s check',
    [hundred] as const,
    {4: {kind: 'corrupt', where: 'link'}} as const,
    'link check',
    true,
  ],
  ['TCP’s', [hundred] as const, {4: {kind: 'corrupt', where: 'memory'}} as const, 'checksum', true],
  [
    'TCP’s, not mended',
    [hundred] as const,
    {4: {...edit('tcp.window_size_value', 1), mend: false}} as const,
    'checksum',
    true,
  ],
])('of what it dies: %s', (_what, steps, faults, reason, altered) => {
  const [lost] = toldOf(between(steps, {faults}), 'lost');
  expect(lost).toMatchObject({thing: {packet: 4}, sender: 'client', reason, altered, idle: undefined});
});

test('what was to be done to it nobody sees where it dies of something else', () => {
  const down: Step = [900, 'client', {call: 'setLink', link: 'path', change: {up: false}}];
  for (const [fault, idle] of [
    [twice(), 'copy'],
    [edit('tcp.seq_raw', 5), 'altered'],
    [{kind: 'corrupt', where: 'link'}, 'altered'],
    [late(10), 'late'],
    [{kind: 'reorder', places: 1}, 'late'],
  ] as const) {
    const trace = between([down, hundred], {faults: {4: fault}});
    expect(toldOf(trace, 'lost')[0], fault.kind).toMatchObject({
      reason: 'link down',
      idle,
      altered: false,
    });
  }
});

test('when it comes decides whether its host is up', () => {
  const crash: Step = [1100, 'server', {call: 'crash'}];
  const [lost] = toldOf(between([hundred, crash], {faults: {4: late(100)}}), 'lost');
  expect(lost).toMatchObject({reason: 'host down', idle: undefined});
});

test('two of it come; an ACK says the second time what it had said', () => {
  const copied = (packet: number) =>
    toldOf(between([hundred], {faults: {[packet]: twice(10_000)}}), 'copied');
  expect(copied(1)).toMatchObject([{atMs: 60, packet: 1, apart: undefined, idle: false}]);
  expect(copied(4)).toMatchObject([{atMs: 1060, packet: 4, apart: undefined, idle: false}]);
  expect(copied(5)).toMatchObject([{atMs: 1110, packet: 5, apart: undefined, idle: true}]);
});

test('it comes late, or behind what left later', () => {
  const heldUp = (fault: Parameters<typeof between>[1]) =>
    toldOf(between([[1000, 'client', send(2920)]], fault), 'heldUp').map(({atMs, packet, idle}) => [
      ...[atMs, packet, idle],
    ]);
  expect(heldUp({faults: {4: late(20)}})).toEqual([[1070, 4, false]]);
  expect(heldUp({faults: {4: {kind: 'reorder', places: 1}}})).toEqual([[1050, 4, false]]);
  // The ACK of all has come before it.
  expect(heldUp({faults: {6: late(20)}})).toEqual([[1120, 6, true]]);
  expect(heldUp({})).toEqual([]);
});

test('what is altered is told where it comes, once', () => {
  const altered = toldOf(between([hundred], {faults: {4: edit('tcp.seq_raw', 200_000)}}), 'altered');
  expect(altered).toMatchObject([{atMs: 1050, packet: 4}]);
});

test('where the packet and the copy of it both come to a host without power, the second to be lost is the copy', () => {
  const off: Step = [900, 'server', {call: 'crash'}];
  const trace = between([off, hundred], {faults: {4: twice(30_000)}});
  expect(toldOf(trace, 'lost').slice(0, 2)).toMatchObject([
    {atMs: 1050, copy: false, idle: 'copy'},
    {atMs: 1080, copy: true, idle: undefined},
  ]);
});
