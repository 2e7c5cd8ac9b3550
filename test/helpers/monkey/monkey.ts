// The monkey: sittings one after the other, each with a source and so many keys by chance, until all keys are pressed.
import {type Chance, chanceOf} from './chance.ts';
import {type NextStep, type Sitting, sit} from './sitting.ts';
import {type MonkeySource, monkeySources} from './sources.ts';
import {stepFor} from './steps.ts';

export type Told = {readonly source: MonkeySource; readonly sitting: Sitting; readonly pressed: number};

/** A sitting is over after so many steps; many end before, by a way out. */
const mostSteps = 150;
const leastSteps = 8;
export const leastSources = 60;

/** 0 a lesson or a capture, 1 the quiz, the review or an interview, 2 the menu. */
type Kind = 0 | 1 | 2;

/** By turns; of each kind every one before any comes again. */
export function* sourcesBy(chance: Chance, turns: readonly Kind[]): Generator<MonkeySource, never> {
  const all = monkeySources();
  const kinds = [
    (source: MonkeySource) => source.command === 'play',
    (source: MonkeySource) => source.command !== 'play' && source.command !== '',
    (source: MonkeySource) => source.command === '',
  ];
  const left = kinds.map((): readonly MonkeySource[] => []);
  for (let turn = 0; ; turn++) {
    const kind = turns[turn % turns.length] ?? 0;
    const known = left[kind] ?? [];
    const among = known.length > 0 ? known : all.filter(kinds[kind] ?? (() => true));
    const source = chance.of(among);
    left[kind] = among.filter((each) => each !== source);
    yield source;
  }
}

/** Steps that are no keys come on top. */
export async function* monkey(seed: number, keys: number, patienceMs?: number): AsyncGenerator<Told, void> {
  const chance = chanceOf(seed);
  const sources = sourcesBy(chance, [0, 0, 0, 1, 0, 0, 2]);
  // Few keys are spread over many sources: of the menu there are no two.
  const most = Math.max(leastSteps, Math.min(mostSteps, Math.ceil((keys * 3) / (4 * leastSources))));
  for (let pressed = 0; pressed < keys; ) {
    const source = sources.next().value;
    let steps = 0;
    const next: NextStep = (context) => (steps++ < most ? stepFor(chance, context) : undefined);
    const sitting = await sit(source, next, {patienceMs});
    pressed += sitting.steps.filter((step) => 'key' in step || 'paste' in step).length;
    // Nothing was pressed where it did not begin.
    if (sitting.steps.length === 0) pressed += 1;
    yield {source, sitting, pressed};
  }
}
