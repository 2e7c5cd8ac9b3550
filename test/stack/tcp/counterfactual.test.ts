// The machines that are not TCP: what lessons 4 and 16 of the curriculum say of them is the oracle, and that no real rule of
// TCP stands behind what they do.

import {describe, expect, test} from 'vitest';
import {ruleOf} from '../../../source/stack/reason.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {emptyRope} from '../../../source/wire/rope.ts';
import {seq} from '../../../source/wire/seq.ts';
import {TcpFlag, type TcpSegment} from '../../../source/wire/tcp.ts';
import {plain} from '../../helpers/tcp/plain.ts';
import {ruleTexts} from '../../helpers/tcp/rules.ts';
import {A, AB, B, BA, brief, IP, type Options, pattern, rope, World} from '../../helpers/tcp/two-hosts.ts';

const worldWith = (change: Partial<TcpSettings>, options: Partial<Options> = {}): World => {
  const settings = {...plain, ...change};
  const world = new World({settings: {A: settings, B: settings}, ...options});
  world.call(0, 'B', {call: 'OPEN', mode: 'passive', local: B, read: 'auto'});
  return world;
};

const dial = (world: World): void =>
  world.call(0, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});

const closesAtEof: Options['app'] = (world, host, effect) => {
  if (host === 'B' && effect.kind === 'signal' && effect.signal === 'eof')
    world.call(world.nowUs, 'B', {call: 'CLOSE', connection: BA, reader: 'gone'});
};

/** Times at which a host goes from one state to another. */
const timesOf = (world: World, host: 'A' | 'B', change: string): readonly number[] =>
  world.log.flatMap((entry) =>
    entry.effects.flatMap((effect) =>
      entry.host === host && effect.kind === 'state' && `${effect.from} > ${effect.to}` === change
        ? [entry.atUs]
        : [],
    ),
  );

const rulesOf = (world: World): readonly string[] =>
  world.log.flatMap(({effects}) => effects.map(({because}) => ruleOf(because)));

test('no profile has such a switch on, and each rule says that no TCP does this', () => {
  for (const settings of Object.values(profiles)) {
    const on = Object.entries(settings).filter(([name, value]) => name.startsWith('counterfactual') && value);
    expect(on).toEqual([]);
  }
  const texts = ruleTexts.filter(({id}) => id.startsWith('counterfactual:'));
  expect(texts.length).toBeGreaterThan(0);
  for (const {step, text} of texts) {
    expect(step.en).toMatch(/^Not TCP: /);
    expect(step.zh).toMatch(/^并非 TCP：/);
    expect(text.en).toMatch(/^No TCP does this\./);
    expect(text.zh).toMatch(/^没有哪个 TCP 会这样做。/);
  }
});

describe('two steps to open', () => {
  const twoStep = {counterfactualAcceptWithoutThirdStep: true};

  test('the server is ESTABLISHED when it answers, not when the third segment comes', () => {
    const world = worldWith(twoStep);
    dial(world);
    world.run();
    expect(world.sent.map(brief)).toEqual([
      'A SYN 1000 0 +0',
      'B SYN,ACK 9000 1001 +0',
      'A ACK 1001 9001 +0',
    ]);
    expect(timesOf(world, 'B', 'SYN-RECEIVED > ESTABLISHED')).toEqual([50_000]);
    expect(timesOf(world, 'A', 'SYN-SENT > ESTABLISHED')).toEqual([100_000]);
  });

  const ghost: TcpSegment = {
    srcPort: A.port,
    dstPort: B.port,
    seq: seq(1000),
    ack: seq(0),
    flags: TcpFlag.SYN,
    window: 64_240,
    urgent: 0,
    options: [],
    payload: emptyRope,
  };
  const arrives = {kind: 'segment', src: IP.A, dst: IP.B, segment: ghost} as const;

  test('a SYN that nobody stands behind opens a connection, which lasts until the reset comes', () => {
    const world = worldWith(twoStep);
    world.post(5_050_000, 'B', arrives);
    world.run();
    expect(world.sent.map(brief)).toEqual(['B SYN,ACK 9000 1001 +0', 'A RST 1001 0 +0']);
    expect(world.signals('B')).toEqual(['accepted', 'ECONNRESET']);
    expect(timesOf(world, 'B', 'ESTABLISHED > CLOSED')).toEqual([5_150_000]);
  });

  test('without the reset the connection nobody opened lasts for ever, and TCP would not have opened it', () => {
    const lostAnswers: Partial<Options> = {fate: () => []};
    const world = worldWith(twoStep, lostAnswers);
    world.post(5_050_000, 'B', arrives);
    expect(world.run()).toBe(true);
    const tcb = world.tcp.B.connections.get(BA);
    expect(tcb).toMatchObject({state: 'ESTABLISHED', snd: {una: 9001, nxt: 9001}});
    expect(tcb?.retransmissionQueue.length).toBe(0);
    const real = worldWith({}, lostAnswers);
    real.post(5_050_000, 'B', arrives);
    expect(real.run()).toBe(true);
    expect(real.signals('B')).toEqual([]);
    expect(real.tcp.B.connections.get(BA)).toBeUndefined();
  });

  test('one that waits for ACCEPT stands in the accept queue at once', () => {
    const world = worldWith(twoStep, {fate: () => []});
    world.call(0, 'B', {
      ...{call: 'OPEN', mode: 'passive', read: 'auto', accept: 'manual'},
      local: {ip: IP.B, port: 81},
    });
    world.post(1000, 'B', {...arrives, segment: {...ghost, dstPort: 81}});
    world.run();
    expect(world.tcp.B.listeners.get(`${IP.B}:81 > *`)).toMatchObject({
      halfOpen: 0,
      ready: [expect.anything()],
    });
    expect(world.signals('B')).toEqual([]);
  });

  test('any one segment may be lost: the bytes arrive', () => {
    for (let lost = 1; lost <= 10; lost += 1) {
      const world = worldWith(twoStep, {fate: ({n}) => (n === lost ? [] : [50_000]), app: closesAtEof});
      dial(world);
      world.call(2_000_000, 'A', {call: 'SEND', connection: AB, data: rope(3000)});
      world.call(5_000_000, 'A', {call: 'CLOSE', connection: AB, reader: 'stays'});
      expect(world.run(), `segment ${lost} lost`).toBe(true);
      expect(world.delivered('B'), `segment ${lost} lost`).toEqual(pattern(3000, 0));
      expect(rulesOf(world).includes('counterfactual:two-step/answer-again')).toBe(lost === 2);
    }
  });
});

describe('no TIME-WAIT', () => {
  const noWait = {counterfactualSkipTimeWait: true};

  const closed = (options: Partial<Options> = {}, change: Partial<TcpSettings> = noWait): World => {
    const world = worldWith(change, {app: closesAtEof, ...options});
    dial(world);
    world.call(1_000_000, 'A', {call: 'CLOSE', connection: AB, reader: 'stays'});
    return world;
  };

  test('the last ACK leaves, and with it the connection', () => {
    const world = closed();
    expect(world.run()).toBe(true);
    expect(world.states('A').slice(2)).toEqual([
      'ESTABLISHED > FIN-WAIT-1',
      'FIN-WAIT-1 > FIN-WAIT-2',
      'FIN-WAIT-2 > CLOSED',
    ]);
    expect(brief(world.sent.at(-1) ?? expect.fail())).toBe('A ACK 1002 9002 +0');
    expect(world.signals('A')).toEqual(['connected', 'eof', 'closed']);
    expect(timesOf(world, 'A', 'FIN-WAIT-2 > CLOSED')).toEqual([1_100_000]);
    expect(world.states('B').at(-1)).toBe('LAST-ACK > CLOSED');
  });

  test('if that ACK is lost, the FIN comes again and is answered with RST', () => {
    const last = 7;
    const world = closed({fate: ({n}) => (n === last ? [] : [50_000])});
    expect(world.run()).toBe(true);
    expect(world.sent.slice(last - 1).map(brief)).toEqual([
      'A ACK 1002 9002 +0',
      'B FIN,ACK 9001 1002 +0',
      'A RST 1002 0 +0',
    ]);
    expect(rulesOf(world).at(-1)).toBe('9293:3.10.7.4/rst/closing');
    const real = closed({fate: ({n}) => (n === last ? [] : [50_000])}, {});
    expect(real.run()).toBe(true);
    expect(brief(real.sent.at(-1) ?? expect.fail())).toBe('A ACK 1002 9002 +0');
    expect(rulesOf(real)).toContain('9293:3.10.7.4/ack/last-ack');
  });

  test('two ends that close at once go from CLOSING to CLOSED, both', () => {
    const world = worldWith(noWait);
    dial(world);
    world.call(1_000_000, 'A', {call: 'CLOSE', connection: AB, reader: 'stays'});
    world.call(1_000_000, 'B', {call: 'CLOSE', connection: BA, reader: 'stays'});
    expect(world.run()).toBe(true);
    for (const host of ['A', 'B'] as const) {
      expect(world.states(host).slice(-2)).toEqual(['FIN-WAIT-1 > CLOSING', 'CLOSING > CLOSED']);
      expect(timesOf(world, host, 'CLOSING > CLOSED')).toEqual([1_100_000]);
    }
  });
});
