// How data flow. Oracles: RFC 9293 §3.4 (numbers), §3.7.4 (Nagle), §3.8.6 (windows, probes, delayed ACKs), RFC 2018 (SACK), RFC 6928
// (ten segments at first), RFC 1122 §4.2.3.6 (keep-alive).
import {describe, expect, test} from 'vitest';
import type {Action} from '../../../source/sim/action.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {between, drop, edit, type Step, send, toldOf, twice} from './between-two.ts';

const mss = 1460;
/** Of what is held back: nothing follows at that time, and the first window is not small. */
const alone = {more: false, began: undefined};
const sends = (atMs: number, bytes: number): Step => [atMs, 'client', send(bytes)];
const shut = (atMs: number): Step => [atMs, 'client', {call: 'shutdown'}];
const receive = (atMs: number, bytes: number): Step => [atMs, 'server', {call: 'receive', bytes}];
const expectTold = (trace: Trace, rows: readonly (readonly [says: string, told: readonly object[]])[]) => {
  for (const [says, told] of rows) expect(toldOf(trace, says), says).toEqual(told);
};

describe('what leaves and comes', () => {
  test('what leaves in an instant is one, twice for each connection', () => {
    const sent = {host: 'client', peer: 'server', cut: undefined, probe: false, besides: false};
    expect(
      toldOf(between([sends(1000, 3000), sends(2000, 10), sends(3000, 10)]), 'sends').slice(0, 2),
    ).toEqual([
      {atMs: 1000, ...sent, seq: 1001, end: 4001, bytes: 3000, segments: 3},
      {atMs: 2000, ...sent, seq: 4001, end: 4011, bytes: 10, segments: 1},
    ]);
  });

  test('no ACK is promised of what leaves to somebody who has forgotten the connection (RFC 9293 §3.10.7.1)', () => {
    const reboots: readonly Step[] = [
      [1000, 'server', {call: 'crash'}],
      [1500, 'server', {call: 'reboot'}],
    ];
    const forgotten = toldOf(between([sends(500, 10), ...reboots, sends(2000, 10)]), 'sends');
    expect(forgotten.map(({atMs, end}) => [atMs, end])).toEqual([
      [500, 1011],
      [2000, undefined],
    ]);
  });

  test('a program gets them, and their ACK leaves', () => {
    expect(toldOf(between([sends(1000, 1000)]), 'delivered')).toEqual([
      {atMs: 1050, host: 'server', bytes: 1000, ack: 2001, altered: false, kept: false, earlier: false},
    ]);
  });

  test('what is missing, and which gap is the one before it', () => {
    const gap = (seq: number) => ({
      host: 'server',
      missing: {seq, bytes: mss},
      ack: 1001,
      again: true,
      altered: false,
      sack: true,
      had: false,
    });
    const trace = between([sends(1000, 5 * mss)], {faults: {4: drop, 6: drop}});
    expectTold(trace, [
      [
        'outOfOrder',
        [
          {atMs: 1050, packet: 5, ...gap(1001), another: false},
          {atMs: 1050, packet: 7, ...gap(1001 + 2 * mss), another: true},
          {atMs: 1050, packet: 8, ...gap(1001 + 2 * mss), another: true},
        ],
      ],
      [
        'gapFilled',
        [
          {atMs: 1150, host: 'server', ack: 1001 + 2 * mss, bytes: 2 * mss, open: 'behind', altered: false},
          {atMs: 1250, host: 'server', ack: 1001 + 5 * mss, bytes: 3 * mss, open: undefined, altered: false},
        ],
      ],
    ]);
    const plain = between([sends(1000, 2 * mss)], {server: {sack: false}, faults: {4: drop}});
    expect(toldOf(plain, 'outOfOrder')).toMatchObject([{missing: {seq: 1001, bytes: mss}, sack: false}]);
  });

  test('a FIN behind gaps names them all', () => {
    const trace = between([sends(1000, 3 * mss), shut(1001)], {faults: {4: drop, 6: drop}});
    expect(toldOf(trace, 'finOutOfOrder')).toEqual([
      {
        ...{atMs: 1051, host: 'server', peer: 'client', ack: 1001, again: true, altered: false},
        forged: undefined,
        missing: {seq: 1001, bytes: mss},
        others: [{seq: 1001 + 2 * mss, bytes: mss}],
      },
    ]);
    expect(
      toldOf(between([sends(1000, mss), shut(1000)], {faults: {4: drop}}), 'finOutOfOrder'),
    ).toMatchObject([{missing: {seq: 1001, bytes: mss}, others: []}]);
  });

  test('behind a gap comes a FIN that the path has set: nobody has sent one (RFC 9293 §3.10.7.4)', () => {
    const answer: Step = [1100, 'server', send(50)];
    const trace = between([sends(1000, 100), answer], {faults: {4: drop, 6: edit('tcp.flags', 0x11)}});
    expect(toldOf(trace, 'finOutOfOrder')).toMatchObject([
      {atMs: 1200, missing: {seq: 1001, bytes: 100}, forged: {sent: false, kept: undefined}},
    ]);
  });

  test('what comes again behind a gap is not kept now: it was before', () => {
    const trace = between([sends(1000, 3 * mss)], {faults: {4: drop, 6: twice(1000)}});
    expect(toldOf(trace, 'outOfOrder').map(({packet, had}) => [packet, had])).toEqual([
      [5, false],
      [6, false],
      [6, true],
    ]);
  });

  test('under another number they are taken for what they are not', () => {
    const ahead = between([sends(1000, 100)], {faults: {4: edit('tcp.seq_raw', 1501)}});
    expect(toldOf(ahead, 'outOfOrder')).toMatchObject([{missing: {seq: 1001, bytes: 500}, altered: true}]);
    const behind = between([sends(1000, 100)], {faults: {4: edit('tcp.seq_raw', 991)}});
    expect(toldOf(behind, 'delivered')[0]).toMatchObject({atMs: 1050, bytes: 90, ack: 1091, altered: true});
  });

  test('that all is acknowledged is told after trouble, once', () => {
    expect(toldOf(between([sends(1000, 1000)]), 'allAcknowledged')).toEqual([]);
    expect(toldOf(between([sends(1000, 1000)], {faults: {4: drop}}), 'allAcknowledged')).toEqual([
      // A loss probe begins no repair (RFC 8985 §7.3).
      {atMs: 1400, host: 'client', ack: 2001, anew: false, over: undefined},
    ]);
  });

  test('that a repair is over, by what was in flight when it began', () => {
    // CUBIC's share of ten segments, 0.7: to it PRR has brought cwnd (RFC 9438 §4.6, RFC 9937 §6).
    const common = {host: 'client', tookUs: 100_000, timer: false, cwnd: 7 * mss};
    expect(toldOf(between([sends(1000, 5 * mss)], {faults: {4: drop}}), 'allAcknowledged')).toMatchObject([
      {atMs: 1200, over: {...common, ack: 1001 + 5 * mss}},
    ]);
    // Ten were in flight, and two left when SACK had told of two (RFC 3042).
    const more = between([sends(1000, 20 * mss)], {faults: {4: drop}});
    expect(toldOf(more, 'repaired')).toEqual([
      {atMs: 1200, ...common, sinceUs: 100_000, ack: 1001 + 12 * mss},
    ]);
    expect(toldOf(more, 'allAcknowledged')).toMatchObject([{over: undefined}]);
    // One segment after the time-out, one more for each acknowledged (RFC 5681 §3.1).
    const all = between([sends(1000, 2 * mss)], {faults: {4: drop, 5: drop, 6: drop}});
    expect(toldOf(all, 'allAcknowledged')).toMatchObject([
      {atMs: 1702, over: {timer: true, tookUs: 200_000, ack: 1001 + 2 * mss, cwnd: 3 * mss}},
    ]);
  });
});

describe('what is held back, and leaves', () => {
  test('by Nagle, until all before it is acknowledged', () => {
    expectTold(between([sends(1000, 100), sends(1010, 50)]), [
      ['holds', [{atMs: 1010, host: 'client', why: 'small', bytes: 50, ...alone}]],
      [
        'released',
        [
          {
            ...{
              atMs: 1100,
              host: 'client',
              why: 'nagle',
              sinceUs: 1_010_000,
              fromUs: 1_010_000,
              once: false,
              bytes: 50,
            },
            ...{segments: 1, cut: undefined, of: undefined, rest: undefined, cwnd: 10 * mss, joins: false},
          },
        ],
      ],
    ]);
  });

  test('by cwnd of one segment, where the SYN,ACK had to be sent again (RFC 5681 §3.1), or the SYN', () => {
    const firstHeld = (lost: number, host: 'client' | 'server') =>
      toldOf(between([[3000, host, send(20_000)]], {faults: {[lost]: drop}, profile: 'rfc'}), 'holds').at(0);
    expect(firstHeld(2, 'server')).toMatchObject({why: 'cwnd', began: 'SYNACK', bytes: 20_000 - mss});
    expect(firstHeld(1, 'client')).toMatchObject({why: 'cwnd', began: 'SYN', bytes: 20_000 - mss});
    expect(firstHeld(1, 'server')).toMatchObject({why: 'cwnd', began: undefined});
  });

  test('what its program writes at that time besides, one after the other (RFC 9293 §3.7.4)', () => {
    const trace = between([sends(1000, 100), sends(1010, 50), sends(1010, 60)], {profile: 'rfc'});
    expect(toldOf(trace, 'holds')).toMatchObject([{bytes: 50, why: 'nagle', more: true}]);
  });

  test('by cwnd: ten segments at first', () => {
    expect(toldOf(between([sends(1000, 20_000)]), 'holds')).toEqual([
      {atMs: 1000, host: 'client', why: 'cwnd', bytes: 20_000 - 10 * mss, ...alone},
    ]);
  });

  test('until the connection is open', () => {
    expect(toldOf(between([sends(0, 3000)]), 'released')).toMatchObject([
      {
        atMs: 100,
        why: 'opening',
        sinceUs: 0,
        bytes: 3000,
        segments: 3,
        of: undefined,
        rest: undefined,
        joins: true,
      },
    ]);
    expect(toldOf(between([sends(0, 20_000)]), 'released')[0]).toMatchObject({
      ...{atMs: 100, why: 'opening', bytes: 10 * mss, segments: 10, of: 20_000, rest: 'cwnd', cwnd: 10 * mss},
    });
  });
});

describe('the window', () => {
  const listen = (read: 'auto' | 'manual'): Action => ({call: 'listen', port: 81, read});
  const slow = (...steps: readonly Step[]): Trace =>
    between(
      [
        [0, 'server', listen('manual')],
        [
          200,
          'client',
          {call: 'connect', to: {host: 'server', port: 81}, from: 41_000, as: 'slow', read: 'auto'},
        ],
        ...steps,
      ],
      {server: {rcvBuffer: 3 * mss}, limitUs: 20_000_000},
    );

  test('is shut behind the last data: nobody has to stop', () => {
    expect(toldOf(slow(sends(1000, 3 * mss)), 'windowShut')).toMatchObject([{host: 'server', waits: false}]);
  });

  test('is shut, asked for, and opens again', () => {
    const trace = slow(sends(1000, 6000), receive(3000, 3 * mss));
    // The timer is the RTO at first, and doubled by each probe (RFC 9293 §3.8.6.1); Linux’s first is 300 ms here.
    expectTold(trace, [
      ['holds', [{atMs: 1000, host: 'client', why: 'window', bytes: 6000 - 3 * mss, ...alone}]],
      ['windowShut', [{atMs: 1050, host: 'server', peer: 'client', waits: true}]],
      [
        'asksForWindow',
        [
          {atMs: 1100, host: 'client', data: true, atUs: 1_400_000},
          {atMs: 1500, host: 'client', data: true, atUs: 2_100_000},
          {atMs: 2200, host: 'client', data: true, atUs: 3_400_000},
        ],
      ],
      [
        'probes',
        [
          {atMs: 1400, host: 'client', dueUs: 2_000_000},
          {atMs: 2100, host: 'client', dueUs: 3_300_000},
        ],
      ],
      ['windowOpens', [{atMs: 3000, host: 'server', bytes: 3 * mss}]],
    ]);
    expect(toldOf(trace, 'released')).toMatchObject([
      {
        atMs: 3050,
        why: 'closed',
        sinceUs: 1_000_000,
        fromUs: 1_100_000,
        bytes: 6000 - 3 * mss,
        segments: 2,
        of: undefined,
      },
    ]);
    expect(toldOf(trace, 'refusedSegment')).toMatchObject([
      {
        atMs: 1450,
        host: 'server',
        thing: {what: 'probe', seq: 1000 + 3 * mss},
        why: 'below',
        answers: 1001 + 3 * mss,
      },
      {atMs: 2150, host: 'server'},
    ]);
  });

  test('what waits unread at close() is told of by RST in place of a FIN, or after it (RFC 2525 §2.17)', () => {
    const close: Step = [1500, 'server', {call: 'close'}];
    const shuts: Step = [1200, 'server', {call: 'shutdown'}];
    const after = (trace: Trace) => toldOf(trace, 'answersRst').map((each) => [each['why'], each['after']]);
    expect(after(slow(sends(1000, 100), close))).toEqual([['unread', false]]);
    expect(after(slow(sends(1000, 100), shuts, close))).toEqual([['unread', true]]);
  });

  test('a FIN alone waits for it, too', () => {
    const trace = slow(sends(1000, 3 * mss), shut(1200));
    expect(toldOf(trace, 'asksForWindow')[0]).toMatchObject({data: false});
  });
});

describe('ACKs that wait', () => {
  test('for data that could carry them, and go by themselves when the time is over', () => {
    const late = {server: {delayedAck: '40ms'}};
    expectTold(between([sends(1000, 100)], late), [
      ['delaysAck', [{atMs: 1050, host: 'server', untilUs: 1_090_000, hurry: 'two'}]],
      ['delayOver', [{atMs: 1090, host: 'server', ack: 1101, gathered: false}]],
    ]);
    expect(toldOf(between([sends(1000, mss)], late), 'delaysAck')).toMatchObject([{hurry: 'full'}]);
    // RFC 9293 §3.8.6.3 asks for every second full one; FreeBSD counts segments.
    const freebsd = between([sends(1000, 100)], {...late, profile: 'freebsd'});
    expect(toldOf(freebsd, 'delaysAck')).toMatchObject([{hurry: 'segment'}]);
    // The second full segment hurries it.
    expect(toldOf(between([sends(1000, 2 * mss)], late), 'delayOver')).toEqual([]);
  });
});

test('keep-alive asks when nothing has come for so long', () => {
  const options = {
    keepAlive: true,
    keepAliveIdleUs: 2_000_000,
    keepAliveIntervalUs: 1_000_000,
    keepAliveProbes: 2,
  };
  const trace = between([[500, 'client', {call: 'setOption', options}]], {limitUs: 6_000_000});
  const told = {host: 'client', peer: 'server'};
  // An answer that comes 100 ms later begins the time anew.
  expect(toldOf(trace, 'keepAlive')).toEqual([
    {atMs: 2500, ...told, nth: 1},
    {atMs: 4600, ...told, nth: 1},
  ]);
});

test('copies of data come to a program once', () => {
  const trace = between([sends(1000, 100)], {faults: {4: twice(10_000)}});
  expect(toldOf(trace, 'delivered')).toHaveLength(1);
});

describe('cwnd behind a repair', () => {
  const grows = (trace: Trace) => toldOf(trace, 'grows').map(({host: _, ...told}) => told);
  /** As raw states have it: when cwnd of the client is so large first, after it was smaller. */
  const reachedMs = (trace: Trace, size: number, sinceMs: number): number => {
    const sizeAt = (n: number): number =>
      [...(trace.stateAt(n)?.hosts['client']?.tcp.connections.values() ?? [])][0]?.cwnd ?? 0;
    const event = [...trace.events()].find(
      ({n, atUs}) => atUs > sinceMs * 1000 && sizeAt(n - 1) < size && sizeAt(n) >= size,
    );
    return (event?.atUs ?? 0) / 1000;
  };

  test('all ten segments of the first window are lost, and the probe: slow start up to ssthresh, seven segments', () => {
    const lost = Array.from({length: 11}, (_, index) => [4 + index, drop] as const);
    const trace = between([sends(200, 400_000)], {faults: Object.fromEntries(lost)});
    const [fired] = toldOf(trace, 'again').filter(({why}) => why === 'timer');
    const firedMs = Number(fired?.['atMs']);
    expect(grows(trace)).toEqual([
      {atMs: reachedMs(trace, 7 * mss, firedMs), how: 'threshold', size: 7 * mss, cwnd: 7 * mss, agoUs: 0},
      {
        ...{atMs: reachedMs(trace, 10 * mss, firedMs), how: 'regained', size: 10 * mss, cwnd: 10 * mss},
        agoUs: (reachedMs(trace, 10 * mss, firedMs) - firedMs) * 1000,
      },
    ]);
  });

  test('where nothing was lost it is not told', () => {
    expect(grows(between([sends(200, 400_000)]))).toEqual([]);
  });
});
