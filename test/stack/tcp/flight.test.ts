// Checks what happens to segments in flight when the peer makes its window smaller (RFC 9293 §3.8.6). Oracles: SHLD-16, the kernel in
// test/fixtures/kernel/own/window.json (shrunk-*, shrink-*), and that the counts of the flight are those of its segments.
import {describe, expect, test} from 'vitest';
import type {Connection} from '../../../source/stack/tcp/connection.ts';
import {TcpFlag, type TcpOption} from '../../../source/wire/tcp.ts';
import {arrives, both, calls, none} from '../../helpers/tcp/one-host.ts';
import {A, AB, B, rope, World} from '../../helpers/tcp/two-hosts.ts';

const {SYN, ACK, FIN, PSH} = TcpFlag;
const ms = 1000;
const whole = 1460;

/** Opens a connection with segments of 1460 octets and a round trip of 100 ms. The time is then 100 ms. */
const opened = (base: 'linux' | 'rfc', more = {}): World => {
  const world = new World({settings: both(base, {timestamps: false, noDelay: true, ...more}), fate: none});
  calls(world, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
  world.nowUs = 100 * ms;
  const options: readonly TcpOption[] = [{kind: 'mss', mss: whole}, {kind: 'sackPermitted'}];
  arrives(world, 'A', {seq: 9000, ack: 1001, flags: SYN | ACK, options, window: 60_000});
  return world;
};

const sends = (world: World, octets: number) =>
  calls(world, 'A', {call: 'SEND', connection: AB, data: rope(octets)});

const tcbOf = (world: World): Connection => {
  const tcb = world.tcp.A.connections.get(AB);
  if (!tcb) throw new Error('no connection');
  return tcb;
};

/** Moves the time to the one at which the timer is due, and lets it expire. */
const timesOut = (world: World, name: 'RTO'): void => {
  const dueUs = tcbOf(world).timers[name];
  if (dueUs === undefined) throw new Error(`${name} does not run`);
  world.nowUs = dueUs;
  world.step('A', {kind: 'timeout', connection: AB, name});
};

const queued = (world: World) => tcbOf(world).retransmissionQueue.slice();
const bits = (world: World, bit: number): number =>
  queued(world).filter(({tags}) => (tags & bit) !== 0).length;
const countsAgree = (world: World): void => {
  expect(tcbOf(world).flight).toEqual({sacked: bits(world, 1), lost: bits(world, 2), resent: bits(world, 4)});
};

const last = (world: World) => world.sent.at(-1)?.segment;

describe('a window that shrinks while segments are in flight', () => {
  /** Sends segments. The peer then acknowledges the first and offers only `window` octets from its end on. */
  const shrunk = (base: 'linux' | 'rfc', {segments, window}: {segments: number; window: number}): World => {
    const world = opened(base, {tailLossProbe: false, initialWindow: 'ten-segments'});
    sends(world, segments * whole);
    says(world, whole, window);
    return world;
  };
  const says = (world: World, upTo: number, window: number) =>
    arrives(world, 'A', {seq: 9001, ack: 1001 + upTo, flags: ACK, window});
  const sizes = (world: World): readonly number[] =>
    world.sent.filter(({segment}) => segment.payload.length > 0).map(({segment}) => segment.payload.length);

  test.each(['linux', 'rfc'] as const)(
    '%s: the part inside is sent again, the rest when it opens',
    (base) => {
      const world = shrunk(base, {segments: 2, window: 300});
      timesOut(world, 'RTO');
      expect(last(world)).toMatchObject({seq: 1001 + whole, flags: ACK});
      expect(last(world)?.payload.length).toBe(300);
      expect(queued(world).map(({lengthBytes}) => lengthBytes)).toEqual([300, whole - 300]);
      countsAgree(world);
      says(world, whole + 300, 60_000);
      expect(last(world)).toMatchObject({seq: 1301 + whole, flags: ACK | PSH});
      expect(last(world)?.payload.length).toBe(whole - 300);
      countsAgree(world);
    },
  );

  test.each(['linux', 'rfc'] as const)('%s: no segment beyond the window is retransmitted', (base) => {
    const world = shrunk(base, {segments: 5, window: whole + 300});
    timesOut(world, 'RTO');
    expect(sizes(world).slice(5)).toEqual([whole]);
    says(world, 2 * whole, 300);
    expect(sizes(world).slice(5)).toEqual([whole, 300]);
    countsAgree(world);
  });

  test.each(['linux', 'rfc'] as const)(
    '%s: the FIN stays with the part beyond the window, and is sent if all the data fit',
    (base) => {
      for (const window of [whole - 1, whole]) {
        const world = opened(base, {tailLossProbe: false, initialWindow: 'ten-segments', cork: true});
        sends(world, whole);
        sends(world, whole - 1);
        calls(world, 'A', {call: 'CLOSE', connection: AB, reader: 'stays'});
        says(world, whole, window - 1);
        timesOut(world, 'RTO');
        expect([last(world)?.payload.length, (last(world)?.flags ?? 0) & FIN]).toEqual(
          window === whole ? [whole - 1, FIN] : [whole - 2, 0],
        );
      }
    },
  );

  test.each(['linux', 'rfc'] as const)(
    '%s: a closed window is probed with whole segments as long as the peer answers',
    (base) => {
      const world = shrunk(base, {segments: 2, window: 0});
      for (let n = 0; n < 20; n += 1) {
        timesOut(world, 'RTO');
        expect(last(world)?.payload.length).toBe(whole);
        says(world, whole, 0);
      }
      expect(world.signals('A')).toEqual(['connected']);
    },
  );

  test('Linux takes a smaller window only from an ACK with news, but a closed one from any', () => {
    const room = (base: 'linux' | 'rfc', window: number) => {
      const world = opened(base);
      says(world, 0, 60_000);
      sends(world, 100);
      says(world, 0, window);
      return tcbOf(world).snd.wnd;
    };
    expect([room('linux', 50), room('linux', 0), room('linux', 65_000)]).toEqual([60_000, 0, 65_000]);
    expect([room('rfc', 50), room('rfc', 0), room('rfc', 65_000)]).toEqual([50, 0, 65_000]);
  });
});
