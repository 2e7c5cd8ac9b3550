// A question takes its rows from below the picture: what stands above them stays where it was, names and addresses first.
import {expect, test} from 'vitest';
import {handshakeScenario} from '../helpers/scenarios.ts';
import {run} from '../helpers/traces.ts';
import {handshakeBeats} from './beats.ts';
import {act, canvasOf, open, playingAt, textOf} from './player.ts';

const trace = run(handshakeScenario());
const told = open({trace, beats: handshakeBeats(trace, false)});
const asked = open({trace, beats: handshakeBeats(trace)});

/** Rows 3 to where the SYN has arrived. */
const picture = (opened: typeof asked, size: {columns: number; rows: number}): readonly string[] => {
  const state = act(opened, playingAt(opened, 40_000, {answers: {}}), {kind: 'tick', ms: 400});
  const lines = textOf(canvasOf(opened, state, size))
    .slice(2)
    .map((line) => line.slice(0, 96));
  return lines.slice(0, lines.findIndex((line) => line.includes('▸│◆')) + 1);
};

test.each([
  {columns: 100, rows: 32},
  {columns: 120, rows: 40},
])('a question leaves heads and packets where they were, $columns×$rows', (size) => {
  const rows = picture(asked, size);
  expect(rows[1]).toMatch(/192\.0\.2\.10:40000 .* 198\.51\.100\.20:80/);
  expect(rows.length).toBeGreaterThan(4);
  expect(rows).toEqual(picture(told, size));
});
