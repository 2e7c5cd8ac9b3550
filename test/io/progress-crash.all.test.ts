// Programs that answer at once and are killed at any instant: what they had said to be kept is kept, and the file stays whole.
import {type ChildProcess, spawn} from 'node:child_process';
import {appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {buildSync} from 'esbuild';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {loadProgress} from '../../source/io/progress-file.ts';
import {readProgress} from '../../source/quiz/progress-format.ts';
import {runs} from '../helpers/seeds.ts';

let folder = '';
let script = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-crash-'));
  script = join(folder, 'answering.cjs');
  buildSync({
    entryPoints: ['test/helpers/answering.ts'],
    outfile: script,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
  });
});
afterAll(() => rmSync(folder, {recursive: true}));

type Kill = {readonly after: 'start' | 'answer'; readonly ms: number};

type Session = {
  readonly kept: readonly string[];
  readonly troubles: readonly string[];
  readonly killed: boolean;
};

/** What one process said before it ended, or was killed so many ms after its first answer, or after its start. */
const session = async (file: string, kill: Kill | undefined, count = '200'): Promise<Session> => {
  const child: ChildProcess = spawn(process.execPath, [script, file, kill ? '1000000' : count], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  const killer = (): void => void setTimeout(() => child.kill('SIGKILL'), kill?.ms);
  if (kill?.after === 'start') killer();
  child.stdout?.on('data', (piece) => {
    if (said === '' && kill?.after === 'answer') killer();
    said += String(piece);
  });
  const signal = await new Promise((resolve) => child.on('close', (_code, by) => resolve(by)));
  // The last line may be cut off by the kill.
  const lines = said.split('\n').slice(0, -1);
  return {
    kept: lines.filter((line) => !line.startsWith('trouble')),
    troubles: lines.filter((line) => line.startsWith('trouble')),
    killed: signal === 'SIGKILL',
  };
};

const utc = {offsetMs: 0};
const idsIn = (file: string): ReadonlySet<string> =>
  new Set(
    loadProgress(file, utc)
      .records()
      .map(({id}) => id),
  );

test('kills at random instants, four programs at once: no answer that was kept is lost, nor the file', async () => {
  const files = Array.from({length: runs(8, 1)}, (_, n) => join(folder, `${n}`, 'progress.json'));
  const said = new Map<string, string[]>(files.map((file) => [file, []]));
  const jobs = files.flatMap((file) => Array.from({length: 20}, (_, n) => ({file, n})));
  const wanted = jobs.length;
  let kills = 0;
  let answersInHand = 0;
  const work = async (): Promise<void> => {
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      // One in four is killed while it starts or reads; the others while they answer.
      const kill: Kill =
        job.n % 4 === 0
          ? {after: 'start', ms: 20 + 50 * Math.random()}
          : {after: 'answer', ms: 4 * Math.random()};
      const {kept, troubles, killed} = await session(job.file, kill);
      expect(troubles).toEqual([]);
      if (killed) kills += 1;
      said.get(job.file)?.push(...kept);
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  expect(kills).toBe(wanted);
  for (const [file, kept] of said) {
    const text = readFileSync(file, 'utf8');
    expect(readProgress(text)).toMatchObject({kind: 'read', damaged: 0});
    const there = idsIn(file);
    expect(kept.filter((id) => !there.has(id))).toEqual([]);
    // Kept, and killed before it was said: one for each process at most.
    answersInHand = Math.max(answersInHand, there.size - kept.length);
    // A process that is killed may leave the temporary file of a summary that it was writing.
    const others = readdirSync(join(file, '..')).filter((name) => !/^\.packet-tutor-.*\.tmp$/.test(name));
    expect(['progress-summary.json', 'progress.json']).toEqual(expect.arrayContaining(others));
  }
  expect(answersInHand).toBeLessThanOrEqual(20);
  expect([...said.values()].flat().length).toBeGreaterThan(wanted);
});

test('two programs that answer at once lose nothing', async () => {
  const file = join(folder, 'two', 'progress.json');
  const [one, two] = await Promise.all([session(file, undefined), session(file, undefined)]);
  const there = idsIn(file);
  expect(one.kept.length + two.kept.length).toBe(400);
  expect(there.size).toBe(400);
  for (const id of [...one.kept, ...two.kept]) expect(there).toContain(id);
});

test('nor do they while a third finds the file damaged, and sets it aside, again and again', async () => {
  const file = join(folder, 'three', 'progress.json');
  let repairs = 0;
  let answering = true;
  const both = Promise.all([session(file, undefined, '1500'), session(file, undefined, '1500')]);
  const sessions = both.finally(() => {
    answering = false;
  });
  while (answering) {
    if (existsSync(file)) {
      appendFileSync(file, '\nscribble');
      if (loadProgress(file, utc).trouble?.code === 'damaged') repairs += 1;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  const kept = (await sessions).flatMap((each) => each.kept);
  expect(repairs).toBeGreaterThan(5);
  expect(kept.length).toBe(3000);
  const there = idsIn(file);
  expect(kept.filter((id) => !there.has(id))).toEqual([]);
});
