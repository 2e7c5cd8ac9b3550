// Values stay hidden until a lesson comes to them: what a newcomer sees, that going back hides it again, and how all of it is shown.
import {expect, test} from 'vitest';
import type {AppState} from '../../source/ui/app-state.ts';
import {screenLines} from '../../source/ui/screen-lines.ts';
import {setUp} from '../helpers/controlled.ts';
import {openedLesson, walkThrough} from '../helpers/lesson-walk.ts';
import {appOptions} from '../helpers/render.ts';

const size = {columns: 120, rows: 40};
const told = (_: unknown, error: unknown): never => {
  throw error;
};

const shown = (state: AppState): string =>
  screenLines(state, size, told)
    .map((line) => line.map(({text}) => text).join(''))
    .join('\n');

const values = /\b(snd|rcv)\.\w+|\b(rto|cwnd|ssthresh|flightSize|srtt|rttvar|mss|iss|irs)\b/g;
const states = /\b(CLOSED|LISTEN|SYN-SENT|SYN-RECEIVED|ESTABLISHED)\b/;

/** Of the panel: names with what stands behind them. */
const valuesIn = (state: AppState): readonly string[] =>
  shown(state)
    .split('\n')
    .flatMap((line) => line.slice(96).match(values) ?? []);

const begun = async (id: string) => {
  const run = await openedLesson(id);
  const preferences = {...appOptions.preferences, motion: 'none'} as const;
  return setUp({preferences, initial: {screen: 'player', run}});
};

test('lesson zero: no state, no value, and no table before its words are explained', async () => {
  const {press} = await begun('first-packet');
  const first = press('space');
  expect(shown(first)).toContain('This is a packet');
  expect(shown(first)).not.toMatch(states);
  expect(valuesIn(first)).toEqual([]);
  expect(shown(first)).not.toMatch(/#\s+sent/);
  // A panel of names and nothing would only puzzle.
  expect(shown(first)).not.toMatch(/A shows/);
  expect(shown(press('A'))).toMatch(/set Values in the settings/);
});

test('the handshake: states alone, then its values one or two at a time', async () => {
  const screens = await walkThrough('handshake', 'en');
  const met = screens
    .filter(({player}) => player?.overlay === undefined && player?.playback.gate === undefined)
    .map((state) => new Set(valuesIn(state)));
  expect(met.filter(({size}) => size > 0)).not.toEqual([]);
  const seen = new Set<string>();
  for (const values of met) {
    const fresh = [...values].filter((value) => !seen.has(value));
    expect(fresh.length, fresh.join()).toBeLessThanOrEqual(2);
    for (const value of fresh) seen.add(value);
  }
  expect([...seen].toSorted()).toEqual(['rcv.nxt', 'snd.nxt', 'snd.una']);
});

test('whoever goes back to the start sees no values again, and A shows all of them', async () => {
  const {press} = await begun('handshake');
  expect(valuesIn(press('space'))).toEqual([]);
  const all = press('A');
  expect(all.preferences.allValues).toBe(true);
  expect(valuesIn(press(']')).length).toBeGreaterThan(6);
  expect(valuesIn(press('A', 'g'))).toEqual([]);
});

test('a timer that matters is news, whether it was told of or not', async () => {
  const {press} = await begun('first-packet');
  press('space', 'x', 'enter');
  const lost = shown(press('space', 'space'));
  expect(lost).toMatch(/RTO/);
});

test('the learner’s own run has all that the lesson shows', async () => {
  const {press} = await begun('handshake');
  press('space', 'x', 'enter');
  expect(shown(press('space', 'space'))).toMatch(/snd\.una/);
});
