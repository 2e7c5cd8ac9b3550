// The monkey: keys by chance on everything there is, with the seed of the run.
import {afterAll, beforeAll, expect, test} from 'vitest';
import {moveIn} from '../helpers/monkey/home.ts';
import {leastSources, monkey} from '../helpers/monkey/monkey.ts';
import {wordsOf} from '../helpers/monkey/sources.ts';
import {terminalMonkey} from '../helpers/monkey/terminal-monkey.ts';
import {runs, seed} from '../helpers/seeds.ts';

const keys = runs(5000);
const inTerminal = runs(240);
// Others may have the processor.
const patienceMs = 15_000;

let leave = (): void => {};
beforeAll(() => {
  leave = moveIn();
});
afterAll(() => leave());

test(`${keys} keys, seed ${seed}`, {timeout: 600_000}, async () => {
  const sources = new Set<string>();
  for await (const {source, sitting} of monkey(seed, keys)) {
    const words = wordsOf(source).join(' ');
    sources.add(words);
    expect(sitting.failure, `${words}: ${JSON.stringify(sitting.steps)}`).toBeUndefined();
  }
  expect(sources.size).toBeGreaterThanOrEqual(leastSources);
});

test(`${inTerminal} keys in a terminal, seed ${seed}`, {timeout: 600_000}, async () => {
  for await (const {source, keys: typed, failure} of terminalMonkey(seed, inTerminal, patienceMs))
    expect(failure, `${wordsOf(source).join(' ')}: ${JSON.stringify(typed)}`).toBeUndefined();
});
