// Timers of a connection besides the RTO: FreeBSD's SYN schedule (tcp_timer.c), keep-alive (RFC 9293 §3.8.4), user timeout (§3.9.1),
// and what a SYN offers when it is repeated (RFC 3168 §6.1.1.1).
import {describe, expect, test} from 'vitest';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {arrives, both, calls, established, none, synSent} from '../../helpers/tcp/one-host.ts';
import {A, AB, B, BA, rope, World} from '../../helpers/tcp/two-hosts.ts';

const {SYN, ACK, FIN, ECE, CWR} = TcpFlag;

const dialling = (change = {}): World => {
  const settings = {...profiles.freebsd, ...change};
  const world = new World({settings: {A: settings, B: settings}, fate: none});
  world.call(0, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
  return world;
};

const sentAt = (world: World): readonly number[] => world.sent.map(({atUs}) => atUs / 1e6);

/** When something happened last; stale time-outs are nothing. */
const lastAt = (world: World): number =>
  (world.log.findLast(({effects}) => effects.length > 0)?.atUs ?? 0) / 1e6;

describe('SYN of FreeBSD: 1 s, then twice as long and 0.2 s, 64 s at most, 75 s in all', () => {
  test('the schedule', () => {
    const world = dialling();
    world.run();
    const waits = [1, 2.2, 4.2, 8.2, 16.2, 32.2];
    const at = waits.map((_, n) => waits.slice(0, n + 1).reduce((sum, wait) => sum + wait, 0));
    expect(sentAt(world)).toEqual([0, ...at].map((s) => Number(s.toFixed(6))));
    expect(world.signals('A')).toEqual(['ETIMEDOUT']);
    expect(lastAt(world)).toBe(75);
  });

  test('without a limit: 12 repetitions, the last ones 64 s apart', () => {
    const world = dialling({connectTimeoutUs: 0});
    world.run();
    const at = sentAt(world);
    expect(at).toHaveLength(13);
    expect((at[12] ?? 0) - (at[11] ?? 0)).toBe(64);
  });

  test('the limit ends with the handshake', () => {
    const world = dialling({keepAlive: false});
    world.run({untilUs: 500_000});
    arrives(world, 'A', {seq: 9000, ack: 1001, flags: SYN | ACK});
    expect(world.tcp.A.connections.get(AB)?.timers.connect).toBe(undefined);
  });

  test('from the third repetition on only the MSS, where the host says so', () => {
    const kinds = (change: object) => {
      const world = dialling(change);
      world.run();
      return world.sent.map(
        ({segment}) => segment.options.filter(({kind}) => kind === 'mss').length === segment.options.length,
      );
    };
    expect(kinds({dropSynOptions: true})).toEqual([false, false, false, true, true, true, true]);
    expect(kinds({}).includes(true)).toBe(false);
  });
});

describe('ECN on SYNs (RFC 3168 §6.1.1)', () => {
  const ecnOf = (world: World) => world.sent.map(({segment}) => segment.flags & (ECE | CWR));

  test.each([0, 1, 3])('asked for on the SYN and %i repetitions', (ecnSynRetries) => {
    const world = dialling({ecn: 'request', ecnSynRetries});
    world.run();
    expect(ecnOf(world)).toEqual(sentAt(world).map((_, n) => (n <= ecnSynRetries ? ECE | CWR : 0)));
  });

  test.each([
    ['request', ECE, true],
    ['request', ECE | CWR, false],
    ['request', 0, false],
    ['accept', ECE, false],
  ] as const)('%s, answered with %i: %s', (ecn, flags, agreed) => {
    const world = dialling({ecn});
    world.run({untilUs: 1000});
    arrives(world, 'A', {seq: 9000, ack: 1001, flags: SYN | ACK | flags});
    expect(world.tcp.A.connections.get(AB)?.ecnOn).toBe(agreed);
  });

  test.each([
    ['accept', ECE | CWR, ECE],
    ['request', ECE | CWR, ECE],
    ['off', ECE | CWR, 0],
    ['accept', ECE, 0],
  ] as const)('a listener that says %s answers %i with %i', (ecn, asked, answer) => {
    const settings = {...profiles.rfc, ecn};
    const world = new World({settings: {A: settings, B: settings}, fate: none});
    world.step('B', {kind: 'call', call: {call: 'OPEN', mode: 'passive', local: B, read: 'auto'}});
    arrives(world, 'B', {seq: 1000, flags: SYN | asked});
    expect(ecnOf(world)).toEqual([answer]);
  });
});

describe('keep-alive (RFC 9293 §3.8.4)', () => {
  const linux = {keepAlive: true};
  const probes = (world: World) =>
    world.sent.filter(
      ({segment}) => segment.seq === 1000 && segment.payload.length === 0 && segment.flags === ACK,
    );

  test('off by default (MUST-25)', () => {
    for (const {keepAlive} of Object.values(profiles)) expect(keepAlive).toBe(false);
    const world = established('plain');
    expect(world.run()).toBe(true);
    expect(world.stateOf('A', AB)).toBe('ESTABLISHED');
  });

  // Curriculum, lesson 17 C: 7200 s, then 9 probes 75 s apart; dead at 7875 s.
  test('Linux: probes from 7200 s on, dead at 7875 s', () => {
    const world = established('plain', 'auto', linux);
    world.run();
    expect(probes(world).map(({atUs}) => atUs / 1e6)).toEqual([
      7200, 7275, 7350, 7425, 7500, 7575, 7650, 7725, 7800,
    ]);
    expect(world.signals('A').at(-1)).toBe('ETIMEDOUT');
    expect(lastAt(world)).toBe(7875);
  });

  test('a peer that answers is left alone for another idle time', () => {
    const world = established('plain', 'auto', linux);
    world.run({untilUs: 7_200_000_000});
    arrives(world, 'A', {seq: 9001, ack: 1001, flags: ACK});
    world.run({untilUs: 14_399_000_000});
    expect(probes(world)).toHaveLength(1);
    world.run({untilUs: 14_475_000_000});
    expect(probes(world).map(({atUs}) => atUs / 1e6)).toEqual([7200, 14_400, 14_475]);
  });

  test('traffic puts the first probe off', () => {
    const world = established('plain', 'auto', linux);
    world.run({untilUs: 100_000_000});
    world.nowUs = 100_000_000;
    arrives(world, 'A', {seq: 9001, ack: 1001, flags: ACK, data: 5});
    world.run({untilUs: 7_300_000_000});
    expect(probes(world).map(({atUs}) => atUs / 1e6)).toEqual([7300]);
  });

  test('a rebooted peer answers with RST', () => {
    const world = established('plain', 'auto', linux);
    world.run({untilUs: 7_200_000_000});
    expect(arrives(world, 'A', {seq: 9001, flags: TcpFlag.RST})).toEqual([
      'ECONNRESET',
      'ESTABLISHED > CLOSED',
    ]);
  });

  test('it ends when the connection closes', () => {
    const world = established('plain', 'auto', linux);
    world.step('A', {kind: 'call', call: {call: 'CLOSE', connection: AB, reader: 'stays'}});
    expect(world.tcp.A.connections.get(AB)?.timers['keep-alive']).toBe(undefined);
  });
});

describe('user timeout (RFC 9293 §3.9.1)', () => {
  test('data unacknowledged for so long end the connection', () => {
    const world = established('plain', 'auto', {userTimeoutUs: 5_000_000});
    world.step('A', {kind: 'call', call: {call: 'SEND', connection: AB, data: rope(100)}});
    world.run();
    expect(world.signals('A').at(-1)).toBe('ETIMEDOUT');
    expect(lastAt(world)).toBe(5);
  });

  test('each step forward begins it anew, nothing outstanding stops it', () => {
    const world = established('rfc', 'auto', {userTimeoutUs: 5_000_000, noDelay: true});
    world.step('A', {kind: 'call', call: {call: 'SEND', connection: AB, data: rope(2000)}});
    world.nowUs = 4_000_000;
    arrives(world, 'A', {seq: 9001, ack: 1537, flags: ACK});
    expect(world.tcp.A.connections.get(AB)?.timers.user).toBe(9_000_000);
    arrives(world, 'A', {seq: 9001, ack: 3001, flags: ACK});
    expect(world.tcp.A.connections.get(AB)?.timers.user).toBe(undefined);
  });

  test('a SYN counts', () => {
    const world = synSent();
    expect(world.tcp.A.connections.get(AB)?.timers.user).toBe(undefined);
    const limited = dialling({userTimeoutUs: 2_500_000, connectTimeoutUs: 0});
    limited.run();
    expect([limited.signals('A'), lastAt(limited), limited.sent.length]).toEqual([['ETIMEDOUT'], 2.5, 2]);
  });

  test('FIN-WAIT-1 without an answer', () => {
    const world = established('rfc', 'auto', {userTimeoutUs: 3_000_000});
    world.step('A', {kind: 'call', call: {call: 'CLOSE', connection: AB, reader: 'stays'}});
    world.run();
    expect([lastAt(world), world.sent.filter(({segment}) => segment.flags & FIN).length]).toEqual([3, 2]);
  });
});

test('only who dials has a time to get through (tcp_timer_keep of FreeBSD)', () => {
  const settings = both('rfc', {connectTimeoutUs: 75_000_000});
  const world = new World({settings, fate: none});
  calls(world, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
  calls(world, 'B', {call: 'OPEN', mode: 'passive', local: B, read: 'auto'});
  arrives(world, 'A', {seq: 9000, flags: SYN});
  arrives(world, 'B', {seq: 1000, flags: SYN});
  const [dialled, child] = [world.tcp.A.connections.get(AB), world.tcp.B.connections.get(BA)];
  expect([dialled?.state, child?.state]).toEqual(['SYN-RECEIVED', 'SYN-RECEIVED']);
  expect([dialled?.timers.connect, child?.timers.connect]).toEqual([75_000_000, undefined]);
});
