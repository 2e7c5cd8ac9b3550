// How the account chooses what it tells: one thing an instant, by rank, and what comes of a deed; nothing a third time; where a lesson
// speaks, or another run has told the same, it is silent. The runs are those of two hosts, whose events can be counted by hand.
import {describe, expect, test} from 'vitest';
import {entriesOf} from '../../../source/account/entries.ts';
import {toldIn, type Voice} from '../../../source/account/told/voice.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {between, drop, edit, type Step, send, twice} from './between-two.ts';

const hundred = (atMs: number): Step => [atMs, 'client', send(100)];
const shut = (atMs: number, host: 'client' | 'server' = 'client'): Step => [atMs, host, {call: 'shutdown'}];

const told = (trace: Trace, voice: Partial<Voice> = {}) =>
  toldIn(trace, {from: 1, narrated: new Set(), ...voice}).map(
    ({n, says}) => `${trace.event(n).atUs / 1000} ${says}`,
  );
const handshake = ['0 opens', '50 answersSyn', '100 opened', '150 accepts'];
const behind = (trace: Trace, voice?: Partial<Voice>) =>
  told(trace, voice).filter((each) => !handshake.includes(each));
/** The first event at that time, and the number of its instant. */
const at = (trace: Trace, atMs: number) =>
  [...entriesOf(trace, 'send')].find(({atUs}) => atUs === atMs * 1000) ?? expect.fail();

describe('one thing an instant', () => {
  test('of a run that goes well', () => {
    expect(told(between([hundred(1000)]))).toEqual([...handshake, '1000 sends', '1050 delivered']);
    expect(behind(between([shut(1000), shut(1200, 'server')]))).toEqual([
      ...[
        '1000 closes',
        '1050 peerCloses',
        '1100 finAcknowledged',
        '1200 closesToo',
        '1250 waits',
        '1300 finished',
      ],
      '61250 waitOver',
    ]);
  });

  test('a loss and what comes of it before what is only sent', () => {
    expect(behind(between([hundred(1000)], {faults: {4: drop}}))).toEqual([
      ...['1000 sends', '1025 lost', '1300 again', '1350 delivered', '1400 allAcknowledged'],
    ]);
  });

  test('what the path does, and what comes of that at once', () => {
    expect(behind(between([hundred(1000)], {faults: {4: twice(10_000)}}))).toEqual([
      ...['1000 sends', '1050 delivered', '1060 copied', '1060 refusedSegment', '1110 cameTwice'],
    ]);
    expect(behind(between([hundred(1000)], {faults: {4: edit('tcp.seq_raw', 200_000)}})).slice(1, 3)).toEqual(
      [...['1050 altered', '1050 refusedSegment']],
    );
  });

  test('an opening, and the data that leave with it', () => {
    expect(behind(between([[0, 'client', send(100)]]))).toEqual(['100 released', '150 delivered']);
  });
});

test('nothing a third time: of data twice, of a lost segment three times', () => {
  expect(behind(between([1000, 2000, 3000].map(hundred)))).toEqual([
    '1000 sends',
    '1050 delivered',
    '2000 sends',
  ]);
  const often = between([hundred(1000)], {faults: {4: drop, 5: drop, 6: drop, 7: drop, 8: drop}});
  expect(behind(often)).toEqual([
    ...['1000 sends', '1025 lost', '1300 again', '1325 lost', '1600 again', '1625 lost', '2200 again'],
    ...['5850 delivered', '5900 allAcknowledged'],
  ]);
});

test('where it is told the last time that it goes on, and only if it does', () => {
  const ending = (faults: number) => {
    const lost = [4, 5, 6, 7, 8].slice(0, faults);
    const trace = between([hundred(1000)], {faults: Object.fromEntries(lost.map((nth) => [nth, drop]))});
    const all = toldIn(trace, {from: 1, narrated: new Set()});
    return all.flatMap(({n, says, goesOn}) => (goesOn ? [`${trace.event(n).atUs / 1000} ${says}`] : []));
  };
  expect(ending(2)).toEqual([]);
  expect(ending(3)).toEqual([]);
  expect(ending(4)).toEqual(['1625 lost', '2200 again']);
});

describe('who speaks', () => {
  const trace = between([hundred(1000), hundred(2000)], {faults: {4: drop}});

  test('before the departure only of the path, after it of everything', () => {
    expect(told(trace, {from: Number.POSITIVE_INFINITY})).toEqual(['1025 lost', '1300 again']);
    const {n} = at(trace, 1300);
    expect(told(trace, {from: n})).toEqual([
      '1025 lost',
      '1300 again',
      '1350 delivered',
      '1400 allAcknowledged',
      '2000 sends',
    ]);
  });

  test('that bytes leave is no news where they did before', () => {
    const {n} = at(trace, 2000);
    expect(told(trace, {from: n})).toEqual(['1025 lost', '1300 again', '2000 sends']);
    const third = between([1000, 1500, 2000].map(hundred));
    expect(told(third, {from: at(third, 2000).n})).toEqual([]);
  });

  test('instants of a lesson’s silence', () => {
    const silenced = new Set([at(trace, 1000).instant]);
    expect(told(trace, {from: Number.POSITIVE_INFINITY, silenced})).toEqual(['1025 lost', '1300 again']);
    expect(told(trace, {from: at(trace, 2000).n, silenced})).toEqual([
      '1000 sends',
      '1025 lost',
      '1300 again',
      '2000 sends',
    ]);
  });

  test('not where somebody else does', () => {
    const narrated = new Set([at(trace, 1000).instant, at(trace, 1300).instant]);
    expect(behind(trace, {narrated})).toEqual([
      '1025 lost',
      '1350 delivered',
      '1400 allAcknowledged',
      '2000 sends',
    ]);
  });

  test('not what was the same in the run from which the reader comes', () => {
    expect(behind(trace, {isHeard: ({says}) => says === 'lost' || says === 'sends'})).toEqual([
      ...['1300 again', '1350 delivered', '1400 allAcknowledged'],
    ]);
  });
});

describe('the end', () => {
  test('of a run whose connection is not over: nothing more happens, or time is up', () => {
    expect(behind(between([shut(1000)])).at(-1)).toBe('1100 stays');
    expect(behind(between([shut(1000)], {limitUs: 1_030_000})).at(-1)).toBe('1000 cut');
    expect(behind(between([shut(1000), shut(1200, 'server')])).at(-1)).toBe('61250 waitOver');
    expect(behind(between([hundred(1000)])).at(-1)).toBe('1050 delivered');
  });

  // RFC 6298 §5.2: what comes may stop a timer. The FIN leaves at 1 s, its ACK at 1050 ms; the probe for it is due at 1300 ms.
  test.each([
    ['a packet is under way', 1_030_000, {}, undefined],
    ['a call comes first', 1_200_000, {faults: {4: drop}}, undefined],
    ['nothing comes before it', 1_290_000, {faults: {4: drop}}, 1_300_000],
  ])('which timer runs out next: %s', (_, limitUs, made, atUs) => {
    const trace = between([shut(1000), hundred(1250)], {limitUs, ...made});
    const cut = toldIn(trace, {from: 1, narrated: new Set()}).find(({says}) => says === 'cut');
    expect(cut?.facts).toMatchObject({timer: atUs && {owner: 'client', atUs}});
  });

  // RFC 9293 §3.8.4: each probe leaves by a timer, and says what the one before it said.
  test('of two ends of which one asks by a timer and the other answers: they do not answer each other', () => {
    const options = {keepAlive: true, keepAliveIdleUs: 2_000_000, keepAliveIntervalUs: 1_000_000};
    const asks: Step = [500, 'client', {call: 'setOption', options}];
    const trace = between([asks, shut(1000, 'server')], {limitUs: 20_000_000});
    const cut = toldIn(trace, {from: 1, narrated: new Set()}).find(({says}) => says === 'cut');
    expect(cut?.facts).toMatchObject({state: 'CLOSE-WAIT', loop: false});
  });

  test('names no call that was about another connection', () => {
    const refused: Step = [
      500,
      'client',
      {call: 'connect', to: {host: 'server', port: 81}, from: 40_001, as: 'd', read: 'auto'},
    ];
    const close = (atMs: number): Step => [atMs, 'client', {call: 'close', of: 'd'}];
    const trace = between([refused, close(800), close(900)]);
    const stays = toldIn(trace, {from: 1, narrated: new Set()}).find(({says}) => says === 'stays');
    expect(stays?.facts).toMatchObject({open: 'both', vain: undefined});
  });

  test('of a run that is over before an answer to a SYN has come', () => {
    const trace = between([], {limitUs: 500_000, faults: {1: drop}});
    expect(toldIn(trace, {from: 1, narrated: new Set()}).at(-1)).toMatchObject({
      says: 'cut',
      facts: {
        by: 'limit',
        host: 'client',
        state: 'SYN-SENT',
        peer: 'server',
        peerState: undefined,
        underWay: 0,
      },
    });
  });

  test('is told by nobody who tells only of the path, nor where a lesson speaks, or it was heard', () => {
    const trace = between([shut(1000)]);
    expect(told(trace, {from: Number.POSITIVE_INFINITY})).toEqual([]);
    expect(told(trace, {narrated: new Set([trace.event(trace.length).instant])}).at(-1)).toBe(
      '1050 peerCloses',
    );
    expect(told(trace, {isHeard: ({says}) => says === 'stays'}).at(-1)).toBe('1100 finAcknowledged');
  });
});

test('of a long run forty things at most: the greatest first', () => {
  const ranksOf = (losses: number) => {
    const steps = Array.from({length: losses}, (_, index) => hundred(1000 + 2000 * index));
    const faults = Object.fromEntries(Array.from({length: losses}, (_, index) => [4 + 3 * index, drop]));
    const all = toldIn(between(steps, {faults}), {from: 1, narrated: new Set()});
    expect(all.length, `${losses}`).toBeLessThanOrEqual(40);
    return [0, 1, 2, 3].filter((rank) => all.some((each) => each.rank === rank));
  };
  expect([12, 18, 22, 34].map((losses) => ranksOf(losses).join(''))).toEqual(['0123', '012', '0', '0']);
});
