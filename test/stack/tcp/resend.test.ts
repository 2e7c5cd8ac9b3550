// What goes again, and what is believed of it afterwards. Oracles: tcp_retrans_try_collapse, tcp_try_undo_recovery and tcp_mark_head_lost of
// Linux 6.18 by hand; RFC 6298 §3 (Karn), RFC 8985 §6.2; that the counts of the flight are those of its segments.

import {describe, expect, test} from 'vitest';
import {ruleOf} from '../../../source/stack/reason.ts';
import type {Connection} from '../../../source/stack/tcp/connection.ts';
import {seq} from '../../../source/wire/seq.ts';
import {TcpFlag, type TcpOption} from '../../../source/wire/tcp.ts';
import {arrives, both, calls, close, made, none} from '../../helpers/tcp/one-host.ts';
import {A, AB, B, IP, rope, World} from '../../helpers/tcp/two-hosts.ts';

const {SYN, ACK, FIN, PSH} = TcpFlag;
const ms = 1000;
const whole = 1460;

/** Segments of 1460 octets, a round trip of 100 ms; the time is 100 ms. */
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

/** Octets counted from the first one that A sends. */
const acks = (
  world: World,
  upTo: number,
  sacked: readonly (readonly [left: number, right: number])[] = [],
) => {
  const blocks = sacked.map(([left, right]) => ({left: seq(1001 + left), right: seq(1001 + right)}));
  const options: readonly TcpOption[] = blocks.length > 0 ? [{kind: 'sack', blocks}] : [];
  return arrives(world, 'A', {seq: 9001, ack: 1001 + upTo, flags: ACK, options, window: 60_000});
};

/** The timer that is due next runs out. */
const timesOut = (world: World, name: 'RTO' | 'reordering'): void => {
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

describe('segments that go again as one', () => {
  test('as many as fit, with the flags of all: PSH, FIN', () => {
    const world = opened('linux', {tailLossProbe: false});
    for (let n = 0; n < 3; n += 1) sends(world, 100);
    close(world);
    expect(world.sent.map(({segment}) => segment.payload.length).slice(-4)).toEqual([100, 100, 100, 0]);
    timesOut(world, 'RTO');
    expect(last(world)).toMatchObject({seq: 1001, flags: ACK | PSH | FIN});
    expect(last(world)?.payload.length).toBe(300);
    expect(tcbOf(world).retransmissionQueue).toHaveLength(1);
    // It is lost and on its way again, once.
    expect(tcbOf(world).flight).toEqual({sacked: 0, lost: 1, resent: 1});
    countsAgree(world);
  });

  test('not beyond a full one, nor over one that has come', () => {
    const world = opened('linux', {tailLossProbe: false});
    for (const octets of [700, 700, 60, 1]) sends(world, octets);
    timesOut(world, 'RTO');
    expect(last(world)?.payload.length).toBe(1460);
    countsAgree(world);
    const gap = opened('linux', {tailLossProbe: false});
    for (const octets of [100, 100, 100]) sends(gap, octets);
    acks(gap, 0, [[100, 200]]);
    timesOut(gap, 'RTO');
    expect(last(gap)?.payload.length).toBe(100);
    countsAgree(gap);
  });
});

describe('a record ends where SEND said so (MSG_EOR, tcp_skb_can_collapse_to)', () => {
  const record = (world: World, octets: number) =>
    calls(world, 'A', {call: 'SEND', connection: AB, data: rope(octets), ends: true});
  const sizes = (world: World) => world.sent.slice(2).map(({segment}) => segment.payload.length);

  test('no segment reaches beyond it, whether the first time or again', () => {
    const world = opened('linux', {tailLossProbe: false});
    sends(world, 100);
    record(world, 110);
    sends(world, 120);
    sends(world, 130);
    expect(sizes(world)).toEqual([100, 110, 120, 130]);
    timesOut(world, 'RTO');
    expect(last(world)?.payload.length).toBe(210);
    expect(queued(world).map(({lengthBytes}) => lengthBytes)).toEqual([210, 120, 130]);
    countsAgree(world);
    // What comes behind the record is joined without it.
    acks(world, 210);
    expect(last(world)?.payload.length).toBe(250);
  });

  test('what waits unsent is cut there, and goes on behind it', () => {
    const world = opened('linux', {tailLossProbe: false});
    sends(world, 10 * whole);
    record(world, whole + 40);
    record(world, 50);
    sends(world, 60);
    expect(tcbOf(world).recordEnds).toHaveLength(2);
    acks(world, 10 * whole);
    expect(sizes(world).slice(-4)).toEqual([whole, 40, 50, 60]);
    expect(tcbOf(world).recordEnds).toEqual([]);
  });
});

describe('RACK’s window for what was overtaken (RFC 8985 §6.2)', () => {
  const sacked = (segments: number): World => {
    const world = opened('linux');
    sends(world, 10 * whole);
    world.nowUs = 200 * ms;
    const before = world.sent.length;
    acks(world, 0, [[whole, (1 + segments) * whole]]);
    expect(world.sent.slice(before).map(({segment}) => segment.seq)).toEqual(segments >= 3 ? [1001] : []);
    countsAgree(world);
    return world;
  };

  test('three that came without it: lost at once', () => {
    expect(tcbOf(sacked(3)).episode.state).toBe('recovery');
  });

  test('two: a quarter of the least round trip and two ticks’ slack later', () => {
    const world = sacked(2);
    // 100 ms and 25 ms after it left, at 100 ms; the timer's slack is 2 ms.
    expect(tcbOf(world).timers.reordering).toBeDefined();
    timesOut(world, 'reordering');
    expect(world.nowUs).toBeGreaterThanOrEqual(227 * ms);
    expect(last(world)?.seq).toBe(1001);
    expect(tcbOf(world).episode.state).toBe('recovery');
    countsAgree(world);
  });
});

describe('a loss that was none (RFC 3708, RFC 4015)', () => {
  /** The first of ten is taken for lost. */
  const repaired = (): World => {
    const world = opened('linux');
    sends(world, 10 * whole);
    world.nowUs = 200 * ms;
    acks(world, 0, [[whole, 4 * whole]]);
    expect(tcbOf(world).cwnd).toBeLessThan(10 * whole);
    expect(tcbOf(world).ssthresh).toBe(7 * whole);
    return world;
  };

  test('the repetition comes back as a duplicate: cwnd and ssthresh are what they were', () => {
    const world = repaired();
    world.nowUs = 210 * ms;
    acks(world, 4 * whole, [[0, whole]]);
    expect(tcbOf(world)).toMatchObject({undo: {marker: undefined}});
    expect(tcbOf(world).cwnd).toBeGreaterThanOrEqual(10 * whole);
    expect(tcbOf(world).ssthresh).toBeGreaterThan(10 * whole);
    countsAgree(world);
  });

  test('it does not: cwnd stays with the lowered ssthresh', () => {
    const world = repaired();
    world.nowUs = 300 * ms;
    acks(world, 10 * whole);
    expect(tcbOf(world).ssthresh).toBe(7 * whole);
    expect(tcbOf(world).episode.state).toBe('open');
    // One more at most, by congestion avoidance.
    expect([7 * whole, 8 * whole]).toContain(tcbOf(world).cwnd);
    countsAgree(world);
  });
});

test('Karn: of several that are acknowledged at once none may have been sent twice (RFC 6298 §3)', () => {
  const world = opened('rfc');
  const {srttUs} = tcbOf(world);
  expect(srttUs).toBe(100 * ms);
  for (const octets of [whole, whole]) sends(world, octets);
  timesOut(world, 'RTO');
  world.nowUs += 500 * ms;
  acks(world, 2 * whole);
  expect(tcbOf(world).srttUs).toBe(srttUs);
  const once = opened('rfc');
  for (const octets of [whole, whole]) sends(once, octets);
  once.nowUs += 500 * ms;
  acks(once, 2 * whole);
  // RFC 6298 §2.3: 7/8 of 100 ms and 1/8 of 500 ms.
  expect(tcbOf(once).srttUs).toBe(150 * ms);
});

describe('round trips that Linux takes (tcp_clean_rtx_queue, tcp_ack_update_rtt)', () => {
  /** One left at 100 ms, the others at 120 ms. */
  const apart = (): World => {
    const world = opened('linux', {tailLossProbe: false});
    sends(world, whole);
    sends(world, whole);
    world.nowUs = 120 * ms;
    sends(world, whole);
    return world;
  };

  test('of several that are acknowledged the oldest counts for RTTVAR, the newest for the least', () => {
    const world = apart();
    world.nowUs = 180 * ms;
    acks(world, 3 * whole);
    // 7/8 of 100 ms and 1/8 of 80 ms.
    expect(tcbOf(world)).toMatchObject({srttUs: 97_500, rack: {minRttUs: 60 * ms}});
  });

  test('of several that are SACKed, too', () => {
    const world = apart();
    world.nowUs = 180 * ms;
    acks(world, 0, [[whole, 3 * whole]]);
    expect(tcbOf(world)).toMatchObject({srttUs: 97_500, rack: {minRttUs: 60 * ms}});
  });

  test('of what went twice only a timestamp tells (Karn, RFC 7323 §4.1)', () => {
    const world = new World({settings: both('linux', {timestamps: true, tailLossProbe: false}), fate: none});
    const stamps = (): TcpOption => {
      const stamp = last(world)?.options.find(({kind}) => kind === 'timestamps');
      return stamp?.kind === 'timestamps' ? {kind: 'timestamps', val: 7, ecr: stamp.val} : expect.fail();
    };
    calls(world, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
    const options: readonly TcpOption[] = [{kind: 'mss', mss: whole}, {kind: 'sackPermitted'}, stamps()];
    world.nowUs = 100 * ms;
    arrives(world, 'A', {seq: 9000, ack: 1001, flags: SYN | ACK, options, window: 60_000});
    sends(world, 1000);
    timesOut(world, 'RTO');
    const again = stamps();
    world.nowUs += 60 * ms;
    arrives(world, 'A', {seq: 9001, ack: 2001, flags: ACK, options: [again], window: 60_000});
    // 7/8 of 100 ms and 1/8 of 60 ms.
    expect(tcbOf(world).srttUs).toBe(95 * ms);
  });

  test('what is acknowledged starts the time-out anew (RFC 6298 §5.3), and the last stops it (§5.2)', () => {
    const world = apart();
    world.nowUs = 190 * ms;
    acks(world, whole);
    const {rtoUs, timers} = tcbOf(world);
    expect((timers.RTO ?? 0) - world.nowUs).toBeGreaterThanOrEqual(rtoUs);
    expect((timers.RTO ?? 0) - world.nowUs).toBeLessThan(rtoUs + 50 * ms);
    const effect = world.effects('A').findLast((each) => each.kind === 'timer' && each.op === 'arm');
    expect(effect?.because).toBe('6298:5.3/restart');
    acks(world, 3 * whole);
    expect(tcbOf(world).timers.RTO).toBeUndefined();
  });
});

test('an acknowledgment in the middle of a segment leaves the rest of it, and it has come (RFC 9293 §3.10.7.4)', () => {
  const world = opened('rfc');
  for (const octets of [whole, whole]) sends(world, octets);
  world.nowUs += 500 * ms;
  acks(world, whole + 60);
  expect(queued(world)).toMatchObject([{seq: 1001 + whole + 60, lengthBytes: 1400}]);
  timesOut(world, 'RTO');
  expect(last(world)).toMatchObject({seq: 1001 + whole + 60});
  expect(last(world)?.payload.length).toBe(1400);
});

test('the wait doubles until it is the longest, and each says why (RFC 6298 §2.5, §5.5)', () => {
  const longestUs = 7000 * ms;
  for (const base of ['linux', 'rfc'] as const) {
    const world = opened(base, {tailLossProbe: false, maxRtoUs: longestUs});
    sends(world, 100);
    const waits: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      const beforeUs = tcbOf(world).rtoUs;
      timesOut(world, 'RTO');
      const effect = world.effects('A').findLast((each) => each.kind === 'timer' && each.op === 'arm');
      const {rtoUs} = tcbOf(world);
      expect(rtoUs).toBe(Math.min(2 * beforeUs, longestUs));
      waits.push(`${effect?.because} ${rtoUs === 2 * beforeUs}`);
    }
    expect(new Set(waits)).toEqual(new Set(['6298:5.5/back-off true', '6298:2.5/maximum false']));
  }
});

describe('RST (RFC 5961 §3.2)', () => {
  const reset = (at: number, more = {}) => {
    const world = opened('rfc', {challengeAckIntervalUs: 0, ...more});
    const {wnd} = tcbOf(world).rcv;
    const segment = made('A', {seq: at === Infinity ? 9001 + wnd : 9001 + at, flags: TcpFlag.RST});
    const effects = world.step('A', {kind: 'segment', src: IP.B, dst: IP.A, segment});
    return effects.map((effect) => `${effect.kind} ${'because' in effect ? ruleOf(effect.because) : ''}`);
  };
  const outside = ['discard 5961:3.2/rst/outside'];

  test('at the next number it resets; in the window it is asked again; elsewhere nothing is said', () => {
    expect(reset(0)).toContain('signal 9293:3.10.7.4/rst/reset');
    expect(reset(1)).toContain('send 5961:3.2/rst/challenge');
    expect(reset(-1)).toEqual(outside);
    expect(reset(Number.POSITIVE_INFINITY)).toEqual(outside);
  });

  test('whoever leaves it at RFC 793 resets at any number of the window', () => {
    expect(reset(1, {insecureRst: true})).toContain('signal 5961:3.2/rst/in-window');
    expect(reset(Number.POSITIVE_INFINITY, {insecureRst: true})).toEqual(outside);
  });
});

describe('behind a closed window (RFC 9293 §3.8.6.1)', () => {
  /** Its window is closed, and 100 octets wait; the timer says when it asks. */
  const closed = (base: 'linux' | 'rfc', more = {}): World => {
    const world = opened(base, more);
    sends(world, whole);
    arrives(world, 'A', {seq: 9001, ack: 1001 + whole, flags: ACK, window: 0});
    sends(world, 100);
    expect(tcbOf(world).timers.persist).toBeDefined();
    return world;
  };
  const asks = (world: World) => {
    world.nowUs = tcbOf(world).timers.persist ?? Number.NaN;
    world.step('A', {kind: 'timeout', connection: AB, name: 'persist'});
  };
  const says = (world: World, window: number) =>
    arrives(world, 'A', {seq: 9001, ack: 1001 + whole, flags: ACK, window});

  test('it asks with the number below, or with the next octet; each wait is twice the last', () => {
    for (const zeroWindowProbe of ['below', 'byte'] as const) {
      const world = closed('rfc', {zeroWindowProbe});
      const waits: number[] = [];
      for (let n = 0; n < 4; n += 1) {
        asks(world);
        const [seqOff, octets] = zeroWindowProbe === 'below' ? [-1, 0] : [0, 1];
        expect(last(world)).toMatchObject({seq: 1001 + whole + seqOff, flags: ACK});
        expect(last(world)?.payload.length).toBe(octets);
        waits.push(tcbOf(world).probeWaitUs);
      }
      const [first = 0] = waits;
      expect(waits).toEqual([first, 2 * first, 4 * first, 8 * first]);
      expect(tcbOf(world).probes).toBe(4);
    }
  });

  test.each(['paced', 'delayed'] as const)(
    'to Linux the wait begins anew with each answer that leaves it closed (tcp_ack_probe), ACKs %s',
    (acks) => {
      const world = closed('linux', {acks});
      asks(world);
      const dueUs = tcbOf(world).timers.persist ?? 0;
      world.nowUs = dueUs - 50 * ms;
      says(world, 0);
      expect(tcbOf(world).timers.persist).toBeGreaterThan(dueUs);
      says(world, 60_000);
      expect(last(world)?.payload.length).toBe(100);
      expect(tcbOf(world).timers.persist).toBeUndefined();
    },
  );

  test('to others it does not', () => {
    const world = closed('rfc');
    asks(world);
    const dueUs = tcbOf(world).timers.persist ?? 0;
    world.nowUs = dueUs - 50 * ms;
    says(world, 0);
    expect(tcbOf(world).timers.persist).toBe(dueUs);
  });

  test('only silence ends it, after as many questions as data may be repeated', () => {
    const world = closed('rfc', {dataRetries: 2});
    for (let n = 0; n < 2; n += 1) asks(world);
    says(world, 0);
    for (let n = 0; n < 2; n += 1) asks(world);
    expect(world.signals('A')).not.toContain('ETIMEDOUT');
    asks(world);
    expect(world.signals('A')).toContain('ETIMEDOUT');
  });
});
