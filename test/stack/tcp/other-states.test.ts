// The order of the checks in the synchronised states. Oracles: RFC 9293 §3.10.7.4 (a SYN that is known), tcp_rcv_state_process and
// tcp_rcv_established of Linux 6.18 by hand: its fast path takes the text before the ACK, its slow path behind it.
import {describe, expect, test} from 'vitest';
import {ruleOf} from '../../../source/stack/reason.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {seq} from '../../../source/wire/seq.ts';
import {TcpFlag, type TcpOption} from '../../../source/wire/tcp.ts';
import {arrives, both, calls, established, none} from '../../helpers/tcp/one-host.ts';
import {A, AB, B, BA, rope, World} from '../../helpers/tcp/two-hosts.ts';

const {SYN, ACK, RST} = TcpFlag;
const ms = 1000;
const second = 1000 * ms;

describe('the SYN of before, in SYN-RECEIVED', () => {
  const again = (host: 'A' | 'B', duplicateSyn: TcpSettings['duplicateSyn']) => {
    const world = new World({settings: both('rfc', {duplicateSyn}), fate: none});
    if (host === 'A') calls(world, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
    else calls(world, 'B', {call: 'OPEN', mode: 'passive', local: B, read: 'auto'});
    const syn = {seq: host === 'A' ? 9000 : 1000, flags: SYN};
    arrives(world, host, syn);
    const connection = world.tcp[host].connections.get(host === 'A' ? AB : BA) ?? expect.fail();
    expect(connection.state).toBe('SYN-RECEIVED');
    const before = world.sent.length;
    world.nowUs = 300 * ms;
    arrives(world, host, syn);
    const {timers} = world.tcp[host].connections.get(connection.id) ?? expect.fail();
    const sent = world.sent
      .slice(before)
      .map(({segment}) => `${segment.flags} ${segment.seq} ${segment.ack}`);
    return [sent, timers.RTO !== connection.timers.RTO];
  };

  test.each([
    // Of a listener: SND.NXT and RCV.NXT, or the SYN,ACK once more.
    ['B', 'acknowledge', [`${ACK} 9001 1001`], false],
    ['B', 'repeat-syn-ack', [`${SYN | ACK} 9000 1001`], false],
    ['B', 'repeat-and-restart', [`${SYN | ACK} 9000 1001`], true],
    // Of one who opens at the same time: that it is known.
    ['A', 'acknowledge', [`${ACK} 1001 9001`], false],
    ['A', 'repeat-syn-ack', [`${ACK} 1001 9001`], false],
    ['A', 'repeat-and-restart', [`${ACK} 1001 9001`], false],
  ] as const)('%s, %s', (host, duplicateSyn, sent, restarts) => {
    expect(again(host, duplicateSyn)).toEqual([sent, restarts]);
  });
});

describe('what is lost goes again, with text that comes along', () => {
  const whole = 1460;
  const window = 60_000;
  /** Ten segments have left. */
  const flying = (): World => {
    const world = new World({settings: both('linux', {timestamps: false, tailLossProbe: false}), fate: none});
    calls(world, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
    world.nowUs = 100 * ms;
    const options: readonly TcpOption[] = [{kind: 'mss', mss: whole}, {kind: 'sackPermitted'}];
    arrives(world, 'A', {seq: 9000, ack: 1001, flags: SYN | ACK, options, window});
    calls(world, 'A', {call: 'SEND', connection: AB, data: rope(10 * whole)});
    world.nowUs = 200 * ms;
    return world;
  };
  const repeated = (world: World, from: number) =>
    world.sent.slice(from).flatMap(({segment}) => (segment.payload.length === whole ? segment : []))[0];

  test('not as usual, with SACK: before the text is taken', () => {
    const world = flying();
    const before = world.sent.length;
    const blocks = [{left: seq(1001 + whole), right: seq(1001 + 4 * whole)}];
    const options: readonly TcpOption[] = [{kind: 'sack', blocks}];
    arrives(world, 'A', {seq: 9001, ack: 1001, flags: ACK, data: 100, options, window});
    expect(repeated(world, before)).toMatchObject({seq: 1001, ack: 9001});
    // The text is acknowledged afterwards.
    expect(world.sent.at(-1)?.segment.ack).toBe(9101);
  });

  test('as usual: the text comes first', () => {
    const world = flying();
    world.nowUs = world.tcp.A.connections.get(AB)?.timers.RTO ?? Number.NaN;
    world.step('A', {kind: 'timeout', connection: AB, name: 'RTO'});
    world.nowUs += 100 * ms;
    const before = world.sent.length;
    arrives(world, 'A', {seq: 9001, ack: 1001 + whole, flags: ACK, data: 100, window});
    expect(repeated(world, before)).toMatchObject({seq: 1001 + whole, ack: 9101});
  });
});

test.each([
  [1448, 50 * ms],
  [80, 0],
])(
  'an echo on a segment of %i octets: a round trip of %i µs as the receiver sees it (tcp_rcv_rtt_measure_ts)',
  (data, rttUs) => {
    const world = new World({settings: both('linux', {timestamps: true}), fate: none});
    calls(world, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
    const stamps = (at: number): TcpOption => {
      const stamp = world.sent[at]?.segment.options.find(({kind}) => kind === 'timestamps');
      return stamp?.kind === 'timestamps' ? {kind: 'timestamps', val: 7, ecr: stamp.val} : expect.fail();
    };
    world.nowUs = 100 * ms;
    arrives(world, 'A', {
      ...{seq: 9000, ack: 1001, flags: SYN | ACK, window: 60_000},
      options: [{kind: 'mss', mss: 1460}, stamps(0)],
    });
    calls(world, 'A', {call: 'SEND', connection: AB, data: rope(10)});
    const options = [stamps(world.sent.length - 1)];
    world.nowUs = 150 * ms;
    arrives(world, 'A', {seq: 9001, ack: 1011, flags: ACK, options, data, window: 60_000});
    expect(world.tcp.A.connections.get(AB)?.memory?.rttUs).toBe(rttUs);
  },
);

describe.each(['rfc', 'linux'] as const)('%s: whoever is heard lives (RFC 9293 §3.8.4)', (base) => {
  const idle = (change: Partial<TcpSettings>): World =>
    established(base, 'auto', {keepAlive: true, keepAliveProbes: 2, timers: 'exact', ...change});
  /** How long it has waited, and how many probes leave then. */
  const due = (world: World): readonly number[] => {
    const dueUs = world.tcp.A.connections.get(AB)?.timers['keep-alive'] ?? expect.fail();
    const waitedUs = dueUs - world.nowUs;
    world.nowUs = dueUs;
    const before = world.sent.length;
    world.step('A', {kind: 'timeout', connection: AB, name: 'keep-alive'});
    return [waitedUs / second, world.sent.length - before];
  };
  const heard = (world: World, afterUs: number): void => {
    world.nowUs += afterUs;
    arrives(world, 'A', {seq: 9001, ack: 1001, flags: ACK});
  };

  test('the idle time begins with the last segment', () => {
    const world = idle({keepAliveIdleUs: 100 * second, keepAliveIntervalUs: 10 * second});
    heard(world, 60 * second);
    expect([due(world), due(world)]).toEqual([
      [40, 0],
      [60, 1],
    ]);
  });

  test('as many questions as ever behind an answer, however far apart they are', () => {
    const world = idle({keepAliveIdleUs: 10 * second, keepAliveIntervalUs: 20 * second});
    expect(due(world)).toEqual([10, 1]);
    heard(world, second);
    expect([due(world), due(world)]).toEqual([
      [19, 1],
      [20, 1],
    ]);
    expect(world.signals('A')).not.toContain('ETIMEDOUT');
    due(world);
    expect(world.signals('A')).toContain('ETIMEDOUT');
  });
});

test.each([
  [0, 0, ACK, []],
  [1, 0, ACK, ['A ACK 1001 9001 +0']],
  [1, 10, ACK, ['A ACK 1001 9001 +0']],
  [1, 0, RST, []],
])(
  '%i octets beyond the window of Linux, with %i octets, flags %i (RFC 9293 §3.10.7.4)',
  (beyond, data, flags, told) => {
    const world = established('linux');
    const {rcv} = world.tcp.A.connections.get(AB) ?? expect.fail();
    expect(arrives(world, 'A', {seq: 9001 + rcv.wnd + beyond, ack: 1001, flags, data})).toEqual(told);
    expect(world.tcp.A.connections.get(AB)).toMatchObject({state: 'ESTABLISHED', reassembly: []});
  },
);

test('text at the right edge waits unread no longer than that is empty (tcp_sequence)', () => {
  const world = established('linux', 'manual');
  arrives(world, 'A', {seq: 9001, ack: 1001, flags: ACK, data: 100});
  const {rcv} = world.tcp.A.connections.get(AB) ?? expect.fail();
  const before = world.effects('A').length;
  arrives(world, 'A', {seq: rcv.nxt + rcv.wnd + 1, ack: 1001, flags: ACK, data: 10});
  const why = world
    .effects('A')
    .slice(before)
    .flatMap((each) => (each.kind === 'send' ? ruleOf(each.because) : []));
  expect(why).toEqual(['9293:3.10.7.4/sequence/beyond']);
});
