// Two groups of tests: of the source itself, and of the built program, which is built first where it is out of date.
// Which files and how much of them is a matter of the tier: `--mode short` (`npm test`), `all`, `rest`, `long`.
import {availableParallelism} from 'node:os';
import {defineConfig} from 'vitest/config';
import {BaseSequencer, type TestSpecification} from 'vitest/node';
import {writeCatalogue} from './scripts/catalogue.ts';
import {compiledSource} from './test/helpers/compiled.ts';
import {filesOf, seedOfRun, tierOf} from './test/helpers/tiers.ts';

const ofProgram = (file: string): boolean => /^test\/(commands|e2e)\//.test(file);

/**
 * The test files that take longest begin first, so that nobody waits for one of them alone at the end; a new clone knows no durations. The
 * files of a project stay together: where the next file is of the other project, Vitest ends the worker with all that it has loaded and simulated.
 */
const longest = [
  ...['quiz/menu-sheet', 'quiz/learners', 'e2e/key-table', 'e2e/monkey', 'account/json-runs'],
  ...['view/quiz/prompt-rows', 'scripts/third-language', 'account/told/reasons', 'view/story/shows-facts'],
  ...['e2e/quiz', 'e2e/picker', 'commands/quiz', 'e2e/first-packet', 'commands/absurd-inputs'],
  ...['lesson/told-truly', 'quiz/own-subject', 'quiz/composition', 'docs/reference', 'e2e/mouse'],
  ...['commands/hostile-exports', 'lesson/identity', 'commands/edges', 'commands/quiz-simulated'],
];

/** These ask V8 which functions were called, and for that it throws away all that it has optimized for the tests before them. */
const last = ['view/files-entered', 'view/fields/entered-files'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({moduleId}: TestSpecification): number => {
      const at = longest.findIndex((name) => moduleId.includes(`/test/${name}.`));
      if (at >= 0) return at;
      return last.some((name) => moduleId.includes(`/test/${name}.`)) ? longest.length + 1 : longest.length;
    };
    const projectRank = ({project}: TestSpecification): number => (project.name === 'program' ? 0 : 1);
    return (await super.sort(files)).toSorted(
      (one, other) => projectRank(one) - projectRank(other) || rank(one) - rank(other),
    );
  }
}

export default defineConfig(({mode}) => {
  writeCatalogue(import.meta.dirname);
  // Of the projects: `npm run flips` gives them others, and changes what Vite reads.
  const plugins = [compiledSource()];
  const tier = tierOf(mode);
  const files = filesOf(tier);
  const timeout = tier === 'long' ? 3_600_000 : 120_000;
  return {
    test: {
      // What one run has compiled serves the next, by content: the second half of `.ci/run`, and whoever runs tests all day.
      experimental: {fsModuleCache: true},
      testTimeout: timeout,
      hookTimeout: timeout,
      // Left to itself it keeps one processor free: half of a small machine. Each worker reads the lessons and simulates the runs of its tests
      // again, so that a third worker on two processors costs a tenth more.
      maxWorkers: availableParallelism(),
      // V8's initial space for new objects is filled a thousand times in a run, and collecting it takes a tenth of the work. V8 also optimizes code
      // soon, although most tests end before that pays off. Waiting sixteen times as long saves an eighth of the work.
      execArgv: ['--min-semi-space-size=64', '--max-semi-space-size=128', '--interrupt-budget=1000000'],
      sequence: {sequencer: LongestFirst},
      provide: {tier, seed: seedOfRun(tier).seed},
      globalSetup: ['test/helpers/say-seed.ts'],
      setupFiles: ['test/helpers/set-up.ts'],
      projects: [
        {
          extends: true,
          mode,
          plugins,
          test: {
            name: 'source',
            include: files.filter((file) => !ofProgram(file)),
            // The source keeps no state between calls: what one file has loaded serves the next.
            isolate: false,
          },
        },
        {
          extends: true,
          mode,
          plugins,
          test: {
            name: 'program',
            include: files.filter(ofProgram),
            globalSetup: ['test/helpers/build-first.ts'],
            isolate: false,
          },
        },
      ],
    },
  };
});
