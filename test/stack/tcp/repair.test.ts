// What one ACK means to a sender that finds losses by time. Oracles: RFC 6582 §3.2 (without SACK), RFC 3522 (an echo from before the
// repetition), RFC 3168 §6.1.2 (once a window); tcp_ack, tcp_fastretrans_alert, tcp_add_reno_sack, tcp_try_to_open and tcp_enter_cwr
// of Linux by hand; tcpi_delivered counts each segment once (tcp(7)).
import {describe, expect, test} from 'vitest';
import type {Connection} from '../../../source/stack/tcp/connection.ts';
import {seq} from '../../../source/wire/seq.ts';
import {TcpFlag, type TcpOption} from '../../../source/wire/tcp.ts';
import {arrives, both, calls, none} from '../../helpers/tcp/one-host.ts';
import {A, AB, B, rope, World} from '../../helpers/tcp/two-hosts.ts';

const {SYN, ACK, ECE} = TcpFlag;
const ms = 1000;
const whole = 1460;

type How = {
  readonly sack?: boolean;
  readonly ecn?: boolean;
  readonly stamps?: boolean;
  readonly count?: number;
  readonly probes?: boolean;
};

/** Ten segments have left after a round trip of 100 ms. */
class Sender {
  readonly world: World;
  readonly #stamps: boolean;

  constructor({sack = false, ecn = false, stamps = false, count = 10, probes = false}: How = {}) {
    const change = {timestamps: stamps, tailLossProbe: probes, ...(ecn ? {ecn: 'request'} : {})};
    this.world = new World({settings: both('linux', change), fate: none});
    this.#stamps = stamps;
    const {world} = this;
    calls(world, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
    world.nowUs = 100 * ms;
    const options: readonly TcpOption[] = [
      {kind: 'mss', mss: stamps ? whole + 12 : whole},
      ...(sack ? [{kind: 'sackPermitted'} as const] : []),
      ...this.#stampsOf(this.sentStamp(0)),
    ];
    arrives(world, 'A', {seq: 9000, ack: 1001, flags: SYN | ACK | (ecn ? ECE : 0), options, window: 60_000});
    this.hears(0);
    calls(world, 'A', {call: 'SEND', connection: AB, data: rope(count * whole)});
    world.nowUs = 200 * ms;
  }

  #stampsOf(ecr: number): readonly TcpOption[] {
    return this.#stamps ? [{kind: 'timestamps', val: 7, ecr}] : [];
  }

  /** The timestamp of what was sent at that place. */
  sentStamp(at: number): number {
    const stamp = this.world.sent.at(at)?.segment.options.find(({kind}) => kind === 'timestamps');
    return stamp?.kind === 'timestamps' ? stamp.val : 0;
  }

  get tcb(): Connection {
    return this.world.tcp.A.connections.get(AB) ?? expect.fail();
  }

  get sacked(): number {
    return this.tcb.flight.sacked;
  }

  /** All below segment `n` have come, those from `left` to `right` beyond a gap; which segments leave. */
  hears(n: number, {left = 0, right = 0, flags = 0, ecr = 0} = {}): readonly number[] {
    const blocks = [{left: seq(1001 + left * whole), right: seq(1001 + right * whole)}];
    const options = [...(right > left ? [{kind: 'sack', blocks} as const] : []), ...this.#stampsOf(ecr)];
    const before = this.world.sent.length;
    const ack = 1001 + n * whole;
    arrives(this.world, 'A', {seq: 9001, ack, flags: ACK | flags, options, window: 60_000});
    return this.world.sent.slice(before).map(({segment}) => (segment.seq - 1001) / whole);
  }
}

describe('delivered', () => {
  const delivered = (sender: Sender, steps: readonly (() => void)[]): readonly number[] => {
    const first = sender.tcb.rack.delivered;
    return steps.map((step) => {
      step();
      return sender.tcb.rack.delivered - first;
    });
  };

  test('with SACK: each when it is first told of', () => {
    const sender = new Sender({sack: true});
    const steps = [
      () => sender.hears(0),
      () => sender.hears(2),
      () => sender.hears(2, {left: 3, right: 4}),
      () => sender.hears(2, {left: 3, right: 6}),
      () => sender.hears(6),
      () => sender.hears(10),
      () => sender.hears(10),
    ];
    expect(delivered(sender, steps)).toEqual([0, 2, 3, 5, 6, 10, 10]);
  });

  test('without it each duplicate is one that has come, and the gap is one more', () => {
    const sender = new Sender();
    const steps = [0, 0, 4, 10].map((n) => () => sender.hears(n));
    // Two duplicates; then the missing one and one that no duplicate told of.
    expect(delivered(sender, steps)).toEqual([1, 2, 4, 10]);
  });
});

describe('in recovery, without SACK (RFC 6582 §3.2)', () => {
  const recovering = (): Sender => {
    const sender = new Sender();
    expect([sender.hears(0), sender.hears(0)].flat().filter((n) => n < 10)).toEqual([]);
    expect(sender.hears(0)).toContain(0);
    expect(sender.tcb.episode.state).toBe('recovery');
    return sender;
  };

  test('each further duplicate is a segment that has come', () => {
    const sender = recovering();
    expect(sender.sacked).toBe(3);
    sender.hears(0);
    expect(sender.sacked).toBe(4);
    sender.hears(0);
    expect(sender.sacked).toBe(5);
  });

  test('a partial ACK: the next that is missing goes at once, by its rule', () => {
    const sender = recovering();
    sender.world.nowUs += 100 * ms;
    const before = sender.world.effects('A').length;
    expect(sender.hears(5)[0]).toBe(5);
    const why = sender.world
      .effects('A')
      .slice(before)
      .flatMap((each) => (each.kind === 'send' ? each.because : []));
    expect(why[0]).toBe('6582:3.2/partial-ack');
    // Nothing that a full one left to do.
    sender.world.nowUs += 100 * ms;
    expect(sender.hears(10)).toEqual([]);
  });

  test('where there is SACK, a duplicate without a block tells of nothing', () => {
    const sender = new Sender({sack: true});
    sender.hears(0, {left: 1, right: 4});
    expect([sender.tcb.episode.state, sender.sacked]).toEqual(['recovery', 3]);
    sender.hears(0);
    expect(sender.sacked).toBe(3);
  });
});

test.each([
  ['from before', false],
  ['of the repetition', true],
])('a partial ACK that bears the stamp %s (RFC 3522 §3.2)', (_, repeated) => {
  const sender = new Sender({sack: true, stamps: true});
  const {cwnd, ssthresh} = sender.tcb;
  const first = sender.sentStamp(-1);
  expect(sender.hears(0, {left: 1, right: 8, ecr: first})).toContain(0);
  expect(sender.tcb.episode.state).toBe('recovery');
  expect(sender.tcb.ssthresh).toBeLessThan(ssthresh);
  sender.world.nowUs += 100 * ms;
  const ecr = repeated ? sender.sentStamp(-1) : first;
  expect(ecr - first).toBe(repeated ? 100 : 0);
  sender.hears(8, {ecr});
  expect(sender.tcb.episode.state).toBe(repeated ? 'recovery' : 'open');
  expect(sender.tcb.ssthresh === ssthresh).toBe(!repeated);
  expect(sender.tcb.cwnd >= cwnd).toBe(!repeated);
});

describe('an echo of congestion (RFC 3168 §6.1.2)', () => {
  test('the window falls once a window, and nothing brings it back', () => {
    const sender = new Sender({ecn: true, sack: true});
    expect(sender.tcb.ecnOn).toBe(true);
    const {cwnd} = sender.tcb;
    sender.hears(1, {flags: ECE});
    const {ssthresh} = sender.tcb;
    expect(sender.tcb.episode.state).toBe('cwr');
    expect(ssthresh).toBeLessThan(cwnd);
    expect(sender.tcb.undo).toMatchObject({marker: undefined, ssthresh: undefined});
    sender.hears(2, {flags: ECE});
    sender.hears(3, {flags: ECE});
    expect([sender.tcb.episode.state, sender.tcb.ssthresh]).toEqual(['cwr', ssthresh]);
    expect(sender.tcb.cwnd).toBeLessThan(cwnd);
  });

  test('without an echo nothing falls', () => {
    const sender = new Sender({ecn: true, sack: true});
    const {ssthresh} = sender.tcb;
    sender.hears(1);
    expect([sender.tcb.episode.state, sender.tcb.ssthresh]).toEqual(['open', ssthresh]);
  });
});

describe('after a time-out (RFC 5682 §3.1)', () => {
  const timedOut = (): Sender => {
    const sender = new Sender({sack: true});
    sender.world.nowUs = sender.tcb.timers.RTO ?? expect.fail();
    sender.world.step('A', {kind: 'timeout', connection: AB, name: 'RTO'});
    expect(sender.tcb.episode).toMatchObject({state: 'loss', doubted: true});
    return sender;
  };

  test('what was sent once has come: it was premature', () => {
    const {cwnd, ssthresh} = new Sender({sack: true}).tcb;
    const sender = timedOut();
    expect(sender.tcb.ssthresh).toBeLessThan(ssthresh);
    sender.hears(3);
    expect([sender.tcb.episode.state, sender.tcb.ssthresh, sender.tcb.flight.lost]).toEqual([
      'open',
      ssthresh,
      0,
    ]);
    expect(sender.tcb.cwnd).toBeGreaterThanOrEqual(cwnd);
    const sacked = timedOut();
    sacked.hears(0, {left: 4, right: 5});
    expect(sacked.tcb.ssthresh).toBe(ssthresh);
  });

  test('only the repetition has come: new data ask', () => {
    const sender = timedOut();
    const {ssthresh} = sender.tcb;
    sender.hears(1);
    expect([sender.tcb.episode.state, sender.tcb.ssthresh]).toEqual(['loss', ssthresh]);
  });
});

test('without SACK a time-out forgets what duplicates have told of (tcp_enter_loss)', () => {
  const sender = new Sender();
  sender.hears(0);
  sender.hears(0);
  expect(sender.sacked).toBe(2);
  sender.world.nowUs = sender.tcb.timers.RTO ?? expect.fail();
  sender.world.step('A', {kind: 'timeout', connection: AB, name: 'RTO'});
  expect([sender.sacked, sender.tcb.flight.lost]).toEqual([0, 10]);
});

test('an ACK with data is no duplicate, however little they are (RFC 5681 §2)', () => {
  const sender = new Sender();
  arrives(sender.world, 'A', {seq: 9001, ack: 1001, flags: ACK, data: 1, window: 60_000});
  expect(sender.sacked).toBe(0);
  // The first one from beyond it brings its window (tcp_may_update_window), the second nothing.
  const bare = {seq: 9002, ack: 1001, flags: ACK, window: 60_000};
  for (const sacked of [0, 1]) {
    arrives(sender.world, 'A', bare);
    expect(sender.sacked).toBe(sacked);
  }
});

describe('an ACK below SND.UNA (RFC 9293 §3.10.7.4)', () => {
  test('what it SACKs counts, and what that shows to be lost goes again; its time says nothing', () => {
    const sender = new Sender({sack: true});
    sender.hears(2);
    const {rack, srttUs} = sender.tcb;
    sender.world.nowUs += 50 * ms;
    expect(sender.hears(1, {left: 3, right: 6})[0]).toBe(2);
    expect([sender.tcb.episode.state, sender.sacked, sender.tcb.rack.delivered - rack.delivered]).toEqual([
      'recovery',
      3,
      3,
    ]);
    expect(sender.tcb.srttUs).toBe(srttUs);
  });

  test('without blocks it tells of nothing', () => {
    const sender = new Sender();
    sender.hears(2);
    sender.hears(1);
    expect([sender.sacked, sender.tcb.episode.state]).toEqual([0, 'open']);
  });

  test('nor of a window', () => {
    const sender = new Sender();
    sender.hears(2);
    const {wnd} = sender.tcb.snd;
    arrives(sender.world, 'A', {seq: 9002, ack: 1001 + whole, flags: ACK, data: 1, window: 30_000});
    expect(sender.tcb.snd.wnd).toBe(wnd);
    arrives(sender.world, 'A', {seq: 9002, ack: 1001 + 2 * whole, flags: ACK, data: 1, window: 30_000});
    expect(sender.tcb.snd.wnd).toBe(30_000);
  });
});

describe('with nothing in flight', () => {
  test('a duplicate tells of nothing', () => {
    const sender = new Sender();
    sender.hears(10);
    sender.hears(10);
    expect([sender.sacked, sender.tcb.rack.reordered, sender.tcb.rack.reorderings]).toEqual([0, false, 0]);
  });

  test('a report that the repetition was needless undoes what it cost (RFC 3708)', () => {
    const sender = new Sender({sack: true});
    const {ssthresh} = sender.tcb;
    expect(sender.hears(0, {left: 1, right: 8})).toContain(0);
    expect(sender.tcb.rack.repeats).toBe(1);
    sender.world.nowUs += 100 * ms;
    const out = sender.world.sent.slice(11).map(({segment}) => (segment.seq - 1001) / whole + 1);
    const end = Math.max(...out);
    sender.hears(end);
    expect(sender.tcb.retransmissionQueue.length).toBe(0);
    expect([sender.tcb.episode.state, sender.tcb.ssthresh < ssthresh]).toEqual(['open', true]);
    const {delivered} = sender.tcb.rack;
    sender.hears(end, {left: 0, right: 1});
    expect([sender.tcb.ssthresh, sender.tcb.rack.delivered - delivered]).toEqual([ssthresh, 1]);
  });
});

describe('a loss probe (RFC 8985 §7.4.2)', () => {
  /** Three segments have left, and the last once more. */
  const probed = (): Sender => {
    const sender = new Sender({sack: true, probes: true, count: 3});
    sender.world.nowUs = sender.tcb.timers.TLP ?? expect.fail();
    const before = sender.world.sent.length;
    sender.world.step('A', {kind: 'timeout', connection: AB, name: 'TLP'});
    expect(sender.world.sent.slice(before).map(({segment}) => (segment.seq - 1001) / whole)).toEqual([2]);
    expect(sender.tcb.probe).toMatchObject({again: true});
    return sender;
  };

  test('that came twice has repaired nothing', () => {
    const sender = probed();
    const {ssthresh} = sender.tcb;
    sender.hears(3, {left: 2, right: 3});
    expect([sender.tcb.probe, sender.tcb.ssthresh]).toEqual([undefined, ssthresh]);
    const later = probed();
    later.hears(3);
    expect(later.tcb.probe).toBeDefined();
    // Nothing is in flight when the report comes.
    later.hears(3, {left: 2, right: 3});
    expect([later.tcb.probe, later.tcb.ssthresh]).toEqual([undefined, ssthresh]);
  });

  test('of which no second copy is heard has repaired a loss', () => {
    const sender = probed();
    const {ssthresh} = sender.tcb;
    sender.hears(3);
    calls(sender.world, 'A', {call: 'SEND', connection: AB, data: rope(whole)});
    sender.world.nowUs += 100 * ms;
    sender.hears(4);
    expect(sender.tcb.probe).toBeUndefined();
    expect(sender.tcb.ssthresh).toBeLessThan(ssthresh);
    expect(sender.tcb.episode.state).toBe('open');
  });
});

test('a needless repetition widens the reordering window by a quarter (RFC 8985 §6.2 step 4)', () => {
  const sender = new Sender({sack: true});
  sender.hears(0, {left: 2, right: 3});
  sender.world.nowUs += ms;
  sender.hears(0, {left: 1, right: 3});
  expect(sender.tcb.rack).toMatchObject({reordered: true, quarters: 1});
  sender.world.nowUs = sender.tcb.timers.reordering ?? expect.fail();
  sender.world.step('A', {kind: 'timeout', connection: AB, name: 'reordering'});
  expect(sender.tcb.episode.state).toBe('recovery');
  sender.world.nowUs += ms;
  sender.hears(3, {left: 0, right: 1});
  expect(sender.tcb.rack.quarters).toBe(2);
});
