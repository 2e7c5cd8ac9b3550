// A challenge on the screen: what is met is met by now, what is offered can be done now, at every size and in both languages.
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {attemptRun} from '../../../source/lesson/attempt.ts';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import {judged} from '../../../source/lesson/judge.ts';
import {loadLesson} from '../../../source/lesson/load.ts';
import type {Move} from '../../../source/lesson/move.ts';
import {scenarioOf} from '../../../source/lesson/run-scenario.ts';
import type {Text} from '../../../source/lesson/text.ts';
import {simulate} from '../../../source/sim/simulate.ts';
import {focusRing} from '../../../source/view/arrange.ts';
import {unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {challengePanel} from '../../../source/view/panels/challenge.ts';
import {compose} from '../../../source/view/screen.ts';
import {missedText} from '../../../source/view/story/challenge.ts';
import {offersAt} from '../../../source/view/story/offers.ts';
import {challengeTexts} from '../../../source/words/catalogue/challenge.ts';
import {faultTitle} from '../../../source/words/compare.ts';
import {textWidth} from '../../../source/words/width.ts';
import {handshakeRun} from '../../helpers/render.ts';
import {canvasOf, open, playingAt, sceneOf, textOf} from '../player.ts';
import {sizesTried} from '../sizes.ts';

const file = new URL('../../fixtures/skeletons/state-machine.yaml', import.meta.url);
const lesson = loadLesson(readFileSync(file, 'utf8'), 'state-machine.yaml');
if (!lesson.ok) throw new Error('cannot be read');
const [run] = lesson.value.runs;
const {challenge} = lesson.value;
if (!run || !challenge) throw new Error('the lesson has no challenge');

/** A condition of another challenge; what it says does not matter here. */
const conditionOf = (id: string) => {
  const path = new URL(`../../../lessons/challenges/${id}.yaml`, import.meta.url);
  const loaded = loadLesson(readFileSync(path, 'utf8'), `${id}.yaml`);
  const condition = loaded.ok ? loaded.value.challenge?.holds[0] : undefined;
  if (!condition) throw new Error('no condition');
  return condition;
};

const opened = (moves: readonly Move[]) => {
  const attempt = attemptRun(lesson.value, run, moves);
  if (!attempt.ok) throw new Error(attempt.error.message.en);
  const trace = simulate(scenarioOf(attempt.value), {source: 'sm', run: 'base'});
  const input = {challenge, run, moves, judgement: judged(challenge, trace, moves), settable: []};
  return {...open({trace, source: 'state-machine'}), challenge: input};
};

const untouched = opened([]);
const look = {focus: 'challenge', opened: ['challenge']};
const shown = (at: ReturnType<typeof opened>, us: number, change = {}): string =>
  textOf(canvasOf(at, playingAt(at, us, {...look, ...change}), {columns: 80, rows: 24})).join('\n');

test('what is met at this instant is marked, and counted in the title', () => {
  expect(shown(untouched, 0)).toContain('goal 0/11');
  expect(shown(untouched, 20_000)).toContain('goal 2/11');
  expect(shown(untouched, 60_000)).toContain('goal 3/11');
  expect(shown(untouched, 60_000)).toMatch(/✓ SYN-RECEIVED {2}○ ESTABLISHED/);
  expect(shown(untouched, 150_000)).toContain('goal 4/11');
  expect(shown(untouched, 150_000)).toMatch(/✓ ESTABLISHED/);
  expect(shown(untouched, 150_000)).toContain('○ TIME-WAIT → CLOSED');
});

test('the title counts a condition like the panel: once the run is decided', () => {
  const moves: readonly Move[] = [{kind: 'call', atUs: 151_000, host: 'client', action: {call: 'close'}}];
  const made = opened(moves);
  const held = conditionOf('shut-window');
  const input = made.challenge;
  const conditioned = {
    ...made,
    challenge: {
      ...input,
      challenge: {...input.challenge, holds: [held]},
      judgement: {...input.judgement, holds: [true]},
    },
  };
  expect(shown(conditioned, 0)).toContain('goal 0/12');
  expect(shown(conditioned, 0)).toContain('goal 0 of 12');
  const text = shown(conditioned, made.trace.durationUs);
  expect(text.match(/goal (\d+)\/12/)?.[1]).toBe(text.match(/(\d+) of 12/)?.[1]);
});

test('moves are counted against par; hints come one by one', () => {
  const once = opened([{kind: 'call', atUs: 151_000, host: 'client', action: {call: 'close'}}]);
  expect(shown(once, 151_000)).toContain('1 move, par 6');
  expect(shown(once, 151_000)).toContain('151 ms client close()');
  expect(shown(once, 151_000)).not.toContain('hint:');
  expect(shown(once, 151_000, {own: {challenge: {marked: 0, hints: 1}}})).toContain(
    'hint: CLOSING needs two FINs that cross.',
  );
});

test('a fault is told without a time, because its packet has one', () => {
  const fault = {kind: 'drop', at: {packet: 3}} as const;
  const lost = opened([{kind: 'fault', atUs: 1000, fault}]);
  expect(shown(lost, 150_000)).toContain(`  ${faultTitle(fault).en}`);
  expect(shown(lost, 150_000)).not.toContain(`1 ms ${faultTitle(fault).en}`);
});

test('what cannot be met any more is marked; why a run is none is told once, and pushes no move out', () => {
  const made = opened([{kind: 'call', atUs: 151_000, host: 'client', action: {call: 'close'}}]);
  const miss = everywhere({en: 'a reason of a few words', zh: '原因'});
  const {judgement, ...rest} = made.challenge;
  const goals = [challenge.goal[4], challenge.goal[5]].flatMap((goal) => goal ?? []);
  const input = {
    ...{...rest, miss, challenge: {...rest.challenge, goal: goals, holds: [conditionOf('by-hand-closed')]}},
    judgement: {...judgement, goals: goals.map(() => ({met: false})), holds: [false], lostFrom: [3]},
  };
  const at = {...made, challenge: input};
  expect(shown(at, 0)).toContain(`○ ${input.challenge.holds[0]?.say.en}`);
  expect(shown(at, 160_000)).toContain(`✗ ${input.challenge.holds[0]?.say.en}`);
  expect(shown(at, 160_000)).toContain(challengeTexts.lost.en.slice(0, 30));
  const end = made.trace.durationUs;
  expect(shown(at, end)).toMatch(/✗ .*✗ /);
  const large = {columns: 120, rows: 40};
  const told = (message: Text | undefined, size = large): string =>
    textOf(
      compose(sceneOf(at, playingAt(at, end, look), message), {glyphs: unicodeGlyphs, keyHints: [], ...size}),
    ).join('\n');
  expect(told(undefined).split(miss.en)).toHaveLength(2);
  expect(told(missedText(input)).split(miss.en)).toHaveLength(2);
});

describe('offers', () => {
  const at = (nowUs: number, id: number) =>
    offersAt(run, challenge, {nowUs, packet: untouched.trace.packet(id)});
  const faults = (moves: readonly Move[]) => moves.filter(({kind}) => kind === 'fault');

  test('only a packet that has been sent can be touched', () => {
    for (const id of [1, 2, 3]) {
      const {sentUs, dueUs} = untouched.trace.packet(id);
      expect(faults(at(sentUs, id))).toHaveLength(2);
      expect(faults(at(dueUs - 1, id))).toHaveLength(2);
      // One that has arrived is altered from the time at which it was sent.
      expect(faults(at(dueUs, id)).map(({atUs}) => atUs)).toEqual([sentUs, sentUs]);
      if (sentUs > 0) expect(faults(at(sentUs - 1, id))).toEqual([]);
    }
  });

  test('every call that is offered can be made by either host, after this instant', () => {
    const calls = at(150_000, 3).filter((move) => move.kind === 'call');
    expect(calls).toHaveLength(challenge.offer.calls.length * 2);
    for (const move of calls) {
      expect(move.atUs).toBe(151_000);
      const {trace} = opened([move]);
      const made = [...trace.events()].filter((event) => event.kind === 'call' && event.atUs === 151_000);
      expect(made).toHaveLength(1);
      expect(made[0]).toMatchObject({host: move.host, action: move.action});
    }
  });
});

test.each(sizesTried())('$columns×$rows: nothing wants a cell twice, nothing runs over the edge', (size) => {
  for (const language of ['en', 'zh'] as const) {
    for (const us of [0, 30_000, 150_000]) {
      for (const own of [{}, {own: {challenge: {marked: 11, hints: 1}}}]) {
        const canvas = canvasOf(untouched, playingAt(untouched, us, {...look, ...own, language}), size);
        expect(canvas.collisions).toBe(0);
        for (const line of textOf(canvas)) expect(textWidth(line)).toBeLessThanOrEqual(size.columns);
      }
    }
  }
});

test('the goals are the next panel after the ladder', () => {
  const {view} = sceneOf(untouched, playingAt(untouched, 0));
  for (const size of sizesTried().filter(({columns, rows}) => columns >= 60 && rows >= 15))
    expect(focusRing(view, size)[1]?.name).toBe('challenge');
});

test('the goals leave while a question is open: one of them may be its answer', () => {
  const {view} = sceneOf(untouched, playingAt(untouched, 0));
  expect(challengePanel.isAvailable(view)).toBe(true);
  const [asked] = handshakeRun().beats.filter(({kind}) => kind === 'prediction');
  if (asked?.kind !== 'prediction') throw new Error('the handshake asks');
  expect(challengePanel.isAvailable({...view, hidden: [asked]})).toBe(false);
});
