// Progress as a session uses it: what is known at the start, and each answer kept as soon as it is given.
import {randomBytes} from 'node:crypto';
import {existsSync, unlinkSync} from 'node:fs';
import {type FreshRecord, mergeRecords, type ProgressRecord} from '../quiz/progress-record.ts';
import {progressFile} from './data-folder.ts';
import {isLink} from './file-writing.ts';
import {codeOf} from './files.ts';
import {placesFile, readPlaces} from './places-file.ts';
import {appendProgress, loadProgress, type ProgressTrouble, type StoredProgress} from './progress-file.ts';

/** How many records cannot be kept, and why. */
export type Unsaved = {readonly count: number; readonly trouble: ProgressTrouble};

export type Progress = {
  /** Undefined: the system names no place for it. */
  readonly file: string | undefined;
  /** Beside it: where lessons were left. */
  readonly places: string | undefined;
  /** Oldest first: what the file said at the start, and what was recorded since, kept or not. */
  records(): readonly ProgressRecord[];
  /** What was wrong with the file. */
  readonly trouble: ProgressTrouble | undefined;
  /** Says so when records cannot be kept; they are tried again with the next. */
  record(fresh: FreshRecord): ProgressTrouble | undefined;
  /** What is nowhere but here so far. */
  unsaved(): Unsaved | undefined;
  /** The same, after one more try. */
  saveUnsaved(): Unsaved | undefined;
  /** Adds the records of another machine that are not here yet. Their number, or why they cannot be kept. */
  merge(others: readonly ProgressRecord[]): number | ProgressTrouble;
  /** Forgets everything. */
  reset(): ProgressTrouble | undefined;
};

/** Lines of this version in the file of a newer one would not be understood there, and those of others are none of our business. */
const isInTheWay = (trouble: ProgressTrouble): boolean =>
  trouble.code === 'newer' ? trouble.aside === undefined : ['foreign', 'nowhere'].includes(trouble.code);

/** What others have written beside it stays. */
const forget = (file: string): ProgressTrouble | undefined => {
  if (isLink(file)) return {code: 'link', file};
  const places = placesFile(file);
  const stays = isLink(places) || readPlaces(places).trouble?.code === 'foreign';
  try {
    for (const each of stays ? [file] : [file, places]) if (existsSync(each)) unlinkSync(each);
    return undefined;
  } catch (problem) {
    return {code: 'unwritable', file, name: codeOf(problem)};
  }
};

export const openProgress = (now: () => number, file = progressFile()): Progress => {
  const stored: StoredProgress =
    file === undefined ? {records: [], trouble: {code: 'nowhere'}} : loadProgress(file);
  const {trouble} = stored;
  const inTheWay = trouble && isInTheWay(trouble) ? trouble : undefined;
  let records = stored.records;
  let waiting: readonly ProgressRecord[] = [];
  let failed: ProgressTrouble | undefined;

  const append = (): ProgressTrouble | undefined => {
    if (inTheWay || file === undefined) return inTheWay;
    if (isLink(file)) return {code: 'link', file};
    try {
      appendProgress(file, waiting);
      waiting = [];
      return undefined;
    } catch (problem) {
      return {code: 'unwritable', file, name: codeOf(problem)};
    }
  };
  const save = (more: readonly ProgressRecord[]): ProgressTrouble | undefined => {
    waiting = [...waiting, ...more];
    failed = waiting.length === 0 ? undefined : append();
    return failed;
  };
  const unsaved = (): Unsaved | undefined => failed && {count: waiting.length, trouble: failed};

  return {
    file,
    places: file === undefined ? undefined : placesFile(file),
    trouble,
    records: () => records,
    record(fresh) {
      const added = {id: randomBytes(9).toString('base64url'), atMs: Math.trunc(now()), ...fresh};
      // A clock may have been put back, or a record come from one that was ahead.
      const isLast = (records.at(-1)?.atMs ?? 0) <= added.atMs;
      records = isLast ? [...records, added] : mergeRecords(records, [added]);
      return save([added]);
    },
    unsaved,
    saveUnsaved() {
      save([]);
      return unsaved();
    },
    merge(others) {
      const known = new Set(records.map(({id}) => id));
      const fresh = mergeRecords(others).filter(({id}) => !known.has(id));
      records = mergeRecords(records, fresh);
      return save(fresh) ?? fresh.length;
    },
    reset() {
      const kept = inTheWay ?? (file === undefined ? undefined : forget(file));
      if (kept) return kept;
      records = [];
      waiting = [];
      failed = undefined;
      return undefined;
    },
  };
};
