// The monkey's tests, of any length: keys by chance on everything there is, with the seed of the run.
import {afterAll, beforeAll, expect, test} from 'vitest';
import {seed} from '../seeds.ts';
import {goalWalk, type Reached} from './goal-walk.ts';
import {moveIn} from './home.ts';
import {leastSources, monkey} from './monkey.ts';
import {wordsOf} from './sources.ts';
import {terminalMonkey} from './terminal-monkey.ts';

// Others may have the processor: `npm run monkey` alone is strict about a second.
const patienceMs = {undrawn: 4000, terminal: 15_000};

/** What each walk comes to that is drawn there, whatever its seed. */
const alwaysReached = [
  ...['challenges', 'opening in challenge', 'missed page', 'solved page', 'move: set', 'move taken back'],
  ...[
    'vary in challenge',
    'vary in lesson',
    'refused in the page in challenge',
    'refused in the page in lesson',
  ],
];

export const monkeyTests = (keys: number, inTerminal: number, timeout: number): void => {
  let leave = (): void => {};
  beforeAll(() => {
    leave = moveIn();
  });
  afterAll(() => leave());

  test(`${keys} keys, seed ${seed}`, {timeout}, async () => {
    const sources = new Set<string>();
    for await (const {source, sitting} of monkey(seed, keys, patienceMs.undrawn)) {
      const words = wordsOf(source).join(' ');
      sources.add(words);
      expect(sitting.failure, `${words}: ${JSON.stringify(sitting.steps)}`).toBeUndefined();
    }
    expect(sources.size).toBeGreaterThanOrEqual(leastSources);
  });

  test(`${keys / 2} keys drawn to challenges, hosts and links, seed ${seed}`, {timeout}, async () => {
    const reached: Reached = new Map();
    for await (const {source, sitting} of goalWalk(seed, keys / 2, reached, {patienceMs: patienceMs.undrawn}))
      expect(
        sitting.failure,
        `${wordsOf(source).join(' ')}: ${JSON.stringify(sitting.steps)}`,
      ).toBeUndefined();
    expect([...reached.keys()]).toEqual(expect.arrayContaining(alwaysReached));
  });

  test(`${inTerminal} keys in a terminal, seed ${seed}`, {timeout}, async () => {
    for await (const {source, keys: typed, failure} of terminalMonkey(seed, inTerminal, patienceMs.terminal))
      expect(failure, `${wordsOf(source).join(' ')}: ${JSON.stringify(typed)}`).toBeUndefined();
  });
};
