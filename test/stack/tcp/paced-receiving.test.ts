// What Linux acknowledges, and when. Oracle: __tcp_ack_snd_check of Linux 6.18 by hand: without SACK each at once; with SACK
// three for the same number at once, from then on they wait for company, a third of the round trip that the receiver has measured (so
// far: none) and 100 µs (tcp_comp_sack_rtt_percent, tcp_comp_sack_slack_ns), and no more than 44 of them (tcp_comp_sack_nr).
// RFC 9293 §3.10.7.4: an ACK at once for what closes the gap. tcp_incr_quickack: the first sixteen segments each at once;
// tcp_event_data_sent: a program that answers takes the ACKs along, after 40 ms at most (TCP_ATO_MIN); tcp_send_dupack: until old text
// comes, which says that ACKs were lost.

import {describe, expect, test} from 'vitest';
import {ruleOf} from '../../../source/stack/reason.ts';
import {TcpFlag, type TcpOption} from '../../../source/wire/tcp.ts';
import {arrives, both, calls, none} from '../../helpers/tcp/one-host.ts';
import {A, AB, B, rope, World} from '../../helpers/tcp/two-hosts.ts';

const {SYN, ACK} = TcpFlag;
const size = 1000;

/** Established after 100 ms; nothing has come. */
const opened = (sack: boolean, more = {}, read: 'auto' | 'manual' = 'auto'): World => {
  const world = new World({settings: both('linux', {timestamps: false, ...more}), fate: none});
  calls(world, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read});
  world.nowUs = 100_000;
  const options: readonly TcpOption[] = [{kind: 'mss', mss: 1460}];
  arrives(world, 'A', {
    ...{seq: 9000, ack: 1001, flags: SYN | ACK, window: 60_000},
    options: sack ? [...options, {kind: 'sackPermitted'}] : options,
  });
  return world;
};

/** Segment `n` of the stream comes; how many segments leave by it. */
const comes = (world: World, n: number): number => {
  const before = world.sent.length;
  arrives(world, 'A', {seq: 9001 + n * size, ack: 1001, flags: ACK, data: size, window: 60_000});
  return world.sent.length - before;
};
const due = (world: World) => world.tcp.A.connections.get(AB)?.timers['delayed-ACK'];

test('without SACK each is acknowledged at once', () => {
  const world = opened(false);
  expect([1, 2, 3, 4, 5, 6].map((n) => comes(world, n))).toEqual([1, 1, 1, 1, 1, 1]);
  expect(due(world)).toBeUndefined();
});

test('with SACK three at once; the others wait for company', () => {
  const world = opened(true);
  expect([1, 2, 3].map((n) => comes(world, n))).toEqual([1, 1, 1]);
  expect(due(world)).toBeUndefined();
  expect([4, 5, 6].map((n) => comes(world, n))).toEqual([0, 0, 0]);
  const dueUs = due(world) ?? expect.fail();
  expect(dueUs - world.nowUs).toBe(100);
  world.nowUs = dueUs;
  world.step('A', {kind: 'timeout', connection: AB, name: 'delayed-ACK'});
  const {segment} = world.sent.at(-1) ?? expect.fail();
  expect(segment.ack).toBe(9001);
  expect(segment.options.find(({kind}) => kind === 'sack')).toEqual({
    kind: 'sack',
    blocks: [{left: 9001 + size, right: 9001 + 7 * size}],
  });
});

test('44 wait, no more', () => {
  const world = opened(true);
  const left = Array.from({length: 50}, (_, n) => comes(world, n + 1));
  expect(left.slice(0, 3)).toEqual([1, 1, 1]);
  expect(left.slice(3, 47).every((sent) => sent === 0)).toBe(true);
  expect(left[47]).toBe(1);
});

test('what closes the gap is acknowledged with all behind it', () => {
  for (const sack of [true, false]) {
    const world = opened(sack);
    for (const n of [1, 2]) comes(world, n);
    expect(comes(world, 0)).toBe(1);
    expect(world.sent.at(-1)?.segment.ack).toBe(9001 + 3 * size);
  }
});

describe('in order', () => {
  /** A buffer that does not grow: no ACK tells of that. */
  const steady = (): World => opened(true, {rcvMemoryBytes: 'off'});
  const full = (world: World, n: number): number => {
    const before = world.sent.length;
    world.nowUs += 1000;
    arrives(world, 'A', {seq: 9001 + n * 1460, ack: 1001, flags: ACK, data: 1460, window: 60_000});
    return world.sent.length - before;
  };

  test('sixteen at once, then every second full segment', () => {
    const world = steady();
    const left = Array.from({length: 26}, (_, n) => full(world, n));
    expect(left.slice(0, 16).every((sent) => sent === 1)).toBe(true);
    expect(left.slice(16)).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);
    // Before the program reads, which would be worth one, too (__tcp_ack_snd_check, tcp_cleanup_rbuf).
    const why = world.effects('A').flatMap((each) => (each.kind === 'send' ? ruleOf(each.because) : []));
    expect(new Set(why.slice(-21, -5))).toEqual(new Set(['linux:quick-ack/now']));
    expect(new Set(why.slice(-5))).toEqual(new Set(['9293:3.8.6.3/delayed-ack/second-segment']));
  });

  /** 100 octets have come and are answered with as many. */
  const conversing = (): World => {
    const world = steady();
    arrives(world, 'A', {seq: 9001, ack: 1001, flags: ACK, data: 100, window: 60_000});
    world.nowUs += 1000;
    calls(world, 'A', {call: 'SEND', connection: AB, data: rope(100)});
    world.nowUs += 100_000;
    return world;
  };
  const next = (world: World, from: number): number => {
    const before = world.sent.length;
    arrives(world, 'A', {seq: 9001 + from, ack: 1101, flags: ACK, data: 100, window: 60_000});
    return world.sent.length - before;
  };

  test('a program that answers takes the ACK along, 40 ms later at most', () => {
    const world = conversing();
    expect(next(world, 100)).toBe(0);
    expect((due(world) ?? 0) - world.nowUs).toBe(40_000);
    const wait = world.effects('A').findLast((each) => each.kind === 'timer' && each.op === 'arm');
    expect(wait?.because).toBe('linux:ping-pong/wait');
  });

  test.each([
    ['told of', 0],
    ['not told of yet', 100],
  ])('old text, %s: an ACK at once, and for what follows', (_, from) => {
    const world = conversing();
    expect(next(world, 100)).toBe(0);
    expect(next(world, from)).toBe(1);
    const {segment} = world.sent.at(-1) ?? expect.fail();
    expect(segment.ack).toBe(9201);
    // RFC 2883 §4: the first block says what came twice.
    expect(segment.options.find(({kind}) => kind === 'sack')).toEqual({
      kind: 'sack',
      blocks: [{left: 9001 + from, right: 9101 + from}],
    });
    expect([next(world, 200), next(world, 300)]).toEqual([1, 1]);
  });
});

describe('text beyond a gap, and the memory (tcp_data_queue_ofo)', () => {
  const memoryOf = (world: World) => world.tcp.A.connections.get(AB)?.memory ?? expect.fail();
  const memory = {rcvMemoryBytes: 131_072};

  test.each([
    // With SACK the window may grow by twice the text that wastes memory (tcp_grow_window).
    [true, 2 * size],
    [false, 0],
  ])('SACK %s: it is safe to offer %i more', (sack, more) => {
    const world = opened(sack, memory);
    // The buffer grows, so there is room.
    comes(world, 59);
    const before = memoryOf(world).safeBytes;
    comes(world, 50);
    expect(memoryOf(world).safeBytes - before).toBe(more);
    expect(memoryOf(world).held).toHaveLength(2);
  });

  // advmss is less by the option (tcp_rcv_synsent_state_process): 1460 - 12.
  test('text that wastes none lets it grow by two segments of this end’s own, less their timestamps (tcp_grow_window)', () => {
    const world = new World({settings: both('linux', {timestamps: true, ...memory}), fate: none});
    calls(world, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
    const asked = world.sent[0]?.segment.options.find(({kind}) => kind === 'timestamps');
    const ecr = asked?.kind === 'timestamps' ? asked.val : expect.fail();
    const stamped: readonly TcpOption[] = [{kind: 'timestamps', val: 7, ecr}];
    const options: readonly TcpOption[] = [
      ...([{kind: 'mss', mss: 1460}, {kind: 'sackPermitted'}, {kind: 'windowScale', shift: 7}] as const),
      ...stamped,
    ];
    arrives(world, 'A', {seq: 9000, ack: 1001, flags: SYN | ACK, window: 60_000, options});
    const comesStamped = (at: number, data: number) =>
      arrives(world, 'A', {seq: 9001 + at, ack: 1001, flags: ACK, data, window: 60_000, options: stamped});
    // The buffer grows, so there is room.
    comesStamped(59_000, 1400);
    const before = memoryOf(world).safeBytes;
    comesStamped(50_000, 1400);
    expect(memoryOf(world).safeBytes - before).toBe(2 * 1448);
  });

  test('the buffer grows to twice a round trip’s reading and what stands beyond: half of it is text (tcp_rcvbuf_grow)', () => {
    const world = opened(true, memory);
    expect(memoryOf(world).readBytes).toBe(14_600);
    // 2 × (29,200 + 36,000) is less than there is.
    comes(world, 35);
    expect(memoryOf(world).bufferBytes).toBe(131_072);
    comes(world, 59);
    expect(memoryOf(world).bufferBytes).toBe(2 * (29_200 + 60_000));
  });
});

describe('who reads (tcp_cleanup_rbuf, tcp_rcv_space_adjust)', () => {
  /** 80 octets, too short for a full segment, have come and have been answered; then 80, and 80 again: whether an ACK leaves for each. */
  const acknowledges = (read: 'auto' | 'manual', receives: boolean): readonly number[] => {
    const world = opened(false, {rcvMemoryBytes: 'off'}, read);
    const receive = () => {
      if (receives) calls(world, 'A', {call: 'RECEIVE', connection: AB, maxBytes: 1000});
    };
    const comesNext = (at: number, ack: number): number => {
      receive();
      const before = world.sent.length;
      arrives(world, 'A', {seq: 9001 + at, ack, flags: ACK, data: 80, window: 60_000});
      return world.sent.length - before;
    };
    comesNext(0, 1001);
    world.nowUs += 1000;
    calls(world, 'A', {call: 'SEND', connection: AB, data: rope(100)});
    world.nowUs += 100_000;
    return [comesNext(80, 1101), comesNext(160, 1101)];
  };

  test('two short segments that a program reads at once are acknowledged, not those that wait', () => {
    expect(acknowledges('auto', false)).toEqual([0, 1]);
    expect(acknowledges('manual', true)).toEqual([0, 1]);
    expect(acknowledges('manual', false)).toEqual([0, 0]);
  });

  test.each([
    ['auto', 400_000],
    ['manual', 100_000],
  ] as const)('%s: what a round trip brings is measured when the program reads', (read, readUs) => {
    const world = opened(false, {}, read);
    const memory = () => world.tcp.A.connections.get(AB)?.memory ?? expect.fail();
    // A window that has come is a round trip (tcp_rcv_rtt_measure).
    for (let n = 0; memory().rttUs === 0 && n < 60; n++) {
      world.nowUs += 1000;
      arrives(world, 'A', {seq: 9001 + n * 1460, ack: 1001, flags: ACK, data: 1460, window: 60_000});
    }
    expect(memory().rttUs).toBeGreaterThan(0);
    const {nxt} = world.tcp.A.connections.get(AB)?.rcv ?? expect.fail();
    world.nowUs = 400_000;
    arrives(world, 'A', {seq: nxt, ack: 1001, flags: ACK, data: 1460, window: 60_000});
    expect(memory().readUs).toBe(readUs);
  });
});

test('where it is known when it acknowledged, that is when it does, with the reason that the count gives', () => {
  const acknowledging = [100, 300, 600].map((octets) => ({octets, waitUs: 0}));
  const world = opened(true, {acknowledging, delayedAckUs: 40_000});
  const brings = Array.from({length: 6}, (_, n) => {
    const before = world.effects('A').length;
    arrives(world, 'A', {seq: 9001 + 100 * n, ack: 1001, flags: ACK, data: 100, window: 60_000});
    const effects = world.effects('A').slice(before);
    const waits = due(world) === undefined ? '' : `until ${(due(world) ?? 0) - world.nowUs}`;
    return effects.flatMap((each) => (each.kind === 'send' ? [ruleOf(each.because)] : []))[0] ?? waits;
  });
  const wait = 'until 40000';
  const [one, two] = ['9293:3.10.7.4/text/in-order', '9293:3.8.6.3/delayed-ack/second-segment'];
  expect(brings).toEqual([one, wait, two, wait, wait, '9293:3.8.6.3/delayed-ack/together']);
});
