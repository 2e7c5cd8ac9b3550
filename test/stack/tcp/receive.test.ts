// What a receiver tells: windows, D-SACK, when it acknowledges. Oracles: the examples of RFC 2883 §4, RFC 9293 §3.8.6.2.2 and §3.8.6.3,
// FreeBSD's arithmetic (45 · 1460 = 65700).
import {describe, expect, test} from 'vitest';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {TcpFlag, type TcpOption} from '../../../source/wire/tcp.ts';
import {arrives, calls, none, told} from '../../helpers/tcp/one-host.ts';
import {plain} from '../../helpers/tcp/plain.ts';
import {A, AB, B, BA, rope, World} from '../../helpers/tcp/two-hosts.ts';

const {FIN, SYN, ACK, RST} = TcpFlag;
const {rfc, freebsd} = profiles;
const sackOk: readonly TcpOption[] = [{kind: 'mss', mss: 1460}, {kind: 'sackPermitted'}];

/** A in ESTABLISHED, RCV.NXT 9001, reading when told to. */
const reader = (settings: TcpSettings, options = sackOk, read: 'auto' | 'manual' = 'manual'): World => {
  const world = new World({settings: {A: settings, B: settings}, fate: none});
  calls(world, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read});
  arrives(world, 'A', {seq: 9000, ack: 1001, flags: SYN | ACK, options});
  return world;
};

const text = (world: World, from: number, to: number) =>
  arrives(world, 'A', {seq: 9000 + from, ack: 1001, flags: ACK, data: to - from});

const last = (world: World) => {
  const segment = world.sent.at(-1)?.segment;
  const sack = segment?.options.find(({kind}) => kind === 'sack');
  const blocks =
    sack?.kind === 'sack' ? sack.blocks.map(({left, right}) => `${left - 9000}:${right - 9000}`) : [];
  return `ack ${(segment?.ack ?? 0) - 9000}${blocks.length > 0 ? ` sack ${blocks.join(' ')}` : ''}`;
};

const receive = (world: World, maxBytes: number) =>
  calls(world, 'A', {call: 'RECEIVE', connection: AB, maxBytes});

describe('D-SACK (RFC 2883 §4)', () => {
  const acks = (world: World, ...segments: readonly (readonly [number, number])[]) =>
    segments.map(([from, to]) => {
      text(world, from, to);
      return last(world);
    });

  test('§4.1.1: a full duplicate', () => {
    const world = reader(plain);
    expect(acks(world, [1, 501], [501, 1001], [1001, 1501], [501, 1001], [1501, 2001])).toEqual([
      'ack 501',
      'ack 1001',
      'ack 1501',
      'ack 1501 sack 501:1001',
      'ack 2001',
    ]);
  });

  test('§4.1.2: an ACK with two blocks, of which the first is the duplicate', () => {
    const world = reader(plain);
    expect(acks(world, [1, 501], [1001, 1501], [1001, 1501], [1, 501])).toEqual([
      'ack 501',
      'ack 501 sack 1001:1501',
      'ack 501 sack 1001:1501 1001:1501',
      'ack 501 sack 1:501 1001:1501',
    ]);
  });

  test('§4.2: a partial duplicate reports its part, below RCV.NXT or beyond a gap', () => {
    const below = reader(plain);
    expect(acks(below, [1, 1001], [501, 1501])).toEqual(['ack 1001', 'ack 1501 sack 501:1001']);
    const beyond = reader(plain);
    expect(acks(beyond, [1001, 1501], [501, 1201])).toEqual([
      'ack 1 sack 1001:1501',
      'ack 1 sack 1001:1201 501:1501',
    ]);
  });

  test('§4.2.2: of several duplicate parts the first', () => {
    const world = reader(plain);
    expect(acks(world, [501, 1001], [1501, 2001], [1, 2001])).toEqual([
      'ack 1 sack 501:1001',
      'ack 1 sack 1501:2001 501:1001',
      'ack 2001 sack 501:1001',
    ]);
  });

  test('by setting, and only where SACK is agreed on', () => {
    expect(acks(reader({...plain, dsack: false}), [1, 501], [1, 501])).toEqual(['ack 501', 'ack 501']);
    expect(acks(reader(plain, [{kind: 'mss', mss: 1460}]), [1, 501], [1, 501])).toEqual([
      'ack 501',
      'ack 501',
    ]);
  });

  test('four blocks in all, three beside timestamps', () => {
    const holes = [
      [101, 151],
      [201, 251],
      [301, 351],
      [401, 451],
      [201, 251],
    ] as const;
    expect(acks(reader(plain), ...holes).at(-1)).toBe('ack 1 sack 201:251 201:251 401:451 301:351');
    const world = reader({...plain, timestamps: true, tolerateMissingTimestamps: true}, [
      ...sackOk,
      {kind: 'timestamps', val: 1, ecr: 0},
    ]);
    expect(acks(world, ...holes).at(-1)).toBe('ack 1 sack 201:251 201:251 401:451');
  });
});

describe('windows', () => {
  const windows = (world: World, ...sizes: readonly number[]) => {
    let at = 1;
    return sizes.map((size) => {
      text(world, at, at + size);
      at += size;
      return world.sent.at(-1)?.segment.window;
    });
  };

  test('freebsd: whole segments, what is unread taken off, 65535 at most', () => {
    const settings = {...freebsd, delayedAckUs: 0};
    // 65700 − 99, − 499, − 799.
    expect(windows(reader(settings), 99, 400, 300)).toEqual([65_535, 65_201, 64_901]);
    const beyondGap = reader(settings);
    text(beyondGap, 1001, 2001);
    expect(beyondGap.sent.at(-1)?.segment.window).toBe(65_535);
    const scaled = reader(settings, [...sackOk, {kind: 'windowScale', shift: 7}]);
    expect(scaled.sent.at(-1)?.segment.window).toBe(Math.ceil(65_700 / 64));
  });

  test('freebsd takes what the buffer has room for, not what was told', () => {
    const takes = (at: number) => {
      const world = reader(freebsd, sackOk, 'auto');
      return arrives(world, 'A', {seq: 9001 + at, flags: RST}).length > 0;
    };
    // A challenge ACK inside, silence outside.
    expect([takes(65_699), takes(65_700)]).toEqual([true, false]);
    const ended = reader(freebsd, sackOk, 'auto');
    arrives(ended, 'A', {seq: 9001, ack: 1001, flags: FIN | ACK});
    expect(arrives(ended, 'A', {seq: 9002 + 65_699, flags: RST}).length).toBe(1);
    expect(arrives(ended, 'A', {seq: 9002 + 65_700, flags: RST})).toEqual([]);
  });

  test('a reader tells the peer when it is worth a segment', () => {
    const told = (settings: TcpSettings, unread: number, read: number) => {
      const world = reader(settings);
      text(world, 1, 1 + unread);
      const before = world.sent.length;
      receive(world, read);
      return world.sent.length > before;
    };
    const quick = {...freebsd, delayedAckUs: 0};
    expect([told(quick, 799, 799), told(quick, 32_199, 32_199)]).toEqual([false, true]);
    // Two segments, but less than a quarter of the buffer.
    expect(told(quick, 30_000, 5000)).toBe(false);
    expect([told(rfc, 20_000, 2900), told(rfc, 20_000, 2920)]).toEqual([false, true]);
    expect(told({...rfc, rcvBufferBytes: 1000}, 1000, 499)).toBe(false);
    expect(told({...rfc, rcvBufferBytes: 1000}, 1000, 500)).toBe(true);
  });

  test('the right edge never moves left, whoever reads and whatever comes', () => {
    for (const settings of [plain, rfc, freebsd, {...rfc, rcvBufferBytes: 3000}]) {
      const world = reader(settings, [...sackOk, {kind: 'windowScale', shift: 7}]);
      let at = 1;
      let edge = 0;
      for (let n = 1; n < 200; n += 1) {
        const size = (n * 37) % 400;
        text(world, at, at + size);
        at = (world.tcp.A.connections.get(AB)?.rcv.nxt ?? 9000) - 9000;
        if (n % 7 === 0) receive(world, 1 + ((n * 61) % 700));
        const {ack = 0, window = 0} = world.sent.at(-1)?.segment ?? {};
        const next = ack + window * 2 ** (world.tcp.A.connections.get(AB)?.scale.rcv ?? 0);
        expect(next).toBeGreaterThanOrEqual(edge);
        edge = next;
      }
    }
  });

  // RFC 9293 §3.8.6.2.2: while unread data wait, the edge stays; §3.4: a FIN takes a number of the window as an octet does.
  test.each([
    ['a window with room', 1400],
    ['less than a segment', 2000],
    ['a single octet', 2999],
    ['a closed one', 3000],
  ])('nor does a FIN move it: %s', (_, unread) => {
    const world = reader({...rfc, rcvBufferBytes: 3000});
    text(world, 1, 1 + unread);
    arrives(world, 'A', {seq: 9001 + unread, ack: 1001, flags: FIN | ACK});
    const {ack = 0, window = 0} = world.sent.at(-1)?.segment ?? {};
    expect(ack - 9001 + window).toBe(3000);
  });
});

test('a RECEIVE for the whole (MSG_WAITALL) takes what comes until it has all', () => {
  const world = reader(plain);
  calls(world, 'A', {call: 'RECEIVE', connection: AB, maxBytes: 2000, whole: true});
  for (const [from, to] of [
    [1, 1001],
    [1001, 1501],
    [1501, 2501],
  ] as const)
    text(world, from, to);
  expect(world.delivered('A').length).toBe(2000);
  receive(world, 1460);
  expect(world.delivered('A').length).toBe(2500);
});

test('an update where the window at least doubles and was at most half the buffer (Linux, tcp_cleanup_rbuf)', () => {
  const world = reader({...plain, rcvBufferBytes: 8000, windowScale: 0, windowUpdate: 'doubled'});
  const updates = (maxBytes: number): readonly number[] =>
    receive(world, maxBytes)
      .flatMap(() => [world.sent.at(-1)?.segment.window ?? 0])
      .slice(0, 1);
  for (let from = 1; from < 6001; from += 1000) text(world, from, from + 1000);
  const before = world.sent.length;
  updates(1500);
  expect(world.sent.length).toBe(before);
  updates(500);
  expect(world.sent.length).toBe(before + 1);
  expect(world.sent.at(-1)?.segment.window).toBe(4000);
  updates(2000);
  expect(world.sent.length).toBe(before + 1);
});

describe('delayed ACK', () => {
  const acked = (settings: TcpSettings, ...segments: readonly (readonly [number, number])[]) => {
    const world = reader(settings, sackOk, 'auto');
    return segments.map(([from, to]) => text(world, from, to).filter((each) => each.startsWith('A ')).length);
  };

  test('every second full segment, or every second segment of any size', () => {
    const delayed = {...plain, delayedAckUs: 40_000};
    expect(acked(delayed, [1, 11], [11, 21], [21, 31], [31, 41])).toEqual([0, 0, 0, 0]);
    expect(acked(delayed, [1, 1461], [1461, 2921], [2921, 4381])).toEqual([0, 1, 0]);
    expect(acked(freebsd, [1, 11], [11, 21], [21, 31], [31, 41])).toEqual([0, 1, 0, 1]);
  });

  test('at once: a gap, what fills it, a repeat, an overlap', () => {
    for (const settings of [{...plain, delayedAckUs: 40_000}, freebsd]) {
      expect(acked(settings, [11, 21])).toEqual([1]);
      expect(acked(settings, [11, 21], [1, 11])).toEqual([1, 1]);
      expect(acked(settings, [11, 21], [1, 6])).toEqual([1, 1]);
      expect(acked(settings, [1, 11], [1, 11])).toEqual([0, 1]);
      expect(acked(settings, [1, 11], [6, 16])).toEqual([0, 1]);
    }
  });

  test('where it is known when it acknowledged: then, whatever came, and again after a wait', () => {
    const acknowledging = [
      {octets: 5840, waitUs: 0},
      {octets: 5850, waitUs: 25_000},
    ];
    const known = {...plain, delayedAckUs: 100_000, acknowledging};
    const world = reader(known, sackOk, 'auto');
    const ends = [1, 1461, 2921, 4381, 5841, 5851];
    const acks = ends.slice(1).map((to, n) => {
      text(world, ends[n] ?? 0, to);
      return last(world);
    });
    expect(acks).toEqual(['ack 1', 'ack 1', 'ack 1', 'ack 5841', 'ack 5841']);
    const atUs = world.nowUs;
    world.run();
    expect([last(world), (world.sent.at(-1)?.atUs ?? 0) - atUs]).toEqual(['ack 5851', 25_000]);
  });

  test('a FIN: at once by freebsd; else it may ride on the own FIN', () => {
    const answers = (settings: TcpSettings) =>
      arrives(reader(settings, sackOk, 'auto'), 'A', {seq: 9001, ack: 1001, flags: FIN | ACK}).filter(
        (each) => each.startsWith('A '),
      );
    expect(answers(freebsd)).toEqual(['A ACK 1001 9002 +0']);
    expect(answers({...plain, delayedAckUs: 40_000})).toEqual([]);
  });
});

test('two hosts of any two profiles: the stream arrives whole, read in bites', () => {
  for (const from of [plain, rfc, freebsd]) {
    for (const to of [plain, rfc, freebsd, {...rfc, rcvBufferBytes: 3000}]) {
      const world = new World({
        settings: {A: from, B: to},
        app: (w, host, effect) => {
          if (
            host === 'B' &&
            (effect.kind === 'deliver' || (effect.kind === 'signal' && effect.signal === 'accepted'))
          )
            w.call(w.nowUs + 5000, 'B', {call: 'RECEIVE', connection: BA, maxBytes: 1200});
        },
      });
      world.call(0, 'B', {call: 'OPEN', mode: 'passive', local: B, read: 'manual'});
      world.call(0, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
      world.call(1_000_000, 'A', {call: 'SEND', connection: AB, data: rope(60_000, 5)});
      world.run({untilUs: 600_000_000});
      expect(world.delivered('B').length).toBe(60_000);
    }
  }
});

// RFC 9293 §3.10.4: data that came before the FIN, and the end of them, are the program's, however late it reads.
test('a reader slower than the close gets the rest and end of file before it hears that all is over', () => {
  const world = reader(plain);
  calls(world, 'A', {call: 'CLOSE', connection: AB, reader: 'stays'});
  text(world, 1, 101);
  arrives(world, 'A', {seq: 9101, ack: 1002, flags: FIN | ACK});
  const tcb = world.tcp.A.connections.get(AB);
  expect(tcb?.state).toBe('TIME-WAIT');
  world.nowUs = tcb?.timers['2MSL'] ?? 0;
  const effects = world.step('A', {kind: 'timeout', connection: AB, name: '2MSL'});
  expect(told('A', effects)).toEqual(['deliver 100', 'eof', 'closed', 'TIME-WAIT > CLOSED']);
});

test('one that has read end of file does not get it twice', () => {
  const world = reader(plain);
  calls(world, 'A', {call: 'CLOSE', connection: AB, reader: 'stays'});
  arrives(world, 'A', {seq: 9001, ack: 1002, flags: FIN | ACK});
  expect(receive(world, 10)).toEqual(['eof']);
  world.nowUs = world.tcp.A.connections.get(AB)?.timers['2MSL'] ?? 0;
  const effects = world.step('A', {kind: 'timeout', connection: AB, name: '2MSL'});
  expect(told('A', effects)).toEqual(['closed', 'TIME-WAIT > CLOSED']);
});

// RFC 9293 §3.10.7.4 takes segments in the order of their numbers, the eighth check ends the text; Linux's tcp_fin purges what it has of
// numbers behind the FIN. Somebody on the path has set the flag.
describe('what lies beyond a FIN does not count, whichever comes first', () => {
  const orders = {
    'the FIN fills the gap': {order: ['behind', 'fin'], systems: [rfc, freebsd, profiles.linux]},
    // Linux resets the connection in this case; synchronised.test.ts checks that.
    'the FIN comes first': {order: ['fin', 'behind'], systems: [rfc, freebsd]},
  } as const;
  const arrive = {
    fin: (world: World) => arrives(world, 'A', {seq: 9001, ack: 1001, flags: FIN | ACK, data: 100}),
    behind: (world: World) => text(world, 101, 301),
  };
  test.each(Object.entries(orders))('%s', (_, {order, systems}) => {
    for (const settings of systems) {
      const world = reader(settings, sackOk, 'auto');
      const effects = order.flatMap((which) => arrive[which](world));
      expect(effects).toEqual(expect.arrayContaining(['deliver 100', 'eof', 'ESTABLISHED > CLOSE-WAIT']));
      expect(world.tcp.A.connections.get(AB)?.rcv.nxt).toBe(9102);
      expect(world.tcp.A.connections.get(AB)?.reassembly).toEqual([]);
    }
  });

  test('of two the lower counts', () => {
    const world = reader(rfc, sackOk, 'auto');
    arrives(world, 'A', {seq: 9101, ack: 1001, flags: FIN | ACK, data: 100});
    arrives(world, 'A', {seq: 9201, ack: 1001, flags: FIN | ACK, data: 100});
    expect(text(world, 1, 101)).toEqual(expect.arrayContaining(['deliver 200', 'eof']));
    expect(world.tcp.A.connections.get(AB)?.rcv.nxt).toBe(9202);
  });
});

test('where memory counts, a program that always reads keeps the window open', () => {
  const world = reader(profiles.linux, sackOk, 'auto');
  for (let from = 1; from < 400_000; from += 1460) text(world, from, from + 1460);
  expect(last(world)).toBe('ack 400041');
  expect(world.sent.at(-1)?.segment.window).toBeGreaterThan(60_000);
});
