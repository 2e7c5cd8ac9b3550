// A question takes its rows from below the picture: what stands above them stays where it was, names and addresses first.
import {expect, test} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {handshakeScenario} from '../helpers/scenarios.ts';
import {run} from '../helpers/traces.ts';
import {handshakeBeats, prediction, sends} from './beats.ts';
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

test('where no packet is one of the answers, no row is kept for it', () => {
  const rowsWith = (value: string | undefined): number => {
    const choices = [
      {id: 'a', text: everywhere({en: 'SYN,ACK', zh: 'SYN,ACK'}), value: 'SYN,ACK', correct: true},
      {id: 'b', text: everywhere({en: 'nothing', zh: '什么都没有'}), value, correct: false},
    ];
    const hides = {packet: 2, fields: ['tcp.flags', 'flags']};
    const ask = everywhere({en: 'What comes back?', zh: '会收到什么？'});
    const opened = open({trace, beats: [prediction(0, sends(trace, 2), {ask, choices, hides})]});
    const state = act(opened, playingAt(opened, 40_000, {answers: {}}), {kind: 'tick', ms: 400});
    expect(state.gate).toBeDefined();
    return textOf(canvasOf(opened, state, {columns: 80, rows: 24})).filter((line) =>
      line.includes('seq=9000'),
    ).length;
  };
  expect(rowsWith('RST')).toBe(1);
  expect(rowsWith(undefined)).toBe(0);
});
