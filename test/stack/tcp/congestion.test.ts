// Congestion control and loss recovery. Oracles: RFC 5681 §3, RFC 6582 §3.2, RFC 6675 §4–5, RFC 6928 §2, RFC 3042, and the numbers of
// the curriculum's lessons 10 and 12, which can be worked out by hand.
import {describe, expect, test} from 'vitest';
import {cwndAfterIdle, grow, initialCwnd} from '../../../source/stack/tcp/congestion.ts';
import type {Connection} from '../../../source/stack/tcp/connection.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import {
  addBlocks,
  firstHole,
  lostEdge,
  reneged,
  unsackedBytes,
} from '../../../source/stack/tcp/scoreboard.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {seq} from '../../../source/wire/seq.ts';
import {plain} from '../../helpers/tcp/plain.ts';
import {A, AB, B, BA, type Fate, rope, World} from '../../helpers/tcp/two-hosts.ts';

const {rfc} = profiles;
const SECOND_US = 1_000_000;

/** A connected world in which A has `bytes` to send at 1 s; its n-th data segment (1, 2, …) is lost where `lost` says so. */
const transfer = (bytes: number, change: Partial<TcpSettings>, lost: readonly number[] = []): World => {
  let data = 0;
  const fate: Fate = ({from, segment}) => {
    if (from === 'A' && segment.payload.length > 0) data += 1;
    return from === 'A' && segment.payload.length > 0 && lost.includes(data) ? [] : [50_000];
  };
  const settings = {...plain, mss: 1000, rcvBufferBytes: 1_000_000, ...change};
  const world = new World({settings: {A: settings, B: settings}, fate});
  world.call(0, 'B', {call: 'OPEN', mode: 'passive', local: B, read: 'auto'});
  world.call(0, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
  world.call(SECOND_US, 'A', {call: 'SEND', connection: AB, data: rope(bytes)});
  return world;
};

const dataSent = (world: World) =>
  world.sent
    .filter(({from, segment}) => from === 'A' && segment.payload.length > 0)
    .map(({atUs, segment}) => ({ms: (atUs - SECOND_US) / 1000, seq: segment.seq}));

const tcbOf = (world: World): Connection => {
  const tcb = world.tcp.A.connections.get(AB);
  if (tcb === undefined) throw new Error('no connection');
  return tcb;
};

const because = (world: World, rule: string): number =>
  world.effects('A').filter((effect) => effect.kind === 'send' && effect.because === rule).length;

const tcbWith = (change: Partial<Omit<Connection, 'state'>>, flight: number): Connection => {
  const world = transfer(0, {});
  world.run({untilUs: SECOND_US / 2});
  const tcb = tcbOf(world);
  return {...tcb, ...change, snd: {...tcb.snd, nxt: seq(tcb.snd.una + flight)}};
};

describe('the window at the start', () => {
  test('RFC 5681 §3.1: four, three or two segments by their size', () => {
    const sizes = [536, 1095, 1096, 1460, 2190, 2191, 9000];
    expect(sizes.map((mss) => initialCwnd(mss, rfc) / mss)).toEqual([4, 4, 3, 3, 3, 2, 2]);
  });

  test('RFC 6928 §2: min(10·MSS, max(2·MSS, 14600))', () => {
    expect([536, 1000, 1460, 2000, 9000].map((mss) => initialCwnd(mss, plain))).toEqual([
      5360, 10_000, 14_600, 14_600, 18_000,
    ]);
  });

  test('RFC 5681 §3.1: one segment where the SYN had to be repeated', () => {
    let n = 0;
    const world = new World({settings: {A: plain, B: plain}, fate: () => (n++ === 0 ? [] : [50_000])});
    world.call(0, 'B', {call: 'OPEN', mode: 'passive', local: B, read: 'auto'});
    world.call(0, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
    world.run();
    expect(tcbOf(world).cwnd).toBe(1460);
    expect(world.tcp.B.connections.get(BA)?.cwnd).toBe(14_600);
  });
});

describe('growth', () => {
  test('slow start grows by what is acknowledged: by one segment per ACK, by two, by all (RFC 5681, RFC 3465)', () => {
    const before = tcbWith({cwnd: 10_000, ssthresh: 1e9, mss: 1000}, 10_000);
    const after = (limit: number | 'all') => grow(before, 3500, {...plain, ackCountingLimit: limit}).cwnd;
    expect([after(1), after(2), after('all')]).toEqual([11_000, 12_000, 13_500]);
    expect(grow(before, 400, {...plain, ackCountingLimit: 1}).cwnd).toBe(10_400);
  });

  test('congestion avoidance grows by one segment for each window of acknowledged bytes', () => {
    let tcb = tcbWith({cwnd: 10_000, ssthresh: 10_000, mss: 1000}, 10_000);
    const windows: number[] = [];
    for (let ack = 0; ack < 21; ack += 1) {
      tcb = {...tcb, ...grow(tcb, 1000, plain)};
      tcb = {...tcb, snd: {...tcb.snd, nxt: seq(tcb.snd.una + tcb.cwnd)}};
      windows.push(tcb.cwnd);
    }
    expect(windows.lastIndexOf(10_000)).toBe(8);
    expect(windows.lastIndexOf(11_000)).toBe(19);
    expect(windows.at(-1)).toBe(12_000);
  });

  test('a window that is not used does not grow', () => {
    expect(grow(tcbWith({cwnd: 10_000, ssthresh: 1e9, mss: 1000}, 5000), 1000, plain).cwnd).toBe(10_000);
    expect(grow(tcbWith({cwnd: 10_000, ssthresh: 5000, mss: 1000}, 9000), 20_000, plain).cwnd).toBe(10_000);
  });

  test('lesson 12: rounds of 10, 20 and 40 segments', () => {
    const world = transfer(200_000, {});
    world.run();
    const rounds = [0, 100, 200].map((ms) => dataSent(world).filter((sent) => sent.ms === ms).length);
    expect(rounds).toEqual([10, 20, 40]);
    expect(world.delivered('B').length).toBe(200_000);
  });

  test('RFC 5681 §4.1: after an idle RTO the initial window; RFC 2861: half for each RTO', () => {
    const idle = tcbWith({cwnd: 80_000, mss: 1000, rtoUs: 300_000, lastDataUs: 0}, 0);
    const after = (nowUs: number, settings: TcpSettings) => cwndAfterIdle(idle, nowUs, settings);
    expect([300_000, 300_001].map((us) => after(us, rfc))).toEqual([80_000, 4000]);
    expect([300_001, 600_001, 900_001, 9_000_000].map((us) => after(us, plain))).toEqual([
      40_000, 20_000, 10_000, 10_000,
    ]);
    expect(after(9_000_000, {...plain, idleRestart: 'off'})).toBe(80_000);
    expect(cwndAfterIdle(tcbWith({cwnd: 80_000, lastDataUs: 0}, 10), 9_000_000, rfc)).toBe(80_000);
  });
});

describe('lesson 10', () => {
  test('A: three duplicate ACKs bring the lost segment back one round trip after it was sent', () => {
    const world = transfer(5000, {}, [2]);
    world.run();
    const again = dataSent(world).slice(5);
    expect(again).toEqual([{ms: 100, seq: 2001}]);
    const acks = world.sent.filter(({from}) => from === 'B').map(({segment}) => segment.ack);
    expect(acks.slice(-5)).toEqual([2001, 2001, 2001, 2001, 6001]);
    expect(because(world, '5681:3.2/fast-retransmit')).toBe(1);
  });

  test('B: nobody left to repeat an ACK: the timer does it, 300 ms with Linux’s least and 1 s by the RFC', () => {
    for (const [settings, ms] of [
      [plain, 300],
      [{...rfc, initialWindow: 'rfc6928' as const}, 1000],
    ] as const) {
      const world = transfer(
        5000,
        settings.rcvBufferBytes === rfc.rcvBufferBytes ? {...settings, mss: 1000} : {},
        [5],
      );
      world.run();
      // The timer was started again by the last ACK of new data, one round trip after the burst.
      expect(dataSent(world).at(-1)).toEqual({ms: ms + 100, seq: 5001});
      expect(because(world, '6298:5.4/retransmit')).toBe(1);
    }
  });

  test('A without SACK: the third duplicate, and there is no fourth', () => {
    const world = transfer(5000, {sackPermitted: false}, [2]);
    world.run();
    expect(dataSent(world).slice(5)).toEqual([{ms: 100, seq: 2001}]);
  });

  test('C: without SACK an ACK shows one hole at a time', () => {
    const world = transfer(8000, {sackPermitted: false}, [2, 4]);
    world.run();
    expect(dataSent(world).slice(8)).toEqual([
      {ms: 100, seq: 2001},
      {ms: 200, seq: 4001},
    ]);
    expect(because(world, '6582:3.2/partial-ack')).toBe(1);
  });

  test('with SACK both holes are filled in one round trip', () => {
    const world = transfer(8000, {}, [2, 4]);
    world.run();
    expect(dataSent(world).slice(8)).toEqual([
      {ms: 100, seq: 2001},
      {ms: 100, seq: 4001},
    ]);
  });

  test('an ACK that is lost brings nothing back; neither does an order changed by two', () => {
    let n = 0;
    const settings = {...plain, mss: 1000};
    const late: Fate = ({from, segment}) => {
      if (from === 'A' && segment.payload.length > 0) n += 1;
      return [from === 'A' && segment.payload.length > 0 && n === 2 ? 52_000 : 50_000];
    };
    const spread: Fate = (sent) => late(sent).map((us) => us + n * 1000);
    for (const fate of [late, spread]) {
      n = 0;
      const world = new World({settings: {A: settings, B: settings}, fate});
      world.call(0, 'B', {call: 'OPEN', mode: 'passive', local: B, read: 'auto'});
      world.call(0, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
      world.call(SECOND_US, 'A', {call: 'SEND', connection: AB, data: rope(4000)});
      world.run();
      expect(dataSent(world).length).toBe(4);
    }
  });
});

describe('the window after a loss', () => {
  test('NewReno: ssthresh + 3 segments, one more for each duplicate, ssthresh at the end (RFC 6582 §3.2)', () => {
    const world = transfer(200_000, {sackPermitted: false}, [11]);
    const windows: number[] = [];
    const inRecovery = () => world.tcp.A.connections.get(AB)?.loss.phase === 'fast';
    while (!inRecovery()) world.run({maxEvents: 1});
    // 20 segments in flight: one round after the first ten. Two more left by limited transmit, which do not count.
    expect(tcbOf(world).ssthresh).toBe(10_000);
    for (; inRecovery(); world.run({maxEvents: 1})) {
      if (windows.at(-1) !== tcbOf(world).cwnd) windows.push(tcbOf(world).cwnd);
    }
    expect(windows.slice(0, 4)).toEqual([13_000, 14_000, 15_000, 16_000]);
    expect(tcbOf(world).cwnd).toBe(10_000);
    world.run();
    expect(world.delivered('B').length).toBe(200_000);
  });

  test('SACK: cwnd = ssthresh at once (RFC 6675 §5)', () => {
    const world = transfer(200_000, {}, [11]);
    while (world.tcp.A.connections.get(AB)?.loss.phase !== 'fast') world.run({maxEvents: 1});
    expect([tcbOf(world).cwnd, tcbOf(world).ssthresh]).toEqual([10_000, 10_000]);
  });

  test('a time-out: half the flight, one segment, slow start; a second time-out is the same loss', () => {
    const world = transfer(20_000, {}, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    world.run({untilUs: SECOND_US + 300_000});
    expect([tcbOf(world).cwnd, tcbOf(world).ssthresh]).toEqual([1000, 5000]);
    world.run({untilUs: SECOND_US + 900_000});
    expect([tcbOf(world).cwnd, tcbOf(world).ssthresh, tcbOf(world).retries]).toEqual([1000, 5000, 2]);
    world.run();
    const again = dataSent(world).slice(12);
    // One, then two, then four: slow start over what was lost.
    expect(again.slice(0, 6).map(({ms, seq: at}) => `${ms} ${at}`)).toEqual([
      '1000 2001',
      '1000 3001',
      '1100 4001',
      '1100 5001',
      '1100 6001',
      '1100 7001',
    ]);
    expect(world.delivered('B').length).toBe(20_000);
  });

  test('what limited transmit has sent does not count, at the first time-out or the second', () => {
    const lost = Array.from({length: 60}, (_, i) => i + 1).filter((n) => n !== 2 && n !== 3);
    const world = transfer(30_000, {}, lost);
    world.run({untilUs: SECOND_US + 2_000_000});
    expect(because(world, '3042:2/limited-transmit')).toBe(2);
    expect([tcbOf(world).retries, tcbOf(world).ssthresh]).toEqual([2, 5000]);
  });

  test('nor does what a SEND puts beyond cwnd meanwhile: ssthresh is half of what was there before (RFC 5681 §3.2, step 1)', () => {
    const settings = {sackPermitted: false, rcvBufferBytes: 100_000};
    // Ten segments fill the window; the first is lost, so that duplicate ACKs come 100 ms later, one for each of the others.
    const world = transfer(10_000, settings, [1]);
    world.run({untilUs: SECOND_US + 99_999});
    while (tcbOf(world).loss.dupAcks < 2) world.run({maxEvents: 1});
    world.step('A', {kind: 'call', call: {call: 'SEND', connection: AB, data: rope(2000)}});
    expect(because(world, '3042:2/limited-transmit')).toBe(2);
    world.run({untilUs: world.nowUs});
    expect([tcbOf(world).loss.phase, tcbOf(world).ssthresh]).toEqual(['fast', 5000]);
  });

  test('what a SEND adds just up to cwnd needs no limited transmit (RFC 3042 §2: beyond it)', () => {
    const world = transfer(9000, {sackPermitted: false, rcvBufferBytes: 100_000}, [1]);
    world.run({untilUs: SECOND_US + 99_999});
    while (tcbOf(world).loss.dupAcks < 1) world.run({maxEvents: 1});
    const {cwnd, snd} = tcbOf(world);
    expect([cwnd, snd.nxt - snd.una]).toEqual([10_000, 9000]);
    world.step('A', {kind: 'call', call: {call: 'SEND', connection: AB, data: rope(1000)}});
    expect([tcbOf(world).snd.nxt - snd.una, because(world, '3042:2/limited-transmit')]).toEqual([10_000, 0]);
  });

  test('limited transmit: the first two duplicate ACKs let one new segment out each (RFC 3042)', () => {
    const world = transfer(30_000, {sackPermitted: false, rcvBufferBytes: 100_000}, [1]);
    world.run();
    expect(because(world, '3042:2/limited-transmit')).toBe(2);
    const off = transfer(30_000, {sackPermitted: false, limitedTransmit: false}, [1]);
    off.run();
    expect(because(off, '3042:2/limited-transmit')).toBe(0);
    expect(off.delivered('B').length).toBe(30_000);
  });
});

describe('the scoreboard (RFC 6675)', () => {
  const range = (left: number, right: number) => ({left: seq(left), right: seq(right)});
  const all = {una: seq(1000), nxt: seq(20_000)};

  test('blocks join; duplicates and nonsense are left out', () => {
    const first = addBlocks([], [range(3000, 4000), range(6000, 7000)], all);
    expect(first).toEqual([range(3000, 4000), range(6000, 7000)]);
    expect(addBlocks(first, [range(4000, 6000)], all)).toEqual([range(3000, 7000)]);
    expect(addBlocks(first, [range(500, 900), range(3100, 3200), range(19_000, 21_000)], all)).toBe(first);
    expect(addBlocks(first, [range(5000, 5000), range(9000, 8000)], all)).toBe(first);
  });

  test('IsLost: three ranges above, or more than two segments of bytes', () => {
    expect(lostEdge([range(3000, 5000)], seq(1000), 1000)).toBe(1000);
    expect(lostEdge([range(3000, 5001)], seq(1000), 1000)).toBe(3000);
    const three = [range(3000, 3100), range(4000, 4100), range(5000, 5100)];
    expect(lostEdge(three, seq(1000), 1000)).toBe(3000);
    expect(lostEdge(three.slice(1), seq(1000), 1000)).toBe(1000);
    expect(lostEdge([range(2000, 2100), ...three], seq(1000), 1000)).toBe(3000);
  });

  test('holes and bytes between the ranges, over the wrap too', () => {
    const ranges = [range(3000, 4000), range(6000, 7000)];
    expect(unsackedBytes(ranges, seq(1000), seq(8000))).toBe(5000);
    expect(unsackedBytes(ranges, seq(3500), seq(6500))).toBe(2000);
    expect(firstHole(ranges, seq(3000), seq(6000))).toBe(4000);
    expect(firstHole(ranges, seq(6000), seq(7000))).toBe(undefined);
    const wrapped = addBlocks([], [range(2 ** 32 - 500, 500)], {una: seq(2 ** 32 - 1000), nxt: seq(2000)});
    expect(unsackedBytes(wrapped, seq(2 ** 32 - 1000), seq(2000))).toBe(2000);
    expect(firstHole(wrapped, seq(2 ** 32 - 400), seq(2000))).toBe(500);
  });

  test('RFC 2018 §8: what was SACKed at SND.UNA has been thrown away', () => {
    expect(reneged([range(1000, 2000)], seq(1000))).toBe(true);
    expect(reneged([range(2000, 3000)], seq(1000))).toBe(false);
  });
});
