// The ladder stands where the reader looks while the run is paused. Oracle: every packet departs once, is
// counted above or is counted below.

import {describe, expect, test} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {at, momentAt} from '../../source/view/time/pace.ts';
import type {PlaybackState} from '../../source/view/time/playback-state.ts';
import {handshakeScenario, teardownScenario} from '../helpers/scenarios.ts';
import {some} from '../helpers/seeds.ts';
import {run} from '../helpers/traces.ts';
import {handshakeBeats} from './beats.ts';
import {act, canvasOf, type Opened, open, started, textOf} from './player.ts';

const short = open({trace: run(teardownScenario())});

/** Segments half a second apart: each has its own row, and a gap before it. */
const long = open({
  trace: run({
    ...handshakeScenario(),
    script: [
      ...handshakeScenario().script,
      ...Array.from({length: 90}, (_, index) => ({
        when: {kind: 'at', atUs: 500_000 * (index + 1)} as const,
        host: 'client',
        action: {call: 'send', bytes: 10, of: 'c'} as const,
      })),
    ],
  }),
});

/** The last row of the ladder by size, from 0; at 120×40 with the rows of what is not told here. */
const sizes = [
  {columns: 60, rows: 15, bottom: 7},
  {columns: 80, rows: 24, bottom: 12},
  {columns: 120, rows: 40, bottom: 24},
];

const ladderOf = (opened: Opened, state: PlaybackState, size: (typeof sizes)[number]): readonly string[] =>
  textOf(canvasOf(opened, state, size))
    .slice(2, size.bottom + 1)
    .map((line) => line.slice(0, 84));

const counted = (lines: readonly string[], sign: string): number => {
  const line = lines.find((each) => each.includes(sign));
  return Number(line === undefined ? 0 : new RegExp(`${sign} (\\d+) `).exec(line)?.[1]);
};

const departures = (lines: readonly string[]): number => lines.filter((line) => /[├┤]/.test(line)).length;

const atEnd = (opened: Opened, change: Partial<PlaybackState> = {}): PlaybackState =>
  started({viewMs: opened.pacing.durationMs, ...change});

describe.each(sizes)('$columns×$rows', (size) => {
  test.each([
    ['a short run', short],
    ['a long run', long],
  ])('%s: the chosen packet is shown', (_, opened) => {
    const {packetCount} = opened.trace;
    expect(packetCount).toBeGreaterThan(5);
    const packets = Array.from({length: packetCount - 1}, (_, index) => index + 1);
    for (const packet of some(packets, 10)) {
      const state = act(opened, atEnd(opened), {kind: 'select', selection: {packet}});
      const lines = ladderOf(opened, state, size);
      expect(lines.filter((line) => line.startsWith('▸'))).toHaveLength(1);
      expect(counted(lines, '▴') + departures(lines) + counted(lines, '▾')).toBe(packetCount);
    }
  });

  test('with play the newest is back', () => {
    const state = atEnd(long, {viewMs: long.pacing.durationMs / 2});
    const chosen = act(long, state, {kind: 'select', selection: {packet: 2}});
    expect(ladderOf(long, chosen, size).join('\n')).toContain('▾');
    const lines = ladderOf(long, {...chosen, playing: true}, size);
    expect(lines.join('\n')).not.toContain('▾');
    const newest = at(long.pacing.sent, momentAt(long.pacing, state.viewMs));
    expect(counted(lines, '▴') + departures(lines)).toBe(newest);
  });
});

test.each([
  ['en', '▾ 9 later packets'],
  ['zh', '▾ 9 个后来的分组'],
] as const)('what lies below, %s', (language, words) => {
  const size = {columns: 80, rows: 24, bottom: 12};
  const lines = Array.from({length: short.trace.packetCount}, (_, index) => {
    const state = act(short, atEnd(short, {language}), {kind: 'select', selection: {packet: index + 1}});
    return ladderOf(short, state, size).at(-1);
  });
  expect(lines.join('\n')).toContain(words);
});

test('where a row makes way for a long reply its state keeps its ◆', () => {
  const size = {columns: 80, rows: 24, bottom: 12};
  const {trace} = short;
  const ladders = Array.from({length: 60}, (_, length) => {
    const explain = everywhere({
      en: 'The SYN took up 1000. '.repeat(length),
      zh: 'SYN 占用了 1000。'.repeat(length),
    });
    const beats = handshakeBeats(trace).map((beat) =>
      beat.kind === 'prediction' ? {...beat, explain} : beat,
    );
    const opened = open({trace, beats});
    const replied = act(
      opened,
      started(),
      {kind: 'toEnd'},
      {kind: 'answer', choice: 'c'},
      {kind: 'answer', choice: 'a'},
    );
    return ladderOf(opened, replied, size).join('\n');
  });
  const cut = ladders.filter((text) => text.includes('▴') && text.includes('SYN-RECEIVED'));
  expect(cut.length).toBeGreaterThan(0);
  for (const text of cut) expect(text).toContain('◆SYN-RECEIVED');
});
