// Timestamps of what arrives. Oracle: RFC 7323 §3.2, §4.1, §4.3, §5.3 and §5.5; tcp_disordered_ack_check and tcp_paws_check of Linux by hand.
import {describe, expect, test} from 'vitest';
import {ruleOf} from '../../../source/stack/reason.ts';
import type {Connection} from '../../../source/stack/tcp/connection.ts';
import {checkTimestamps, echoedUs, hearEcho, noteTimestamp} from '../../../source/stack/tcp/paws.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {seq} from '../../../source/wire/seq.ts';
import {TcpFlag, type TcpSegment} from '../../../source/wire/tcp.ts';
import {fresh, turnWith} from '../../helpers/tcp/lone-turn.ts';
import {made} from '../../helpers/tcp/one-host.ts';

const {ACK, RST, FIN} = TcpFlag;
const days = 24 * 3600 * 1_000_000;
const nowUs = 100 * days;

/** It expects 5000, has heard of 1000 last, and the latest stamp was 7000, a second ago. */
const turnOf = (change: Partial<Connection> = {}, settings: Partial<TcpSettings> = {}) =>
  turnWith(
    {
      ...{state: 'ESTABLISHED', timestampsOn: true, tsRecent: 7000, tsRecentUs: nowUs - 1_000_000},
      ...{rtoUs: 200_000, lastAckSent: seq(5000)},
      rcv: {...fresh.rcv, nxt: seq(5000), wnd: 10_000},
      snd: {...fresh.snd, una: seq(1000), nxt: seq(1000), wnd: 5000},
      scale: {...fresh.scale, snd: 0},
      ...change,
    },
    {nowUs, settings},
  );

type Given = {readonly val?: number; readonly ecr?: number} & Omit<Parameters<typeof made>[1], 'flags'> & {
    readonly flags?: number;
  };
const segment = ({val, ecr = 0, ...more}: Given): TcpSegment =>
  made('A', {
    ...{seq: 5000, ack: 1000, flags: ACK, window: 5000, ...more},
    options: val === undefined ? [] : [{kind: 'timestamps', val, ecr}],
  });

const old = 6900;
const passes = (given: Given, change: Partial<Connection> = {}, settings: Partial<TcpSettings> = {}) => {
  const turn = turnOf(change, settings);
  const passed = checkTimestamps(turn, segment(given));
  return (
    passed ||
    turn.effects.map((effect) => `${effect.kind} ${'because' in effect ? ruleOf(effect.because) : ''}`).join()
  );
};

describe('an older stamp', () => {
  test('is older by a tick, to Linux by two; and stamps go round', () => {
    const data = (val: number) => passes({val, data: 10}, {}, {pawsSpares: 'none'} as never) === true;
    expect([6999, 7000, 7001].map(data)).toEqual([false, true, true]);
    const linux = (val: number) => passes({val, data: 10}) === true;
    expect([6998, 6999, 7000].map(linux)).toEqual([false, true, true]);
    expect(passes({val: 5, data: 10}, {tsRecent: 2 ** 32 - 5})).toBe(true);
  });

  test('of a reset, or where none was agreed on, it does not matter', () => {
    expect(passes({val: old, data: 10, flags: RST})).toBe(true);
    expect(passes({val: old, data: 10}, {timestampsOn: false})).toBe(true);
  });

  test('nor after 24 days without a segment (§5.5)', () => {
    expect(passes({val: old, data: 10}, {tsRecentUs: nowUs - 24 * days - 1})).toBe(true);
    expect(passes({val: old, data: 10}, {tsRecentUs: nowUs - 24 * days})).not.toBe(true);
  });

  test('of an ACK that says nothing new it harms nobody, up to 1.2 RTO', () => {
    expect(passes({val: 7000 - 240})).toBe(true);
    expect(passes({val: 7000 - 241})).not.toBe(true);
    expect(passes({val: 7000 - 120}, {}, {maxRtoUs: 120_000})).toBe(true);
    expect(passes({val: 7000 - 121}, {}, {maxRtoUs: 120_000})).not.toBe(true);
    for (const more of [{data: 1}, {flags: ACK | FIN}, {seq: 5001}, {ack: 1001}, {window: 5001}])
      expect(passes({val: old, ...more})).not.toBe(true);
    expect(passes({val: old}, {}, {pawsSpares: 'none'} as never)).not.toBe(true);
  });

  test('an ACK below what has come is thrown away in silence, others are answered', () => {
    expect(passes({val: old, seq: 4999})).toBe('discard 7323:5.3/paws');
    expect(passes({val: old, seq: 4999, data: 1})).toContain('send');
    expect(passes({val: old, seq: 5001})).toContain('send');
  });

  test('none at all: dropped, unless that is tolerated (§3.2)', () => {
    expect(passes({}, {}, {tolerateMissingTimestamps: true})).toBe(true);
    expect(passes({}, {}, {tolerateMissingTimestamps: false})).toBe('discard 7323:3.2/missing');
  });
});

test('TS.Recent follows what begins where the last ACK stood, or before it (§4.3)', () => {
  const recent = (given: Given, change: Partial<Connection> = {}) => {
    const turn = turnOf(change);
    noteTimestamp(turn, segment(given));
    return [turn.tcb.tsRecent, turn.tcb.tsRecentUs === nowUs];
  };
  expect(recent({val: 7100})).toEqual([7100, true]);
  expect(recent({val: 7100, seq: 4999})).toEqual([7100, true]);
  expect(recent({val: 7100, seq: 5001})).toEqual([7000, false]);
  expect(recent({val: 7000})).toEqual([7000, true]);
  expect(recent({val: 6999})).toEqual([7000, false]);
  expect(recent({val: 6999}, {tsRecentUs: nowUs - 24 * days - 1})).toEqual([6999, true]);
  expect(recent({val: 7100}, {timestampsOn: false})).toEqual([7000, false]);
  expect(recent({})).toEqual([7000, false]);
});

test('the echo says how long ago it was sent, a tick at least (§4.1)', () => {
  // 100 days in ticks of a millisecond, round the circle of 32 bits.
  const clock = (nowUs / 1000) % 2 ** 32;
  const echoed = (given: Given, change: Partial<Connection> = {}) => echoedUs(turnOf(change), segment(given));
  expect(echoed({val: 1, ecr: clock - 30})).toBe(30_000);
  expect(echoed({val: 1, ecr: clock})).toBe(1000);
  for (const given of [{val: 1, ecr: clock + 1}, {val: 1, ecr: 0}, {}, {val: 1, ecr: clock - 30, flags: 0}])
    expect(echoed(given)).toBeUndefined();
  expect(echoed({val: 1, ecr: clock - 30}, {timestampsOn: false})).toBeUndefined();
  const heard = (rttOfRepeatedSyn: TcpSettings['rttOfRepeatedSyn'] | 'none') => {
    const turn = turnOf({}, {rttOfRepeatedSyn} as never);
    hearEcho(turn, segment({val: 1, ecr: clock - 30}));
    return turn.echoedUs;
  };
  expect([heard('echo'), heard('none')]).toEqual([30_000, undefined]);
});
