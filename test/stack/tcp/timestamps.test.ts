// Timestamps, PAWS and ECN. Oracles: RFC 7323 §3 to §5 and its appendix A, the option orders of Linux and FreeBSD, RFC 3168 §6.1.
import {describe, expect, test} from 'vitest';
import {ruleOf} from '../../../source/stack/reason.ts';
import {synOptions} from '../../../source/stack/tcp/options.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {seqAdd} from '../../../source/wire/seq.ts';
import {TcpFlag, type TcpOption, type TcpSegment} from '../../../source/wire/tcp.ts';
import {arrives, calls, none} from '../../helpers/tcp/one-host.ts';
import {plain} from '../../helpers/tcp/plain.ts';
import {A, AB, B, BA, type Fate, flagNames, IP, rope, World} from '../../helpers/tcp/two-hosts.ts';

const {SYN, ACK, RST} = TcpFlag;
const SECOND_US = 1_000_000;
const {rfc, freebsd} = profiles;
const stamp = (val: number, ecr: number): TcpOption => ({kind: 'timestamps', val, ecr});
const kinds = (options: readonly TcpOption[]) => options.map(({kind}) => kind).join(',');

describe('the order of options', () => {
  const orders = (base: TcpSettings) =>
    [
      {},
      {timestamps: true},
      {timestamps: true, sackPermitted: false},
      {timestamps: true, windowScale: 'off' as const},
      {timestamps: false, sackPermitted: true, windowScale: 'off' as const},
      {noOptions: true},
    ].map((change) => kinds(synOptions({...base, ...change})));

  test('linux', () => {
    expect(orders(plain)).toEqual([
      'mss,nop,nop,sackPermitted,nop,windowScale',
      'mss,sackPermitted,timestamps,nop,windowScale',
      'mss,nop,nop,timestamps,nop,windowScale',
      'mss,sackPermitted,timestamps',
      'mss,nop,nop,sackPermitted',
      '',
    ]);
  });

  test('freebsd', () => {
    expect(orders(freebsd)).toEqual([
      'mss,nop,windowScale,sackPermitted,timestamps',
      'mss,nop,windowScale,sackPermitted,timestamps',
      'mss,nop,windowScale,nop,nop,timestamps',
      'mss,sackPermitted,timestamps',
      'mss,sackPermitted,eol,eol',
      '',
    ]);
  });

  test('a SYN,ACK has what the SYN offered', () => {
    expect(kinds(synOptions(freebsd, [{kind: 'mss', mss: 1000}]))).toBe('mss');
    expect(kinds(synOptions(plain, [{kind: 'sackPermitted'}, stamp(1, 0)]))).toBe(
      'mss,nop,nop,sackPermitted',
    );
    expect(kinds(synOptions({...plain, timestamps: true}, [stamp(1, 0)]))).toBe('mss,nop,nop,timestamps');
  });
});

/** A in ESTABLISHED at 1.5 s with timestamps; the peer's last value is 500. */
const stamped = (change: Partial<TcpSettings> = {}): World => {
  const settings = {...rfc, timestamps: true, ...change};
  const world = new World({settings: {A: settings, B: settings}, fate: none});
  world.nowUs = SECOND_US;
  calls(world, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
  world.nowUs = 1_500_000;
  arrives(world, 'A', {
    seq: 9000,
    ack: 1001,
    flags: SYN | ACK,
    options: [{kind: 'mss', mss: 1460}, stamp(500, 1000)],
  });
  return world;
};

const lastStamp = (world: World) => {
  const option = world.sent.at(-1)?.segment.options.find(({kind}) => kind === 'timestamps');
  return option?.kind === 'timestamps' ? [option.val, option.ecr] : undefined;
};

describe('timestamps', () => {
  test("milliseconds, the peer's value echoed, on every segment but resets", () => {
    const world = stamped();
    expect(world.sent.map(({segment}) => kinds(segment.options))).toEqual([
      'mss,nop,nop,timestamps',
      'nop,nop,timestamps',
    ]);
    expect(lastStamp(world)).toEqual([1500, 500]);
    world.nowUs = 1_777_999;
    calls(world, 'A', {call: 'SEND', connection: AB, data: rope(10)});
    expect(lastStamp(world)).toEqual([1777, 500]);
    calls(world, 'A', {call: 'ABORT', connection: AB});
    expect(world.sent.at(-1)?.segment.options).toEqual([]);
  });

  test('they take their twelve bytes from the segment', () => {
    const world = stamped();
    calls(world, 'A', {call: 'SEND', connection: AB, data: rope(3000)});
    expect(world.sent.at(-1)?.segment.payload.length).toBe(1448);
  });

  test('a peer without them gets none', () => {
    const world = new World({settings: {A: freebsd, B: freebsd}, fate: none});
    calls(world, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
    arrives(world, 'A', {seq: 9000, ack: 1001, flags: SYN | ACK, options: [{kind: 'mss', mss: 1460}]});
    expect(world.sent.at(-1)?.segment.options).toEqual([]);
    expect(world.tcp.A.connections.get(AB)?.mss).toBe(1460);
  });

  test('RFC 7323 §4.3: with delayed ACKs the echo is that of the earliest segment', () => {
    const world = stamped({delayedAckUs: 40_000});
    const text = (at: number, val: number) =>
      arrives(world, 'A', {seq: at, ack: 1001, flags: ACK, data: 1448, options: [stamp(val, 1500)]});
    text(9001, 501);
    text(9001 + 1448, 502);
    expect(lastStamp(world)).toEqual([1500, 501]);
    // Figure of §4.3, case B: a segment beyond a gap is not echoed.
    text(9001 + 4 * 1448, 505);
    expect(lastStamp(world)).toEqual([1500, 501]);
    text(9001 + 2 * 1448, 503);
    expect(lastStamp(world)).toEqual([1500, 503]);
  });

  test('PAWS: an older value is answered and dropped; equal ones, and resets, pass', () => {
    const world = stamped();
    const text = (val: number, flags = ACK) =>
      arrives(world, 'A', {
        seq: 9001,
        ack: 1001,
        flags,
        data: flags & RST ? 0 : 5,
        options: [stamp(val, 1500)],
      });
    expect(text(499)).toEqual(['A ACK 1001 9001 +0']);
    expect(
      world.effects('A').some((e) => e.kind === 'discard' && ruleOf(e.because) === '7323:5.3/paws'),
    ).toBe(true);
    expect(text(500)).toEqual(['deliver 5', 'A ACK 1001 9006 +0']);
    expect(arrives(world, 'A', {seq: 9006, flags: RST, options: [stamp(1, 0)]})).toEqual([
      'ECONNRESET',
      'ESTABLISHED > CLOSED',
    ]);
  });

  test('PAWS: values go round', () => {
    const world = stamped();
    const text = (val: number) =>
      arrives(world, 'A', {seq: 9001, ack: 1001, flags: ACK, data: 5, options: [stamp(val, 1500)]})[0];
    expect(text(500 + 2 ** 31)).toBe('A ACK 1001 9001 +0');
    expect(text(499 + 2 ** 31)).toBe('deliver 5');
  });

  test.each([
    [0, 'A ACK 1001 9001 +0'],
    [1, 'deliver 5'],
  ])('RFC 7323 §5.5: the last one counts for 24 days; %d µs more: %s', (moreUs, expected) => {
    const world = stamped();
    world.nowUs += 24 * 86_400 * SECOND_US + moreUs;
    const text = (seq: number, val: number) =>
      arrives(world, 'A', {seq, ack: 1001, flags: ACK, data: 5, options: [stamp(val, 1500)]})[0];
    expect(text(9001, 1)).toBe(expected);
    // Whatever was accepted is now the last (§4.3).
    if (moreUs > 0) expect([lastStamp(world)?.[1], text(9006, 0)]).toEqual([1, 'A ACK 1001 9006 +0']);
  });

  test('a segment without the option: dropped silently, or tolerated', () => {
    expect(arrives(stamped(), 'A', {seq: 9001, ack: 1001, flags: ACK, data: 5})).toEqual([]);
    const tolerant = stamped({tolerateMissingTimestamps: true});
    expect(arrives(tolerant, 'A', {seq: 9001, ack: 1001, flags: ACK, data: 5})[0]).toBe('deliver 5');
  });

  test("RFC 7323 §4.1: they measure what Karn's rule forbids without them", () => {
    const sample = (options: readonly TcpOption[]) => {
      const world = stamped({tolerateMissingTimestamps: true});
      calls(world, 'A', {call: 'SEND', connection: AB, data: rope(10)});
      world.run({untilUs: 4 * SECOND_US});
      world.nowUs = 4 * SECOND_US;
      const before = world.tcp.A.connections.get(AB)?.srttUs;
      arrives(world, 'A', {seq: 9001, ack: 1011, flags: ACK, options});
      return [before, world.tcp.A.connections.get(AB)?.srttUs];
    };
    // The SYN took 500 ms; this one came 1000 ms after what it echoes: 7/8·500 + 1/8·1000.
    expect(sample([stamp(600, 3000)])).toEqual([500_000, 562_500]);
    expect(sample([])).toEqual([500_000, 500_000]);
  });
});

describe('ECN', () => {
  const settings: TcpSettings = {...plain, mss: 1000, ecn: 'request'};

  /** A sends 40 kB to B; the n-th data segment (1, 2, …) is marked where `marks` says so. */
  const transfer = (marks: readonly number[], lost: readonly number[] = []) => {
    let data = 0;
    const fate: Fate = ({from, segment}) => {
      if (from === 'B' || segment.payload.length === 0) return [50_000];
      data += 1;
      if (marks.includes(data)) late.push(segment);
      return lost.includes(data) || marks.includes(data) ? [] : [50_000];
    };
    const late: TcpSegment[] = [];
    const world = new World({settings: {A: settings, B: settings}, fate});
    world.call(0, 'B', {call: 'OPEN', mode: 'passive', local: B, read: 'auto'});
    world.call(0, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
    world.call(SECOND_US, 'A', {call: 'SEND', connection: AB, data: rope(40_000)});
    const step = () => {
      for (const segment of late.splice(0))
        world.post(world.nowUs + 50_000, 'B', {kind: 'segment', src: IP.A, dst: IP.B, segment, marked: true});
    };
    while (!world.run({maxEvents: 1}) && world.nowUs < 20 * SECOND_US) step();
    return world;
  };

  const flagsOf = (world: World, host: 'A' | 'B') =>
    world.sent
      .filter(({from, atUs}) => from === host && atUs > SECOND_US)
      .map(({segment}) => flagNames(segment.flags));

  test('both ends agree; new data are ECT(0), the rest is not', () => {
    const world = transfer([]);
    expect([world.tcp.A.connections.get(AB)?.ecnOn, world.tcp.B.connections.get(BA)?.ecnOn]).toEqual([
      true,
      true,
    ]);
    const codepoints = world
      .effects('A')
      .flatMap((e) =>
        e.kind === 'send' ? [`${e.segment.payload.length > 0 ? 'data' : 'empty'} ${e.ecn ?? 0}`] : [],
      );
    expect([...new Set(codepoints)].sort()).toEqual(['data 2', 'empty 0']);
    expect(
      transfer([], [3])
        .effects('A')
        .some((e) => e.kind === 'send' && e.retransmission && e.ecn !== undefined),
    ).toBe(false);
  });

  test('a mark: ECE until CWR comes, half the window once, no retransmission', () => {
    const world = transfer([12]);
    expect(world.delivered('B').length).toBe(40_000);
    const echoes = flagsOf(world, 'B').map((flags) => flags.includes('ECE'));
    expect(echoes.indexOf(true)).toBe(11);
    expect(echoes.lastIndexOf(true)).toBeLessThan(echoes.length - 1);
    expect(echoes.filter(Boolean).length).toBeGreaterThan(3);
    expect(flagsOf(world, 'A').filter((flags) => flags.includes('CWR')).length).toBe(1);
    // 21 segments were in flight, 20 after the ACK that brought the echo.
    expect(world.tcp.A.connections.get(AB)?.ssthresh).toBe(10_000);
    expect(world.effects('A').some((e) => e.kind === 'send' && e.retransmission)).toBe(false);
  });

  test('two marks in one window are one congestion, a mark in the next is another', () => {
    const cuts = (world: World): number => {
      let last = 0;
      let count = 0;
      for (const {host, after} of world.log) {
        const ssthresh = host === 'A' ? after.connections.get(AB)?.ssthresh : undefined;
        if (ssthresh !== undefined && ssthresh !== last) count += 1;
        if (ssthresh !== undefined) last = ssthresh;
      }
      return count - 1;
    };
    expect(cuts(transfer([12, 14]))).toBe(1);
    expect(cuts(transfer([12, 35]))).toBe(2);
    // A loss beside a mark is that same congestion, whichever is told first.
    expect(cuts(transfer([12], [14]))).toBe(1);
    expect(cuts(transfer([18], [12]))).toBe(1);
  });

  test('a loss is announced by CWR, too', () => {
    expect(flagsOf(transfer([], [12]), 'A').filter((flags) => flags.includes('CWR')).length).toBe(1);
  });

  test('without agreement data are not-ECT', () => {
    const world = new World({settings: {A: plain, B: plain}});
    world.call(0, 'B', {call: 'OPEN', mode: 'passive', local: B, read: 'auto'});
    world.call(0, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
    world.call(SECOND_US, 'A', {call: 'SEND', connection: AB, data: rope(5000)});
    world.run();
    expect(world.effects('A').some((e) => e.kind === 'send' && e.ecn !== undefined)).toBe(false);
  });

  test('without agreement a mark says nothing', () => {
    const world = new World({settings: {A: plain, B: {...plain, ecn: 'off'}}, fate: none});
    calls(world, 'B', {call: 'OPEN', mode: 'passive', local: B, read: 'auto'});
    arrives(world, 'B', {seq: 1000, flags: SYN | TcpFlag.ECE | TcpFlag.CWR});
    expect(flagNames(world.sent.at(-1)?.segment.flags ?? 0)).toEqual(['SYN', 'ACK']);
    const iss = world.sent.at(-1)?.segment.seq;
    arrives(world, 'B', {seq: 1001, ack: iss === undefined ? 0 : seqAdd(iss, 1), flags: ACK});
    arrives(world, 'B', {seq: 1001, ack: iss === undefined ? 0 : seqAdd(iss, 1), flags: ACK, data: 10});
    expect(flagNames(world.sent.at(-1)?.segment.flags ?? 0)).toEqual(['ACK']);
  });
});
