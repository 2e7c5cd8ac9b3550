// Timers: schedules of the curriculum (section 7), RFC 6298's arithmetic, 2 MSL, orphans, delayed ACK, probes.
import {expect, test} from 'vitest';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import {rttSample} from '../../../source/stack/tcp/rto.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {plain} from '../../helpers/tcp/plain.ts';
import {
  A,
  AB,
  B,
  BA,
  brief,
  type Fate,
  flagNames,
  type Options,
  rope,
  World,
} from '../../helpers/tcp/two-hosts.ts';

const SECOND_US = 1_000_000;
const {rfc, linux} = profiles;
const both = (settings: TcpSettings): Options['settings'] => ({A: settings, B: settings});
const silence: Fate = () => [];
const fresh = {srttUs: undefined, rttvarUs: undefined, rtoUs: SECOND_US};

const opened = (options: Options): World => {
  const world = new World(options);
  world.call(0, 'B', {call: 'OPEN', mode: 'passive', local: B, read: 'auto'});
  world.call(0, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
  return world;
};

const seconds = (world: World, flags: string): readonly number[] =>
  world.sent
    .filter(({segment}) => flagNames(segment.flags).join(',') === flags)
    .map(({atUs}) => atUs / SECOND_US);

const errorAt = (world: World): {signal: string; atSeconds: number} | undefined => {
  for (const {effects, atUs} of world.log) {
    for (const e of effects) if (e.kind === 'signal') return {signal: e.signal, atSeconds: atUs / SECOND_US};
  }
  return undefined;
};

const schedules = [
  {name: 'plain', settings: plain, at: [0, 1, 2, 3, 4, 5, 7, 11, 19, 35, 67], end: 131},
  {
    name: 'plain, classic',
    settings: {...plain, synLinearTimeouts: 0},
    at: [0, 1, 3, 7, 15, 31, 63],
    end: 127,
  },
  {name: 'rfc', settings: rfc, at: [0, 1, 3, 7, 15, 31, 63, 123], end: 183},
  // tcp_model_timeout: 1 + 2 + … + 64 s, then waits of TCP_RTO_MAX.
  {
    name: 'linux, beyond a shift',
    settings: {...linux, timers: 'exact' as const, synLinearTimeouts: 0, synRetries: 40},
    at: [0, 1, 3, 7, 15, 31, 63, ...Array.from({length: 34}, (_, nth) => 127 + 120 * nth)],
    end: 127 + 120 * 34,
  },
];

for (const {name, settings, at, end} of schedules) {
  test(`SYN-SENT, time-out: the schedule of ${name}`, () => {
    const world = opened({settings: both(settings), fate: silence});
    world.run();
    expect(seconds(world, 'SYN')).toEqual(at);
    expect(errorAt(world)).toEqual({signal: 'ETIMEDOUT', atSeconds: end});
    expect(new Set(world.sent.map(({segment}) => segment.seq)).size).toBe(1);
    expect(world.states('A')).toEqual(['CLOSED > SYN-SENT', 'SYN-SENT > CLOSED']);
  });
}

test('SYN-RECEIVED, time-out: SYN,ACK at 1, 3, 7, 15, 31 s, then back to LISTEN at 63 s', () => {
  const world = opened({settings: both(plain), fate: ({from, n}) => (from === 'A' && n === 1 ? [0] : [])});
  world.run({untilUs: 100 * SECOND_US});
  expect(seconds(world, 'SYN,ACK')).toEqual([0, 1, 3, 7, 15, 31]);
  expect(world.states('B').at(-1)).toBe('SYN-RECEIVED > LISTEN');
  expect(
    world.log.find((entry) =>
      entry.effects.some((e) => e.kind === 'state' && e.to === 'LISTEN' && e.from === 'SYN-RECEIVED'),
    )?.atUs,
  ).toBe(63 * SECOND_US);
  expect(world.signals('B')).toEqual([]);
});

test('lesson 5, case A: a lost SYN costs 1 s; data start with an RTO of 3 s', () => {
  const world = opened({settings: both(plain), fate: ({n}) => (n === 1 ? [] : [50_000])});
  world.run();
  const entered = (host: string) =>
    world.log.find(
      (e) => e.host === host && e.effects.some((f) => f.kind === 'state' && f.to === 'ESTABLISHED'),
    )?.atUs;
  expect([entered('A'), entered('B')]).toEqual([1_100_000, 1_150_000]);
  expect(world.tcp.A.connections.get(AB)?.rtoUs).toBe(3 * SECOND_US);
  expect(world.tcp.B.connections.get(BA)?.rtoUs).toBe(300_000);
});

test('lesson 5, case B: the repeated SYN and the timer of B both repeat a lost SYN,ACK; rfc answers the SYN with ACK', () => {
  const lostSynAck: Fate = ({n}) => (n === 2 ? [] : [50_000]);
  const onLinux = opened({settings: both(plain), fate: lostSynAck});
  onLinux.run();
  expect(onLinux.sent.slice(2, 5).map(brief)).toEqual([
    'A SYN 1000 0 +0',
    'B SYN,ACK 9000 1001 +0',
    'B SYN,ACK 9000 1001 +0',
  ]);
  const byRfc = opened({settings: both(rfc), fate: lostSynAck});
  byRfc.run();
  expect(byRfc.sent.slice(2).map(brief)).toContain('B ACK 9001 1001 +0');
  for (const world of [onLinux, byRfc]) {
    expect(world.stateOf('A', AB)).toBe('ESTABLISHED');
    expect(world.stateOf('B', BA)).toBe('ESTABLISHED');
  }
});

test('RFC 6298 §2: the first sample of 100 ms gives 300 ms with Linux’s least and 1 s by the RFC', () => {
  expect(rttSample(fresh, 100_000, plain)).toEqual({srttUs: 100_000, rttvarUs: 50_000, rtoUs: 300_000});
  expect(rttSample(fresh, 100_000, rfc)).toEqual({srttUs: 100_000, rttvarUs: 50_000, rtoUs: SECOND_US});
});

test('RFC 6298 §2.3: later samples move SRTT by 1/8 and RTTVAR by 1/4, RTTVAR with the old SRTT', () => {
  const first = rttSample(fresh, 800_000, rfc);
  // RTTVAR = 3/4·400 + 1/4·|800 − 1600| = 500; SRTT = 7/8·800 + 1/8·1600 = 900; RTO = 900 + 4·500.
  expect(rttSample(first, 1_600_000, rfc)).toEqual({srttUs: 900_000, rttvarUs: 500_000, rtoUs: 2_900_000});
});

test('ESTABLISHED, time-out: the RTO doubles up to its maximum, then ETIMEDOUT', () => {
  let cut = false;
  const world = opened({settings: both(plain), fate: () => (cut ? [] : [50_000])});
  world.run({untilUs: SECOND_US});
  cut = true;
  world.call(SECOND_US, 'A', {call: 'SEND', connection: AB, data: rope(10)});
  world.run();
  const at = world.sent.slice(3).map(({atUs}) => atUs);
  const gaps = at.slice(1).map((t, i) => (t - (at[i] ?? 0)) / 1000);
  expect(gaps).toEqual([300, 600, 1200, 2400, 4800, 9600, 19_200, 38_400, 76_800, ...Array(6).fill(120_000)]);
  expect(world.signals('A')).toEqual(['connected', 'ETIMEDOUT']);
  expect(
    world.sent.slice(3).every(({segment}) => segment.seq === 1001 && segment.payload.length === 10),
  ).toBe(true);
});

test('Karn: a segment that was sent twice gives no sample', () => {
  const world = opened({settings: both(plain), fate: ({n}) => (n === 4 ? [] : [50_000])});
  world.call(SECOND_US, 'A', {call: 'SEND', connection: AB, data: rope(10)});
  world.run();
  const tcb = world.tcp.A.connections.get(AB);
  expect({srtt: tcb?.srttUs, rto: tcb?.rtoUs}).toEqual({srtt: 100_000, rto: 600_000});
});

for (const [name, settings, waitSeconds] of [
  ['plain', plain, 60],
  ['rfc', rfc, 240],
] as const) {
  test(`TIME-WAIT lasts ${waitSeconds} s by ${name}, and anew after a repeated FIN`, () => {
    let lastAcks = 0;
    const fate: Fate = ({from, segment}) => {
      const last = from === 'A' && segment.seq === 1002 && segment.ack === 9002;
      return last && lastAcks++ === 0 ? [] : [50_000];
    };
    const world = opened({settings: both(settings), fate});
    world.call(SECOND_US, 'A', {call: 'CLOSE', connection: AB, reader: 'stays'});
    world.call(SECOND_US + 200_000, 'B', {call: 'CLOSE', connection: BA, reader: 'stays'});
    expect(world.run()).toBe(true);
    const arms = world
      .effects('A')
      .flatMap((e) => (e.kind === 'timer' && e.name === '2MSL' && e.op === 'arm' ? [e.dueUs] : []));
    const rtoUs = name === 'plain' ? 300_000 : SECOND_US;
    const first = SECOND_US + 250_000;
    expect(arms).toEqual([first + waitSeconds * SECOND_US, first + rtoUs + waitSeconds * SECOND_US]);
    expect(world.states('A').at(-1)).toBe('TIME-WAIT > CLOSED');
  });
}

test('FIN-WAIT-2 ends after Linux’s 60 s without a reader; else, and by the RFC, it lasts for ever', () => {
  const cases = [
    {settings: plain, reader: 'gone', state: 'CLOSED'},
    {settings: plain, reader: 'stays', state: 'FIN-WAIT-2'},
    {settings: rfc, reader: 'gone', state: 'FIN-WAIT-2'},
  ] as const;
  for (const {settings, reader, state} of cases) {
    const world = opened({settings: both(settings)});
    world.call(SECOND_US, 'A', {call: 'CLOSE', connection: AB, reader});
    world.run({untilUs: 61 * SECOND_US + 99_999});
    expect(world.stateOf('A', AB)).toBe('FIN-WAIT-2');
    world.run({untilUs: 400 * SECOND_US});
    expect(world.stateOf('A', AB)).toBe(state);
  }
});

// Linux tcp_close: of a socket that shutdown() has closed in one direction, and whose FIN is acknowledged, too.
test('the 60 s begin with the call by which the reader leaves, where the direction was closed before', () => {
  const world = opened({settings: both(plain)});
  world.call(SECOND_US, 'A', {call: 'CLOSE', connection: AB, reader: 'stays'});
  world.call(10 * SECOND_US, 'A', {call: 'CLOSE', connection: AB, reader: 'gone'});
  world.run({untilUs: 69 * SECOND_US});
  expect(world.stateOf('A', AB)).toBe('FIN-WAIT-2');
  world.run({untilUs: 71 * SECOND_US});
  expect(world.stateOf('A', AB)).toBe('CLOSED');
});

test('delayed ACK: one ACK for two full segments, 40 ms for a lone one, none before an answer', () => {
  const world = opened({settings: both({...plain, delayedAckUs: 40_000})});
  world.call(SECOND_US, 'A', {call: 'SEND', connection: AB, data: rope(4380)});
  world.run();
  expect(world.sent.slice(6).map((s) => `${s.atUs / 1000} ${brief(s)}`)).toEqual([
    '1050 B ACK 9001 3921 +0',
    '1090 B ACK 9001 5381 +0',
  ]);
});

test('delayed ACK: FIN of a program that closes at once carries the ACK, three segments close', () => {
  const world = opened({
    settings: both({...plain, delayedAckUs: 40_000}),
    app: (w, host, e) => {
      if (e.kind === 'signal' && e.signal === 'eof' && host === 'B') {
        w.call(w.nowUs + 10_000, 'B', {call: 'CLOSE', connection: BA, reader: 'gone'});
      }
    },
  });
  world.call(SECOND_US, 'A', {call: 'CLOSE', connection: AB, reader: 'stays'});
  expect(world.run()).toBe(true);
  expect(world.sent.slice(3).map(brief)).toEqual([
    'A FIN,ACK 1001 9001 +0',
    'B FIN,ACK 9001 1002 +0',
    'A ACK 1002 9002 +0',
  ]);
});

test('a window update that is lost does not stop the connection: probes find the open window', () => {
  const settings = {A: rfc, B: {...rfc, rcvBufferBytes: 1000}};
  let updates = 0;
  const fate: Fate = ({from, segment}) => {
    const update = from === 'B' && segment.window > 0 && segment.ack === 2001;
    return update && updates++ === 0 ? [] : [50_000];
  };
  const world = new World({settings, fate});
  world.call(0, 'B', {call: 'OPEN', mode: 'passive', local: B, read: 'manual'});
  world.call(0, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
  world.call(SECOND_US, 'A', {call: 'SEND', connection: AB, data: rope(1500)});
  world.run({untilUs: 10 * SECOND_US});
  const probes = world.sent.filter(
    ({atUs, segment}) => atUs > SECOND_US && segment.seq === 2000 && segment.payload.length === 0,
  );
  expect(probes.map(({atUs}) => atUs / SECOND_US)).toEqual([2.1, 4.1, 8.1]);
  world.call(10 * SECOND_US, 'B', {call: 'RECEIVE', connection: BA, maxBytes: 1000});
  world.call(20 * SECOND_US, 'B', {call: 'RECEIVE', connection: BA, maxBytes: 1000});
  world.run({untilUs: 30 * SECOND_US});
  expect(updates).toBeGreaterThan(1);
  expect(world.delivered('B').length).toBe(1500);
  expect(world.tcp.A.connections.get(AB)?.timers).toEqual({});
});

test('ESTABLISHED, progress: an ACK of new data starts the count of time-outs anew', () => {
  const lost = [4, 7];
  const world = opened({
    settings: both({...plain, dataRetries: 1}),
    fate: ({n}) => (lost.includes(n) ? [] : [50_000]),
  });
  world.call(SECOND_US, 'A', {call: 'SEND', connection: AB, data: rope(10)});
  world.call(5 * SECOND_US, 'A', {call: 'SEND', connection: AB, data: rope(10)});
  world.run();
  expect(world.sent.map(brief).slice(3)).toEqual([
    'A PSH,ACK 1001 9001 +10',
    'A PSH,ACK 1001 9001 +10',
    'B ACK 9001 1011 +0',
    'A PSH,ACK 1011 9001 +10',
    'A PSH,ACK 1011 9001 +10',
    'B ACK 9001 1021 +0',
  ]);
  expect(world.signals('A')).toEqual(['connected']);
});
