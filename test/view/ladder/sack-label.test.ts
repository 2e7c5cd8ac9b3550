// A duplicate ACK says in the ladder what it was sent for: its SACK block. The numbers are the curriculum's (lesson 10, case A).
import {expect, test} from 'vitest';
import {labelOf} from '../../../source/view/ladder/label.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {canvasOf, open, playingAt, textOf} from '../player.ts';

const runNamed = (name: string) => {
  const wanted = allRuns().find((each) => each.name === name);
  if (!wanted) throw new Error(`no run ${name}`);
  return open({trace: traceOf(wanted)});
};

const opened = runNamed('loss-recovery base');

const labels = (relative: boolean): string[] =>
  Array.from({length: opened.trace.packetCount}, (_, index) =>
    labelOf(opened.trace, opened.trace.packet(index + 1), {relative, questions: []})
      .map(({name, value}) => name + value)
      .join(' '),
  ).filter((label) => label.includes('SACK'));

test('three duplicate ACKs, the block grows from 3001-4001 to 3001-6001 (RFC 2018 §4)', () => {
  expect(labels(false)).toEqual([
    'ACK seq=9001 ack=2001 SACK 3001-4001',
    'ACK seq=9001 ack=2001 SACK 3001-5001',
    'ACK seq=9001 ack=2001 SACK 3001-6001',
  ]);
  // Counted from the client’s ISN, 1000, like the ack beside it.
  expect(labels(true)[0]).toBe('ACK seq=1 ack=1001 SACK 2001-3001');
});

test.each([
  {columns: 80, rows: 24},
  {columns: 120, rows: 40},
])('$columns×$rows: where the line is short the seq of a pure ACK goes before its block', (size) => {
  const rows = textOf(canvasOf(opened, playingAt(opened, 270_000, {playing: false}), size));
  const shown = rows.filter((row) => row.includes('SACK 3001-'));
  expect(shown).toHaveLength(3);
  for (const row of shown) expect(row).toMatch(/ACK (seq=9001 )?ack=2001 SACK 3001-[456]001 /);
});

test('the newest block stands for several', () => {
  const {trace} = runNamed('loss-recovery with-sack');
  const shown = Array.from({length: trace.packetCount}, (_, index) =>
    labelOf(trace, trace.packet(index + 1), {relative: false, questions: []}),
  ).flatMap((parts) => parts.flatMap(({kind, value}) => (kind === 'sack' ? [value] : [])));
  // seq=2001 and seq=4001 are lost: first one block, then two, the one that has just grown in front (RFC 2018 §4).
  expect(shown).toEqual(['3001-4001', '5001-6001…', '5001-7001…', '5001-8001…', '5001-9001…', '5001-9001']);
});

test('where the block has no room at all, the seq is there again', () => {
  const narrow = runNamed('congestion queue');
  const rows = textOf(
    canvasOf(narrow, playingAt(narrow, 700_000, {playing: false}), {columns: 80, rows: 24}),
  );
  const shown = rows.filter((row) => row.includes('ACK ') && !row.includes('len='));
  expect(shown.length).toBeGreaterThan(3);
  // Two numbers of six digits are too much for 35 columns.
  for (const row of shown) expect(row).toMatch(/ACK seq=9001 ack=\d+/);
});
