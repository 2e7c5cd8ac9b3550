// The file of progress as text: a line that names the format, then one JSON record on each line, in any order. Lines are only ever added,
// so a line that was cut off damages no other.

import {dayNumber} from '../lesson/daily.ts';
import {isRecord} from '../sim/canonical-json.ts';
import {isWords} from './grade.ts';
import {isCount} from './left-off.ts';
import {
  type Answer,
  type AskedIn,
  confidences,
  type Later,
  mergeRecords,
  type ProgressRecord,
  type Ticks,
  type Tried,
} from './progress-record.ts';

const format = 1;

export type ProgressText =
  /**
   * The file is progress of this format. `damaged` counts the lines that are neither a record nor the beginning of one that was cut off.
   */
  | {readonly kind: 'read'; readonly records: readonly ProgressRecord[]; readonly damaged: number}
  | {readonly kind: 'newer'; readonly format: number}
  /** The file has neither the header of a progress file nor a record, so another program has written it. */
  | {readonly kind: 'foreign'};

const headerLine = JSON.stringify({type: 'progress', format});

/**
 * The header of a progress file with a line feed before it, as earlier builds of this program wrote it: one of them may begin the same file
 * at the same time.
 */
export const progressHeader = `\n${headerLine}`;

/** Returns a progress record as a line with a line feed before it, which ends an earlier record that was cut off. */
export const progressLine = ({id, atMs, ...rest}: ProgressRecord): string =>
  `\n${JSON.stringify({id, atMs, ...rest})}`;

export const progressText = (records: readonly ProgressRecord[]): string =>
  `${headerLine}${mergeRecords(records).map(progressLine).join('')}\n`;

type Entries = Readonly<Record<string, unknown>>;

/**
 * The longest record, and the longest file in the old format (one JSON value), that are parsed, in characters. Real ones are far shorter,
 * and a parser needs many times the memory of its input.
 */
const longestRecord = 65_536;
const longestWhole = 4_194_304;

const entriesOf = (text: string, longest = longestRecord): Entries | undefined => {
  if (text.length > longest) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const places: readonly AskedIn[] = ['lesson', 'check', 'practice', 'exam', 'review'];

/**
 * The fields of every record. They are written out rather than spread, because in Node 20 the spread copies took half of the time of
 * reading a long history.
 */
type Common = Pick<Answer, 'id' | 'atMs' | 'lesson' | 'file'>;

const stringsOf = (value: unknown): readonly string[] | undefined => (isWords(value) ? value : undefined);

const answerOf = (entries: Entries, common: Common): Answer | undefined => {
  const {question, text, asks, topic, skill, wrongWays, given, right, again, mended, hints} = entries;
  const touches = stringsOf(entries['touches']);
  const means = stringsOf(entries['means']);
  const askedIn = places.find((place) => place === entries['askedIn']);
  const confidence = confidences.find((each) => each === entries['confidence']);
  if (typeof question !== 'string' || typeof text !== 'string' || typeof asks !== 'string') return undefined;
  if (typeof topic !== 'string' || typeof skill !== 'string' || typeof right !== 'boolean') return undefined;
  if (!isCount(wrongWays) || !isCount(hints) || !touches || !means || !askedIn) return undefined;
  const isTwice = typeof again === 'string' && typeof mended === 'boolean';
  const {id, atMs, lesson, file} = common;
  return {
    id,
    atMs,
    lesson,
    file,
    kind: 'answer',
    question,
    text,
    asks,
    topic,
    skill,
    touches,
    wrongWays,
    given: typeof given === 'string' ? given : undefined,
    right,
    means,
    again: isTwice ? again : undefined,
    mended: isTwice ? mended : undefined,
    hints,
    confidence,
    askedIn,
  };
};

const laterOf = ({card, name}: Entries, common: Common): Later | undefined =>
  (card === 'belief' || card === 'skill') && typeof name === 'string'
    ? {...common, kind: 'later', card, name}
    : undefined;

const ticksOf = (entries: Entries, common: Common): Ticks | undefined => {
  const {question, topic} = entries;
  const ticked = stringsOf(entries['ticked']);
  const missed = stringsOf(entries['missed']);
  if (typeof question !== 'string' || typeof topic !== 'string' || !ticked || !missed) return undefined;
  return {...common, kind: 'ticks', question, topic, ticked, missed};
};

const triedOf = (entries: Entries, common: Common): Tried | undefined => {
  const {challenge, solved, moves, hints, day} = entries;
  const rests = stringsOf(entries['rests']);
  if (typeof challenge !== 'string' || typeof solved !== 'boolean' || !rests) return undefined;
  if (!isCount(moves) || !isCount(hints)) return undefined;
  const date = typeof day === 'string' && dayNumber(day) !== undefined ? {day} : {};
  return {...common, kind: 'tried', challenge, solved, moves, hints, rests, ...date};
};

/**
 * The end of the year 9999, in milliseconds. ISO 8601 dates have no years of five digits, and a record's due date has to be a date as well.
 */
const latestMs = 253_402_300_799_999;

const recordOf = (entries: Entries): ProgressRecord | undefined => {
  const {id, atMs, kind, lesson, file} = entries;
  if (typeof id !== 'string' || id === '' || typeof lesson !== 'string') return undefined;
  if (!isCount(atMs) || atMs > latestMs) return undefined;
  const common = {id, atMs, lesson, file: typeof file === 'string' ? file : undefined};
  if (kind === 'finished') return {...common, kind};
  if (kind === 'later') return laterOf(entries, common);
  if (kind === 'ticks') return ticksOf(entries, common);
  if (kind === 'tried') return triedOf(entries, common);
  return kind === 'answer' ? answerOf(entries, common) : undefined;
};

/** Tells whether a line is a record of a kind that this version does not know, which does not count as damaged. */
const isUnknown = ({id, atMs, kind}: Entries): boolean =>
  typeof id === 'string' && isCount(atMs) && typeof kind === 'string' && !kindsKnown.has(kind);

/** Returns the format number of a progress file that a later version wrote; undefined for any other file. */
const newerFormat = (entries: Entries | undefined): number | undefined => {
  const {type, format: given} = entries ?? {};
  return type === 'progress' && typeof given === 'number' && given > format ? given : undefined;
};

const kindsKnown: ReadonlySet<string> = new Set<ProgressRecord['kind']>([
  'answer',
  'finished',
  'later',
  'ticks',
  'tried',
]);

const recordStart = '{"id":"';

/** Tells whether a line is the beginning of a progress record whose writing did not finish, as on a full disk. */
const isCutOff = (line: string): boolean =>
  !line.endsWith('}') && (line.startsWith(recordStart) || recordStart.startsWith(line));

/** Yields the lines of a text one at a time, because a list of all lines could take many times the memory of a damaged file. */
function* linesOf(text: string): Generator<string, void> {
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    if (end > start) yield text.slice(start, end);
    start = end + 1;
  }
}

type Lines = {
  /** The progress records in the order of the file. */
  readonly records: readonly ProgressRecord[];
  readonly damaged: number;
  readonly isHeaded: boolean;
  /** True if the text ends within a record, of which more may still be written. */
  readonly isCut: boolean;
};

/** Reads the progress records in a part of the file that begins with a whole line; only the whole file begins with the header. */
export const readLines = (text: string): Lines => {
  const records: ProgressRecord[] = [];
  let [damaged, isHeaded, isCut] = [0, false, false];
  for (const line of linesOf(text)) {
    const entries = entriesOf(line);
    const record = entries && recordOf(entries);
    isCut = false;
    if (record) records.push(record);
    // Processes of an earlier build that began the file at the same time each wrote the header, so it may occur several times.
    else if (line === headerLine) isHeaded = true;
    else if (isCutOff(line)) isCut = !text.endsWith('\n');
    else if (!(entries && isUnknown(entries))) damaged += 1;
  }
  return {records, damaged, isHeaded, isCut};
};

export const beginsWithHeader = (text: string): boolean => {
  const [firstLine] = linesOf(text);
  return firstLine === headerLine;
};

export const readProgress = (text: string): ProgressText => {
  const [firstLine] = linesOf(text);
  if (firstLine === undefined) return {kind: 'read', records: [], damaged: 0};
  const newer = newerFormat(entriesOf(firstLine) ?? entriesOf(text, longestWhole));
  if (newer !== undefined) return {kind: 'newer', format: newer};
  const {records, damaged, isHeaded} = readLines(text);
  if (!isHeaded && records.length === 0) return {kind: 'foreign'};
  // A missing header counts as one damaged line: a new file's first write begins with the header, and so short a part is not cut off.
  const missing = firstLine === headerLine ? 0 : 1;
  return {kind: 'read', records: mergeRecords(records), damaged: damaged + missing};
};
