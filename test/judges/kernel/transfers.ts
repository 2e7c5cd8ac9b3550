// Runs transfers, one after the other: two at once would wait for each other's turns.
import {execFile} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {build} from 'esbuild';
import {hashOf} from '../../../source/sim/chance.ts';
import type {Late, Lost, Transfer, TransferOutcome} from './transfer.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const GRACE_MS = 15_000;
/** The samples of a window are many. */
const MOST_ANSWER_BYTES = 64_000_000;
/** With timestamps on Ethernet. */
export const SEGMENT_BYTES = 1448;

const run = promisify(execFile);

export type Transfers = {
  readonly run: (transfer: Transfer) => Promise<TransferOutcome>;
  readonly close: () => void;
};

export const openTransfers = async (): Promise<Transfers> => {
  const folder = mkdtempSync(join(tmpdir(), 'kernel-transfers-'));
  const relay = join(folder, 'relay.mjs');
  await build({
    entryPoints: [join(here, 'transfer-relay.ts')],
    outfile: relay,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
  const job = join(folder, 'job.json');
  return {
    run: async (transfer) => {
      writeFileSync(job, JSON.stringify(transfer));
      const {stdout} = await run('python3', [join(here, 'transfer.py'), job, relay], {
        timeout: transfer.limitMs + GRACE_MS,
        killSignal: 'SIGKILL',
        maxBuffer: MOST_ANSWER_BYTES,
      });
      return JSON.parse(stdout);
    },
    close: () => rmSync(folder, {recursive: true, force: true}),
  };
};

/** Of each so many segments of the stream one is chosen, somewhere in it. */
const chosen = (seed: number, what: string, {share, bytes}: {share: number; bytes: number}): number[] =>
  Array.from({length: Math.floor(bytes / SEGMENT_BYTES)}, (_, i) => i)
    .filter((i) => hashOf(seed, what, i) < share * 2 ** 32)
    .map((i) => i * SEGMENT_BYTES + (hashOf(seed, what, 'octet', i) % SEGMENT_BYTES));

/** That share of the stream is lost, and of what is sent again the same share. */
export const lostShare = (seed: number, share: number, bytes: number): readonly Lost[] =>
  chosen(seed, 'lost', {share, bytes}).map((at) => ({
    at,
    copies: hashOf(seed, 'again', at) < share * 2 ** 32 ? 2 : 1,
  }));

export const lateShare = (
  seed: number,
  share: number,
  {bytes, ms}: {bytes: number; ms: number},
): readonly Late[] => chosen(seed, 'late', {share, bytes}).map((at) => ({at, ms}));

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = sorted.slice(middle - 1 + (sorted.length % 2), middle + 1);
  return sorted.length % 2 ? low : (low + high) / 2;
};
