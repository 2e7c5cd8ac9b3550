// How long a sender asks. Oracles: RFC 9293 §3.8.6.1 (MUST-36: while the peer answers, without end), tcp_probe_timer,
// tcp_clamp_probe0_to_user_timeout and TCP_RESOURCE_PROBE_INTERVAL (half a second) of Linux by hand.

import {expect, test} from 'vitest';
import {ruleOf} from '../../../source/stack/reason.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {arrives, both, calls, none} from '../../helpers/tcp/one-host.ts';
import {A, AB, B, rope, World} from '../../helpers/tcp/two-hosts.ts';

const {SYN, ACK, PSH} = TcpFlag;
const second = 1_000_000;

/** 100 octets wait; the peer's window is `window`. */
const waiting = (window: number, change: Partial<TcpSettings>, base: 'linux' | 'rfc' = 'linux'): World => {
  const world = new World({settings: both(base, {timers: 'exact', ...change}), fate: none});
  calls(world, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
  arrives(world, 'A', {seq: 9000, ack: 1001, flags: SYN | ACK, window});
  calls(world, 'A', {call: 'SEND', connection: AB, data: rope(100)});
  return world;
};
const due = (world: World) => world.tcp.A.connections.get(AB)?.timers.persist;
/** How long it has waited; undefined: it asks no more. */
const asks = (world: World): number | undefined => {
  const dueUs = due(world);
  if (dueUs === undefined) return undefined;
  const waitedUs = dueUs - world.nowUs;
  world.nowUs = dueUs;
  world.step('A', {kind: 'timeout', connection: AB, name: 'persist'});
  return waitedUs;
};
const signals = (world: World) =>
  world
    .effects('A')
    .flatMap((each) => (each.kind === 'signal' && each.signal !== 'connected' ? each.signal : []));

test('each wait is twice the last, up to the longest; then as many questions as data may be repeated', () => {
  const world = waiting(0, {dataRetries: 5, maxRtoUs: 3 * second});
  const first = asks(world) ?? expect.fail();
  expect([asks(world), asks(world), asks(world)]).toEqual([2 * first, 4 * first, 8 * first]);
  expect(signals(world)).toEqual([]);
  asks(world);
  expect(signals(world)).toEqual([]);
  asks(world);
  expect(signals(world)).toEqual(['ETIMEDOUT']);
  expect(asks(world)).toBeUndefined();
});

test('it asks with the number below, empty; a small window gets what it has room for, when time has run out', () => {
  const closed = waiting(0, {});
  asks(closed);
  expect(closed.sent.at(-1)?.segment).toMatchObject({seq: 1000, flags: ACK});
  expect(closed.sent.at(-1)?.segment.payload.length).toBe(0);
  // Half of the largest window would leave at once: it has been 5000.
  const small = waiting(5000, {}, 'rfc');
  arrives(small, 'A', {seq: 9001, ack: 1101, flags: ACK, window: 50});
  calls(small, 'A', {call: 'SEND', connection: AB, data: rope(100)});
  const before = small.sent.length;
  asks(small);
  expect(small.sent.slice(before).map(({segment}) => [segment.seq, segment.payload.length])).toEqual([
    [1101, 50],
  ]);
});

test('a window of one octet gets one, when time has run out (§3.8.6.2.1, condition 4)', () => {
  const world = waiting(1, {});
  expect(world.sent.at(-1)?.segment.payload.length).toBe(0);
  asks(world);
  // tcp_write_wakeup pushes it.
  expect(world.sent.at(-1)?.segment).toMatchObject({seq: 1001, flags: ACK | PSH});
  expect(world.sent.at(-1)?.segment.payload.length).toBe(1);
});

test('no wait is longer than the longest', () => {
  const world = waiting(0, {dataRetries: 15, maxRtoUs: 3 * second});
  const waits = Array.from({length: 8}, () => asks(world) ?? 0);
  expect(Math.max(...waits)).toBe(3 * second);
  expect(waits.at(-1)).toBe(3 * second);
});

test('a peer that answers may keep its window closed', () => {
  const world = waiting(0, {dataRetries: 3, userTimeoutUs: 0});
  for (let n = 0; n < 20; n += 1) {
    asks(world);
    arrives(world, 'A', {seq: 9001, ack: 1001, flags: ACK, window: 0});
  }
  expect(signals(world)).toEqual([]);
});

test('the user’s time-out counts from the first question, and ends it to the microsecond', () => {
  const change = {userTimeoutUs: 5 * second, userTimeoutEndsProbes: true, dataRetries: 15};
  const world = waiting(0, change);
  asks(world);
  const beganUs = world.nowUs;
  while (signals(world).length === 0) if (asks(world) === undefined) break;
  expect(signals(world)).toEqual(['ETIMEDOUT']);
  expect(world.nowUs - beganUs).toBe(5 * second);
  const other = waiting(0, {...change, userTimeoutEndsProbes: false});
  for (let n = 0; n < 8; n += 1) asks(other);
  expect(other.nowUs).toBeGreaterThan(6 * second);
  expect(signals(other)).toEqual([]);
});

test('where the network card takes nothing, it is asked every half second, as often', () => {
  const world = waiting(1000, {deviceQueue: 'full', dataRetries: 4});
  asks(world);
  expect([asks(world), asks(world), asks(world)]).toEqual([second / 2, second / 2, second / 2]);
  expect(signals(world)).toEqual([]);
  asks(world);
  expect(signals(world)).toEqual(['ETIMEDOUT']);
});

test.each([
  [0, '9293:3.8.6.1/persist/start'],
  [1, '9293:3.8.6.2.1/override/start'],
])(
  'to Linux the wait begins anew with each ACK that keeps the window at %i, by the rule of such a window',
  (window, rule) => {
    const world = waiting(window, {});
    world.nowUs += 1000;
    const before = world.effects('A').length;
    arrives(world, 'A', {seq: 9001, ack: 1001, flags: ACK, window});
    const armed = world
      .effects('A')
      .slice(before)
      .flatMap((each) =>
        each.kind === 'timer' && each.name === 'persist' && each.op === 'arm' ? ruleOf(each.because) : [],
      );
    expect(armed).toEqual([rule]);
  },
);

test.each(['linux', 'rfc'] as const)('%s: who waits for no window asks nothing', (base) => {
  const world = waiting(5000, {}, base);
  const runs = (ack: number): boolean => {
    arrives(world, 'A', {seq: 9001, ack, flags: ACK, window: 5000});
    return due(world) !== undefined;
  };
  // 100 octets are under way; then none.
  expect([runs(1001), runs(1101), runs(1101)]).toEqual([false, false, false]);
});
