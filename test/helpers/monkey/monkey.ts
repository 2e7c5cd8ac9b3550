// The monkey: sittings one after the other, each with a source and so many keys by chance, until all keys are pressed.
import {chanceOf} from './chance.ts';
import {type Sitting, sit} from './sitting.ts';
import {type MonkeySource, monkeySources} from './sources.ts';
import {stepFor} from './steps.ts';

export type Told = {readonly source: MonkeySource; readonly sitting: Sitting; readonly pressed: number};

/** A sitting is over after so many steps; many end before, by a way out. */
const mostSteps = 400;
const leastSteps = 8;
export const leastSources = 60;

/** Steps that are no keys come on top. */
export async function* monkey(seed: number, keys: number): AsyncGenerator<Told, void> {
  const chance = chanceOf(seed);
  const all = monkeySources();
  // Each once before any comes again, in an order of chance.
  let left: readonly MonkeySource[] = [];
  // Few keys are spread over many sources.
  const most = Math.max(leastSteps, Math.min(mostSteps, Math.ceil(keys / leastSources)));
  for (let pressed = 0; pressed < keys; ) {
    if (left.length === 0) left = all;
    const source = chance.of(left);
    left = left.filter((each) => each !== source);
    let steps = 0;
    const sitting = await sit(source, (context) => (steps++ < most ? stepFor(chance, context) : undefined));
    pressed += sitting.steps.filter((step) => 'key' in step || 'paste' in step).length;
    // Nothing was pressed where it did not begin.
    if (sitting.steps.length === 0) pressed += 1;
    yield {source, sitting, pressed};
  }
}
