// A copy that the network makes has its own line. Oracle: the arrivals in the run's own events.
import {expect, test} from 'vitest';
import {handshakeScenario, teardownScenario} from '../../helpers/scenarios.ts';
import {eventsOf, run} from '../../helpers/traces.ts';
import {canvasOf, type Opened, open, playingAt, sceneOf, started, textOf} from '../player.ts';

const size = {columns: 80, rows: 24};

const ladder = (opened: Opened, us: number): readonly string[] =>
  textOf(canvasOf(opened, playingAt(opened, us), size)).slice(2, 13);

test('two arrivals of one sending are two lines, of which one begins at the sender', () => {
  const faults = [{kind: 'dup', afterUs: 30_000, at: {packet: 1}}] as const;
  const opened = open({trace: run(handshakeScenario({faults}))});
  const arrivals = eventsOf(opened.trace, 'arrive').filter(({packet}) => packet === 1);
  expect(arrivals.map(({atUs}) => atUs)).toEqual([50_000, 80_000]);
  const inFlight = ladder(opened, 60_000).filter((line) => line.includes('+ SYN seq=1000'));
  expect(inFlight).toHaveLength(2);
  const lines = ladder(opened, 90_000);
  const text = lines.join('\n');
  expect(text).toMatch(/▸│ SYN-RECEIVED +50 ms/);
  expect(text).toMatch(/▸│ +80 ms/);
  expect(lines.filter((line) => /0 ms +SYN-SENT ├/.test(line))).toHaveLength(1);
  expect(lines.filter((line) => /├.*SYN seq=1000|├─+▸/.test(line))).toHaveLength(1);
});

test.each([0, 30_000, 400_000])('every arrival has a line, copies %d µs late', (afterUs) => {
  const faults = [{kind: 'dup', afterUs, at: {}}] as const;
  const opened = open({trace: run(teardownScenario({faults, limitUs: 1_200_000}))});
  const state = started({viewMs: opened.pacing.durationMs});
  const {items, earlier} = sceneOf(opened, state).ladder;
  const landed = items.flatMap((item) =>
    item.kind === 'packet' && item.status === 'arrived' ? [`${item.id} ${item.dueUs}`] : [],
  );
  const events = eventsOf(opened.trace, 'arrive').map(({packet, atUs}) => `${packet} ${atUs}`);
  expect(earlier).toBe(0);
  expect(events.length).toBeGreaterThan(6);
  expect([...new Set(landed)].sort()).toEqual([...new Set(events)].sort());
});
