// Where rows are free, the line of a packet slopes: it leaves in one row and lands in the next, so that time runs downwards.
import {expect, test} from 'vitest';
import type {Fault} from '../../../source/sim/fault.ts';
import {asciiGlyphs} from '../../../source/view/glyphs.ts';
import {compose} from '../../../source/view/screen.ts';
import {handshakeScenario} from '../../helpers/scenarios.ts';
import {run} from '../../helpers/traces.ts';
import {canvasOf, open, playingAt, sceneOf, textOf} from '../player.ts';

const [firstColumn, lastColumn] = [23, 59];

const ladderOf = (us: number, faults: readonly Fault[] = [], rows = 40): string[] => {
  const opened = open({trace: run(handshakeScenario({faults}))});
  return textOf(canvasOf(opened, playingAt(opened, us), {columns: 80, rows}))
    .slice(5, -11)
    .map((line) => line.padEnd(lastColumn).slice(firstColumn - 1, lastColumn));
};

test('it lands one row below where it leaves, and changes rows in one column', () => {
  const rows = ladderOf(100_000);
  const there = rows.findIndex((row) => /^├─+╮ +│$/.test(row));
  expect(rows[there + 1]).toMatch(/^│ +╰─+▸│$/);
  expect(rows[there + 1]?.indexOf('╰')).toBe(rows[there]?.indexOf('╮'));
  const back = rows.findIndex((row) => /^│ +╭─+┤$/.test(row));
  expect(rows[back + 1]).toMatch(/^│◂─+╯ +│$/);
  expect(rows[back + 1]?.indexOf('╯')).toBe(rows[back]?.indexOf('╭'));
  expect(back).toBe(there + 3);
});

test('its times stand where it leaves and where it lands', () => {
  const opened = open({trace: run(handshakeScenario({}))});
  const lines = textOf(canvasOf(opened, playingAt(opened, 60_000), {columns: 80, rows: 40}));
  const leaves = lines.findIndex((line) => line.includes('╮'));
  expect(lines[leaves]).toMatch(/ 0 ms +SYN-SENT.?├/);
  expect(lines[leaves + 1]).toMatch(/│.?SYN-RECEIVED +50 ms$/);
});

test('a packet that is lost on the first half of its way has no second row', () => {
  const rows = ladderOf(400_000, [{kind: 'drop', at: {packet: 1}}]);
  const there = rows.findIndex((row) => row.includes('✗'));
  expect(rows[there]).toMatch(/^├─+ ?✗ +│$/);
  expect(rows[there + 1]).toMatch(/^│ +│$/);
});

test('where rows are few the lines are level', () => {
  expect(ladderOf(100_000, [], 24).join('')).not.toMatch(/[╮╰╭╯]/);
});

test('ASCII has signs of its own for it', () => {
  const opened = open({trace: run(handshakeScenario({}))});
  const scene = sceneOf(opened, playingAt(opened, 100_000));
  const lines = textOf(compose(scene, {columns: 80, rows: 40, glyphs: asciiGlyphs, keyHints: []}));
  const there = lines.findIndex((line) => /\+-+\. +\|/.test(line));
  expect(lines[there + 1]).toMatch(/\| +'-+>\|/);
});
