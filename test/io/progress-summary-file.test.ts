// Checks the summary that is kept beside the log of the progress. Oracle: what the same log tells without a summary.
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {crc32} from 'node:zlib';
import * as fc from 'fast-check';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {offsetAt, openProgress} from '../../source/io/progress.ts';
import {appendProgress, loadProgress, type StoredProgress} from '../../source/io/progress-file.ts';
import {progressText} from '../../source/quiz/progress-format.ts';
import {mergeRecords, type ProgressRecord} from '../../source/quiz/progress-record.ts';
import {standingIn} from '../../source/quiz/standing.ts';
import {lacks} from '../helpers/posix.ts';
import {anyRecords, firstMs} from '../helpers/progress-logs.ts';
import {runs} from '../helpers/seeds.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-summary-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, {recursive: true});
});

const log = (): string => join(folder, 'progress.json');
const summary = (): string => join(folder, 'progress-summary.json');
const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** Returns all that is told of a learner, on a day in spring. */
const told = ({summary: known, records, trouble}: StoredProgress) => {
  const {lessons, days, ...rest} = standingIn(known, firstMs + 90 * dayMs);
  return {
    ...{...rest, lessons: [...lessons], days: [...days], files: [...known.files]},
    records: records(),
    trouble: trouble?.code,
  };
};

/** Returns what the log tells in a folder without a summary. */
const toldAfresh = (offsetMs: number) => {
  const aside = join(folder, 'aside');
  mkdirSync(aside);
  try {
    const copy = join(aside, 'progress.json');
    if (existsSync(log())) copyFileSync(log(), copy);
    return told(loadProgress(copy, {offsetMs, least: Number.POSITIVE_INFINITY}));
  } finally {
    rmSync(aside, {recursive: true});
  }
};

const load = (offsetMs = 0): StoredProgress => loadProgress(log(), {offsetMs, least: 0});

const expectSame = (offsetMs = 0): void => {
  const afresh = toldAfresh(offsetMs);
  expect(told(load(offsetMs))).toEqual(afresh);
};

const spoil = (file: string, at: number, byte: number): void => {
  if (!existsSync(file)) return;
  const bytes = readFileSync(file);
  if (bytes.length > 0) bytes[Math.floor(at * (bytes.length - 1))] = byte;
  writeFileSync(file, bytes);
};

type Step = {
  readonly name: string;
  readonly does: (later: (records: readonly ProgressRecord[]) => void) => void;
};

const step = <T>(
  name: string,
  drawn: fc.Arbitrary<T>,
  does: (drawn: T, later: (records: readonly ProgressRecord[]) => void) => void,
) =>
  drawn.map(
    (value): Step => ({name: `${name} ${JSON.stringify(value)}`, does: (later) => does(value, later)}),
  );

const place = fc.double({min: 0, max: 1, noNaN: true});
const byte = fc.constantFrom(...Buffer.from('1a"{}\n ,\0'));

const steps = fc.array(
  fc.oneof(
    {weight: 6, arbitrary: step('answers', anyRecords(12), (records, later) => later(records))},
    step('records of another computer', anyRecords(12), (records) => appendProgress(log(), records)),
    step('a cut-off write', fc.constantFrom('\n{"id":"ha', '\n{', 'lf","atMs":1}', '\n'), (text) =>
      appendFileSync(log(), text),
    ),
    step('a log cut short', fc.nat({max: 300}), (count) => {
      if (existsSync(log())) truncateSync(log(), Math.max(0, statSync(log()).size - count));
    }),
    step('an edit of the log', fc.tuple(place, byte), ([at, to]) => spoil(log(), at, to)),
    step('a spoilt summary', fc.tuple(place, byte), ([at, to]) => spoil(summary(), at, to)),
    step('no summary', fc.constant(0), () => rmSync(summary(), {force: true})),
    step('another log', anyRecords(12), (records) => writeFileSync(log(), progressText(records))),
    step('a reset', fc.constant(0), () => rmSync(log(), {force: true})),
  ),
  {maxLength: 12},
);

test('the same is told with and without a summary, whatever happens to the log or the summary', () => {
  fc.assert(
    fc.property(steps, fc.constantFrom(0, 8 * hourMs), (drawn, offsetMs) => {
      for (const name of readdirSync(folder)) rmSync(join(folder, name), {recursive: true});
      let nextMs = firstMs + 200 * dayMs;
      for (const {does} of drawn) {
        does((records) => {
          const sorted = mergeRecords(records).map((each, n) => ({
            ...each,
            id: `${each.id} ${nextMs}`,
            atMs: nextMs + n,
          }));
          appendProgress(log(), sorted);
          nextMs += dayMs;
        });
        expectSame(offsetMs);
      }
    }),
    {numRuns: runs(300)},
  );
});

const answered = (n: number): ProgressRecord => ({
  ...{id: `answer ${n}`, atMs: firstMs + n * 60_000, kind: 'answer', question: `${n}`, text: `${n}`},
  ...{
    lesson: 'handshake',
    asks: 'next-ack',
    topic: 'tcp',
    skill: 'handshake/next-ack',
    touches: ['plus-one'],
  },
  ...{wrongWays: 3, given: 'a', right: n % 3 > 0, means: [], hints: 0, askedIn: 'practice'},
});
const answers = (count: number): readonly ProgressRecord[] =>
  Array.from({length: count}, (_, n) => answered(n));

/** Writes a false count into the summary with a valid checksum. Whoever reports that count has read the summary and not the log. */
const lie = (): void => {
  const [head = '', body = ''] = readFileSync(summary(), 'utf8').split('\n');
  const other = JSON.stringify({...JSON.parse(body), answers: 4711});
  writeFileSync(summary(), `${JSON.stringify({...JSON.parse(head), check: crc32(other)})}\n${other}\n`);
};

/** Moves `Date.now`, which decides how long the log has been left alone, ahead by `ms`. */
const wait = (ms: number): void => {
  const real = Date.now();
  vi.spyOn(Date, 'now').mockReturnValue(real + ms);
};

test('a long log is summed up once, and later only the part by which it has grown', () => {
  writeFileSync(log(), progressText(answers(500)));
  wait(10_000);
  expect(load().summary.answers).toBe(500);
  lie();
  expect(load().summary.answers).toBe(4711);
  appendProgress(log(), [answered(500)]);
  expect(load().summary.answers).toBe(4712);
  rmSync(summary());
  expect(load().summary.answers).toBe(501);
});

test('a log that was written just now is read again', () => {
  writeFileSync(log(), progressText(answers(500)));
  load();
  expect(JSON.parse(readFileSync(summary(), 'utf8').split('\n')[0] ?? '').seen).toBe('');
  wait(10_000);
  load();
  expect(JSON.parse(readFileSync(summary(), 'utf8').split('\n')[0] ?? '').seen).not.toBe('');
});

test('a summary of another version or another time zone is made again', () => {
  writeFileSync(log(), progressText(answers(100)));
  load();
  lie();
  const [head = '', body = ''] = readFileSync(summary(), 'utf8').split('\n');
  writeFileSync(summary(), `${JSON.stringify({...JSON.parse(head), version: 0})}\n${body}\n`);
  expect(load().summary.answers).toBe(100);
  lie();
  expect(load(hourMs).summary.answers).toBe(100);
});

test('a log of many blocks, and a log with a record out of order', () => {
  const many = answers(5000);
  writeFileSync(log(), progressText(many));
  expectSame();
  expectSame();
  appendProgress(log(), [{...answered(2500), id: 'late'}]);
  expectSame();
  appendProgress(log(), [answered(5000)]);
  expectSame();
  expect(load().summary.count).toBe(5002);
});

test('a short log has no summary', () => {
  const progress = openProgress(() => firstMs, log());
  progress.record({kind: 'finished', lesson: 'handshake'});
  openProgress(() => firstMs, log());
  expect(readdirSync(folder)).toEqual(['progress.json']);
});

test('another program’s file or a link in the place of the summary stays, and a reset deletes our summary', () => {
  writeFileSync(log(), progressText(answers(500)));
  writeFileSync(summary(), 'Chapter 1');
  expectSame();
  expect(openProgress(() => firstMs, log()).reset()).toBeUndefined();
  expect(readFileSync(summary(), 'utf8')).toBe('Chapter 1');
  rmSync(summary());
  writeFileSync(log(), progressText(answers(500)));
  if (!lacks('links')) {
    symlinkSync(join(folder, 'elsewhere'), summary());
    expectSame();
    expect(existsSync(join(folder, 'elsewhere'))).toBe(false);
    rmSync(summary());
  }
  load();
  expect(statSync(summary()).mode & 0o777).toBe(lacks('rights') ? 0o666 : 0o600);
  expect(openProgress(() => firstMs, log()).reset()).toBeUndefined();
  expect(readdirSync(folder)).toEqual([]);
});

test('new answers are in the summary and the records, whichever is asked for first', () => {
  const offsetMs = offsetAt(firstMs);
  const standing = (progress: ReturnType<typeof openProgress>) =>
    standingIn(progress.summary(offsetMs), firstMs + dayMs);
  let clock = firstMs + 500 * 60_000;
  writeFileSync(log(), progressText(answers(500)));
  const [one, other] = [1, 2].map(() => openProgress(() => clock, log()));
  if (one === undefined || other === undefined) throw new Error('two were opened');
  one.record({kind: 'finished', lesson: 'refused'});
  clock -= 300 * 60_000;
  one.record({kind: 'finished', lesson: 'teardown'});
  expect(standing(one)).toEqual(standing(openProgress(() => clock, log())));
  expect(standing(other).lessons.has('teardown')).toBe(false);
  // Reading the records also finds those of the other program, and from then on they are counted.
  expect(other.records()).toEqual(one.records());
  expect(standing(other)).toEqual(standing(one));
  expect(other.merge(answers(510))).toBe(10);
  expect(standing(other)).toEqual(standing(openProgress(() => clock, log())));
  expect(standing(other).answers).toBe(510);
});
