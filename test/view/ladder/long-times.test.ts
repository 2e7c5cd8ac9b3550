// Times far from the beginning: what is 50 ms apart reads as 50 ms apart. Oracle: the packets' own times.
import {expect, test} from 'vitest';
import type {Scenario} from '../../../source/sim/scenario.ts';
import {at, get, httpScenario, withThief} from '../../helpers/http-network.ts';
import {run} from '../../helpers/traces.ts';
import {canvasOf, open, playingAt, textOf} from '../player.ts';
import {sizesTried} from '../sizes.ts';

const lateMs = 1_740_000;
const routes = [{method: 'GET', path: '/', body: 'hello'}] as const;
const two = httpScenario([at(lateMs, get('/'))], {routes});
const three = withThief(httpScenario([at(lateMs, get('/')), at(lateMs + 1000, get('/'), 'thief')], {routes}));

const seconds = (us: number): string => (Math.floor(us / 10_000) / 100).toFixed(2);

const screensOf = (scenario: Scenario) => {
  const trace = run(scenario);
  const opened = open({trace});
  const ids = Array.from({length: trace.packetCount}, (_, index) => index + 1);
  const sent = ids.map((id) => trace.packet(id).sentUs).filter((us) => us >= lateMs * 1000);
  const state = playingAt(opened, (sent[5] ?? 0) + 49_000);
  const screen = ({columns, rows}: {columns: number; rows: number}): string => {
    const canvas = canvasOf(opened, state, {columns, rows});
    expect(canvas.collisions, `${columns}×${rows}`).toBe(0);
    return textOf(canvas).join('\n');
  };
  return {screen, sent};
};

test.each([
  ['two hosts', two],
  ['three hosts', three],
])('%s: each of the newest packets has a time of its own', (_name, scenario) => {
  const {screen, sent} = screensOf(scenario);
  expect(new Set(sent.slice(0, 6).map(seconds)).size).toBeGreaterThan(3);
  // Of 60×15 only the title has a time, of all others the clock and the ladder.
  for (const size of sizesTried().filter(({columns, rows}) => columns >= 80 && rows >= 24))
    for (const us of sent.slice(3, 6)) expect(screen(size)).toContain(`${seconds(us)} s`);
});
