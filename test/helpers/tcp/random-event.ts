// Any event at all for a host: segments near and far from what its connections expect, calls, time-outs.
import type {TcpCall, TcpEvent, TimerName} from '../../../source/stack/tcp/effect.ts';
import {emptyRope} from '../../../source/wire/rope.ts';
import {type Seq, seq, seqAdd} from '../../../source/wire/seq.ts';
import {TcpFlag, type TcpOption, type TcpSegment} from '../../../source/wire/tcp.ts';
import type {Chance} from './chance.ts';
import {A, AB, B, BA, type HostName, IP, LISTENER, other, rope, type World} from './two-hosts.ts';

const {FIN, SYN, RST, PSH, ACK} = TcpFlag;
const FLAGS = [
  ACK,
  ACK,
  ACK,
  ACK | PSH,
  FIN | ACK,
  RST,
  RST | ACK,
  SYN,
  SYN | ACK,
  FIN,
  0,
  SYN | FIN,
  ACK | TcpFlag.URG,
  0xff,
];
const TIMERS: readonly TimerName[] = [
  'RTO',
  'delayed-ACK',
  '2MSL',
  'FIN-WAIT-2',
  'persist',
  'connect',
  'keep-alive',
  'user',
];

const pick = <T>(random: Chance, list: readonly T[], otherwise: T): T =>
  list[random.below(list.length)] ?? otherwise;

export function randomEvent(world: World, host: HostName, random: Chance): TcpEvent {
  const kind = random.below(11);
  if (kind < 7) {
    const segment = randomSegment(world, host, random);
    return {kind: 'segment', src: IP[other(host)], dst: IP[host], segment};
  }
  if (kind === 10) return randomError(world, host, random);
  const connection = pick(random, [host === 'A' ? AB : BA, LISTENER, 'nonsense'], AB);
  if (kind === 7) return {kind: 'timeout', connection, name: pick(random, TIMERS, 'RTO')};
  return {kind: 'call', call: randomCall(host, connection, random)};
}

function randomSegment(world: World, host: HostName, random: Chance): TcpSegment {
  const [local, remote] = host === 'A' ? [A, B] : [B, A];
  const tcb = world.tcp[host].connections.get(host === 'A' ? AB : BA);
  const stray = random.below(12) === 0 ? 1 : 0;
  return {
    srcPort: remote.port,
    dstPort: local.port + stray,
    seq: near(random, tcb === undefined ? [] : [tcb.rcv.nxt, tcb.irs, seqAdd(tcb.rcv.nxt, tcb.rcv.wnd)]),
    ack: near(random, tcb === undefined ? [] : [tcb.snd.una, tcb.snd.nxt, tcb.iss]),
    flags: pick(random, FLAGS, ACK),
    window: pick(random, [0, 1, 500, 65_535], 0),
    urgent: pick(random, [0, 1, 500], 0),
    options: randomOptions(random),
    payload: random.below(3) === 0 ? rope(1 + random.below(3000)) : emptyRope,
  };
}

/** An ICMP error about something that may be in flight; none that only a liar could send to a connection that works. */
function randomError(world: World, host: HostName, random: Chance): TcpEvent {
  const [local, remote] = host === 'A' ? [A, B] : [B, A];
  const tcb = world.tcp[host].connections.get(host === 'A' ? AB : BA);
  const [type, code] = pick(
    random,
    [
      [3, 0],
      [3, 1],
      [3, 4],
      [11, 0],
      [4, 0],
      [12, 0],
    ] as const,
    [3, 0] as const,
  );
  const mtu = code === 4 ? pick(random, [0, 20, 1000, 1400, 9000], 0) : undefined;
  const marks = tcb === undefined ? [] : [tcb.snd.una, tcb.iss];
  return {kind: 'icmp', local, remote, seq: near(random, marks), type, code, mtu};
}

/** On one of the marks, beside it, or anywhere. */
function near(random: Chance, marks: readonly Seq[]): Seq {
  if (marks.length === 0 || random.below(8) === 0) return seq(random.below(2 ** 32));
  const mark = pick(random, marks, seq(0));
  const by = pick(random, [0, 0, 0, 1, -1, 100, -100, -100_000], 0);
  return seqAdd(mark, by);
}

function randomOptions(random: Chance): readonly TcpOption[] {
  const options: TcpOption[] = [
    {kind: 'mss', mss: pick(random, [0, 1, 536, 65_535], 536)},
    {kind: 'windowScale', shift: pick(random, [0, 7, 14, 255], 0)},
    {kind: 'sackPermitted'},
    {kind: 'raw', type: 254, data: new Uint8Array(3)},
  ];
  return options.filter(() => random.below(3) === 0);
}

function randomCall(host: HostName, connection: string, random: Chance): TcpCall {
  const [local, remote] = host === 'A' ? [A, B] : [B, A];
  const calls: readonly TcpCall[] = [
    {call: 'SEND', connection, data: rope(random.below(4000))},
    {call: 'SEND', connection, data: emptyRope},
    {call: 'RECEIVE', connection, maxBytes: pick(random, [-1, 0, 1, 1000, Number.NaN], 1)},
    {call: 'CLOSE', connection, reader: 'stays'},
    {call: 'CLOSE', connection, reader: 'gone'},
    {call: 'ABORT', connection},
    {call: 'STATUS', connection},
    {call: 'OPEN', mode: 'passive', local, read: 'auto'},
    {call: 'OPEN', mode: 'active', local, remote, read: 'manual', data: rope(random.below(3000))},
  ];
  return pick(random, calls, {call: 'STATUS', connection});
}
