// When Linux acknowledges. Oracle: tcp_input.c and tcp_output.c of Linux 6.18 by hand (tcp_initialize_rcv_mss, tcp_incr_quickack,
// tcp_event_data_recv, tcp_measure_rcv_mss, tcp_event_ack_sent, tcp_delack_timer_handler, tcp_send_delayed_ack): TCP_ATO_MIN and
// TCP_DELACK_MIN are 40 ms, TCP_DELACK_MAX 200 ms, TCP_MAX_QUICKACKS 16, a tick is 4 ms.
import {describe, expect, test} from 'vitest';
import {
  ackLeft,
  companyUs,
  dataLeft,
  dupAckCounted,
  firstPace,
  hurried,
  isAsGoodAsDue,
  isQuick,
  isSecond,
  sizeMeasured,
  textCame,
  waitedInVain,
  waitUs,
} from '../../../source/stack/tcp/ack-pace.ts';
import type {AckPace, Connection} from '../../../source/stack/tcp/connection.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import {newTcb} from '../../../source/stack/tcp/tcb.ts';
import {seq} from '../../../source/wire/seq.ts';
import {A, B} from '../../helpers/tcp/two-hosts.ts';

const fresh = newTcb({origin: 'active', local: A, remote: B, iss: seq(0), read: 'auto'}, profiles.linux);
/** All that came is acknowledged. */
const receiving = (wnd: number, more: Partial<Connection> = {}): Connection => {
  const at = seq(5000);
  return {
    ...fresh,
    rcv: {...fresh.rcv, nxt: at, wnd},
    lastAckSent: at,
    mss: 1460,
    rtoUs: 300_000,
    ...more,
  } as Connection;
};
const tcb = receiving(65_536);
const pace = (more: Partial<AckPace> = {}): AckPace => ({...firstPace(tcb, 0), ...more});
const came = (lengthBytes: number, pushed = false, nowUs = 0) => ({lengthBytes, pushed, nowUs});

test('what a segment is taken for at first: 536, half a window, a small MSS; 88 at least', () => {
  const guess = (wnd: number, mss = 1460) => firstPace(receiving(wnd, {mss}), 7).segmentBytes;
  expect([guess(65_536), guess(1001), guess(65_536, 500), guess(100)]).toEqual([536, 500, 500, 88]);
  expect(firstPace(tcb, 7)).toMatchObject({lastDataUs: 7, quick: 0, atoUs: 0, pingpong: false});
});

describe('at once', () => {
  test('for half a window of full segments, two at least, sixteen at most', () => {
    const quick = (wnd: number, segmentBytes: number) =>
      hurried(receiving(wnd), pace({segmentBytes, pingpong: true})).quick;
    expect([quick(14_600, 1460), quick(2919, 1460), quick(65_536, 536)]).toEqual([5, 2, 16]);
    expect(hurried(tcb, pace({pingpong: true}), 2)).toMatchObject({quick: 2, pingpong: false, atoUs: 40_000});
    // What was promised before is kept.
    expect(hurried(receiving(2919), pace({quick: 9, segmentBytes: 1460})).quick).toBe(9);
  });

  test('the window is that of the last acknowledgement', () => {
    const behind = receiving(10_000, {lastAckSent: seq(400)});
    expect(hurried(behind, pace({segmentBytes: 1460})).quick).toBe(5);
  });

  test('until they are spent, or a program answers', () => {
    expect([isQuick(pace()), isQuick(pace({quick: 1})), isQuick(pace({quick: 1, pingpong: true}))]).toEqual([
      false,
      true,
      false,
    ]);
    const spent = {scheduled: true, atoUs: 90_000, pushed: 2, compressed: 3} as const;
    expect(ackLeft(pace({...spent, quick: 1}))).toMatchObject({quick: 0, atoUs: 40_000});
    expect(ackLeft(pace({...spent, quick: 2}))).toMatchObject({quick: 1, atoUs: 90_000});
    expect(ackLeft(pace({...spent, quick: 0}))).toMatchObject({quick: 0, atoUs: 90_000});
    // Nothing was owed: an ACK that goes along with data spends none.
    expect(ackLeft(pace({...spent, scheduled: false, quick: 1}))).toMatchObject({quick: 1, atoUs: 90_000});
    expect(ackLeft(pace(spent))).toMatchObject({scheduled: false, pushed: 0, compressed: 0});
  });

  test('more than one full segment since the last', () => {
    const since = (octets: number) =>
      isSecond(receiving(65_536, {lastAckSent: seq(5000 - octets), pace: pace({segmentBytes: 1460})}));
    expect([since(1460), since(1461)]).toEqual([false, true]);
    expect(isSecond(receiving(65_536, {lastAckSent: seq(0)}))).toBe(false);
  });
});

describe('the wait follows how fast data come', () => {
  const next = (sinceUs: number, atoUs: number) =>
    textCame(tcb, pace({atoUs, lastDataUs: 1000}), came(100, false, 1000 + sinceUs));

  test('the first text: 40 ms, and sixteen at once', () => {
    expect(next(5, 0)).toMatchObject({atoUs: 40_000, quick: 16, scheduled: true, lastDataUs: 1005});
  });

  test.each([
    // Half of it, and half of the least.
    [0, 100_000, 70_000],
    [20_000, 100_000, 70_000],
    // Half of it, and the gap; no more than the RTO.
    [20_001, 100_000, 70_001],
    [99_999, 100_000, 149_999],
    [280_000, 290_000, 300_000],
    // A gap that is longer says nothing.
    [100_000, 100_000, 100_000],
  ])('%i µs behind the last, %i µs: %i µs', (sinceUs, atoUs, then) => {
    expect(next(sinceUs, atoUs)).toMatchObject({atoUs: then, quick: 0, scheduled: true});
  });

  test('half of the least or less behind the last the RTO sets no bound; an odd wait is halved downwards', () => {
    const after = (sinceUs: number, atoUs: number) =>
      textCame({...tcb, rtoUs: 150_000}, pace({atoUs, lastDataUs: 0}), came(100, false, sinceUs)).atoUs;
    expect([after(20_000, 290_000), after(20_001, 290_000)]).toEqual([165_000, 150_000]);
    expect([after(15_000, 100_001), after(30_000, 100_001)]).toEqual([70_000, 80_000]);
  });

  test('after more than an RTO the sender may start slowly again', () => {
    expect([next(300_000, 40_000).quick, next(300_001, 40_000).quick]).toEqual([0, 16]);
  });

  test('a program that answers in time: what it says carries the ACK', () => {
    const answers = (afterUs: number) =>
      dataLeft(pace({atoUs: 40_000, lastDataUs: 500}), 500 + afterUs).pingpong;
    expect([answers(39_999), answers(40_000)]).toEqual([true, false]);
  });

  test('in vain: no longer counted on an answer, or twice as long, up to the RTO', () => {
    expect(waitedInVain(pace({pingpong: true, atoUs: 90_000}), 300_000)).toMatchObject({
      pingpong: false,
      atoUs: 40_000,
    });
    expect(waitedInVain(pace({atoUs: 90_000}), 300_000).atoUs).toBe(180_000);
    expect(waitedInVain(pace({atoUs: 190_000}), 300_000).atoUs).toBe(300_000);
    const compressed = pace({compressed: 1, pingpong: true, atoUs: 90_000});
    expect(waitedInVain(compressed, 300_000)).toEqual(compressed);
  });

  test.each<[atoUs: number, srttUs: number | undefined, more: Partial<AckPace>, waitsUs: number]>([
    [40_000, 1000, {}, 40_000],
    // A round trip in whole ticks, 40 ms at least; 200 ms at most.
    [90_000, 50_001, {}, 52_000],
    [90_000, 8000, {}, 40_000],
    [90_000, 400_000, {}, 90_000],
    [450_000, undefined, {}, 200_000],
    [450_000, 900_000, {pingpong: true}, 200_000],
    [150_000, undefined, {pushed: 1}, 150_000],
  ])('%i µs, a round trip of %s µs: %j waits %i µs', (atoUs, srttUs, more, waitsUs) => {
    const waiting = receiving(65_536, {pace: pace({...more, atoUs}), srttUs});
    expect(waitUs(waiting)).toBe(waitsUs);
  });

  test('without a pace nothing waits; a quarter of a wait is not worth it', () => {
    expect(waitUs(tcb)).toBe(0);
    expect([isAsGoodAsDue(10_000, 40_000), isAsGoodAsDue(10_001, 40_000)]).toEqual([true, false]);
  });
});

describe('how large a full segment is', () => {
  test('at least as large as the largest: that is one, up to the MSS', () => {
    const measured = (bytes: number, pushed = false, before: Partial<AckPace> = {}) =>
      sizeMeasured(pace(before), came(bytes, pushed), 1460);
    expect(measured(536)).toMatchObject({segmentBytes: 536, lastShortBytes: 0, pushed: 0});
    expect(measured(1460)).toMatchObject({segmentBytes: 1460, pushed: 0});
    expect(measured(2920)).toMatchObject({segmentBytes: 1460});
    expect([measured(600, true).pushed, measured(600, true, {pushed: 2}).pushed]).toEqual([1, 2]);
  });

  test('two smaller ones of one size are full ones; below 536 with PSH, or below 88, never', () => {
    const twice = (bytes: number, pushed: boolean) => {
      const once = sizeMeasured(pace({segmentBytes: 1460}), came(bytes, pushed), 1460);
      return [once.lastShortBytes, sizeMeasured(once, came(bytes, pushed), 1460).segmentBytes];
    };
    expect(twice(536, true)).toEqual([536, 536]);
    expect(twice(535, true)).toEqual([0, 1460]);
    expect(twice(535, false)).toEqual([535, 535]);
    expect(twice(88, false)).toEqual([88, 88]);
    expect(twice(87, false)).toEqual([0, 1460]);
  });

  test('a short one ends a write, the second one says so twice', () => {
    const once = sizeMeasured(pace({segmentBytes: 1460}), came(100, true), 1460);
    expect([once.pushed, sizeMeasured(once, came(100, true), 1460).pushed]).toEqual([1, 2]);
  });
});

test('of ACKs with SACK for the same number three leave at once (tcp_comp_sack_nr)', () => {
  const [same, other] = [seq(5000), seq(6000)];
  let now = pace({dupAckNxt: same});
  const counts = Array.from({length: 5}, () => {
    now = dupAckCounted(now, same);
    return [now.dupAcks, now.compressed];
  });
  expect(counts).toEqual([
    [1, 0],
    [2, 0],
    [3, 0],
    [3, 1],
    [3, 2],
  ]);
  expect(dupAckCounted(now, other)).toMatchObject({dupAcks: 1, dupAckNxt: other});
  // A third of the round trip, 1 ms at most, and 100 µs of slack.
  expect([companyUs(1000), companyUs(2000), companyUs(90_000)]).toEqual([430, 760, 1100]);
});
