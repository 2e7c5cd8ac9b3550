// What was told too strongly of runs of two hosts: oracles are RFC 9293 (§3.4.1, §3.5.1, §3.8.4, §3.10.7) and RFC 2883, and the events of
// the run itself.
import {describe, expect, test} from 'vitest';
import {tellable} from '../../../source/account/told/voice.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {toldText} from '../../../source/view/story/told-text.ts';
import {seq} from '../../../source/wire/seq.ts';
import {between, drop, edit, type Step, send, toldOf, twice} from './between-two.ts';

const at = (atMs: number, host: 'client' | 'server', call: 'shutdown' | 'close' | 'crash' | 'reboot'): Step =>
  [atMs, host, {call}] as const;

const textsOf = (trace: Trace, says: string): string =>
  [...tellable(trace)]
    .filter((told) => told.says === says)
    .map((told) => Object.values(toldText(trace, told)).join('\n'))
    .join('\n');

/** By the same ports once more, and with the same numbers, when the first is over; `bytes` a second later. */
const again = (atMs: number, bytes: number): readonly Step[] => [
  [
    atMs,
    'client',
    {
      call: 'connect',
      to: {host: 'server', port: 80},
      from: 40_000,
      iss: seq(1000),
      as: 'again',
      read: 'auto',
    },
  ],
  [atMs + 5000, 'client', {call: 'send', bytes, of: 'again'}],
];

const first: readonly Step[] = [
  [500, 'client', send(100)],
  at(1000, 'client', 'shutdown'),
  at(1200, 'server', 'shutdown'),
];

describe('a host that has lost its power', () => {
  test('is ESTABLISHED no more when the ACK comes that it had sent (RFC 9293 §3.5.1)', () => {
    const trace = between([at(120, 'client', 'crash')]);
    expect(toldOf(trace, 'accepts')).toMatchObject([{atMs: 150, host: 'server', peerOpen: false}]);
  });

  test('had a record of what it had answered with a cookie: no cookie is too old (RFC 4987 §3.6)', () => {
    const trace = between(
      [at(1000, 'server', 'crash'), at(2000, 'server', 'reboot'), [3000, 'client', send(10)]],
      {server: {synCookies: 'always'}},
    );
    expect(toldOf(trace, 'takesCookie')).toHaveLength(1);
    expect(toldOf(trace, 'answersRst')).toMatchObject([{why: 'no connection', cookie: undefined}]);
  });

  test('gets no second copy of what it had taken; nobody waits for that', () => {
    const trace = between([[1000, 'client', send(10)], at(1200, 'server', 'crash')], {
      faults: {4: twice(300_000)},
    });
    expect(toldOf(trace, 'lost')).toMatchObject([{copy: true, notice: {by: 'nobody', why: 'other'}}]);
    expect(textsOf(trace, 'lost')).toMatch(/^A copy of packet 4 is lost[\s\S]*第 4 个分组的副本丢失/);
  });
});

describe('a FIN', () => {
  test('that is lost had left all the same: the connection does not end without one', () => {
    const trace = between([at(1000, 'client', 'close'), [1200, 'server', send(100)]], {faults: {4: drop}});
    expect(toldOf(trace, 'reset')).toMatchObject([{host: 'server', from: 'ESTABLISHED', ended: true}]);
    const whole = between([[1000, 'client', {call: 'abort'}]]);
    expect(toldOf(whole, 'reset')).toMatchObject([{host: 'server', from: 'ESTABLISHED', ended: false}]);
  });

  test('has come, though it does not count, where data before it are missing to the end', () => {
    const trace = between(
      [
        at(1000, 'client', 'shutdown'),
        [1050.01, 'server', send(100)],
        at(1050.02, 'server', 'shutdown'),
        at(1120, 'server', 'crash'),
        at(1200, 'client', 'close'),
      ],
      {faults: {6: drop}},
    );
    expect(toldOf(trace, 'finOutOfOrder')).toHaveLength(1);
    expect(toldOf(trace, 'waitOver')).toMatchObject([{host: 'client', from: 'FIN-WAIT-2', kept: true}]);
    expect(textsOf(trace, 'waitOver')).toMatch(/the data before the peer’s FIN[\s\S]*对端 FIN 之前缺的数据/);
  });

  test('that comes under a number of data ends nothing: its sender has more (RFC 9293 §3.10.7.4)', () => {
    const trace = between([[1000, 'client', send(100)], at(1000, 'client', 'shutdown')], {
      faults: {4: drop, 5: edit('tcp.seq_raw', 1001)},
    });
    expect(toldOf(trace, 'peerCloses')).toMatchObject([
      {atMs: 1050, forged: {sent: true, kept: undefined}, byte: 1001},
    ]);
    expect(textsOf(trace, 'peerCloses')).not.toMatch(/will send no more data|不会再发数据/);
  });

  test('that somebody set closes no direction but in the eyes of its receiver, whose own is not the last one', () => {
    const trace = between([[1000, 'client', send(1)], at(1200, 'server', 'shutdown')], {
      faults: {3: edit('tcp.flags', 17)},
    });
    expect(toldOf(trace, 'closesToo')).toMatchObject([{host: 'server', taken: 'client'}]);
    expect(toldOf(trace, 'finished')).toMatchObject([{host: 'server', taken: 'client'}]);
    expect(textsOf(trace, 'closesToo')).not.toMatch(/\btoo\b|也关闭/);
    expect(textsOf(trace, 'finished')).not.toMatch(/last FIN|最后一个/);
    const whole = between(first);
    expect(toldOf(whole, 'closesToo')).toMatchObject([{taken: undefined}]);
    expect(toldOf(whole, 'finished')).toMatchObject([{taken: undefined}]);
  });

  test('that somebody set has not ended the data of its alleged sender', () => {
    const trace = between([[1000, 'client', send(1)]], {faults: {3: edit('tcp.flags', 17)}});
    expect(toldOf(trace, 'refusedSegment').at(-1)).toMatchObject({host: 'server', why: 'afterFin'});
    expect(textsOf(trace, 'refusedSegment')).toMatch(/the client has ended[\s\S]*在服务器看来，客户端已经用/);
  });
});

describe('an earlier connection between the same ports (RFC 9293 §3.4.1)', () => {
  test('has sent other bytes than those that its numbers bear now', () => {
    const trace = between([...first, ...again(70_000, 100)], {faults: {4: twice(75_000_000)}});
    expect(toldOf(trace, 'refusedSegment')).toMatchObject([{host: 'server', why: 'below', answers: 1101}]);
    expect(toldOf(trace, 'cameTwice'), 'by D-SACK (RFC 2883 §4)').toEqual([]);
  });

  test('whose bytes were taken stands in the way of others', () => {
    const trace = between([...first, ...again(70_000, 100)], {faults: {4: twice(70_000_000)}});
    expect(toldOf(trace, 'ofEarlier')).toMatchObject([{host: 'server'}]);
    expect(toldOf(trace, 'refusedSegment').at(-1)).toMatchObject({host: 'server', why: 'below'});
    expect(toldOf(trace, 'cameTwice')).toEqual([]);
  });
});

describe('who learns of it', () => {
  test('an answer to a probe is waited for by the timer of the next one (RFC 9293 §3.8.4)', () => {
    const client = {keepAlive: {idle: '10s', interval: '2s', probes: 3}};
    const trace = between([], {client, faults: {5: drop}, limitUs: 20_000_000});
    expect(toldOf(trace, 'lost')).toMatchObject([{notice: {by: 'peer', host: 'client'}}]);
  });

  test('of a SYN,ACK by the SYN that comes again', () => {
    const trace = between([], {faults: {2: drop}});
    expect(toldOf(trace, 'lost')).toMatchObject([{notice: {by: 'timer', data: true}}]);
    expect([...tellable(trace)].some(({says, facts}) => says === 'again' && facts.why === 'asked')).toBe(
      true,
    );
  });
});

test('how many waits of a SYN are equal is counted anew for each connection (tcp_syn_linear_timeouts)', () => {
  const dial = (atMs: number, as: string): Step => [
    atMs,
    'client',
    {call: 'connect', to: {host: 'server', port: 80}, from: 41_000, as, read: 'auto'},
  ];
  const trace = between([at(500, 'server', 'crash'), dial(1000, 'one'), dial(300_000, 'two')], {
    profile: 'linux',
  });
  const counts = toldOf(trace, 'again').flatMap(({equal}) => (equal === undefined ? [] : [equal]));
  expect(counts).toEqual([4, 4]);
});

describe('a SYN that comes again (RFC 9293 §3.10.7.4)', () => {
  const dial = (atMs: number, iss: number): Step => [
    atMs,
    'client',
    {
      call: 'connect',
      to: {host: 'server', port: 80},
      from: 41_000,
      iss: seq(iss),
      as: `${iss}`,
      read: 'auto',
    },
  ];
  const renewed = (trace: Trace) => toldOf(trace, 'answersSyn').map((told) => [told.ack, told.renewed]);

  test('had no connection where its first copy ended that of another one, and got no answer', () => {
    const trace = between(
      [dial(1000, 2000), [1200, 'client', {call: 'close', of: '2000'}], dial(1500, 3000)],
      {
        faults: {5: drop},
        profile: 'rfc',
      },
    );
    expect(toldOf(trace, 'listensAgain')).toMatchObject([{atMs: 1550, by: 'syn'}]);
    expect(renewed(trace)).toEqual([
      [1001, false],
      [2001, false],
      [3001, false],
    ]);
  });

  test('had one where that was made of it, and is over', () => {
    const trace = between([...first, at(200_000, 'server', 'close')], {faults: {1: twice(100_000_000)}});
    expect(renewed(trace)).toEqual([
      [1001, false],
      [1001, true],
    ]);
  });
});
