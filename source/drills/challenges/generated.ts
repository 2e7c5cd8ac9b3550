// Makes a challenge for each sort and seed, the same on every machine. It returns only challenges that their own solution solves and that
// their near misses do not solve.
import {attemptRun} from '../../lesson/attempt.ts';
import {generatedId} from '../../lesson/generated-id.ts';
import {judged} from '../../lesson/judge.ts';
import type {Challenge, Lesson} from '../../lesson/lesson.ts';
import {loadLesson} from '../../lesson/load.ts';
import type {Move} from '../../lesson/move.ts';
import {scenarioOf} from '../../lesson/run-scenario.ts';
import type {Sort} from '../../lesson/tracks.ts';
import {simulate} from '../../sim/simulate.ts';
import {costDrills} from './cost.ts';
import {Draw} from './draw.ts';
import {type Drill, fileText} from './drill.ts';
import {makeDrills} from './make.ts';
import {mendDrills} from './mend.ts';

const drills: {readonly [sort in Sort]: readonly [Drill, ...Drill[]]} = {
  make: makeDrills,
  mend: mendDrills,
  cost: costDrills,
};

/**
 * Tells whether a generated challenge is sound: nothing solves it at first, its solution solves it, and each of its near misses gets the
 * message meant for it.
 */
const isProved = (lesson: Lesson, challenge: Challenge): boolean => {
  const [run] = lesson.runs;
  const after = (moves: readonly Move[]) => {
    const attempt = run && attemptRun(lesson, run, moves);
    if (!run || !attempt?.ok) return undefined;
    const trace = simulate(scenarioOf(attempt.value), {source: lesson.id, run: run.name});
    return judged(challenge, trace, moves);
  };
  const missed = challenge.misses.every(({changes}, index) => after(changes)?.miss === index);
  return missed && after([])?.solved === false && after(challenge.solution ?? [])?.solved === true;
};

/** How many draws may fail to give a sound challenge; after that many the generator throws an error. */
const mostDraws = 100;

/** Returns the generated challenge of a sort (`make`, `mend`, `cost`) with this seed; consecutive seeds are of different kinds. */
export const generated = (sort: Sort, seed: number): Lesson => {
  const kinds = drills[sort];
  const place = seed % kinds.length;
  const drill = kinds[place] ?? kinds[0];
  const id = generatedId(sort, seed);
  for (let attempt = 0; attempt < mostDraws; attempt++) {
    const drawn = drill(new Draw(sort, seed, attempt));
    if (!drawn) continue;
    const {title, ground, challenge} = drawn;
    const text = fileText(id, ground, {title, challenge: {sort, ...challenge}});
    const lesson = loadLesson(text, `${id}.yaml`);
    if (!lesson.ok) throw new Error(lesson.error.map(({message}) => message.en).join('; '));
    if (lesson.value.challenge && isProved(lesson.value, lesson.value.challenge)) return lesson.value;
  }
  throw new Error(`no challenge ${id}`);
};
