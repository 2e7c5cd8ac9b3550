// What comes grows the window that is safe to offer. Oracle: tcp_grow_window and __tcp_grow_window of Linux (tcp_input.c), by hand: 200
// octets lie in 1024 + 256 of memory, half of which counts as text; halved twice they are fewer than 200, and so may a window grow
// that is at most a quarter of the largest.
import {describe, expect, test} from 'vitest';
import {firstPace} from '../../../source/stack/tcp/ack-pace.ts';
import type {Connection, ReceiveMemory} from '../../../source/stack/tcp/connection.ts';
import {settingsFor} from '../../../source/stack/tcp/profiles.ts';
import {
  bufferGrown,
  firstMemory,
  firstWindow,
  hold,
  memoryWindow,
  readOn,
  roomFor,
  roundTripByEcho,
  roundTripByWindow,
  safeGrown,
  selectWindow,
  shareMeasured,
} from '../../../source/stack/tcp/receive-memory.ts';
import {newTcb} from '../../../source/stack/tcp/tcb.ts';
import {seq} from '../../../source/wire/seq.ts';
import {A, B, rope} from '../../helpers/tcp/two-hosts.ts';

const largestText = 65_536;
const settings = settingsFor('linux', {rcvMemoryMaxBytes: 2 * largestText});
const poor = {start: seq(1), lengthBytes: 200, packetBytes: 252, pieces: 1};

const memoryOf = (safeBytes: number) => ({
  ...{bufferBytes: 2 * largestText, locked: false, held: [], usedBytes: 0, share: 128},
  ...{clampBytes: largestText, safeBytes, rttUs: 0, rttFrom: undefined, lastEcho: 0},
  ...{copied: seq(1), readSeq: seq(1), readUs: 0, readBytes: 14_600},
});

test.each([
  ['small', 10_000, 2920],
  ['a quarter of the largest', largestText / 4, 2920],
  ['more than that', largestText / 4 + 1, 0],
  ['near the largest', 60_000, 0],
])('a packet that wastes memory, the window is %s', (_, safeBytes, grows) => {
  const grown = safeGrown(memoryOf(safeBytes), poor, {segmentBytes: 1460, ownSegment: 1460, settings});
  expect(grown.safeBytes - safeBytes).toBe(grows);
});

const fresh = newTcb({origin: 'passive', local: A, remote: B, iss: seq(0), read: 'auto'}, settings);
type Receiving = {
  readonly shift?: number;
  readonly told?: number;
  readonly segmentBytes?: number;
  readonly waiting?: number;
};
const receiving = ({
  shift = 7,
  told = 20_000,
  segmentBytes = 1460,
  waiting = 0,
}: Receiving = {}): Connection =>
  ({
    ...{...fresh, mss: 1460, lastAckSent: seq(9000), receiveBuffer: rope(waiting)},
    rcv: {...fresh.rcv, nxt: seq(9000), wnd: told},
    scale: {...fresh.scale, rcv: shift},
    pace: {...firstPace(fresh, 0), segmentBytes},
  }) as Connection;

describe('the first window (tcp_select_initial_window, tcp_init_buffer_space)', () => {
  test('half of the memory, in whole segments where it holds one', () => {
    const windows = [131_072, 2920, 2919, 2918].map((bytes) => firstWindow(bytes, 1460));
    expect(windows).toEqual([64_240, 1460, 1459, 1459]);
  });

  test.each([
    // One segment in reserve, two at least; without a scale 16 bits are all.
    [131_072, 7, 65_536 - 1460],
    [8000, 7, 2920],
    [8762, 7, 2921],
    [5840, 7, 2920],
    [5838, 7, 2919],
    [131_074 * 2, 0, 65_535],
  ])('of %i octets of memory, shift %i: %i', (rcvMemoryBytes, shift, clampBytes) => {
    const memory = firstMemory(receiving({shift}), {...settings, rcvMemoryBytes, mss: 1460}, 77);
    expect(memory).toMatchObject({clampBytes, usedBytes: 0, share: 128, readUs: 77});
    expect(memory?.safeBytes).toBe(Math.min(20_000, clampBytes));
    expect(memory?.readBytes).toBe(Math.min(14_600, clampBytes));
  });
});

describe('the window that the free memory has room for (__tcp_select_window)', () => {
  const selected = (at: Receiving, change: Partial<ReceiveMemory> = {}) =>
    selectWindow(receiving(at), {...memoryOf(20_000), ...change});
  /** So much text has room. */
  const free = (text: number): Partial<ReceiveMemory> => ({usedBytes: 2 * (largestText - text)});

  test.each<[text: number, segmentBytes: number, wnd: number, tight: boolean]>([
    // What is safe, rounded up to what the scale can tell.
    [65_536, 1460, 20_096, false],
    [32_768, 1460, 20_096, false],
    [32_767, 1460, 20_096, true],
    // Less than half is left: rounded down.
    [10_000, 1460, 9984, true],
    // Less than a sixteenth, or than a segment: closed.
    [4096, 1460, 4096, true],
    [4095, 1460, 0, true],
    [5000, 4992, 4992, true],
    [5000, 4993, 0, true],
  ])('room for %i, segments of %i: %i', (text, segmentBytes, wnd, tight) => {
    expect(selected({segmentBytes}, free(text))).toEqual({wnd, tight});
  });

  test.each([
    // Within a segment of what is free it stays as it was told, else it is whole segments.
    [18_541, 18_541],
    [18_540, 18_980],
    [20_000, 20_000],
    [20_001, 18_980],
  ])('unscaled, told %i: %i', (told, wnd) => expect(selected({shift: 0, told}).wnd).toBe(wnd));

  test('a buffer smaller than a segment: half of it more, and it is told', () => {
    const small = (told: number) => selected({shift: 0, told, segmentBytes: 5000}, {clampBytes: 3000}).wnd;
    expect([small(18_499), small(18_500)]).toEqual([20_000, 18_500]);
    expect(selected({}, {clampBytes: 0})).toEqual({wnd: 0, tight: false});
  });

  test('while more than half is free it is rounded up', () => {
    expect(selected({}, {...free(40_001), safeBytes: 50_000})).toEqual({wnd: 40_064, tight: false});
  });

  test('what was told is not taken back (RFC 9293 §3.8.6)', () => {
    const told = (wnd: number) => memoryWindow(receiving({told: wnd}), memoryOf(20_000));
    expect([told(20_000), told(30_000), told(30_080)]).toEqual([20_096, 30_080, 30_080]);
  });
});

describe('what packets take (struct sk_buff and its buffer)', () => {
  const held = (packetBytes: number, lengthBytes: number, pieces = 1) =>
    hold(memoryOf(20_000), {start: seq(1), lengthBytes, packetBytes, pieces});

  test.each([
    [100, 1, 576 + 256, 92],
    [192, 1, 576 + 256, 0],
    [193, 1, 1024 + 256, 447],
    [252, 1, 1024 + 256, 388],
    [1500, 1, 2048 + 256, 164],
    [3000, 2, 2 * (2048 + 256), 164],
  ])('%i octets in %i pieces: %i', (packetBytes, pieces, bytes, roomBytes) => {
    const memory = held(packetBytes, 48, pieces);
    expect(memory).toMatchObject({usedBytes: bytes, held: [{bytes, roomBytes, end: 49}]});
  });

  test('a packet that follows goes into the room of the last one', () => {
    const memory = held(252, 200);
    const next = (start: number, lengthBytes: number) =>
      hold(memory, {start: seq(start), lengthBytes, packetBytes: lengthBytes + 52, pieces: 1});
    expect(next(201, 388)).toMatchObject({usedBytes: 1280, held: [{end: 589, roomBytes: 0}]});
    expect(next(201, 389).held).toHaveLength(2);
    expect(next(202, 10).held).toHaveLength(2);
  });

  test('a full segment shows how much of it is text (tcp_measure_rcv_mss)', () => {
    const full = {start: seq(1), lengthBytes: 1448, packetBytes: 1500, pieces: 1};
    const shared = shareMeasured(receiving({told: 70_000}), memoryOf(20_000), full);
    // 1448 of 2304 in 256 parts; so much of the buffer is text, and what was told is safe.
    expect(shared).toMatchObject({share: 160, clampBytes: 81_920, safeBytes: 70_000});
    const poorer = shareMeasured(receiving(), memoryOf(60_000), {...full, lengthBytes: 576});
    expect(poorer).toMatchObject({share: 64, clampBytes: 32_768, safeBytes: 32_768, readBytes: 14_600});
  });
});

describe('room for one packet more (tcp_try_rmem_schedule, tcp_clamp_window, tcp_collapse)', () => {
  const large = settingsFor('linux', {rcvMemoryMaxBytes: 6_291_456});
  const room = (
    lengthBytes: number,
    change: Partial<ReceiveMemory>,
    {waiting = 0, wanted = large}: {readonly waiting?: number; readonly wanted?: typeof large} = {},
  ) => roomFor(receiving({waiting}), {...memoryOf(20_000), ...change}, {lengthBytes, settings: wanted});

  test('as it is, up to the last octet', () => {
    expect(room(1072, {usedBytes: 130_000})).toEqual({...memoryOf(20_000), usedBytes: 130_000});
    expect(room(1073, {usedBytes: 130_000})?.usedBytes).toBe(0);
  });

  test('a buffer that nobody set grows to what it holds already, up to the largest', () => {
    expect(room(0, {usedBytes: 200_000})).toMatchObject({bufferBytes: 200_000, safeBytes: 20_000});
    const most = {...large, rcvMemoryMaxBytes: 150_000};
    expect(room(0, {usedBytes: 200_000}, {wanted: most})).toMatchObject({
      bufferBytes: 150_000,
      safeBytes: 2920,
    });
  });

  test('one that was set does not: two segments are safe, and what waits is copied together', () => {
    const packet = (end: number, bytes: number) => ({end: seq(end), bytes, roomBytes: 0});
    const held = [packet(8990, 9999), packet(9000, 9999), packet(9100, 1000)];
    const locked = {usedBytes: 200_000, locked: true, held};
    expect(room(100, locked)).toMatchObject({bufferBytes: 131_072, safeBytes: 2920, usedBytes: 1000});
    // A page holds 3776 octets of text: 3776 in 4096 + 256 of memory, 1224 in 2048 + 256.
    const copied = room(100, locked, {waiting: 5000});
    expect(copied?.held.map(({end, bytes}) => [end, bytes])).toEqual([
      [9000 - 5000 + 3776, 4352],
      [9000, 2304],
      [9100, 1000],
    ]);
    expect(copied?.usedBytes).toBe(4352 + 2304 + 1000);
    expect(room(100, {...locked, held: [packet(9100, 131_000)]})).toBeUndefined();
    expect(room(72, {...locked, held: [packet(9100, 131_000)]})?.usedBytes).toBe(131_000);
  });
});

describe('the program has read (tcp_rcv_space_adjust)', () => {
  const packet = (end: number) => ({end: seq(end), bytes: 2304, roomBytes: 0});
  const read = (rttUs: number) => {
    // All up to 8500 is read, 500 octets wait.
    const tcb = receiving({waiting: 500});
    const pace = {...firstPace(tcb, 0), lastDataUs: 100};
    const memory = {
      ...{...memoryOf(20_000), rttUs, held: [8000, 8600, 9000].map(packet), usedBytes: 3 * 2304},
      ...{copied: seq(7000), readSeq: seq(5000), readUs: 0},
    };
    return readOn({...tcb, pace} as Connection, memory, settings);
  };

  test('packets that are wholly read give their memory back', () => {
    expect(read(0)).toMatchObject({usedBytes: 2 * 2304, copied: 8500, readSeq: 5000, readBytes: 14_600});
    expect(read(0).held.map(({end}) => end)).toEqual([8600, 9000]);
  });

  test('once a round trip it is measured how much that was', () => {
    expect(read(101)).toMatchObject({readSeq: 5000, readUs: 0});
    // The first packet of this reading ends at 8000.
    expect(read(100)).toMatchObject({readSeq: 8000, readUs: 100, bufferBytes: 131_072});
  });
});

describe('what is read in a round trip (tcp_rcv_space_adjust, tcp_rcvbuf_grow)', () => {
  const large = settingsFor('linux', {rcvMemoryMaxBytes: 6_291_456});
  test('the buffer holds twice of it, and twice what the sender grows by', () => {
    const grown = bufferGrown(receiving(), memoryOf(20_000), {read: 20_000, settings: large});
    // 40,000 · 5400 / 14,600 = 14,794; half of the memory is text.
    expect(grown).toMatchObject({bufferBytes: 139_176, clampBytes: 69_588, readBytes: 20_000});
    const most = bufferGrown(receiving(), memoryOf(20_000), {read: 200_000, settings});
    expect(most).toMatchObject({bufferBytes: 131_072, clampBytes: 65_536, readBytes: 200_000});
    const locked = {...memoryOf(20_000), locked: true};
    expect(bufferGrown(receiving(), locked, {read: 20_000, settings: large}).bufferBytes).toBe(131_072);
  });

  test('a round trip is what a whole window takes to come (tcp_rcv_rtt_measure)', () => {
    const first = roundTripByWindow(receiving(), memoryOf(20_000), 5);
    expect(first).toMatchObject({rttUs: 0, rttFrom: {seq: 29_000, us: 5}});
    const from = (at: number, rttUs: number) => ({...first, rttUs, rttFrom: {seq: seq(at), us: 5}});
    expect(roundTripByWindow(receiving(), from(9001, 0), 105).rttUs).toBe(0);
    expect(roundTripByWindow(receiving(), from(9000, 0), 105)).toMatchObject({
      rttUs: 100,
      rttFrom: {us: 105},
    });
    expect(roundTripByWindow(receiving(), from(9000, 90), 105).rttUs).toBe(90);
    expect(roundTripByWindow(receiving(), from(9000, 110), 105).rttUs).toBe(100);
    expect(roundTripByWindow(receiving(), from(9000, 0), 5).rttUs).toBe(1);
  });

  test('with timestamps each new echo of a full segment is a sample (tcp_rcv_rtt_measure_ts)', () => {
    const echoed = (rttUs: number, more = {}, at: Receiving = {}) =>
      roundTripByEcho(
        receiving(at),
        {...memoryOf(20_000), rttUs},
        {echo: 7, sampleUs: 800, lengthBytes: 1460, ...more},
      );
    expect(echoed(0)).toMatchObject({rttUs: 800, lastEcho: 7});
    expect(echoed(900).rttUs).toBe(800);
    expect(echoed(80).rttUs).toBe(170);
    expect(echoed(80, {}, {waiting: 1}).rttUs).toBe(80);
    expect(echoed(0, {lengthBytes: 1459})).toMatchObject({rttUs: 0, lastEcho: 7});
    expect(echoed(900, {echo: 0}).rttUs).toBe(900);
  });
});
