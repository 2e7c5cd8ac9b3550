// A child of Fast Open before its third segment. Oracles: RFC 7413 §4.2.2, RFC 9293 §3.10.7.4, RFC 5961 §3.2; tcp_check_req, tcp_in_window and
// tcp_fastopen_synack_timer of Linux by hand. IRS 100, RCV.NXT 111, a window of 50.

import {describe, expect, test} from 'vitest';
import {ruleOf} from '../../../source/stack/reason.ts';
import type {Connection} from '../../../source/stack/tcp/connection.ts';
import {
  admitsEarly,
  completeEarly,
  synAckTimeout,
  waitsForThird,
} from '../../../source/stack/tcp/early-child.ts';
import {icmpArrives} from '../../../source/stack/tcp/icmp.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {seq} from '../../../source/wire/seq.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {fresh, turnWith} from '../../helpers/tcp/lone-turn.ts';
import {made} from '../../helpers/tcp/one-host.ts';

const {SYN, ACK, RST, ECE} = TcpFlag;
type Early = NonNullable<Connection['early']>;

const child = (
  change: Partial<Connection> = {},
  early: Partial<Early> = {},
  settings: Partial<TcpSettings> = {},
) =>
  turnWith(
    {
      ...{
        state: 'SYN-RECEIVED',
        origin: 'passive',
        irs: seq(100),
        rcv: {nxt: seq(111), wnd: 50},
        iss: seq(900),
      },
      early: {waits: true, sentUs: 0, repeats: 0, timeouts: 0, wnd: 50, ...early} as Early,
      ...change,
    },
    {
      nowUs: 400_000,
      settings: {
        challengeAckIntervalUs: 0,
        timers: 'exact',
        initialRtoUs: 1_000_000,
        maxRtoUs: 6_000_000,
        synAckRetries: 3,
        ...settings,
      },
    },
  );
type Child = ReturnType<typeof child>;

const said = ({effects}: Child): readonly string[] =>
  effects.flatMap((effect) => {
    if (effect.kind === 'send')
      return [
        `send ${effect.segment.flags} ${effect.segment.seq} ${ruleOf(effect.because)}${effect.retransmission ? ' again' : ''}`,
      ];
    if (effect.kind === 'discard') return [`discard ${ruleOf(effect.because)}`];
    if (effect.kind === 'timer')
      return effect.op === 'arm' ? [`${effect.name} ${effect.dueUs - 400_000}`] : [`${effect.name} off`];
    return effect.kind === 'signal' ? [effect.signal] : [];
  });

const hears = (at: number, flags: number, {data = 0, turn = child()} = {}) => {
  const goesOn = admitsEarly(turn, made('B', {seq: at, flags, data}));
  return {goesOn, said: said(turn), turn};
};

// ip(7): what the program has already ends by no error of ICMP; what it does not have yet does (tcp_v4_err).
test.each([
  ['the program has it', true, []],
  ['nobody has accepted it', false, ['ECONNREFUSED']],
])('of a port that is unreachable, where %s', (_name, accepted, signals) => {
  const settings: Partial<TcpSettings> = {
    icmpAbortsOpening: 'all',
    icmpAbortsSynchronised: false,
    icmpMayReset: true,
  };
  const turn = child({accepted, snd: {...fresh.snd, una: seq(901), nxt: seq(901)}}, {}, settings);
  const {local, remote} = turn.tcb;
  icmpArrives(turn, {kind: 'icmp', local, remote, seq: seq(900), type: 3, code: 3, mtu: undefined});
  expect(said(turn).filter((each) => each.startsWith('E'))).toEqual(signals);
});

describe('what it takes', () => {
  test('any ACK of the window that its SYN,ACK told', () => {
    for (const [at, data] of [
      [111, 0],
      [111, 5],
      [105, 7],
      [160, 1],
      [161, 0],
      [111, 99],
    ] as const)
      expect(hears(at, ACK, {data}), `${at} +${data}`).toMatchObject({goesOn: true, said: []});
    // The text of the SYN once more is the beginning of the window's, though it is old.
    for (const [at, data, why] of [
      [110, 0, 'duplicate'],
      [105, 6, 'duplicate'],
      [162, 0, 'beyond'],
      [161, 1, 'beyond'],
    ] as const) {
      const {goesOn, said: told} = hears(at, ACK, {data});
      expect([goesOn, told[0]], `${at} +${data}`).toEqual([false, `discard 9293:3.10.7.4/sequence/${why}`]);
      expect(told[1]).toMatch(/^send 16 /);
    }
  });

  test('nothing without ACK', () =>
    expect(hears(111, 0, {data: 5})).toMatchObject({goesOn: false, said: ['discard 9293:3.10.7.4/ack/off']}));

  test('the same SYN: its SYN,ACK goes again, as it was', () => {
    const {goesOn, said: told, turn} = hears(100, SYN);
    expect([goesOn, told]).toEqual([false, [`send ${SYN | ACK} 900 linux:syn-received/repeated-syn again`]]);
    expect(turn.tcb.early?.repeats).toBe(1);
    expect(hears(100, SYN, {turn: child({ecnOn: true})}).said[0]).toBe(
      `send ${SYN | ACK | ECE} 900 linux:syn-received/repeated-syn again`,
    );
    // With ACK or RST it is another thing.
    expect(hears(100, SYN | ACK).said[0]).toBe('discard 9293:3.10.7.4/sequence/duplicate');
    expect(hears(100, SYN | RST).said).toEqual(['discard 5961:3.2/rst/outside']);
  });

  test('another SYN draws a reset, and changes nothing', () => {
    const {goesOn, said: told, turn} = hears(120, SYN);
    expect([goesOn, told]).toEqual([
      false,
      ['discard linux:fast-open/other-syn', `send ${RST | ACK} 0 linux:fast-open/other-syn`],
    ]);
    expect([turn.gone, turn.tcb.early?.repeats]).toEqual([false, 0]);
  });

  test('a reset: at RCV.NXT it counts, elsewhere in the window it is asked again (RFC 5961 §3.2)', () => {
    for (const accepted of [true, false]) {
      const {goesOn, said: told, turn} = hears(111, RST, {turn: child({accepted})});
      expect([goesOn, told, turn.gone, turn.distrusts]).toEqual([false, ['ECONNRESET'], true, accepted]);
    }
    const inside = hears(112, RST);
    expect([inside.said[0], inside.turn.gone]).toEqual(['discard 5961:3.2/rst/challenge', false]);
    expect(hears(170, RST).said).toEqual(['discard 5961:3.2/rst/outside']);
  });
});

describe('its timer', () => {
  const timesOut = (early: Partial<Early>, change: Partial<Connection> = {}) => {
    const turn = child(change, early);
    synAckTimeout(turn);
    return turn;
  };

  test('the SYN,ACK goes again; each wait is twice the last, up to the most', () => {
    const turn = timesOut({});
    expect(said(turn)).toEqual([`send ${SYN | ACK} 900 linux:fast-open/again again`, 'RTO 2000000']);
    expect(turn.tcb).toMatchObject({retries: 1, early: {timeouts: 1, repeats: 1}, undo: {firstStamp: 400}});
    expect(said(timesOut({timeouts: 1})).at(-1)).toBe('RTO 4000000');
    expect(said(timesOut({timeouts: 2})).at(-1)).toBe('RTO 6000000');
    expect(timesOut({}, {undo: {...fresh.undo, firstStamp: 7}}).tcb.undo.firstStamp).toBe(7);
  });

  test('the second time cwnd falls as after any time-out', () => {
    expect(timesOut({}, {retries: 0}).tcb.episode.state).toBe('open');
    expect(timesOut({}, {retries: 1}).tcb.episode.state).toBe('loss');
    expect(timesOut({}, {retries: 2}).tcb.episode.state).toBe('open');
  });

  test('it ends one later than that of an ordinary SYN,ACK', () => {
    expect([timesOut({timeouts: 3}).gone, timesOut({timeouts: 4}).gone]).toEqual([false, true]);
    const none = child({early: undefined});
    synAckTimeout(none);
    expect(said(none)).toEqual([]);
  });
});

test('the third segment: timers and round trip are those of the data', () => {
  const turn = child({retries: 2, timers: {RTO: 9}}, {sentUs: 300_000});
  completeEarly(turn, made('B', {seq: 111, ack: 901, flags: ACK}));
  expect([waitsForThird(turn.tcb), waitsForThird(child().tcb), waitsForThird(fresh)]).toEqual([
    false,
    true,
    false,
  ]);
  expect(turn.tcb).toMatchObject({
    ...{retries: 0, lastDataUs: 400_000, srttUs: 100_000, timers: {}},
    rack: {delivered: fresh.rack.delivered + 1},
  });
  expect(said(turn)).toEqual(['RTO off']);
  // A SYN,ACK that went twice gives no sample.
  const twice = child({}, {sentUs: 300_000, repeats: 1});
  completeEarly(twice, made('B', {seq: 111, ack: 901, flags: ACK}));
  expect(twice.tcb.srttUs).toBeUndefined();
  const known = child({srttUs: 5});
  completeEarly(known, made('B', {seq: 111, ack: 901, flags: ACK}));
  expect(known.tcb.srttUs).toBe(5);
});
