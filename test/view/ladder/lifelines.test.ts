// A lifeline stops where its host's record does and goes on where the host is heard of again; what has been
// drawn stays. Oracle: the times of crash, reboot and the packet after it in the scenario.
import {expect, test} from 'vitest';
import {handshakeScenario} from '../../helpers/scenarios.ts';
import {run} from '../../helpers/traces.ts';
import {canvasOf, open, playingAt, textOf} from '../player.ts';

const at = (atUs: number) => ({kind: 'at', atUs}) as const;
const scenario = handshakeScenario({
  script: [
    ...handshakeScenario().script,
    {when: at(5_000_000), host: 'server', action: {call: 'crash'}},
    {when: at(6_000_000), host: 'server', action: {call: 'reboot'}},
    {when: at(10_000_000), host: 'client', action: {call: 'send', bytes: 10}},
  ],
  until: {atUs: 10_200_000},
});
const opened = open({trace: run(scenario)});
const right = 23 + 53;

/** Which rows from the crash on have the server's line, as text. */
const lineAt = (us: number): string => {
  const lines = textOf(canvasOf(opened, playingAt(opened, us), {columns: 120, rows: 40}));
  const crash = lines.findIndex((line) => /CLOSED +5\.000 s/.test(line));
  return lines
    .slice(crash, 22)
    .map((line) => (line[right - 1] ?? ' ').replace(' ', '.'))
    .join('');
};

test('dead between crash and reboot, alive from then on', () => {
  expect(lineAt(5_500_000)).toMatch(/^│\.+$/);
  // The second gap begins with the reboot.
  expect(lineAt(7_000_000)).toMatch(/^│\.│+$/);
});

test('what was drawn stays when a packet arrives', () => {
  const flying = lineAt(10_040_000);
  const landed = lineAt(10_060_000);
  expect(flying).toMatch(/^│\.│+$/);
  expect(landed.slice(0, 4)).toBe(flying.slice(0, 4));
});

test('a reboot that nothing follows', () => {
  const ended = open({trace: run({...scenario, until: {atUs: 6_000_000}})});
  const lines = textOf(canvasOf(ended, playingAt(ended, 6_000_000), {columns: 120, rows: 40}));
  const gap = lines.findIndex((line) => line.includes('1.000 s, no packet'));
  expect(lines.slice(gap - 1, gap + 2).map((line) => line[right - 1] ?? ' ')).toEqual([' ', ' ', '│']);
});

test('a host whose record is gone answers what still comes: its line begins again there', () => {
  const aborted = open({
    trace: run(
      handshakeScenario({
        script: [
          ...handshakeScenario().script,
          {when: at(990_000), host: 'client', action: {call: 'send', bytes: 10}},
          {when: at(1_000_000), host: 'server', action: {call: 'abort'}},
        ],
        until: {atUs: 2_000_000},
      }),
    ),
  });
  const lines = textOf(canvasOf(aborted, playingAt(aborted, 1_900_000), {columns: 120, rows: 40}));
  const abort = lines.findIndex((line) => /CLOSED +1\.000 s/.test(line));
  const answer = lines.findIndex((line) => /┤ +1\.040 s/.test(line));
  const column = (line: string | undefined) => line?.[right - 1] ?? ' ';
  expect(answer).toBeGreaterThan(abort);
  expect(
    lines
      .slice(abort + 1, answer)
      .map(column)
      .join('')
      .trim(),
  ).toBe('');
  expect(lines.slice(answer, answer + 2).map(column)).toEqual(['┤', '│']);
});
