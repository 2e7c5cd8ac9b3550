// Progress as a session uses it: what is known at the start, and each answer kept as soon as it is given.
import {randomBytes} from 'node:crypto';
import {existsSync, unlinkSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import envPaths from 'env-paths';
import {type FreshRecord, mergeRecords, type ProgressRecord} from '../lesson/quiz/progress-record.ts';
import {appendProgress, loadProgress, type ProgressTrouble} from './progress-file.ts';

export type Progress = {
  readonly file: string;
  /** Oldest first: what the file said at the start, and what was recorded since, kept or not. */
  records(): readonly ProgressRecord[];
  /** What was wrong with the file. */
  readonly trouble: ProgressTrouble | undefined;
  /** Says so when records cannot be kept, once; they are tried again with the next. */
  record(fresh: FreshRecord): ProgressTrouble | undefined;
  /** Adds the records of another machine that are not here yet. Their number, or why they cannot be kept. */
  merge(others: readonly ProgressRecord[]): number | ProgressTrouble;
  /** Forgets everything. */
  reset(): ProgressTrouble | undefined;
};

/** `PACKET_TUTOR_DATA` names another folder than the platform's. */
const progressFile = (): string =>
  join(process.env['PACKET_TUTOR_DATA'] || envPaths('packet-tutor', {suffix: ''}).data, 'progress.json');

export const openProgress = (now: () => number, file = progressFile()): Progress => {
  const stored = loadProgress(file);
  const {trouble} = stored;
  // Lines of this version in the file of a newer one would not be understood there.
  const mayWrite = trouble?.code !== 'newer' || trouble.aside !== undefined;
  let records = stored.records;
  let unsaved: readonly ProgressRecord[] = [];
  let failing = false;

  const save = (more: readonly ProgressRecord[]): ProgressTrouble | undefined => {
    unsaved = [...unsaved, ...more];
    if (!mayWrite) return undefined;
    try {
      appendProgress(file, unsaved);
      unsaved = [];
      failing = false;
      return undefined;
    } catch (problem) {
      const name = problem instanceof Error && 'code' in problem ? String(problem.code) : 'EIO';
      const told = failing;
      failing = true;
      return told ? undefined : {code: 'unwritable', file, name};
    }
  };

  return {
    file,
    trouble,
    records: () => records,
    record(fresh) {
      const added = {id: randomBytes(9).toString('base64url'), atMs: Math.trunc(now()), ...fresh};
      // A clock may have been put back, or a record come from one that was ahead.
      const isLast = (records.at(-1)?.atMs ?? 0) <= added.atMs;
      records = isLast ? [...records, added] : mergeRecords(records, [added]);
      return save([added]);
    },
    merge(others) {
      const known = new Set(records.map(({id}) => id));
      const fresh = mergeRecords(others).filter(({id}) => !known.has(id));
      records = mergeRecords(records, fresh);
      return save(fresh) ?? fresh.length;
    },
    reset() {
      try {
        if (existsSync(file)) unlinkSync(file);
      } catch (problem) {
        const name = problem instanceof Error && 'code' in problem ? String(problem.code) : 'EIO';
        return {code: 'unwritable', file, name};
      }
      records = [];
      unsaved = [];
      return undefined;
    },
  };
};
