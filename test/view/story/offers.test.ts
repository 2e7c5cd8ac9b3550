// What a challenge offers of names: the lesson's own question and an empty cache, on hosts that resolve, and nowhere else.
import {expect, test} from 'vitest';
import type {Challenge} from '../../../source/lesson/lesson.ts';
import {offersAt} from '../../../source/view/story/offers.ts';
import {load} from '../../lesson/dns/network.ts';
import {runOf} from '../../lesson/fragments.ts';

const challenge = (...calls: readonly string[]): Challenge => ({
  sort: 'make',
  level: 1,
  goal: [],
  holds: [],
  offer: {calls, faults: [], settings: []},
  offerAt: {line: 1, column: 1},
  par: 1,
  hints: [],
  misses: [],
  position: {line: 1, column: 1},
});

test('resolve, flushCache', () => {
  const run = runOf(load());
  const offered = (...calls: readonly string[]) =>
    offersAt(run, challenge(...calls), {nowUs: 1_000_000, packet: undefined}).flatMap((move) =>
      move.kind === 'call' ? [[move.host, move.action]] : [],
    );
  const question = {call: 'resolve', name: 'y.abc.com', type: 1, as: 'q'};
  expect(offered('resolve')).toEqual([
    ['m', question],
    ['local', question],
  ]);
  expect(offered('flushCache').map(([host]) => host)).toEqual(['m', 'local']);
  expect(offered('setHosts', 'editZone', 'forgeAnswer')).toEqual([]);
});
