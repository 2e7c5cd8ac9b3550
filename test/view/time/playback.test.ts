// The player's reducer: steps, gates, beats, speed, motion; and that an answer is nowhere before it is given.

import {expect, test} from 'vitest';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import {msAt, usAt} from '../../../source/view/time/pace.ts';
import {tickInterval} from '../../../source/view/time/playback.ts';
import type {PlaybackState} from '../../../source/view/time/playback-state.ts';
import {narrationAt} from '../../../source/view/time/waypoints.ts';
import {handshakeScenario, teardownScenario} from '../../helpers/scenarios.ts';
import {thorough} from '../../helpers/seeds.ts';
import {run} from '../../helpers/traces.ts';
import {ackQuestion, enters, handshakeBeats, narration, prediction, sends, twoJobs} from '../beats.ts';
import {act, canvasOf, type Opened, open, sceneOf, started, textOf} from '../player.ts';

const trace = run(handshakeScenario());
const plain = open({trace});
const told = open({trace, beats: handshakeBeats(trace, false)});
const asked = open({trace, beats: handshakeBeats(trace)});

const size = {columns: 120, rows: 40};
const screenOf = (opened: Opened, state: PlaybackState): string =>
  textOf(canvasOf(opened, state, size)).join('\n');

/** Presses → and lets its motion end. */
const stepped = (opened: Opened, state: PlaybackState, atMs = 0): PlaybackState =>
  act(
    opened,
    state,
    {kind: 'stepForward', atMs},
    ...Array<{kind: 'tick'; ms: number}>(5).fill({kind: 'tick', ms: 50}),
  );

const walk = (opened: Opened, from: PlaybackState): PlaybackState[] => {
  const states = [from];
  for (let press = 1; press < 100; press++) {
    const last = states[states.length - 1] ?? from;
    const next = stepped(opened, last, press * 1000);
    if (next.viewMs === last.viewMs) return states;
    states.push(next);
  }
  throw new Error('steps never end');
};

test('a step is a departure with its flight up to its arrival, or a call alone', () => {
  const cursors = walk(plain, started()).map(({viewMs}) => usAt(plain.pacing, viewMs));
  // listen; SYN; SYN,ACK; ACK.
  expect(cursors).toEqual([0, 0, 50_000, 100_000, 150_000]);
});

test('with narration a step also ends where there is something to read', () => {
  const beats = walk(told, started()).map(({viewMs}) => usAt(told.pacing, viewMs));
  expect(beats).toEqual([0, 0, 0, 50_000, 50_000, 100_000, 150_000]);
});

test('the beat that a question leads to is counted while it is open and when it was skipped', () => {
  const numbers = (state: PlaybackState) => sceneOf(asked, state).beat.number;
  const reach = act(asked, started(), {kind: 'goTo', viewMs: asked.pacing.durationMs});
  expect(reach.gate?.beat).toBe(1);
  expect(numbers(reach)).toBe(2);
  const skipped = act(asked, reach, {kind: 'skip'});
  expect(skipped.gate).toBeUndefined();
  expect(numbers(skipped)).toBe(2);
});

test.each([
  ['handshake', plain],
  ['handshake with beats', told],
  ['teardown', open({trace: run(teardownScenario())})],
  ['teardown, FIN lost', open({trace: run(teardownScenario({faults: [{kind: 'drop', at: {packet: 8}}]}))})],
])('%s: ← undoes one step', (_name, opened) => {
  const states = walk(opened, started());
  for (const [index, state] of states.entries()) {
    const before = states[index - 1];
    if (before)
      expect(screenOf(opened, act(opened, state, {kind: 'stepBack'}))).toBe(screenOf(opened, before));
  }
});

test('→ in flight completes the flight at once; ← in a step returns to where it began', () => {
  const paused = started({viewMs: msAt(plain.pacing, 20_000)});
  expect(usAt(plain.pacing, act(plain, paused, {kind: 'stepForward', atMs: 0}).viewMs)).toBe(50_000);
  const stepping = act(
    plain,
    stepped(plain, started()),
    {kind: 'stepForward', atMs: 500},
    {kind: 'tick', ms: 100},
  );
  expect(stepping.step).toBeDefined();
  const back = act(plain, stepping, {kind: 'stepBack'});
  expect(back).toMatchObject({step: undefined, viewMs: stepping.step?.fromMs});
});

test('← undoes a step that began in mid-flight or in a gap, too', () => {
  const teardown = open({trace: run(teardownScenario())});
  for (const us of [1_225_000, 600_000]) {
    const paused = started({viewMs: msAt(teardown.pacing, us)});
    const next = stepped(teardown, paused);
    expect(next.viewMs).toBeGreaterThan(paused.viewMs);
    expect(screenOf(teardown, act(teardown, next, {kind: 'stepBack'}))).toBe(screenOf(teardown, paused));
    const stepping = act(teardown, paused, {kind: 'stepForward', atMs: 0}, {kind: 'tick', ms: 100});
    expect(act(teardown, stepping, {kind: 'stepBack'}).viewMs).toBe(paused.viewMs);
  }
});

test('→ faster than 12 a second is dropped, not queued', () => {
  const first = act(plain, started(), {kind: 'stepForward', atMs: 1000});
  expect(act(plain, first, {kind: 'stepForward', atMs: 1080})).toBe(first);
  expect(act(plain, first, {kind: 'stepForward', atMs: 1090})).not.toBe(first);
});

test('play stops at each beat until space; off, it holds by the width of the text', () => {
  const run = (state: PlaybackState, ms: number): PlaybackState =>
    act(told, state, ...Array<{kind: 'tick'; ms: number}>(ms / 50).fill({kind: 'tick', ms: 50}));
  const stopped = run(started({playing: true}), 2000);
  expect(stopped).toMatchObject({playing: false, viewMs: 300});
  const second = run(act(told, stopped, {kind: 'togglePlay'}), 3000);
  expect(second).toMatchObject({playing: false, viewMs: 1450});
  const held = run(started({playing: true, stopAtBeats: false}), 400);
  expect(held.viewMs).toBe(300);
  expect(held.playing).toBe(true);
  // 1.2 s + 27 columns of 55 ms, of which 100 ms have gone by.
  expect(held.holdMs).toBe(1200 + 28 * 55 - 100);
});

test('nothing moves, no tick; something moves, 20 a second', () => {
  expect(tickInterval(started(), plain.context)).toBeUndefined();
  expect(tickInterval(started({playing: true}), plain.context)).toBe(50);
  expect(tickInterval(act(plain, started(), {kind: 'stepForward', atMs: 0}), plain.context)).toBe(50);
  const end = act(plain, started(), {kind: 'toEnd'});
  expect(tickInterval(end, plain.context)).toBeUndefined();
});

test('speed: the ladder of six, and flights of 250 ms from 4× on', () => {
  const fast = act(plain, started(), {kind: 'faster'}, {kind: 'faster'}, {kind: 'faster'}, {kind: 'faster'});
  expect(fast.speed).toBe(8);
  const start = plain.pacing.viewMs.at(2) ?? 0;
  const half = act(plain, {...fast, viewMs: start, playing: true}, {kind: 'tick', ms: 125});
  expect(usAt(plain.pacing, half.viewMs)).toBe(25_000);
});

test('a gate stops play, steps, jumps and speed, and lets one look back', () => {
  const playing = act(
    asked,
    started({viewMs: 300, playing: true}),
    ...Array<{kind: 'tick'; ms: number}>(40).fill({kind: 'tick', ms: 50}),
  );
  expect(playing).toMatchObject({playing: false, gate: {beat: 1, replied: false}});
  expect(usAt(asked.pacing, playing.viewMs)).toBe(50_000);
  for (const kind of ['togglePlay', 'beatNext', 'toEnd', 'faster', 'continue', 'toggleWhy'] as const)
    expect(act(asked, playing, {kind})).toEqual(playing);
  expect(act(asked, playing, {kind: 'stepForward', atMs: 9e9})).toEqual(playing);
  expect(act(asked, playing, {kind: 'tick', ms: 50})).toEqual(playing);
  const back = act(asked, playing, {kind: 'stepBack'});
  expect(back.gate).toBeUndefined();
  expect(back.viewMs).toBeLessThan(playing.viewMs);
  for (const kind of ['beatNext', 'toEnd'] as const)
    expect(act(asked, back, {kind})).toMatchObject({gate: {beat: 1}, viewMs: playing.viewMs});
  expect(tickInterval(playing, asked.context)).toBeUndefined();
});

test('after the answer the reply stays until enter; the flight then plays', () => {
  const gate = act(asked, started(), {kind: 'toEnd'});
  const wrong = act(asked, gate, {kind: 'answer', choice: 'z'});
  expect(wrong).toEqual(gate);
  const again = act(asked, gate, {kind: 'answer', choice: 'a'});
  expect(again).toMatchObject({
    gate: {replied: false, hint: true},
    firstTries: {1: {choice: 'a', hinted: false}},
    answers: {},
  });
  // Back and forward again: there is still one try, and the hint.
  const returned = act(asked, again, {kind: 'stepBack'}, {kind: 'toEnd'});
  expect(returned).toMatchObject({gate: {beat: 1, replied: false, hint: true}, answers: {}});
  expect(act(asked, returned, {kind: 'answer', choice: 'a'})).toEqual(returned);
  expect(act(asked, returned, {kind: 'answer', choice: 'b'}).answers).toEqual({
    1: {choice: 'b', first: {choice: 'a', hinted: false}},
  });
  expect(act(asked, again, {kind: 'answer', choice: 'a'})).toEqual(again);
  expect(act(asked, again, {kind: 'skip'}).answers).toMatchObject({1: {choice: 'a'}});
  const replied = act(asked, again, {kind: 'answer', choice: 'c'});
  expect(replied.gate).toMatchObject({replied: true});
  expect(act(asked, replied, {kind: 'answer', choice: 'b'}).answers).toEqual({
    1: {choice: 'c', first: {choice: 'a', hinted: false}},
  });
  const on = act(asked, replied, {kind: 'continue'}, {kind: 'tick', ms: 50});
  expect(on).toMatchObject({gate: undefined, playing: true});
  expect(on.viewMs).toBeGreaterThan(gate.viewMs);
  expect(act(asked, gate, {kind: 'skip'})).toMatchObject({gate: undefined, answers: {1: 'skipped'}});
});

/** Everything on the screen but the question itself, whose choices have the number. */
const outsideTheQuestion = (opened: Opened, state: PlaybackState): string => {
  const lines = textOf(canvasOf(opened, state, size));
  const ask = lines.findIndex((line) => line.startsWith('  ?'));
  return lines.filter((_, index) => ask < 0 || index < ask || index > ask + 5).join('\n');
};

test('the answer is nowhere on the screen until it is given', () => {
  const gate = act(asked, started(), {kind: 'toEnd'});
  expect(outsideTheQuestion(asked, gate)).not.toContain('1001\n');
  const states = [
    gate,
    act(asked, gate, {kind: 'toggleRelative'}),
    act(asked, gate, {kind: 'stepBack'}),
    act(asked, gate, {kind: 'hint'}),
  ];
  for (const state of states) {
    const shown = outsideTheQuestion(asked, state).replaceAll(/snd\.nxt +1001/g, '');
    expect(shown).not.toMatch(/ack=1001|rcv\.nxt +1001/);
  }
  expect(outsideTheQuestion(asked, gate)).toMatch(/ack=▐ \? ▌/);
  const replied = act(asked, gate, {kind: 'answer', choice: 'b'});
  expect(outsideTheQuestion(asked, replied)).toContain('ack=1001');
});

test('two questions at one instant: neither gives the other away', () => {
  const flags = prediction(5, sends(trace, 3), {
    ask: everywhere({en: 'Which flags?', zh: '哪些标志位？'}),
    choices: [
      {id: 'a', text: everywhere({en: 'SYN', zh: 'SYN'}), value: 'SYN', correct: false},
      {id: 'b', text: everywhere({en: 'ACK', zh: 'ACK'}), value: 'ACK', correct: true},
    ],
    hides: {packet: 3, fields: ['flags', 'tcp.flags', 'tcp.flags.ack']},
  });
  const number = prediction(6, sends(trace, 3), {
    ask: everywhere({en: 'Which seq?', zh: 'seq 是多少？'}),
    choices: [
      {id: 'a', text: everywhere({en: '1000', zh: '1000'}), value: 1000, correct: false},
      {id: 'b', text: everywhere({en: '1001', zh: '1001'}), value: 1001, correct: true},
    ],
    hides: {packet: 3, fields: ['tcp.seq_raw', 'tcp.seq', 'client.snd.nxt']},
  });
  const opened = open({
    trace,
    beats: [
      narration(4, enters(trace, 'client', 'ESTABLISHED'), everywhere({en: 'Now.', zh: '现在。'})),
      flags,
      number,
    ],
  });
  const read = act(opened, started(), {kind: 'beatNext'});
  expect(read.gate).toBeUndefined();
  expect(outsideTheQuestion(opened, read)).not.toMatch(/snd\.nxt +1001/);
  const first = act(opened, read, {kind: 'togglePlay'});
  expect(first.gate?.beat).toBe(5);
  const shown = outsideTheQuestion(opened, first);
  expect(shown).toContain('▐ ? ▌ seq=▐ ? ▌');
  expect(shown).not.toMatch(/snd\.(una|nxt) +1001/);
  expect(shown).not.toContain('ack=9001');
  // The step that opened the question is what ← undoes.
  expect(act(opened, first, {kind: 'stepBack'})).toMatchObject({gate: undefined, viewMs: read.viewMs});
  const second = act(opened, first, {kind: 'answer', choice: 'b'}, {kind: 'continue'});
  expect(second.gate?.beat).toBe(6);
  expect(outsideTheQuestion(opened, second)).toContain('ACK seq=▐ ? ▌ ack=9001');
});

test('why: the chain of causes goes back through the flight and never ahead of the screen', () => {
  const arrived = act(plain, started({viewMs: msAt(plain.pacing, 100_000)}), {kind: 'toggleWhy'});
  const led = (
    opened: Opened,
    state: PlaybackState,
    ...ways: readonly ('causePrevious' | 'causeNext')[]
  ): PlaybackState =>
    ways.reduce(
      (before, kind) => act(opened, before, {kind, from: sceneOf(opened, before).why?.event}),
      state,
    );
  const back = led(plain, arrived, 'causePrevious', 'causePrevious');
  expect(back.why).toEqual({event: sends(trace, 2)});
  const on = led(plain, back, 'causeNext');
  expect(on.why).toEqual({event: trace.packet(2).endEvent});
  const last = led(plain, on, 'causeNext');
  expect(last.why).toEqual({event: sends(trace, 3)});
  expect(led(plain, last, 'causeNext')).toEqual(last);
  const hidden = open({trace, beats: [ackQuestion(trace, 0)]});
  const gate = act(hidden, started(), {kind: 'toEnd'});
  const at = act(hidden, {...gate, gate: undefined}, {kind: 'toggleWhy'});
  // What has left may be seen, not where it arrives: there the question begins.
  expect(led(hidden, at, 'causeNext', 'causeNext').why).toEqual({event: sends(trace, 1)});
});

test('no motion: space and → advance at once, and nothing is ever in between', () => {
  let state = started({motion: 'none'});
  const seen: number[] = [];
  for (let press = 0; press < 20; press++) {
    state = act(plain, state, {kind: 'togglePlay'});
    expect(tickInterval(state, plain.context)).toBeUndefined();
    seen.push(state.viewMs);
  }
  expect([...new Set(seen)]).toEqual([...plain.pacing.viewMs].slice(1));
});

thorough('reduced motion: the screen changes at moments only', () => {
  const screens = new Set<string>();
  let state = started({motion: 'reduced', playing: true});
  for (let tick = 0; tick < 250; tick++) {
    screens.add(
      textOf(canvasOf(plain, {...state, playing: true}, size))
        .slice(0, 36)
        .join('\n'),
    );
    state = act(plain, state, {kind: 'tick', ms: 20});
  }
  expect(screens.size).toBe(plain.pacing.moments);
  expect([...screens].join('\n')).not.toMatch(/╼|╺|━━━[─┈]/);
});

test('the selected packet follows the newest until one is chosen', () => {
  const end = act(plain, started(), {kind: 'toEnd'});
  const second = act(plain, end, {kind: 'packetPrevious'});
  expect(second.selection.packet).toBe(2);
  expect(act(plain, second, {kind: 'packetNext'}).selection.packet).toBeUndefined();
});

test('a hint that does not exist changes nothing, one that does is shown', () => {
  const gate = act(asked, started(), {kind: 'toEnd'});
  expect(act(asked, gate, {kind: 'hint'}).gate).toMatchObject({hint: true});
  const bare = open({
    trace,
    beats: handshakeBeats(trace).map((beat) => ('ask' in beat ? {...beat, hint: undefined} : beat)),
  });
  const unhinted = act(bare, started(), {kind: 'toEnd'});
  expect(unhinted.gate).toBeDefined();
  expect(act(bare, unhinted, {kind: 'hint'})).toBe(unhinted);
});

test('a question after a skipped gap stands at the instant it asks about', () => {
  const closing = run(teardownScenario());
  const fin = enters(closing, 'client', 'FIN-WAIT-1');
  const opened = open({
    trace: closing,
    beats: [
      prediction(0, fin, {
        ask: everywhere({en: 'Which seq?', zh: 'seq 是多少？'}),
        hides: {packet: 8, fields: ['tcp.seq_raw']},
      }),
    ],
  });
  const gate = act(opened, started(), {kind: 'toEnd'});
  expect(gate.gate).toMatchObject({beat: 0});
  const screen = screenOf(opened, gate);
  expect(screen).toContain('at 1.000 s');
  expect(screen).not.toContain('FIN-WAIT-1');
});

test('the picture says when numbers are relative', () => {
  const title = (state: PlaybackState) => screenOf(told, state).split('\n')[0];
  expect(title(started())).not.toContain('· r ·');
  expect(title(act(told, started(), {kind: 'toggleRelative'}))).toContain('· r ·');
});

test('a run without beats has none to jump to', () => {
  const middle = started({viewMs: 700});
  for (const kind of ['beatNext', 'beatPrevious'] as const) expect(act(plain, middle, {kind})).toBe(middle);
});

// The SYN of this run is under way for 50 ms, and nothing happens meanwhile.
test.each(['full', 'reduced', 'none'] as const)('told between two events, motion %s', (motion) => {
  const event = sends(trace, 1);
  const beats = [0, 20_000, 40_000].map((afterUs, index) => narration(index, event, twoJobs, {afterUs}));
  const opened = open({trace, beats});
  const ticks = Array<{kind: 'tick'; ms: number}>(80).fill({kind: 'tick', ms: 50});
  let state = started({motion});
  const stops: number[] = [];
  for (let presses = 0; presses < 8; presses++) {
    state = act(opened, state, {kind: 'togglePlay'}, ...ticks);
    const {number} = narrationAt(opened, state.viewMs);
    if (number > stops.length) stops.push(Math.round(usAt(opened.pacing, state.viewMs)));
  }
  expect(stops).toEqual([0, 20_000, 40_000].map((afterUs) => trace.event(event).atUs + afterUs));
});
