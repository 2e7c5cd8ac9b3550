// How connections begin and end. Oracles: RFC 9293 §3.5, §3.6 and §3.10 with its figures 6, 7, 12 and 13, RFC 6298 §5.7; times are those of
// a path of 50 ms, TIME-WAIT lasts a minute.
import {describe, expect, test} from 'vitest';
import type {Trace} from '../../../source/sim/trace.ts';
import {between, crossing, drop, edit, type Step, send, toldOf, twice} from './between-two.ts';

const at = (
  atMs: number,
  host: 'client' | 'server',
  call: 'shutdown' | 'close' | 'abort' | 'crash' | 'reboot',
): Step => [...([atMs, host, {call}] as const)];
const hundred: Step = [1000, 'client', send(100)];
const connect = (atMs: number, port: number, from: number): Step => [
  ...([
    atMs,
    'client',
    {call: 'connect', to: {host: 'server', port}, from, as: `${from}`, read: 'auto'},
  ] as const),
];

type Row = readonly [says: string, told: readonly object[]];
const expectTold = (trace: Trace, rows: readonly Row[]) => {
  for (const [says, told] of rows) expect(toldOf(trace, says), says).toEqual(told);
};
const client = {host: 'client', peer: 'server'};
const server = {host: 'server', peer: 'client'};

describe('beginning', () => {
  test('a handshake (Figure 6)', () => {
    expectTold(between([]), [
      ['opens', [{atMs: 0, ...client, seq: 1000, anew: false}]],
      [
        'answersSyn',
        [{atMs: 50, ...server, seq: 9000, ack: 1001, endsWait: undefined, renewed: false, fills: false}],
      ],
      ['opened', [{atMs: 100, ...client, ack: 9001, first: true, altered: false}]],
      ['accepts', [{atMs: 150, ...server, peerOpen: true, together: false, acknowledged: true}]],
    ]);
  });

  test('SYNs that cross (Figure 7): each opens by the other’s SYN,ACK', () => {
    expectTold(between([crossing]), [
      [
        'opens',
        [
          {atMs: 0, ...client, seq: 1000, anew: false},
          {atMs: 0, ...server, seq: 9000, anew: false},
        ],
      ],
      [
        'synsCross',
        [
          {atMs: 50, ...server},
          {atMs: 50, ...client},
        ],
      ],
      ['answersSyn', []],
      [
        'accepts',
        [
          {atMs: 100, ...client, peerOpen: false, together: false, acknowledged: true},
          {atMs: 100, ...server, peerOpen: true, together: true, acknowledged: true},
        ],
      ],
    ]);
  });

  test('nobody listens: an RST, and the program hears of it', () => {
    const trace = between([connect(1000, 81, 41_000)]);
    expect(toldOf(trace, 'answersRst')).toMatchObject([
      {
        atMs: 1050,
        host: 'server',
        why: 'no listener',
        port: 81,
        thing: {what: 'SYN', packet: 4},
        goneUs: undefined,
      },
    ]);
    expect(toldOf(trace, 'refusedOpen')).toEqual([
      {atMs: 1100, ...client, error: 'ECONNREFUSED', unaware: undefined},
    ]);
  });

  test('no SYN comes: after so many its program gives up; none of them had an answer', () => {
    const trace = between([at(0, 'server', 'crash')], {client: {synRetries: 2, synLinearTimeouts: 0}});
    expect(toldOf(trace, 'givesUp')).toEqual([
      {atMs: 7000, host: 'client', error: 'ETIMEDOUT', from: 'SYN-SENT', repeated: 2, answers: 'none'},
    ]);
  });

  test('its program closes before it is open: what waits is thrown away, and nobody has heard of it', () => {
    const steps: readonly Step[] = [[0, 'client', send(100)], at(40, 'client', 'close')];
    expect(toldOf(between(steps, {faults: {1: drop}}), 'closesEarly')).toEqual([
      {atMs: 40, host: 'client', bytes: 100, by: 'close', answered: false, unaware: 'server'},
    ]);
    expect(toldOf(between(steps), 'closesEarly')).toMatchObject([{unaware: undefined}]);
    expect(toldOf(between([at(40, 'client', 'abort')]), 'closesEarly')).toMatchObject([
      {bytes: 0, by: 'abort'},
    ]);
    expect(toldOf(between([at(40, 'client', 'shutdown')]), 'closesEarly')).toMatchObject([
      {bytes: 0, by: 'shutdown'},
    ]);
  });
});

describe('the end', () => {
  test('one after the other (Figure 12)', () => {
    expectTold(
      between([at(1000, 'client', 'shutdown'), [1100, 'server', send(500)], at(1200, 'server', 'shutdown')]),
      [
        ['closes', [{atMs: 1000, ...client, seq: 1001, behind: 0}]],
        [
          'peerCloses',
          [
            {
              ...{atMs: 1050, ...server, ack: 1002, late: undefined, closes: false, tells: true},
              ...{forged: undefined, byte: undefined, opens: undefined},
            },
          ],
        ],
        ['finAcknowledged', [{atMs: 1100, host: 'client', kept: false}]],
        // The ACK of the 500 bytes comes in the same millisecond, behind the FIN that leaves.
        ['closesToo', [{atMs: 1200, ...server, seq: 9501, behind: 0, ack: 9502}]],
        ['waits', [{atMs: 1250, ...client, by: 'fin', untilUs: 61_250_000, forged: undefined}]],
        ['finished', [{atMs: 1300, host: 'server'}]],
        ['waitOver', [{atMs: 61_250, host: 'client', from: 'TIME-WAIT', kept: false, port: undefined}]],
      ],
    );
  });

  test('both at once (Figure 13)', () => {
    expectTold(between([at(1000, 'client', 'shutdown'), at(1010, 'server', 'shutdown')]), [
      [
        'closes',
        [
          {atMs: 1000, ...client, seq: 1001, behind: 0},
          {atMs: 1010, ...server, seq: 9001, behind: 0},
        ],
      ],
      [
        'closing',
        [
          {atMs: 1050, ...server, forged: undefined},
          {atMs: 1060, ...client, forged: undefined},
        ],
      ],
      [
        'waits',
        [
          {atMs: 1100, ...client, by: 'ack', untilUs: 61_100_000, forged: undefined},
          {atMs: 1110, ...server, by: 'ack', untilUs: 61_110_000, forged: undefined},
        ],
      ],
      ['finished', []],
    ]);
  });

  test('a FIN on data has the number behind them', () => {
    const trace = between([
      [1000, 'client', {call: 'send', bytes: 100, more: true}],
      at(1000, 'client', 'shutdown'),
    ]);
    expect(toldOf(trace, 'closes')).toEqual([{atMs: 1000, ...client, seq: 1101, behind: 100}]);
  });

  // RFC 6928: ten segments may leave at once. For the third one the window is what its data have filled (RFC 9293 §3.8.6).
  test.each([
    ['data', 14_610, {}, 'data'],
    ['ACKs', 14_600, {}, 'cwnd'],
    ['the window', 1460, {rcvBuffer: 1460}, 'window'],
  ] as const)('a FIN that does not leave at once waits for %s', (_why, bytes, server, waits) => {
    const trace = between([[1000, 'client', send(bytes)], at(1000, 'client', 'shutdown')], {server});
    expect(toldOf(trace, 'closes')).toMatchObject([{atMs: 1000, host: 'client', seq: undefined, waits}]);
  });

  test('a FIN that comes before what stands before it waits', () => {
    const trace = between([[1000, 'client', send(1460)], at(1000, 'client', 'shutdown')], {
      faults: {4: drop},
    });
    expect(toldOf(trace, 'peerCloses')).toMatchObject([{atMs: 1177, late: 'gap', ack: 2462}]);
  });

  test('who has closed both directions waits for the other FIN so long alone', () => {
    const trace = between([at(1000, 'client', 'close')], {client: {finTimeout: '3s'}});
    expect(toldOf(trace, 'waitOver')).toEqual([
      {atMs: 4100, host: 'client', from: 'FIN-WAIT-2', kept: false, port: undefined},
    ]);
  });

  test('of two connections each goes by its port', () => {
    const trace = between([
      connect(200, 80, 41_000),
      at(1000, 'client', 'shutdown'),
      at(1200, 'server', 'shutdown'),
    ]);
    expect(toldOf(trace, 'waitOver')).toMatchObject([{host: 'client', port: 41_000}]);
  });

  test('a copy of the FIN begins TIME-WAIT anew', () => {
    const trace = between([at(1000, 'client', 'shutdown'), at(1200, 'server', 'shutdown')], {
      faults: {6: twice(1000)},
    });
    expect(toldOf(trace, 'refusedSegment')).toMatchObject([
      {
        atMs: 1251,
        ...client,
        thing: {what: 'FIN'},
        why: 'duplicate',
        answers: 9002,
        again: true,
        restartsUs: 61_251_000,
      },
    ]);
  });
});

describe('breaking', () => {
  test('abort(): an RST, by which the other end is told', () => {
    expectTold(between([hundred, at(1200, 'client', 'abort')]), [
      ['aborts', [{atMs: 1200, host: 'client', rst: true}]],
      [
        'reset',
        [
          {
            atMs: 1250,
            host: 'server',
            from: 'ESTABLISHED',
            ended: false,
            error: 'ECONNRESET',
            unaware: undefined,
          },
        ],
      ],
    ]);
    expect(
      toldOf(between([at(1000, 'server', 'shutdown'), at(1200, 'client', 'abort')]), 'reset'),
    ).toMatchObject([{from: 'FIN-WAIT-2', ended: true}]);
  });

  test('data for who reads no more', () => {
    const trace = between([at(1200, 'client', 'close'), [1300, 'server', send(100)]]);
    expect(toldOf(trace, 'answersRst')).toMatchObject([
      {atMs: 1350, host: 'client', why: 'no reader', thing: {what: 'data', bytes: 100}, goneUs: undefined},
    ]);
    expect(toldOf(trace, 'reset')).toMatchObject([
      {atMs: 1400, host: 'server', from: 'CLOSE-WAIT', ended: true},
    ]);
  });

  test('data for a connection that there is no more, since its end aborted', () => {
    const trace = between([at(1200, 'client', 'abort'), [1300, 'server', send(10)]], {faults: {4: drop}});
    expect(toldOf(trace, 'answersRst')).toMatchObject([
      {
        atMs: 1350,
        host: 'client',
        why: 'no connection',
        port: 40_000,
        thing: {what: 'data'},
        goneUs: 1_200_000,
      },
    ]);
  });

  test('an RST that somebody made of something else: the other end has its connection still', () => {
    const trace = between([hundred], {faults: {4: edit('tcp.flags', 0x04)}});
    expect(toldOf(trace, 'reset')).toMatchObject([
      {atMs: 1050, host: 'server', from: 'ESTABLISHED', unaware: 'client'},
      {host: 'client', unaware: undefined},
    ]);
    expect(toldOf(trace, 'answersRst')).toMatchObject([
      {atMs: 1350, why: 'no connection', goneUs: 1_050_000},
    ]);
  });

  test('a host that is down, and up again, knows nothing', () => {
    const steps: readonly Step[] = [at(1000, 'server', 'crash'), [1100, 'client', send(10)]];
    const trace = between([...steps, at(3000, 'server', 'reboot')]);
    expectTold(trace, [
      [
        'crashes',
        [
          {atMs: 1000, host: 'server', back: false, had: 'connections'},
          {atMs: 3000, host: 'server', back: true, had: 'connections'},
        ],
      ],
    ]);
    expect(toldOf(trace, 'answersRst')).toMatchObject([
      {atMs: 3550, host: 'server', why: 'no connection', port: 80},
    ]);
    expect(toldOf(trace, 'reset')).toMatchObject([{atMs: 3600, host: 'client', error: 'ECONNRESET'}]);
    // A probe, then two time-outs (RFC 6298 §5.5).
    expect(toldOf(between(steps, {client: {dataRetries: 2}}), 'givesUp')).toEqual([
      {atMs: 3500, host: 'client', error: 'ETIMEDOUT', from: 'ESTABLISHED', repeated: 3, answers: 'none'},
    ]);
  });

  test('a SYN in a connection is doubted (RFC 5961 §4.2)', () => {
    const trace = between([hundred], {faults: {4: edit('tcp.flags', 0x12)}});
    expect(toldOf(trace, 'challenges')).toMatchObject([
      {atMs: 1050, host: 'server', thing: {what: 'SYNACK', bytes: 100}},
    ]);
  });

  test('calls that come to nothing', () => {
    const trace = between([at(1000, 'client', 'shutdown'), [1100, 'client', send(10)]]);
    expect(toldOf(trace, 'callFails')).toMatchObject([
      {atMs: 1100, host: 'client', call: 'send', error: 'EPIPE', why: 'ended'},
    ]);
    // shutdown() has ended the attempt itself (RFC 9293 §3.10.4, SYN-SENT).
    const early = between([at(20, 'client', 'shutdown'), [30, 'client', send(10)]]);
    expect(toldOf(early, 'callFails')).toMatchObject([{atMs: 30, error: 'EPIPE', why: 'gaveUp'}]);
  });
});

describe('a link', () => {
  const link = (atMs: number, change: object): Step => [
    atMs,
    'client',
    {call: 'setLink', link: 'path', change},
  ];

  test('that is taken away and given back, each once', () => {
    const trace = between([
      link(1000, {up: false}),
      link(1500, {up: false}),
      link(2000, {up: true}),
      link(2500, {up: true}),
    ]);
    expect(toldOf(trace, 'link')).toEqual([
      {atMs: 1000, ...client, passes: false, underWay: false},
      {atMs: 2000, ...client, passes: true, underWay: false},
    ]);
  });

  test('that loses all is none; one that loses less, or gets slower, is', () => {
    const trace = between([
      link(1000, {loss: 1}),
      link(2000, {loss: 0}),
      link(3000, {loss: 0.5}),
      link(4000, {delayUs: 5}),
    ]);
    expect(toldOf(trace, 'link').map(({atMs, passes}) => [atMs, passes])).toEqual([
      [1000, false],
      [2000, true],
    ]);
  });
});

describe('what is thrown away', () => {
  const refused = (steps: readonly Step[], faults: Parameters<typeof between>[1]) =>
    toldOf(between(steps, faults), 'refusedSegment');

  test('what has been had: it is answered once more', () => {
    expect(refused([hundred], {faults: {4: twice(10_000)}})).toMatchObject([
      {
        atMs: 1060,
        ...server,
        thing: {packet: 4},
        why: 'duplicate',
        answers: 1101,
        again: true,
        next: undefined,
        restartsUs: undefined,
      },
    ]);
    expect(refused([], {faults: {2: twice(10_000)}})).toMatchObject([
      {atMs: 110, ...client, thing: {what: 'SYNACK'}, why: 'duplicate', answers: 9001},
    ]);
  });

  test('what lies outside the window, or acknowledges what was never sent', () => {
    expect(refused([hundred], {faults: {4: edit('tcp.seq_raw', 200_000)}})).toMatchObject([
      {atMs: 1050, thing: {seq: 200_000}, why: 'window', answers: 1001, again: true},
    ]);
    expect(refused([hundred], {faults: {4: edit('tcp.ack_raw', 20_000)}})).toMatchObject([
      {atMs: 1050, why: 'ack', answers: 1001, next: undefined},
    ]);
  });

  test('of an ACK with such a number the next one says as much', () => {
    expect(refused([[1000, 'client', send(2920)]], {faults: {6: edit('tcp.ack_raw', 20_000)}})).toMatchObject(
      [{atMs: 1100, ...client, why: 'ack', next: 3921}],
    );
  });

  test('bytes under a number of which others have come', () => {
    expect(
      refused([hundred, [2000, 'client', send(50)]], {faults: {6: edit('tcp.seq_raw', 1001)}}),
    ).toMatchObject([{atMs: 2050, thing: {seq: 1001, bytes: 50}, why: 'written', answers: 1101}]);
  });
});
