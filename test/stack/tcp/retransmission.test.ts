// Oracles: RFC 6298 §5 and RFC 9293 §3.10.7.4 on what an ACK takes off the queue; Linux's tcp_model_timeout (tcp_timer.c) by hand.

import {describe, expect, test} from 'vitest';
import {ruleOf} from '../../../source/stack/reason.ts';
import type {Connection, Unacknowledged} from '../../../source/stack/tcp/connection.ts';
import {
  doublingUs,
  entryAt,
  learn,
  retransmissionTimeout,
  takeAcknowledged,
} from '../../../source/stack/tcp/retransmission.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {Fifo} from '../../../source/wire/fifo.ts';
import {ropeToBytes} from '../../../source/wire/rope.ts';
import {seq} from '../../../source/wire/seq.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {fresh, turnWith} from '../../helpers/tcp/lone-turn.ts';
import {rope} from '../../helpers/tcp/two-hosts.ts';

const {SYN, ACK, ECE, CWR, FIN} = TcpFlag;

test.each([
  // 1 + 2 + 4, and each further wait is 5 s.
  [0, 1000, 5000, 1000],
  [2, 1000, 5000, 7000],
  [3, 1000, 5000, 12_000],
  [4, 1000, 5000, 17_000],
  // Twice is the most itself.
  [2, 1000, 2000, 5000],
  // A first wait that is longer than the most stays.
  [1, 9000, 5000, 18_000],
])('%i repetitions from %i on, at most %i: %i', (boundary, first, most, whole) =>
  expect(doublingUs(boundary, first, most)).toBe(whole),
);

const entry = (at: number, lengthBytes: number, change: Partial<Unacknowledged> = {}): Unacknowledged => ({
  ...{seq: seq(at), lengthBytes, flags: ACK, sentUs: 0, transmissions: 1, tags: 0, deliveredBefore: 0},
  ...{sending: 0, ...change},
});

const queue = [entry(1, 100), entry(101, 100), entry(201, 100)];

test('the first segment that an acknowledgment does not cover whole', () => {
  const places = [0, 1, 100, 101, 102, 200, 201, 300, 301, 999].map((at) => entryAt(Fifo.of(queue), seq(at)));
  expect(places).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 3, 3]);
  expect(entryAt(Fifo.of([]), seq(5))).toBe(0);
});

const open = (change: Partial<Connection> = {}) =>
  turnWith({
    state: 'ESTABLISHED',
    snd: {...fresh.snd, una: seq(1), nxt: seq(301)},
    retries: 2,
    softError: 'EHOSTUNREACH',
    sendBuffer: rope(300),
    retransmissionQueue: Fifo.of(queue),
    ...change,
  });

describe('what an acknowledgment takes', () => {
  test('whole segments, and a part of the next', () => {
    const turn = open();
    expect(takeAcknowledged(turn, seq(151))).toEqual(queue.slice(0, 1));
    expect(turn.tcb).toMatchObject({snd: {una: 151}, retries: 0, softError: undefined});
    expect(turn.tcb.retransmissionQueue.slice()).toMatchObject([
      {seq: 151, lengthBytes: 50},
      {seq: 201, lengthBytes: 100},
    ]);
    expect(turn.tcb.sendBuffer.length).toBe(150);
    expect(ropeToBytes(turn.tcb.sendBuffer)).toEqual(ropeToBytes(rope(300)).slice(150));
  });

  test('all; and where nothing is new, nothing', () => {
    const turn = open();
    expect(takeAcknowledged(turn, seq(301))).toEqual(queue);
    expect(turn.tcb.retransmissionQueue.length).toBe(0);
    expect(turn.tcb.snd.una).toBe(301);
    expect(turn.tcb.sendBuffer.length).toBe(0);
    const same = open();
    const before = same.tcb;
    expect(takeAcknowledged(same, seq(1))).toEqual([]);
    expect(same.tcb).toBe(before);
  });

  test('a FIN takes a number, no octet; the urgent pointer goes once it is passed', () => {
    const fin = entry(301, 0, {flags: ACK | FIN});
    const turn = open({retransmissionQueue: Fifo.of([...queue, fin]), sndUp: seq(301)});
    takeAcknowledged(turn, seq(301));
    expect(turn.tcb.retransmissionQueue.slice()).toEqual([fin]);
    expect(turn.tcb.sndUp).toBeUndefined();
    const urgent = open({sndUp: seq(152)});
    takeAcknowledged(urgent, seq(151));
    expect(urgent.tcb.sndUp).toBe(152);
  });

  test('the SYN alone, of one with data: the rest is no SYN, and asks for no ECN', () => {
    const syn = entry(0, 100, {flags: SYN | ECE | CWR});
    const turn = turnWith({retransmissionQueue: Fifo.of([syn]), sendBuffer: rope(100)});
    expect(takeAcknowledged(turn, seq(1))).toEqual([]);
    expect(turn.tcb.retransmissionQueue.slice()).toMatchObject([{seq: 1, lengthBytes: 100, flags: 0}]);
    expect(turn.tcb.sendBuffer.length).toBe(100);
  });
});

describe('a round trip', () => {
  const learned = (
    acked: readonly Unacknowledged[],
    {retries = 0, echoedUs = undefined as number | undefined, settings = {}} = {},
  ) => {
    const turn = turnWith({}, {nowUs: 50_000, settings: {rttVariation: 'sample', ...settings}});
    turn.echoedUs = echoedUs;
    learn(turn, acked, retries);
    return turn.tcb;
  };

  test('from the oldest that left once (§3, Karn); an echo tells it of others', () => {
    expect(learned([entry(1, 10, {sentUs: 20_000}), entry(11, 10, {sentUs: 40_000})]).srttUs).toBe(30_000);
    const twice = [entry(1, 10, {sentUs: 20_000}), entry(11, 10, {transmissions: 2})];
    expect(learned(twice).srttUs).toBeUndefined();
    expect(learned(twice, {echoedUs: 7000}).srttUs).toBe(7000);
    expect(learned([]).srttUs).toBeUndefined();
  });

  test('of a SYN it is the least so far, too; of one whose timer ran out it is none (§5.7)', () => {
    const syn = entry(0, 0, {flags: SYN, sentUs: 20_000});
    expect(learned([syn]).rack.minRttUs).toBe(30_000);
    expect(learned([entry(1, 1, {sentUs: 20_000})]).rack.minRttUs).toBe(fresh.rack.minRttUs);
    const late = {rtoAfterSynTimeoutUs: 3_000_000, rttOfRepeatedSyn: 'none'} as const;
    expect(learned([syn], {retries: 1, settings: late})).toMatchObject({rtoUs: 3_000_000, srttUs: undefined});
    const unset = {...late, rtoAfterSynTimeoutUs: 0, initialRtoUs: 1_500_000};
    expect(learned([syn], {retries: 1, settings: unset}).rtoUs).toBe(1_500_000);
    const echo = {...late, rttOfRepeatedSyn: 'echo'} as const;
    const again = {...syn, transmissions: 2};
    expect(learned([again], {retries: 1, echoedUs: 9000, settings: echo}).srttUs).toBe(9000);
    expect(learned([again], {retries: 1, settings: echo}).rtoUs).toBe(3_000_000);
  });
});

describe('the time-out (RFC 6298 §5.4 to §5.6)', () => {
  const nowUs = 50_000;
  const syn = entry(0, 0, {flags: SYN | ECE | CWR});
  const timesOut = (change: Partial<Connection> = {}, settings: Partial<TcpSettings> = {}) => {
    const turn = turnWith(
      {state: 'SYN-SENT', retransmissionQueue: Fifo.of([syn]), rtoUs: 1_000_000, ...change},
      {
        nowUs,
        settings: {
          ...{timers: 'exact', synLinearTimeouts: 0, synRetries: 6, synAckRetries: 5, dataRetries: 15},
          ...{
            rtoSlopUs: 0,
            maxRtoUs: 60_000_000,
            ecnSynRetries: 1,
            dropSynOptions: false,
            synRetriesInTime: false,
          },
          ...settings,
        },
      },
    );
    retransmissionTimeout(turn);
    return turn;
  };
  const waits = ({effects}: ReturnType<typeof timesOut>): readonly string[] =>
    effects.flatMap((effect) =>
      effect.kind === 'timer' && effect.op === 'arm'
        ? [`${effect.dueUs - nowUs} ${ruleOf(effect.because)}`]
        : [],
    );

  test.each<[string, Partial<Connection>, Partial<TcpSettings>, string]>([
    ['twice the last', {}, {}, '2000000 6298:5.5/back-off'],
    ['at the maximum', {rtoUs: 40_000_000}, {}, '60000000 6298:2.5/maximum'],
    ['linear first, of SYN', {}, {synLinearTimeouts: 1}, '1000000 linux:tcp_syn_linear_timeouts/wait'],
    ['then twice', {retries: 1}, {synLinearTimeouts: 1}, '2000000 6298:5.5/back-off'],
    ['not of a SYN,ACK', {state: 'SYN-RECEIVED'}, {synLinearTimeouts: 4}, '2000000 6298:5.5/back-off'],
    ['with BSD’s slop', {}, {rtoSlopUs: 200_000}, '2200000 freebsd:rexmit_slop/wait'],
    [
      'second at the maximum',
      {retries: 1, rtoUs: 2_200_000},
      {rtoSlopUs: 200_000},
      '4200000 freebsd:rexmit_slop/wait',
    ],
    ['up to the most', {retries: 1, rtoUs: 40_000_000}, {rtoSlopUs: 200_000}, '60000000 6298:2.5/maximum'],
  ])('%s', (_, change, settings, wait) => expect(waits(timesOut(change, settings))).toEqual([wait]));

  test('a SYN gives up ECN, then its options (RFC 3168 §6.1.1.1)', () => {
    const sent = (retries: number, settings: Partial<TcpSettings> = {}) => {
      const {effects} = timesOut({retries, synOptions: [{kind: 'mss', mss: 1460}, {kind: 'nop'}]}, settings);
      const [out] = effects.flatMap((effect) => (effect.kind === 'send' ? [effect] : []));
      return [out?.segment.flags, out?.segment.options.length, out?.retransmission];
    };
    // The second repetition asks no more.
    expect([sent(0), sent(1)]).toEqual([
      [SYN | ECE | CWR, 2, true],
      [SYN, 2, true],
    ]);
    expect(sent(1, {ecnSynRetries: 2})[0]).toBe(SYN | ECE | CWR);
    const drop = {dropSynOptions: true};
    expect([sent(1, drop)[1], sent(2, drop)[1], sent(2)[1]]).toEqual([2, 1, 2]);
  });

  test.each<[string, Partial<Connection>, Partial<TcpSettings>, number]>([
    ['a SYN', {}, {}, 6],
    ['linear ones on top', {}, {synLinearTimeouts: 4}, 10],
    ['a SYN,ACK', {state: 'SYN-RECEIVED', origin: 'active'}, {}, 5],
    [
      'data',
      {state: 'ESTABLISHED', retransmissionQueue: Fifo.of([queue[0] ?? syn]), sendBuffer: rope(100)},
      {},
      15,
    ],
  ])('%s ends after as many as it may have (RFC 9293 §3.8.3)', (_, change, settings, most) => {
    expect([
      timesOut({...change, retries: most - 1}, settings).gone,
      timesOut({...change, retries: most}, settings).gone,
    ]).toEqual([...[false, true]]);
  });

  test('or after as long as they would take, where only that counts', () => {
    // 1 + 2 + 4 s.
    const spent = (dialledUs: number | undefined, change: Partial<Connection> = {}) =>
      timesOut(
        {dialledUs, retries: 1, ...change},
        {synRetriesInTime: true, synRetries: 2, initialRtoUs: 1_000_000},
      ).gone;
    expect([spent(nowUs - 6_999_999), spent(nowUs - 7_000_000), spent(undefined)]).toEqual([
      false,
      true,
      false,
    ]);
    expect(spent(nowUs - 9_000_000, {retries: 0})).toBe(false);
  });

  test('what is told at the end: the error that was heard of, else ETIMEDOUT (RFC 1122 §4.2.3.9)', () => {
    const told = (change: Partial<Connection>) =>
      timesOut({retries: 6, ...change}).effects.flatMap((effect) =>
        effect.kind === 'signal' ? [`${effect.signal} ${ruleOf(effect.because)}`] : [],
      );
    expect(told({})).toEqual(['ETIMEDOUT 9293:3.8.3/give-up']);
    expect(told({softError: 'EHOSTUNREACH'})).toEqual(['EHOSTUNREACH 1122:4.2.3.9/soft/told']);
  });

  test('nothing in flight, nothing to do', () =>
    expect(timesOut({retransmissionQueue: Fifo.of([])}).effects).toEqual([]));
});
