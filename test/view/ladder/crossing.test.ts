// Flights that cross take two rows each, departures first; both rows of one carry its letter.
import {expect, test} from 'vitest';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {asciiGlyphs, unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {lettersFor} from '../../../source/view/ladder/crossing.ts';
import {compose} from '../../../source/view/screen.ts';
import {msAt} from '../../../source/view/time/pace.ts';
import {textWidth} from '../../../source/words/width.ts';
import {simultaneousScenario} from '../../helpers/networks.ts';
import {handshakeScenario, teardownScenario} from '../../helpers/scenarios.ts';
import {run} from '../../helpers/traces.ts';
import {prediction, sends} from '../beats.ts';
import {canvasOf, open, playingAt, sceneOf, started, textOf} from '../player.ts';
import {sizesTried} from '../sizes.ts';

const loses = (...packets: number[]) => packets.map((packet) => ({kind: 'drop', at: {packet}}) as const);

const runs: readonly (readonly [string, Trace])[] = [
  ['rfc', run(simultaneousScenario({profile: 'rfc'}))],
  ['linux', run(simultaneousScenario())],
  ['the first SYN lost', run(simultaneousScenario({profile: 'rfc', faults: loses(1)}))],
  ['the second SYN lost', run(simultaneousScenario({profile: 'rfc', faults: loses(2)}))],
];

const firstColumn = 23;
const lastColumn = 59;

const ladderAt = (trace: Trace, us: number, rows = 40): string[] =>
  textOf(canvasOf(open({trace}), playingAt(open({trace}), us), {columns: 80, rows}))
    .slice(5, -11)
    .map((line) => line.padEnd(lastColumn).slice(firstColumn - 1, lastColumn));

test('a, b leave, then a, b land; each line is cut at half way and goes on where it was cut', () => {
  const rows = ladderAt(run(simultaneousScenario({profile: 'rfc'})), 49_999);
  const of = (pattern: RegExp): number => rows.findIndex((row) => pattern.test(row));
  const order = [/^├─+╴ a +│$/, /^│ +b ╶─+┤$/, /^│ +a ╶.+│$/, /^│.+╴ b +│$/].map(of);
  expect(order).not.toContain(-1);
  expect(order.toSorted((one, other) => one - other)).toEqual(order);
  const cut = (row: number, sign: string): number => rows[row]?.indexOf(sign) ?? -1;
  const [leavesA = 0, leavesB = 0, landsA = 0, landsB = 0] = order;
  expect(cut(landsA, '╶')).toBe(cut(leavesA, '╴') + 1);
  expect(cut(landsB, '╴')).toBe(cut(leavesB, '╶') - 1);
});

test.each(runs)(
  '%s: in each row pair a packet is at most once on its way, and rows never move',
  (_name, trace) => {
    const opened = open({trace});
    const labels = new Map<string, number>();
    for (const viewMs of opened.pacing.viewMs) {
      const lines = textOf(canvasOf(opened, started({viewMs, playing: true}), {columns: 80, rows: 60}));
      for (const [row, line] of lines.entries()) {
        const label = /(SYN seq=\d+)/.exec(line)?.[1];
        if (label === undefined || line.includes('↺')) continue;
        expect(labels.get(label) ?? row).toBe(row);
        labels.set(label, row);
      }
    }
    expect(labels.size).toBeGreaterThanOrEqual(2);
  },
);

test('80×24: below two SYNs that cross, a question leaves both on the screen', () => {
  const trace = run(simultaneousScenario({profile: 'rfc'}));
  const choices = ['a', 'b', 'c', 'd'].map((id) => ({
    ...{id, text: everywhere({en: id, zh: id})},
    ...{value: id, correct: id === 'a'},
  }));
  const ask = everywhere({en: 'How many segments?', zh: '几个报文段？'});
  const opened = open({trace, beats: [prediction(0, sends(trace, 3), {ask, choices})]});
  const gate = {beat: 0, hint: false, replied: false};
  const viewMs = msAt(opened.pacing, 1000);
  const shown = textOf(canvasOf(opened, started({viewMs, gate}), {columns: 80, rows: 24})).join('\n');
  expect(shown).toContain('How many segments?');
  expect(shown.match(/SYN seq=\d+/g)).toHaveLength(2);
  expect(shown).not.toContain('▴');
});

test.each(runs)('%s: nothing overlaps at 40 sizes', (_name, trace) => {
  const opened = open({trace});
  for (const viewMs of opened.pacing.viewMs)
    for (const language of ['en', 'zh'] as const) {
      const scene = sceneOf(opened, started({viewMs, language, playing: true}));
      for (const [turn, size] of sizesTried().entries()) {
        const glyphs = turn % 2 === 0 ? unicodeGlyphs : asciiGlyphs;
        const canvas = compose(scene, {...size, glyphs, keyHints: []});
        const lines = textOf(canvas);
        for (const line of lines) if (textWidth(line) > size.columns) expect.fail(`too wide: ${line}`);
        if (canvas.collisions > 0) expect.fail(`overlap at ${viewMs} ms\n${lines.join('\n')}`);
      }
    }
});

test('a loss shows where it left; its second row stays blank', () => {
  const rows = ladderAt(run(simultaneousScenario({profile: 'rfc', faults: loses(1)})), 49_000);
  expect(rows.some((row) => /^├─+ +✗/.test(row) || /^├─+ ✗/.test(row))).toBe(true);
  expect(rows.some((row) => / a ╶/.test(row))).toBe(false);
});

test('what does not leave at the same time has one row', () => {
  for (const scenario of [handshakeScenario(), teardownScenario()]) {
    const trace = run(scenario);
    const text = ladderAt(trace, trace.durationUs, 60).join('\n');
    expect(text).not.toMatch(/[╴╶]/);
  }
});

test.each([[['client', 'server']], [['a', 'b']], [['b', 'a']]])('a letter is no host’s name: %j', (hosts) => {
  const letters = lettersFor(hosts);
  expect(new Set([...letters, ...hosts]).size).toBe(4);
});

test('120×40: below a panel in the ladder’s place each packet has one row', () => {
  let crowded = 0;
  const opened = open({trace: run(teardownScenario())});
  for (const viewMs of opened.pacing.viewMs) {
    const state = started({viewMs, focus: 'layers'});
    const lines = textOf(canvasOf(opened, state, {columns: 120, rows: 40}));
    const top = lines.findIndex((line) => /client +server/.test(line));
    const hidden = lines.findIndex((line) => line.includes('▴'));
    if (hidden <= top) continue;
    // Names, what is hidden, states; then a row for each packet, and none without a lifeline.
    const rows = lines.slice(hidden + 2, hidden + 10);
    expect(rows.filter((row) => /(ACK|FIN) /.test(row)).length, lines.join('\n')).toBeGreaterThan(4);
    crowded++;
  }
  expect(crowded).toBeGreaterThan(3);
});
