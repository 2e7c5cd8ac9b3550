// Makes the source wrong in one place at a time, by chance from a seed, and says which of these flips the mirrored tests
// miss: those want a test, or are code that makes no difference. A report, not a gate.
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {availableParallelism} from 'node:os';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {readTree} from '../test/helpers/architecture.ts';
import {compiled} from './flips/compiled.ts';
import {kinds} from './flips/edits.ts';
import {mirroredTests} from './flips/mirrored-tests.ts';
import {type Flip, flipped, flipsOf} from './flips/places.ts';
import {openTrials} from './flips/trial.ts';

/** Where a test needs a tenth of it without any flip, ten times that. */
const patienceMs = 20_000;
const root = process.cwd();

const {values: options} = parseArgs({
  options: {
    count: {type: 'string', default: '20'},
    seed: {type: 'string'},
    room: {type: 'string', default: 'wire,stack,sim,observe,lesson,quiz,drills'},
    file: {type: 'string', multiple: true},
    /** Of what `npm test` misses the rest of `npm run test:all` is asked. */
    all: {type: 'boolean', default: false},
    /** So many test files for each flip, the nearest ones: what they miss others may still catch. */
    nearest: {type: 'string', default: 'Infinity'},
  },
});
const count = Number(options.count);
if (!Number.isInteger(count) || count < 1)
  throw new Error(`--count ${options.count}: a whole number above 0`);
const nearest = Number(options.nearest);
if (!(nearest >= 1)) throw new Error(`--nearest ${options.nearest}: a number above 0`);
const seed = options.seed ?? execFileSync('git', ['rev-parse', '--short', 'HEAD'], {encoding: 'utf8'}).trim();

/** Of every kind in turn, so that the many constants do not crowd out the few conditions. */
const drawn = (flips: readonly Flip[]): readonly Flip[] => {
  const place = ({file, start, after}: Flip): string =>
    createHash('sha256').update(`${seed} ${file} ${start} ${after}`).digest('hex');
  const shuffled = flips
    .map((flip) => ({flip, place: place(flip)}))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({flip}) => flip);
  const piles = kinds.map((kind) => shuffled.filter((flip) => flip.kind === kind));
  const longest = Math.max(...piles.map((pile) => pile.length));
  return Array.from({length: longest}, (_, turn) =>
    piles.flatMap((pile) => pile.slice(turn, turn + 1)),
  ).flat();
};

const shortened = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 70 ? `${line.slice(0, 69)}…` : line || '(nothing)';
};

const described = ({file, line, column, before, after}: Flip): string =>
  `${file}:${line}:${column}  ${shortened(before)} → ${shortened(after)}`;

const files = readTree(root, ['source', 'test', 'scripts']);
const texts = new Map(files.map(({path, text}) => [path, text]));
const rooms = options.room.split(',').map((room) => `source/${room}/`);
const wanted = (path: string): boolean =>
  options.file ? options.file.includes(path) : rooms.some((room) => path.startsWith(room));
const flips = files
  .filter(({path}) => wanted(path) && !path.startsWith('source/words/catalogue/'))
  .flatMap(({path, text}) => flipsOf(path, text));
if (flips.length === 0) throw new Error('nothing to flip there');

const modes = options.all ? ['short', 'rest'] : ['short'];

/** Tests that fail without any flip: they are asked no more. */
const red = new Set<string>();

const judgeOf = async (mode: string) => {
  const trials = await openTrials(root, mode);
  const quietMs = new Map<string, number | undefined>();
  const testsOf = mirroredTests(files, trials.tests);
  return {
    ...trials,
    testsOf: (file: string) =>
      testsOf(file)
        .filter((test) => !red.has(test))
        .slice(0, nearest),
    /** What fails with a flip has to pass without one; tells how long it is quiet at most. */
    unflipped: async (test: string): Promise<number | undefined> => {
      if (quietMs.has(test)) return quietMs.get(test);
      const trial = {file: test, text: undefined, tests: [test], patienceMs: 100 * patienceMs};
      const verdict = await trials.run(trial);
      if (verdict.outcome !== 'passed') red.add(test);
      quietMs.set(test, verdict.outcome === 'passed' ? verdict.quietMs : undefined);
      return quietMs.get(test);
    },
  };
};
type Judge = Awaited<ReturnType<typeof judgeOf>>;

/** A file that throws has to be noticed, otherwise nothing else would be. */
const rehearse = async ({run, testsOf, unflipped}: Judge, file: string): Promise<void> => {
  const tests = testsOf(file).slice(0, 1);
  for (const test of tests)
    if ((await unflipped(test)) === undefined) throw new Error(`${test} fails without any flip`);
  const {outcome} = await run({file, text: "throw new Error('planted');", tests, patienceMs});
  if (outcome !== 'failed') throw new Error(`${file}: a planted fault was not caught by ${tests.join()}`);
};

/** What caught it; undefined: nothing did. */
const caughtBy = async (
  {run, testsOf, unflipped}: Pick<Judge, 'run' | 'testsOf' | 'unflipped'>,
  flip: Flip,
): Promise<string | undefined> => {
  const text = flipped(texts.get(flip.file) ?? '', flip);
  const trial = {file: flip.file, text, tests: testsOf(flip.file), patienceMs};
  let verdict = await run(trial);
  if (verdict.outcome === 'endless') {
    // On a busy machine what is slow looks like what never ends.
    const neededMs = 10 * ((await unflipped(verdict.test)) ?? 0);
    if (neededMs > patienceMs) verdict = await run({...trial, patienceMs: neededMs});
  }
  if (verdict.outcome === 'passed') return undefined;
  if ((await unflipped(verdict.test)) === undefined) return caughtBy({run, testsOf, unflipped}, flip);
  return verdict.outcome === 'endless' ? `${verdict.test}, endless` : verdict.test;
};

const survivors: string[] = [];
let byOwnRoom = 0;
const tryOut = async (judges: Judge[], flip: Flip): Promise<string> => {
  const began = performance.now();
  const took = (): string => `${((performance.now() - began) / 1000).toFixed(1)} s`;
  for (const [turn, mode] of modes.entries()) {
    judges[turn] ??= await judgeOf(mode);
    const test = await caughtBy(judges[turn], flip);
    if (test === undefined) continue;
    if (test.split('/')[1] === flip.file.split('/')[1]) byOwnRoom += 1;
    return `caught    ${described(flip)}  (${test}, ${took()})`;
  }
  const tests = [...new Set(judges.flatMap(({testsOf}) => testsOf(flip.file)))];
  survivors.push(`${described(flip)}\n    ran: ${tests.join(' ') || 'nothing, no test loads it'}`);
  return `SURVIVED  ${described(flip)}  (${tests.length} test files, ${took()})`;
};

const {chosen, refused} = await compiled({root, texts}, drawn(flips), count);
console.log(
  `${chosen.length} of ${flips.length} flips, ${refused} passed over that do not compile, --seed ${seed}`,
);
const left = chosen.entries();

/** Takes the next flip until there are none; as many do so as there are processors. */
const worker = async (): Promise<void> => {
  const judges = [await judgeOf('short')];
  try {
    for (const judge of judges) {
      const rehearsed = chosen.find(({file}) => judge.testsOf(file).length > 0);
      if (rehearsed) await rehearse(judge, rehearsed.file);
    }
    for (const [at, flip] of left) console.log(`${String(at + 1).padStart(4)} ${await tryOut(judges, flip)}`);
  } finally {
    for (const judge of judges) await judge.close();
  }
};
await Promise.all(Array.from({length: Math.min(availableParallelism(), chosen.length)}, worker));
console.log(
  `caught ${chosen.length - survivors.length} of ${chosen.length} (${byOwnRoom} by tests of their own room), survivors: ${survivors.length || 'none'}`,
);
for (const survivor of survivors) console.log(survivor);
if (red.size > 0) {
  console.error(`not asked, because they fail without any flip: ${[...red].join(' ')}`);
  process.exitCode = 1;
}
