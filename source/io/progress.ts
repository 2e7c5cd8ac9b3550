// Provides the progress of a session: the records known at the start, and each answer, which is saved as soon as it is given.
import {randomBytes} from 'node:crypto';
import {existsSync, unlinkSync} from 'node:fs';
import {dirname} from 'node:path';
import {type FreshRecord, mergeRecords, type ProgressRecord} from '../quiz/progress-record.ts';
import {addRecord, emptySummary, type Summary, summaryOf} from '../quiz/progress-summary.ts';
import {progressFile} from './data-folder.ts';
import {isLink} from './file-writing.ts';
import {codeOf} from './files.ts';
import {removeAbandoned} from './partial-files.ts';
import {placesFile, readPlaces} from './places-file.ts';
import {appendProgress, loadProgress, type ProgressTrouble, type StoredProgress} from './progress-file.ts';
import {mayReplace, summaryFile} from './progress-summary-file.ts';

/** How many records of progress could not be saved, and why. */
export type Unsaved = {readonly count: number; readonly trouble: ProgressTrouble};

export type Progress = {
  /** The path of the progress log; undefined if the system names no folder for it. */
  readonly file: string | undefined;
  /** The path of the file beside the progress log that stores where lessons were left; undefined if there is no folder for it. */
  readonly places: string | undefined;
  /**
   * Returns a summary of all records of progress, those of this session included, even if they could not be saved. `offsetMs`: how far the
   * learner's clock is ahead of UTC, in ms.
   */
  summary(offsetMs: number): Summary;
  /** Returns all records of progress, those of this session included, oldest first. The first call takes a while if the log is long. */
  records(): readonly ProgressRecord[];
  /** The trouble with the progress log when it was read; undefined if there was none. */
  readonly trouble: ProgressTrouble | undefined;
  /** Records a learner's answer and saves it. Returns the trouble if it cannot be saved; it is then saved together with a later answer. */
  record(fresh: FreshRecord): ProgressTrouble | undefined;
  /** Returns how many records of progress are not saved yet, and why; undefined if all are saved. */
  unsaved(): Unsaved | undefined;
  /** Tries again to save the unsaved records of progress, and returns how many are still unsaved and why; undefined if none are. */
  saveUnsaved(): Unsaved | undefined;
  /** Adds those records of another computer's progress that are unknown here. Returns how many, or the trouble if they cannot be saved. */
  merge(others: readonly ProgressRecord[]): number | ProgressTrouble;
  /**
   * Deletes the learner's progress, on disk and in memory. Returns the trouble if a file cannot be deleted; the records in memory then
   * stay.
   */
  reset(): ProgressTrouble | undefined;
};

/** Returns how far the local clock is ahead of UTC at a time, in milliseconds. */
export const offsetAt = (ms: number): number => -new Date(ms).getTimezoneOffset() * 60_000;

/**
 * The records of progress in the log and those of this session. It keeps a summary, and the records only after the first request for them.
 */
class History {
  readonly #read: () => readonly ProgressRecord[];
  #summary: Summary | undefined;
  /** All records of progress; undefined until they are first asked for. */
  #records: readonly ProgressRecord[] | undefined;
  #later: ProgressRecord[] = [];

  constructor({summary, records}: StoredProgress) {
    this.#summary = summary;
    this.#read = records;
  }

  records(): readonly ProgressRecord[] {
    if (this.#records !== undefined) return this.#records;
    const records = mergeRecords(this.#read(), this.#later);
    this.#records = records;
    // If the number of records differs from the summary's, another program has added some to the progress log, so the summary is made anew.
    if (this.#summary?.count !== records.length) this.#summary = undefined;
    return records;
  }

  summary(offsetMs: number): Summary {
    if (this.#summary?.offsetMs !== offsetMs) this.#summary = summaryOf(this.records(), offsetMs);
    return this.#summary;
  }

  /** Adds new records of progress, oldest first, to the records and the summary; none of them may be known already. */
  add(fresh: readonly ProgressRecord[]): void {
    const records = this.#records;
    // New records can be older than the last known one, if a clock was set back or a record came from a computer whose clock was ahead.
    const isLast = (records?.at(-1)?.atMs ?? 0) <= (fresh[0]?.atMs ?? 0);
    if (records === undefined) this.#later.push(...fresh);
    else this.#records = isLast ? [...records, ...fresh] : mergeRecords(records, fresh);
    const summary = this.#summary;
    if (summary && !fresh.every((each) => addRecord(summary, each))) this.#summary = undefined;
  }

  forget(): void {
    this.#records = [];
    this.#summary = undefined;
  }
}

/**
 * Tells whether the progress log must not be written to: it is of a newer program that could not be moved aside, of another program, or has
 * no folder.
 */
const isInTheWay = (trouble: ProgressTrouble): boolean =>
  trouble.code === 'newer' ? trouble.aside === undefined : ['foreign', 'nowhere'].includes(trouble.code);

/** Deletes the progress log and the files beside it, except those that this program did not write. */
const forget = (file: string): ProgressTrouble | undefined => {
  if (isLink(file)) return {code: 'link', file};
  const [places, summary] = [placesFile(file), summaryFile(file)];
  const beside = [
    ...(readPlaces(places).trouble?.code === 'foreign' ? [] : [places]),
    ...(mayReplace(summary) ? [summary] : []),
  ];
  try {
    for (const each of [file, ...beside.filter((path) => !isLink(path))])
      if (existsSync(each)) unlinkSync(each);
    return undefined;
  } catch (problem) {
    return {code: 'unwritable', file, name: codeOf(problem)};
  }
};

const nowhere = (offsetMs: number): StoredProgress => ({
  summary: emptySummary(offsetMs),
  records: () => [],
  trouble: {code: 'nowhere'},
});

export const openProgress = (now: () => number, file = progressFile()): Progress => {
  const offsetMs = offsetAt(now());
  if (file !== undefined) removeAbandoned(dirname(file));
  const stored = file === undefined ? nowhere(offsetMs) : loadProgress(file, {offsetMs});
  const {trouble} = stored;
  const inTheWay = trouble && isInTheWay(trouble) ? trouble : undefined;
  const history = new History(stored);
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
    summary: (here) => history.summary(here),
    records: () => history.records(),
    record(fresh) {
      const added = {id: randomBytes(9).toString('base64url'), atMs: Math.trunc(now()), ...fresh};
      history.add([added]);
      return save([added]);
    },
    unsaved,
    saveUnsaved() {
      save([]);
      return unsaved();
    },
    merge(others) {
      const known = new Set(history.records().map(({id}) => id));
      const fresh = mergeRecords(others).filter(({id}) => !known.has(id));
      history.add(fresh);
      return save(fresh) ?? fresh.length;
    },
    reset() {
      const kept = inTheWay ?? (file === undefined ? undefined : forget(file));
      if (kept) return kept;
      history.forget();
      waiting = [];
      failed = undefined;
      return undefined;
    },
  };
};
