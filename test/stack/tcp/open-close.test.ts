// Opening, transfer and closing without loss: lessons 3, 9, 13, 14 and 15 of the curriculum are the oracle.
import {expect, test} from 'vitest';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {plain} from '../../helpers/tcp/plain.ts';
import {A, AB, B, BA, brief, type Options, pattern, rope, World} from '../../helpers/tcp/two-hosts.ts';

const both = (base: TcpSettings, change = {}): Options['settings'] => {
  const settings = {...base, ...change};
  return {A: settings, B: settings};
};

const opened = (options: Partial<Options> = {}): World => {
  const world = new World({settings: both(plain), ...options});
  world.call(0, 'B', {call: 'OPEN', mode: 'passive', local: B, read: 'auto'});
  world.call(0, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
  return world;
};

test('three segments open a connection', () => {
  const world = opened();
  world.run();
  expect(world.sent.map(brief)).toEqual(['A SYN 1000 0 +0', 'B SYN,ACK 9000 1001 +0', 'A ACK 1001 9001 +0']);
  expect(world.states('A')).toEqual(['CLOSED > SYN-SENT', 'SYN-SENT > ESTABLISHED']);
  expect(world.states('B')).toEqual([
    'CLOSED > LISTEN',
    'LISTEN > SYN-RECEIVED',
    'SYN-RECEIVED > ESTABLISHED',
  ]);
  expect(world.sent.map(({segment}) => segment.window)).toEqual([64_240, 64_240, 502]);
});

test('3000 bytes and the close of the active end', () => {
  const world = opened({
    app: (w, host, effect) => {
      if (effect.kind === 'signal' && effect.signal === 'eof' && host === 'B') {
        w.call(w.nowUs, 'B', {call: 'CLOSE', connection: BA, reader: 'gone'});
      }
    },
  });
  world.call(200_000, 'A', {call: 'SEND', connection: AB, data: rope(3000)});
  world.call(1_000_000, 'A', {call: 'CLOSE', connection: AB, reader: 'stays'});
  expect(world.run()).toBe(true);
  expect(world.sent.slice(3).map(brief)).toEqual([
    'A ACK 1001 9001 +1460',
    'A ACK 2461 9001 +1460',
    'A PSH,ACK 3921 9001 +80',
    'B ACK 9001 2461 +0',
    'B ACK 9001 3921 +0',
    'B ACK 9001 4001 +0',
    'A FIN,ACK 4001 9001 +0',
    'B ACK 9001 4002 +0',
    'B FIN,ACK 9001 4002 +0',
    'A ACK 4002 9002 +0',
  ]);
  expect(world.delivered('B')).toEqual(pattern(3000, 0));
  expect(world.states('A').slice(2)).toEqual([
    'ESTABLISHED > FIN-WAIT-1',
    'FIN-WAIT-1 > FIN-WAIT-2',
    'FIN-WAIT-2 > TIME-WAIT',
    'TIME-WAIT > CLOSED',
  ]);
  expect(world.states('B').slice(3)).toEqual([
    'ESTABLISHED > CLOSE-WAIT',
    'CLOSE-WAIT > LAST-ACK',
    'LAST-ACK > CLOSED',
  ]);
  expect(world.log.at(-1)?.atUs).toBe(1_100_000 + 60_000_000);
});

test('a lost SYN, SYN,ACK, ACK, data segment and FIN heal', () => {
  for (const lost of [1, 2, 3, 4, 6, 7, 8, 9, 10]) {
    const world = opened({
      fate: ({n}) => (n === lost ? [] : [50_000]),
      app: (w, host, effect) => {
        if (effect.kind === 'signal' && effect.signal === 'eof' && host === 'B') {
          w.call(w.nowUs, 'B', {call: 'CLOSE', connection: BA, reader: 'gone'});
        }
      },
    });
    world.call(200_000, 'A', {call: 'SEND', connection: AB, data: rope(3000)});
    world.call(5_000_000, 'A', {call: 'CLOSE', connection: AB, reader: 'stays'});
    expect(world.run()).toBe(true);
    expect(world.delivered('B')).toEqual(pattern(3000, 0));
    expect(world.states('A').at(-1)).toBe('TIME-WAIT > CLOSED');
    expect(world.states('B').at(-1)).toBe('LAST-ACK > CLOSED');
  }
});
