// Any event in any state: the machine answers with effects, never with an exception, never to a reset, and changes no value
// that it was given.
import {expect, test} from 'vitest';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import type {Tcp} from '../../../source/stack/tcp/tcp.ts';
import {asksOthers, runs} from '../../helpers/seeds.ts';
import {chance} from '../../helpers/tcp/chance.ts';
import {checkInvariants, noAnswerToReset} from '../../helpers/tcp/invariants.ts';
import {randomEvent} from '../../helpers/tcp/random-event.ts';
import {A, B, World} from '../../helpers/tcp/two-hosts.ts';

test('seeds of random segments, calls and time-outs', () => {
  const states = new Set<string>();
  for (let seed = 1; seed <= runs(300, 50); seed += 1) {
    const random = chance(seed);
    const settings = profiles[seed % 2 === 0 ? 'linux' : 'rfc'];
    const world = new World({
      settings: {A: settings, B: settings},
      fate: () => (random.below(3) > 0 ? [50_000] : []),
    });
    if (random.below(4) > 0) world.call(0, 'B', {call: 'OPEN', mode: 'passive', local: B, read: 'manual'});
    world.call(0, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
    for (let n = 0; n < 60; n += 1) {
      world.run({untilUs: world.nowUs + random.below(200_000), maxEvents: 200});
      world.nowUs += random.below(3) === 0 ? random.below(2_000_000) : 0;
      const host = random.below(2) === 0 ? 'A' : 'B';
      world.step(host, randomEvent(world, host, random));
    }
    for (const entry of world.log) {
      noAnswerToReset(entry);
      for (const tcb of entry.after.connections.values()) states.add(tcb.state);
    }
  }
  // Every state that has a TCB was met: by all of the seeds, not by a few.
  if (asksOthers()) expect(states.size).toBe(9);
});

/** Freezes everything that a host's TCP reaches, so that a change throws. */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value) || ArrayBuffer.isView(value))
    return;
  Object.freeze(value);
  if (value instanceof Map) {
    for (const part of value.values()) freeze(part);
  } else {
    for (const part of Object.values(value)) freeze(part);
  }
}

test('the machine changes no value that it was given, and gives the same answer twice', () => {
  for (let seed = 1; seed <= runs(50, 8); seed += 1) {
    const random = chance(seed);
    const world = new World({settings: {A: profiles.linux, B: profiles.rfc}});
    world.call(0, 'B', {call: 'OPEN', mode: 'passive', local: B, read: 'manual'});
    world.call(0, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
    for (let n = 0; n < 40; n += 1) {
      world.run({untilUs: world.nowUs + random.below(200_000), maxEvents: 100});
      const host = random.below(2) === 0 ? 'A' : 'B';
      const before: Tcp = world.tcp[host];
      const members = [...before.connections];
      freeze(before);
      const event = randomEvent(world, host, random);
      freeze(event);
      const effects = world.step(host, event);
      expect([...before.connections]).toEqual(members);
      world.tcp[host] = before;
      expect(world.step(host, event)).toEqual(effects);
    }
  }
});

test('a forged segment does not break what the two ends agree on', () => {
  for (let seed = 1; seed <= runs(150); seed += 1) {
    const random = chance(seed);
    const world = new World({settings: {A: profiles.linux, B: profiles.linux}});
    world.call(0, 'B', {call: 'OPEN', mode: 'passive', local: B, read: 'auto'});
    world.call(0, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
    world.run({untilUs: random.below(300_000)});
    const event = randomEvent(world, 'A', random);
    // A forged SYN, FIN or ACK that hits the window is taken for the peer's: only the numbers of a reset are tested.
    if (event.kind !== 'segment' || (event.segment.flags & 4) === 0) continue;
    world.step('A', event);
    world.run({maxEvents: 500});
    checkInvariants(world);
  }
});
