// One vitest that stays up and runs chosen tests while the text of one source file is another in memory. The tree on the
// disk is never touched.
import {join} from 'node:path';
import {createVitest, type TestCase, type TestModule, type Vitest} from 'vitest/node';

export type Verdict =
  /** `quietMs`: the longest time without a word. */
  | {readonly outcome: 'passed'; readonly quietMs: number}
  | {readonly outcome: 'failed'; readonly test: string}
  | {readonly outcome: 'endless'; readonly test: string};

export type Trial = {
  readonly file: string;
  /** Undefined: as it is. */
  readonly text: string | undefined;
  readonly tests: readonly string[];
  /** Without a word for so long they are given up. */
  readonly patienceMs: number;
};

type Current = {
  path: string;
  text: string | undefined;
  running: string;
  failed: string | undefined;
  heard: () => void;
};

/** Vitest would begin with what failed last or takes longest; here the nearest comes first. */
class AsGiven {
  shard = <T>(files: T): T => files;
  sort = <T>(files: T): T => files;
}

// It knows modules by what is on the disk, and would serve the same for every flip.
const experimental = {fsModuleCache: false};

const start = (root: string, mode: string, current: Current): Promise<Vitest> => {
  const exchange = {
    name: 'flips:exchange',
    enforce: 'pre' as const,
    load: (id: string) => (id.split('?')[0] === current.path ? current.text : undefined),
  };
  // Projects take neither plugins nor the number of workers from the command line.
  const intoProjects = {
    name: 'flips:into-projects',
    config: (config: {test?: {projects?: unknown[]}}) => {
      for (const project of config.test?.projects ?? []) {
        if (typeof project !== 'object' || project === null || !('test' in project)) continue;
        Object.assign(project, {plugins: [exchange]});
        Object.assign(project.test ?? {}, {maxWorkers: 1, experimental});
      }
    },
  };
  const reporter = {
    // Before it is loaded, which may take longest.
    onTestModuleQueued: (module: TestModule) => {
      current.running = module.relativeModuleId;
      current.heard();
    },
    onTestCaseResult: (test: TestCase) => {
      current.heard();
      if (test.result().state === 'failed') current.failed ??= test.module.relativeModuleId;
    },
    onTestModuleEnd: (module: TestModule) => {
      if (module.state() === 'failed') current.failed ??= module.relativeModuleId;
    },
  };
  const options = {root, watch: false, bail: 1, project: ['source'], pool: 'forks', reporters: [reporter]};
  const sequence = {sequencer: AsGiven};
  return createVitest('test', {...options, mode, sequence, experimental}, {plugins: [intoProjects]});
};

const stop = (vitest: Vitest): void => {
  // The second time it no longer waits for a worker that cannot hear.
  for (const _ of [1, 2]) vitest.cancelCurrentRun('keyboard-input').catch(() => undefined);
};

/** `mode`: the tier of tests (test/helpers/tiers.ts). */
export const openTrials = async (root: string, mode: string) => {
  const current: Current = {
    path: '',
    text: undefined,
    running: '',
    failed: undefined,
    heard: () => undefined,
  };
  const vitest = await start(root, mode, current);
  const [project] = vitest.projects;
  if (!project) throw new Error('vitest.config.ts has no project «source»');
  const all = await project.globTestFiles();

  const run = async ({file, text, tests, patienceMs}: Trial): Promise<Verdict> => {
    const path = join(root, file);
    let endless = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let [lastMs, quietMs] = [performance.now(), 0];
    const heard = (): void => {
      const nowMs = performance.now();
      [lastMs, quietMs] = [nowMs, Math.max(quietMs, nowMs - lastMs)];
      clearTimeout(timer);
      timer = setTimeout(() => {
        endless = true;
        stop(vitest);
      }, patienceMs);
    };
    Object.assign(current, {path, text, running: tests[0], failed: undefined, heard});
    vitest.invalidateFile(path);
    heard();
    const {unhandledErrors} = await vitest.runTestSpecifications(
      tests.map((test) => project.createSpecification(join(root, test))),
    );
    heard();
    clearTimeout(timer);
    Object.assign(current, {text: undefined, heard: () => undefined});
    vitest.invalidateFile(path);
    if (endless) return {outcome: 'endless', test: current.running};
    const failed = current.failed ?? (unhandledErrors.length > 0 ? current.running : undefined);
    return failed === undefined ? {outcome: 'passed', quietMs} : {outcome: 'failed', test: failed};
  };

  return {
    run,
    tests: all.testFiles.map((test) => test.slice(root.length + 1)),
    close: () => vitest.close(),
  };
};
