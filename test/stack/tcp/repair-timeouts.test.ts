// What the repair timer brings. Oracles: RFC 6298 §5.4 to §5.6, RFC 8985 §6.2 step 5, RFC 9293 §3.8.3 (R2) and §3.8.6.1 (probes have no end),
// tcp_retransmit_timer and retransmits_timed_out of Linux by hand. Segments of 1000 octets from 0 on.

import {describe, expect, test} from 'vitest';
import {ruleOf} from '../../../source/stack/reason.ts';
import type {Connection, Unacknowledged} from '../../../source/stack/tcp/connection.ts';
import {Tag} from '../../../source/stack/tcp/flight.ts';
import {lossTimeout, reorderingTimeout} from '../../../source/stack/tcp/repair-timeouts.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {Fifo} from '../../../source/wire/fifo.ts';
import {seq} from '../../../source/wire/seq.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {fresh, turnWith} from '../../helpers/tcp/lone-turn.ts';
import {rope} from '../../helpers/tcp/two-hosts.ts';

const size = 1000;
const segment = (n: number, tags = 0, sentUs = 0): Unacknowledged => ({
  ...{seq: seq(n * size), lengthBytes: size, flags: TcpFlag.ACK, sentUs, transmissions: 1, tags},
  ...{deliveredBefore: 0, sending: n + 1},
});
const nowUs = 1_000_000;
const timing = {minRtoUs: 200_000, maxRtoUs: 120_000_000, rtoSlopUs: 0, minRtoAppliesTo: 'variance'} as const;

const flying = (change: Partial<Connection> = {}, settings: Partial<TcpSettings> = {}, at = nowUs) => {
  const {retransmissionQueue: queue = Fifo.of([0, 1, 2, 3, 4].map((n) => segment(n)))} = change;
  const count = (tag: number): number => queue.slice().filter(({tags}) => tags & tag).length;
  const nxt = seq(queue.length * size);
  return turnWith(
    {
      state: 'ESTABLISHED',
      iss: seq(-1 >>> 0),
      mss: size,
      cwnd: 10 * size,
      sackPermitted: true,
      snd: {...fresh.snd, una: seq(0), nxt, wnd: 50 * size, maxWnd: 50 * size},
      sendBuffer: rope(queue.length * size),
      retransmissionQueue: queue,
      flight: {sacked: count(Tag.sacked), lost: count(Tag.lost), resent: count(Tag.resent)},
      rack: {...fresh.rack, rttUs: 50_000, minRttUs: 50_000},
      ...{srttUs: 50_000, rttvarUs: 10_000, rtoUs: 250_000},
      ...change,
    },
    {
      nowUs: at,
      settings: {
        congestion: 'reno',
        timers: 'exact',
        ...timing,
        dataRetries: 3,
        orphanRetries: 0,
        ...settings,
      },
    },
  );
};

type Alone = ReturnType<typeof flying>;
const said = ({effects}: Alone): readonly string[] =>
  effects.flatMap((effect) => {
    if (effect.kind === 'send')
      return [`${effect.segment.seq} +${effect.segment.payload.length} ${ruleOf(effect.because)}`];
    if (effect.kind === 'timer' && effect.op === 'arm')
      return [`${effect.name} ${effect.dueUs - nowUs} ${ruleOf(effect.because)}`];
    return effect.kind === 'signal' ? [effect.signal] : [];
  });

describe('the time-out', () => {
  const timesOut = (change: Partial<Connection> = {}, settings: Partial<TcpSettings> = {}, at = nowUs) => {
    const turn = flying(change, settings, at);
    lossTimeout(turn);
    return turn;
  };

  test('the oldest goes again, and the wait is twice the last', () => {
    const turn = timesOut();
    expect(said(turn)).toEqual(['0 +1000 6298:5.4/retransmit', 'RTO 500000 6298:5.5/back-off']);
    expect(turn.tcb).toMatchObject({
      retries: 1,
      rtoUs: 500_000,
      backoff: fresh.backoff + 1,
      episode: {state: 'loss'},
    });
    const most = timesOut({rtoUs: 100_000_000});
    expect(said(most).at(-1)).toBe('RTO 120000000 6298:2.5/maximum');
  });

  test('with nothing in flight it is nothing', () => {
    const turn = timesOut({retransmissionQueue: Fifo.of([])});
    expect([said(turn), turn.tcb.retries]).toEqual([[], fresh.retries]);
  });

  test('behind a closed window it is a probe, and no retry; an orphan’s is one', () => {
    const closed = {snd: {...fresh.snd, una: seq(0), nxt: seq(5 * size), wnd: 0, maxWnd: 50 * size}};
    expect(timesOut(closed).tcb.retries).toBe(0);
    expect(timesOut({...closed, readerGone: true}).tcb.retries).toBe(1);
    expect(timesOut().tcb.retries).toBe(1);
  });

  test('an interface that takes nothing: it asks again every half second, and the RTO stays', () => {
    const turn = timesOut({}, {deviceQueue: 'full'});
    expect(said(turn)).toEqual(['RTO 500000 linux:queue/again']);
    expect(turn.tcb).toMatchObject({retries: 1, rtoUs: 250_000});
  });

  test('so thin a flight that duplicates cannot come: waits of the same length, six of them', () => {
    const thin = (segments: number, change: Partial<Connection> = {}, thinLinearTimeouts = true) => {
      const retransmissionQueue = Fifo.of(Array.from({length: segments}, (_, n) => segment(n)));
      return said(timesOut({ssthresh: 5 * size, retransmissionQueue, ...change}, {thinLinearTimeouts})).at(
        -1,
      );
    };
    const [linear, doubled] = [
      'RTO 250000 linux:tcp_thin_linear_timeouts/wait',
      'RTO 500000 6298:5.5/back-off',
    ];
    expect([thin(3), thin(4), thin(3, {}, false)]).toEqual([linear, doubled, doubled]);
    expect([thin(3, {retries: 5}), thin(3, {retries: 6})]).toEqual([linear, doubled]);
    expect(thin(3, {state: 'CLOSE-WAIT'})).toBe(doubled);
  });

  describe('the end (R2)', () => {
    // 200 + 400 + 800 + 1600 ms from the first repetition on.
    const spent = (
      sinceUs: number,
      change: Partial<Connection> = {},
      settings: Partial<TcpSettings> = {},
    ) => {
      const undo = {...fresh.undo, firstStamp: 1000};
      const turn = timesOut({retries: 2, undo, ...change}, settings, nowUs + sinceUs);
      return turn.gone;
    };

    test('after as long as so many time-outs take', () => {
      expect([spent(2_999_000), spent(3_000_000)]).toEqual([false, true]);
      expect(
        said(timesOut({retries: 2, undo: {...fresh.undo, firstStamp: 1000}}, {}, nowUs + 3_000_000)),
      ).toContain('ETIMEDOUT');
      expect([spent(9_000_000, {retries: 0}), spent(9_000_000, {undo: fresh.undo})]).toEqual([false, false]);
      // Where none is the least, 200 ms are what is reckoned with.
      expect([spent(2_999_000, {}, {minRtoUs: 0}), spent(3_000_000, {}, {minRtoUs: 0})]).toEqual([
        false,
        true,
      ]);
    });

    test('a socket that nobody has open has retries of its own, where they are set', () => {
      // 200 + 400 ms.
      const orphan = {readerGone: true};
      expect([
        spent(599_000, orphan, {orphanRetries: 1}),
        spent(600_000, orphan, {orphanRetries: 1}),
      ]).toEqual([...[false, true]]);
      expect([spent(600_000, orphan), spent(600_000, {}, {orphanRetries: 1})]).toEqual([false, false]);
    });

    test('probes have none (§3.8.6.1)', () => {
      const closed = {snd: {...fresh.snd, una: seq(0), nxt: seq(5 * size), wnd: 0, maxWnd: 50 * size}};
      expect([spent(99_000_000, closed), spent(99_000_000, {...closed, readerGone: true})]).toEqual([
        false,
        true,
      ]);
    });
  });
});

describe('the end of the reordering window', () => {
  const overtaken = (change: Partial<Connection> = {}) => {
    const turn = flying({
      retransmissionQueue: Fifo.of([
        segment(0),
        segment(1, Tag.sacked, 900_000),
        segment(2, Tag.sacked, 900_000),
      ]),
      rack: {
        ...fresh.rack,
        rttUs: 50_000,
        minRttUs: 50_000,
        newest: 3,
        newestUs: 900_000,
      } as Connection['rack'],
      ...change,
    });
    reorderingTimeout(turn);
    return turn;
  };

  test('what was overtaken is lost, and goes again', () => {
    const turn = overtaken();
    expect(said(turn)[0]).toBe('0 +1000 8985:6.2/lost');
    expect(turn.tcb).toMatchObject({episode: {state: 'recovery'}, flight: {sacked: 2, lost: 1, resent: 1}});
    expect(turn.tcb.timers.RTO).toBeDefined();
    expect(turn.tcb.cwnd).toBeLessThan(10 * size);
  });

  test('where nothing was, the time-out goes on to run from when the oldest left', () => {
    const turn = overtaken({retransmissionQueue: Fifo.of([segment(0, 0, 950_000)])});
    expect(said(turn)).toEqual(['RTO 200000 8985:8/rto/restart']);
    const running = overtaken({retransmissionQueue: Fifo.of([segment(0, 0, 950_000)]), timers: {RTO: 7}});
    expect(said(running)).toEqual([]);
  });
});
