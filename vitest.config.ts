// Two groups of tests: of the source itself, and of the built program, which is built first where it is out of date.
import {availableParallelism} from 'node:os';
import {defineConfig} from 'vitest/config';

const program = ['test/commands/**/*.test.ts', 'test/e2e/**/*.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Left to itself it keeps one processor free: half of a small machine. Many tests wait for other programs, too.
    maxWorkers: Math.max(2, availableParallelism()),
    projects: [
      {
        extends: true,
        test: {
          name: 'source',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: program,
          // The source keeps no state between calls: what one file has loaded serves the next.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {name: 'program', include: program, globalSetup: ['test/helpers/build-first.ts']},
      },
    ],
  },
});
