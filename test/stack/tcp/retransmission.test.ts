// Oracles: RFC 6298 §5 and RFC 9293 §3.10.7.4 on what an ACK takes off the queue; Linux's tcp_model_timeout (tcp_timer.c) by hand.
import {describe, expect, test} from 'vitest';
import type {Connection, Unacknowledged} from '../../../source/stack/tcp/connection.ts';
import {doublingUs, entryAt, learn, takeAcknowledged} from '../../../source/stack/tcp/retransmission.ts';
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
  const places = [0, 1, 100, 101, 102, 200, 201, 300, 301, 999].map((at) => entryAt(queue, seq(at)));
  expect(places).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 3, 3]);
  expect(entryAt([], seq(5))).toBe(0);
});

const open = (change: Partial<Connection> = {}) =>
  turnWith({
    state: 'ESTABLISHED',
    snd: {...fresh.snd, una: seq(1), nxt: seq(301)},
    retries: 2,
    softError: 'EHOSTUNREACH',
    sendBuffer: rope(300),
    retransmissionQueue: queue,
    ...change,
  });

describe('what an acknowledgment takes', () => {
  test('whole segments, and a part of the next', () => {
    const turn = open();
    expect(takeAcknowledged(turn, seq(151))).toEqual(queue.slice(0, 1));
    expect(turn.tcb).toMatchObject({
      ...{snd: {una: 151}, retries: 0, softError: undefined},
      retransmissionQueue: [
        {seq: 151, lengthBytes: 50},
        {seq: 201, lengthBytes: 100},
      ],
    });
    expect(turn.tcb.sendBuffer.length).toBe(150);
    expect(ropeToBytes(turn.tcb.sendBuffer)).toEqual(ropeToBytes(rope(300)).slice(150));
  });

  test('all; and where nothing is new, nothing', () => {
    const turn = open();
    expect(takeAcknowledged(turn, seq(301))).toEqual(queue);
    expect(turn.tcb).toMatchObject({retransmissionQueue: [], snd: {una: 301}});
    expect(turn.tcb.sendBuffer.length).toBe(0);
    const same = open();
    const before = same.tcb;
    expect(takeAcknowledged(same, seq(1))).toEqual([]);
    expect(same.tcb).toBe(before);
  });

  test('a FIN takes a number, no octet; the urgent pointer goes once it is passed', () => {
    const fin = entry(301, 0, {flags: ACK | FIN});
    const turn = open({retransmissionQueue: [...queue, fin], sndUp: seq(301)});
    takeAcknowledged(turn, seq(301));
    expect(turn.tcb).toMatchObject({retransmissionQueue: [fin], sndUp: undefined});
    const urgent = open({sndUp: seq(152)});
    takeAcknowledged(urgent, seq(151));
    expect(urgent.tcb.sndUp).toBe(152);
  });

  test('the SYN alone, of one with data: the rest is no SYN, and asks for no ECN', () => {
    const syn = entry(0, 100, {flags: SYN | ECE | CWR});
    const turn = turnWith({retransmissionQueue: [syn], sendBuffer: rope(100)});
    expect(takeAcknowledged(turn, seq(1))).toEqual([]);
    expect(turn.tcb.retransmissionQueue).toMatchObject([{seq: 1, lengthBytes: 100, flags: 0}]);
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
