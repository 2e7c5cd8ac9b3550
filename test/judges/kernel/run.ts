// Runs jobs, each in a network namespace of its own that ends with its processes.
import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import type {Job, Outcome} from './job.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
/** What starting and stopping may take on top of a job's own limit. */
const GRACE_MS = 15_000;

export type Court = {
  readonly run: (job: Job) => Promise<Outcome>;
  readonly close: () => void;
};

/** Bundles both ends into a temporary folder. */
export const openCourt = async (): Promise<Court> => {
  const folder = mkdtempSync(join(tmpdir(), 'kernel-judge-'));
  await build({
    entryPoints: {harness: join(here, 'harness.ts'), peer: join(here, 'peer.ts')},
    outdir: folder,
    outExtension: {'.js': '.mjs'},
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
  const groups = new Set<number>();
  const endGroup = (pid: number): void => {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // Already gone.
    }
    groups.delete(pid);
  };
  let count = 0;
  const run = (job: Job): Promise<Outcome> => {
    const name = join(folder, `job-${count++}`);
    const files = {job: `${name}.json`, report: `${name}.report.json`};
    writeFileSync(files.job, JSON.stringify(job));
    return new Promise((resolve, reject) => {
      const command = [process.execPath, join(folder, 'peer.mjs'), files.job, files.report];
      const rest = [join(folder, 'harness.mjs'), join(here, 'tun.py')];
      const child = spawn('unshare', ['-Urn', ...command, ...rest], {detached: true});
      const {pid = 0} = child;
      groups.add(pid);
      const texts = {out: '', error: ''};
      child.stdout.on('data', (data) => {
        texts.out += data;
      });
      child.stderr.on('data', (data) => {
        texts.error += data;
      });
      const limit = setTimeout(endGroup, job.limitMs + GRACE_MS, pid);
      child.on('close', () => {
        clearTimeout(limit);
        endGroup(pid);
        try {
          resolve(JSON.parse(texts.out));
        } catch {
          reject(new Error(`${job.name}: no outcome; ${texts.error.slice(0, 2000)}`));
        }
      });
    });
  };
  const close = (): void => {
    for (const pid of groups) endGroup(pid);
    rmSync(folder, {recursive: true, force: true});
  };
  return {run, close};
};

/** All of them, `width` at a time, in order of the jobs; after one that went wrong no further one is begun. */
export const runAll = async (
  court: Court,
  jobs: readonly Job[],
  {width, isWrong = () => false}: {width: number; isWrong?: (job: Job, outcome: Outcome) => boolean},
): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  const waiting = [...jobs.entries()];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, job] = next;
      const outcome = await court.run(job);
      outcomes[index] = outcome;
      if (isWrong(job, outcome)) waiting.length = 0;
    }
  };
  await Promise.all(Array.from({length: width}, worker));
  return outcomes;
};
