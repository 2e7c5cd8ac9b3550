// A program that waits in RECEIVE takes text as it comes: its host's window stays open (RFC 9293 §3.8.6, tcp_cleanup_rbuf in Linux).
import {expect, test} from 'vitest';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import {A, AB, B, BA, rope, World} from '../../helpers/tcp/two-hosts.ts';

const bytes = 200_000;

test.each(Object.keys(profiles) as (keyof typeof profiles)[])(
  '%s: all arrives, the window never closes',
  (name) => {
    const settings = profiles[name];
    const world = new World({settings: {A: settings, B: {...settings, rcvBufferBytes: 16_000}}});
    world.call(0, 'B', {call: 'OPEN', mode: 'passive', local: B, read: 'manual'});
    world.call(0, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
    for (let n = 0; n < 400; n++)
      world.call(1_000_000, 'B', {call: 'RECEIVE', connection: BA, maxBytes: 1000});
    world.call(1_000_001, 'A', {call: 'SEND', connection: AB, data: rope(bytes)});
    world.run({maxEvents: 4000});
    const delivered = world.log.flatMap(({effects}) => effects.filter((effect) => effect.kind === 'deliver'));
    expect(delivered.reduce((sum, {data}) => sum + data.length, 0)).toBe(bytes);
    expect(world.sent.filter(({segment}) => segment.window === 0)).toEqual([]);
  },
);
