// The text of the progress file: what is written is read again, cut-off lines are passed over, damage and newer formats are told.
import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {progressHeader, progressLine, progressText, readProgress} from '../../source/quiz/progress-format.ts';
import {mergeRecords, type ProgressRecord} from '../../source/quiz/progress-record.ts';

const answer = (id: string, atMs: number, right = true): ProgressRecord => ({
  id,
  atMs,
  kind: 'answer',
  question: `q-${id}`,
  text: `t-${id}`,
  lesson: 'handshake',
  asks: 'prediction',
  topic: 'tcp',
  skill: 'handshake prediction',
  touches: ['every-packet-plus-one'],
  wrongWays: 3,
  given: right ? 'a' : 'b',
  right,
  means: right ? [] : ['every-packet-plus-one'],
  hints: 1,
  confidence: 'think',
  askedIn: 'lesson',
});
const finished = (id: string, atMs: number): ProgressRecord => ({
  id,
  atMs,
  kind: 'finished',
  lesson: 'refused',
});

const tried: ProgressRecord = {
  ...{id: 'four', atMs: 40, kind: 'tried', challenge: 'crossed-fins', lesson: 'teardown', solved: true},
  ...{moves: 2, hints: 1, rests: ['teardown/prediction'], day: '2026-11-30'},
};

const three = [answer('one', 10), answer('two', 20, false), finished('three', 30)];

test('what is written is read again, oldest first', () => {
  expect(readProgress(progressText([...three].reverse()))).toEqual({
    kind: 'read',
    records: three,
    damaged: 0,
  });
  expect(readProgress('')).toEqual({kind: 'read', records: [], damaged: 0});
});

test('cut off at any octet, the file loses at most its last record, and what follows is whole', () => {
  const whole = progressText(three).trimEnd();
  const later = answer('later', 40);
  for (let length = whole.indexOf('\n'); length <= whole.length; length += 1) {
    const cut = `${whole.slice(0, length)}${progressLine(later)}`;
    const read = readProgress(cut);
    const complete = three.filter((record) => whole.slice(0, length).includes(progressLine(record)));
    expect(read, `cut at ${length}`).toEqual({kind: 'read', records: [...complete, later], damaged: 0});
  }
});

test('two programs that begin the file at the same time both name the format, and lose nothing', () => {
  const [one, two] = [answer('one', 10), answer('two', 20)];
  const both = [one, two].map((record) => `${progressHeader}${progressLine(record)}`).join('');
  expect(readProgress(both)).toEqual({kind: 'read', records: [one, two], damaged: 0});
});

test('octets that no program of ours has written are damage; the lines beside them are kept', () => {
  const whole = progressText(three);
  for (const bad of ['{', '[]', 'null', 'not ours', '\0\0\0']) {
    const read = readProgress(`${progressHeader}\n${bad}x\n`);
    expect(read).toEqual({kind: 'read', records: [], damaged: 1});
  }
  const spoilt = whole.replace('"handshake"', '"handsh\0ake');
  expect(readProgress(spoilt)).toMatchObject({records: [three[1], three[2]], damaged: 1});
  expect(readProgress(whole.slice(5))).toMatchObject({records: three});
  expect(readProgress(whole.slice(5))).not.toMatchObject({damaged: 0});
});

test.each([
  '{',
  '[]',
  'null',
  'Chapter 1\n\nIn the beginning',
  '\0\0\0',
  '{"format": 99}',
  '{\n  "version": 3,\n  "answers": []\n}',
  '{"type":"capture","format":2}',
])('foreign, without our header: %j', (text) => {
  expect(readProgress(text)).toEqual({kind: 'foreign'});
});

test.each(['{"type":"progress","format":2}\n{"id":"x"}', '{\n  "type": "progress",\n  "format": 3\n}'])(
  'newer is not damaged: %j',
  (text) => {
    expect(readProgress(text).kind).toBe('newer');
  },
);

test('a time outside the calendar counts as damage', () => {
  const last = Date.UTC(9999, 11, 31);
  const read = readProgress(progressText([answer('last', last), answer('after', last + 86_400_000)]));
  expect(read).toEqual({kind: 'read', records: [answer('last', last)], damaged: 1});
});

test('merging is a union by id: in any order, any number of times', () => {
  const records = fc.array(
    fc
      .record({id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), atMs: fc.constant(0)})
      .map(({id}) => answer(id, id.charCodeAt(0))),
  );
  fc.assert(
    fc.property(records, records, (left, right) => {
      const merged = mergeRecords(left, right);
      expect(mergeRecords(right, left)).toEqual(merged);
      expect(mergeRecords(merged, left)).toEqual(merged);
      expect(new Set(merged.map(({id}) => id))).toEqual(new Set([...left, ...right].map(({id}) => id)));
    }),
  );
});

test('ticks of an interview are a record, and a version that does not know them passes them over', () => {
  const ticks: ProgressRecord = {
    ...{id: 'ticks', atMs: 40, kind: 'ticks', lesson: 'why-three', question: 'why-three', topic: 'tcp-open'},
    ...{ticked: ['isns'], missed: ['ghost', 'two']},
  };
  expect(readProgress(progressText([...three, ticks]))).toMatchObject({
    records: [...three, ticks],
    damaged: 0,
  });
  const broken = progressLine({...ticks, id: 'broken'}).replace('"missed"', '"forgot"');
  expect(readProgress(`${progressHeader}${broken}`)).toMatchObject({records: [], damaged: 1});
  const other = progressLine(ticks).replace('"kind":"ticks"', '"kind":"to-come"');
  expect(readProgress(`${progressHeader}${other}`)).toMatchObject({records: [], damaged: 0});
});

test('what was put off is a record; a kind that this version does not know says nothing and is no damage', () => {
  const later: ProgressRecord = {
    ...{id: 'later', atMs: 40, kind: 'later', lesson: 'handshake'},
    ...{card: 'belief', name: 'every-packet-plus-one'},
  };
  expect(readProgress(progressText([...three, later]))).toEqual({
    kind: 'read',
    records: [...three, later],
    damaged: 0,
  });
  const read = (line: string) => readProgress(`${progressText(three)}\n${line}\n`);
  expect(read('{"id":"x","atMs":50,"kind":"tomorrow","lesson":7}')).toEqual({
    kind: 'read',
    records: three,
    damaged: 0,
  });
  expect(read('{"id":"x","atMs":50,"kind":"later","lesson":"handshake"}')).toMatchObject({damaged: 1});
  expect(read('{"id":"x","kind":"tomorrow"}')).toMatchObject({damaged: 1});
});

test('a run of a challenge is read as it was written; its day has to be a date, and its counts numbers', () => {
  const {day: _, ...undated} = tried;
  expect(readProgress(progressText([tried]))).toEqual({kind: 'read', records: [tried], damaged: 0});
  const changed = (change: object) => readProgress(`${progressHeader}${progressLine({...tried, ...change})}`);
  expect(changed({day: '2026-13-01'})).toEqual({kind: 'read', records: [undated], damaged: 0});
  for (const wrong of [{moves: -1}, {hints: '1'}, {solved: 'yes'}, {rests: [1]}, {challenge: undefined}])
    expect(changed(wrong), JSON.stringify(wrong)).toEqual({kind: 'read', records: [], damaged: 1});
});
