// When small segments leave, what a closed or tiny window holds up, where PSH stands. Oracles: RFC 9293 §3.7.4, §3.8.6.1, §3.8.6.2.1,
// §3.9.1.2, draft-minshall-nagle-01, and lesson 9 and 11 of the curriculum.

import {describe, expect, test} from 'vitest';
import {ruleOf} from '../../../source/stack/reason.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {arrives, calls, close, established} from '../../helpers/tcp/one-host.ts';
import {plain} from '../../helpers/tcp/plain.ts';
import {A, AB, B, BA, type Fate, pattern, rope, World} from '../../helpers/tcp/two-hosts.ts';

const {SYN, ACK, PSH} = TcpFlag;
const SECOND_US = 1_000_000;
const {rfc} = profiles;

const connected = (
  settings: {A: TcpSettings; B: TcpSettings},
  fate?: Fate,
  read: 'auto' | 'manual' = 'auto',
) => {
  const world = new World({settings, ...(fate ? {fate} : {})});
  world.call(0, 'B', {call: 'OPEN', mode: 'passive', local: B, read});
  world.call(0, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
  return world;
};

const both = (settings: TcpSettings) => ({A: settings, B: settings});

const sizes = (world: World): readonly number[] =>
  world.sent.flatMap(({from, segment}) =>
    from === 'A' && segment.payload.length > 0 ? [segment.payload.length] : [],
  );

const sends = (world: World, count: number, bytes: number) => {
  for (let n = 0; n < count; n += 1)
    world.call(SECOND_US, 'A', {call: 'SEND', connection: AB, data: rope(bytes, n)});
};

describe('Nagle', () => {
  test('lesson 9: of twenty small sends the first leaves at once, the rest as one segment', () => {
    for (const settings of [plain, rfc]) {
      const world = connected(both(settings));
      sends(world, 20, 50);
      world.run();
      expect(sizes(world)).toEqual([50, 950]);
    }
  });

  test('lesson 9: the last 80 of 3000 bytes wait by the RFC, not by Minshall', () => {
    const leave = (settings: TcpSettings) => {
      const world = connected(both(settings));
      sends(world, 1, 3000);
      world.run({untilUs: SECOND_US});
      return sizes(world);
    };
    expect(leave(rfc)).toEqual([1460, 1460]);
    expect(leave(plain)).toEqual([1460, 1460, 80]);
    expect(leave({...rfc, noDelay: true})).toEqual([1460, 1460, 80]);
  });

  test('TCP_NODELAY: twenty segments, as far as cwnd goes', () => {
    const world = connected(both({...plain, noDelay: true}));
    sends(world, 20, 50);
    world.run();
    expect(sizes(world)).toEqual(Array(20).fill(50));
  });

  test('a FIN takes waiting data along', () => {
    const world = established('rfc');
    calls(world, 'A', {call: 'SEND', connection: AB, data: rope(10)});
    expect(calls(world, 'A', {call: 'SEND', connection: AB, data: rope(10)})).toEqual([]);
    expect(close(world)).toEqual(['ESTABLISHED > FIN-WAIT-1', 'A FIN,PSH,ACK 1011 9001 +10']);
  });
});

describe('silly windows', () => {
  const opened = (window: number) => {
    const world = established('rfc');
    arrives(world, 'A', {seq: 9001, ack: 1001, flags: ACK, window});
    return world;
  };
  const send = (world: World, bytes: number) =>
    calls(world, 'A', {call: 'SEND', connection: AB, data: rope(bytes)});

  test('less than a segment leaves if it is half of the largest window, or all there is', () => {
    expect(send(opened(400), 1000)).toEqual([]);
    expect(send(opened(400), 300)).toEqual(['A PSH,ACK 1001 9001 +300']);
    expect(send(opened(600), 1000)).toEqual(['A ACK 1001 9001 +536']);
  });

  test('half of the largest window is worth sending, less is not', () => {
    const wide = (window: number) => {
      const settings = {...rfc, mss: 4000};
      const world = new World({settings: {A: settings, B: settings}, fate: () => []});
      calls(world, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
      const options = [{kind: 'mss', mss: 4000}] as const;
      arrives(world, 'A', {seq: 9000, ack: 1001, flags: SYN | ACK, options, window: 5000});
      arrives(world, 'A', {seq: 9001, ack: 1001, flags: ACK, window});
      return send(world, 6000);
    };
    expect(wide(2499)).toEqual([]);
    expect(wide(2500)).toEqual(['A ACK 1001 9001 +2500']);
  });

  test('after at most a second what fits is sent all the same', () => {
    const world = opened(400);
    send(world, 1000);
    expect(world.tcp.A.connections.get(AB)?.timers.persist).toBe(SECOND_US);
    world.run({untilUs: SECOND_US});
    expect(world.sent.at(-1)?.segment.payload.length).toBe(400);
  });

  test('lesson 11: a window of one byte is not used byte by byte', () => {
    const world = connected({A: rfc, B: {...rfc, rcvBufferBytes: 4000}}, undefined, 'manual');
    world.call(SECOND_US, 'A', {call: 'SEND', connection: AB, data: rope(10_000)});
    for (let n = 0; n < 100; n += 1)
      world.call(2 * SECOND_US + n * 100_000, 'B', {call: 'RECEIVE', connection: BA, maxBytes: 200});
    world.run({untilUs: 13 * SECOND_US});
    expect(
      sizes(world)
        .slice(1, -1)
        .every((size) => size >= 1000),
    ).toBe(true);
  });
});

describe('the closed window', () => {
  const closedFor = (seconds: number, fate?: Fate) => {
    const world = connected({A: plain, B: {...plain, rcvBufferBytes: 4000, windowScale: 0}}, fate, 'manual');
    world.call(SECOND_US, 'A', {call: 'SEND', connection: AB, data: rope(10_000)});
    world.run({untilUs: seconds * SECOND_US, maxEvents: 100_000});
    return world;
  };
  const probes = (world: World) =>
    world
      .effects('A')
      .filter((effect) => effect.kind === 'send' && ruleOf(effect.because).endsWith('persist/probe'));

  test('MUST-36, MUST-37: a window may stay closed for an hour if probes are answered', () => {
    const world = closedFor(3600);
    expect(world.stateOf('A', AB)).toBe('ESTABLISHED');
    // 0.3, 0.6, … s, then every 120 s.
    expect(probes(world).length).toBeGreaterThan(30);
    world.call(3600 * SECOND_US, 'B', {call: 'RECEIVE', connection: BA, maxBytes: 4000});
    world.run({untilUs: 3601 * SECOND_US});
    expect(world.delivered('B').length).toBe(4000);
    expect(sizes(world).reduce((sum, size) => sum + size, 0)).toBeGreaterThan(4000);
    // Waiting for the window says nothing about the path.
    expect(world.tcp.A.connections.get(AB)?.rtoUs).toBeLessThan(SECOND_US);
  });

  test('a probe of one byte: refused while the window is closed, counted once it is taken', () => {
    const settings = {
      A: {...plain, zeroWindowProbe: 'byte' as const},
      B: {...plain, rcvBufferBytes: 4000, windowScale: 0},
    };
    const updates: Fate = ({from, segment}) =>
      from === 'B' && segment.window > 0 && segment.ack === 5001 ? [] : [50_000];
    const world = connected(settings, updates, 'manual');
    world.call(SECOND_US, 'A', {call: 'SEND', connection: AB, data: rope(6000, 3)});
    world.run({untilUs: 3 * SECOND_US});
    const bytes = () => world.sent.filter(({from, segment}) => from === 'A' && segment.payload.length === 1);
    expect(bytes().map(({segment}) => segment.seq)).toEqual([5001, 5001]);
    expect(world.tcp.A.connections.get(AB)?.snd.nxt).toBe(5001);
    for (const second of [3, 9])
      world.call(second * SECOND_US, 'B', {call: 'RECEIVE', connection: BA, maxBytes: 4000});
    world.run({untilUs: 20 * SECOND_US});
    // The update is lost; the next probe is taken, and its ACK opens the window.
    expect(bytes().length).toBe(3);
    expect(Buffer.from(world.delivered('B')).equals(Buffer.from(pattern(6000, 3)))).toBe(true);
    expect(world.tcp.A.connections.get(AB)?.snd.una).toBe(7001);
  });

  test('silence ends it', () => {
    let silent = false;
    const world = closedFor(100, () => (silent ? [] : [50_000]));
    expect(world.stateOf('A', AB)).toBe('ESTABLISHED');
    silent = true;
    world.run({untilUs: 4000 * SECOND_US, maxEvents: 100_000});
    expect(world.signals('A').at(-1)).toBe('ETIMEDOUT');
  });
});

describe('the send buffer', () => {
  test('takes no more than its size; the rest of a SEND moves up, in order', () => {
    for (const sndBufferBytes of [500, 5000, 32_768]) {
      const world = connected(both({...plain, sndBufferBytes}));
      world.call(SECOND_US, 'A', {call: 'SEND', connection: AB, data: rope(100_000, 7)});
      world.call(SECOND_US, 'A', {call: 'CLOSE', connection: AB, reader: 'stays'});
      let most = 0;
      while (!world.run({maxEvents: 1}) && world.nowUs < 60 * SECOND_US)
        most = Math.max(most, world.tcp.A.connections.get(AB)?.sendBuffer.length ?? 0);
      expect(most).toBe(Math.max(sndBufferBytes, 1460));
      expect(Buffer.from(world.delivered('B')).equals(Buffer.from(pattern(100_000, 7)))).toBe(true);
      expect(world.signals('B')).toContain('eof');
      // The buffer's end is not the data's: nothing small leaves while something is in flight.
      expect(
        sizes(world)
          .slice(0, -1)
          .every((size) => size === 1460),
      ).toBe(true);
    }
  });
});

describe('PSH', () => {
  test('a lone segment in the middle of the data is no burst', () => {
    const world = established('plain');
    arrives(world, 'A', {seq: 9001, ack: 1001, flags: ACK, window: 600});
    expect(calls(world, 'A', {call: 'SEND', connection: AB, data: rope(1500)})).toEqual([
      'A ACK 1001 9001 +536',
    ]);
  });

  const pushed = (push: TcpSettings['push']) => {
    const world = connected(both({...plain, push, mss: 1000, initialWindow: 'rfc5681'}));
    world.call(SECOND_US, 'A', {call: 'SEND', connection: AB, data: rope(4500)});
    world.call(SECOND_US, 'A', {call: 'SEND', connection: AB, data: rope(2500)});
    world.run();
    return world.sent.flatMap(({from, segment}) =>
      from === 'A' && segment.payload.length > 0 && segment.flags & PSH
        ? [segment.seq - 1001 + segment.payload.length]
        : [],
    );
  };

  test('at the end of a burst and of what SEND gave; where the buffer is emptied', () => {
    // cwnd 4: four segments, then as ACKs let them.
    expect(pushed('burst')).toEqual([4000, 6000, 7000]);
    expect(pushed('send')).toEqual([7000]);
    expect(pushed('emptied')).toEqual([7000]);
  });
});
