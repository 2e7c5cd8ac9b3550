// Steps by events, and the reader's own marks: every event once, both ways, and never past a question.
import {expect, test} from 'vitest';
import {asciiGlyphs, unicodeGlyphs} from '../../source/view/glyphs.ts';
import {at, momentOf} from '../../source/view/time/pace.ts';
import type {PlaybackState} from '../../source/view/time/playback-state.ts';
import {handshakeScenario, teardownScenario} from '../helpers/scenarios.ts';
import {run} from '../helpers/traces.ts';
import {handshakeBeats} from './beats.ts';
import {act, canvasOf, type Opened, open, started, textOf} from './player.ts';

const trace = run(handshakeScenario());
const plain = open({trace});
const asked = open({trace, beats: handshakeBeats(trace)});

const visited = (
  opened: Opened,
  from: PlaybackState,
  kind: 'eventNext' | 'eventPrevious',
): PlaybackState[] => {
  const states = [from];
  for (let press = 0; press < 1000; press++) {
    const last = states[states.length - 1] ?? from;
    const next = act(opened, last, {kind});
    if (next === last) break;
    states.push(next);
  }
  return states.slice(1);
};

test.each([
  ['handshake', plain],
  ['teardown, a FIN lost', open({trace: run(teardownScenario({faults: [{kind: 'drop', at: {packet: 8}}]}))})],
])(
  '%s: every event once and in order, each where it becomes visible, and the same way back',
  (_name, opened) => {
    const {pacing, trace: whole} = opened;
    const numbers = Array.from({length: whole.length}, (_, index) => index + 1);
    const forth = visited(opened, started(), 'eventNext');
    expect(forth.map(({event}) => event)).toEqual(numbers);
    for (const {event = 0, viewMs} of forth) {
      const moment = momentOf(pacing, event);
      expect(viewMs).toBe(at(pacing.viewMs, moment));
      expect(at(pacing.atUs, moment)).toBe(whole.event(event).atUs);
    }
    const back = visited(opened, forth[forth.length - 1] ?? started(), 'eventPrevious');
    expect(back.map(({event}) => event)).toEqual(numbers.slice(0, -1).reverse());
  },
);

test('the first step goes on from what is on the screen, and any other movement leaves the events', () => {
  const there = act(plain, started(), {kind: 'goTo', viewMs: at(plain.pacing.viewMs, 3)});
  const next = act(plain, there, {kind: 'eventNext'});
  expect(next.event).toBe(at(plain.pacing.event, 3) + 1);
  for (const kind of ['toStart', 'toEnd', 'stepBack', 'togglePlay'] as const)
    expect(act(plain, next, {kind}, {kind: 'tick', ms: 20}).event, kind).toBeUndefined();
  expect(act(plain, next, {kind: 'stepForward', atMs: 0}).event).toBeUndefined();
});

test('an open question stops it, as it stops every way forward', () => {
  const states = visited(asked, started(), 'eventNext');
  const last = states[states.length - 1];
  expect(last?.gate).toMatchObject({replied: false});
  expect(last?.event).toBeUndefined();
  expect(last?.viewMs).toBeLessThan(asked.pacing.durationMs);
});

test('the note says which event of how many, and Why? speaks of it', () => {
  const first = act(plain, started(), {kind: 'eventNext'}, {kind: 'eventNext'});
  const shown = (state: PlaybackState): string =>
    textOf(canvasOf(plain, state, {columns: 80, rows: 24})).join('\n');
  expect(shown(first)).toContain(`event 2 of ${trace.length}: `);
  expect(shown({...first, language: 'zh'})).toContain(`第 2 个事件，共 ${trace.length} 个：`);
  const why = act(plain, first, {kind: 'toggleWhy'});
  expect(why.why).toEqual({event: 2});
  expect(act(plain, why, {kind: 'eventNext'}).why).toEqual({event: 3});
});

const timelineOf = (state: PlaybackState, glyphs = unicodeGlyphs as typeof asciiGlyphs): string =>
  textOf(canvasOf(plain, state, {columns: 80, rows: 24, glyphs}))[21] ?? '';

test('a bookmark is seen where it was set, from before and from after it', () => {
  const half = plain.pacing.durationMs / 2;
  const there = act(plain, started(), {kind: 'goTo', viewMs: half});
  const column = timelineOf(there).indexOf('●');
  const set = act(plain, there, {kind: 'bookmark'});
  expect(timelineOf(set).indexOf('▼')).toBe(column);
  for (const kind of ['toStart', 'toEnd'] as const) {
    const elsewhere = act(plain, set, {kind});
    expect(timelineOf(elsewhere).indexOf('▼'), kind).toBe(column);
    expect(timelineOf(elsewhere, asciiGlyphs).indexOf('V'), kind).toBe(column);
  }
  expect(timelineOf(act(plain, set, {kind: 'bookmark'}))).not.toContain('▼');
});

test('to the next bookmark, round and round; without one nowhere', () => {
  const {durationMs} = plain.pacing;
  const places = [0.7, 0.2, 0.5].map((share) => share * durationMs);
  const set = places.reduce(
    (state, viewMs) => act(plain, state, {kind: 'goTo', viewMs}, {kind: 'bookmark'}),
    started(),
  );
  const sorted = places.toSorted((a, b) => a - b);
  expect(set.bookmarks).toEqual(sorted);
  let state = act(plain, set, {kind: 'toStart'});
  for (const viewMs of [...sorted, ...sorted]) {
    state = act(plain, state, {kind: 'bookmarkNext'});
    expect(state.viewMs).toBe(viewMs);
  }
  const none = started();
  expect(act(plain, none, {kind: 'bookmarkNext'})).toBe(none);
});
