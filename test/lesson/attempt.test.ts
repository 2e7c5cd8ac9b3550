// The learner's own run of a challenge. Oracles: the states that the events name, counted here anew; the run without the move.
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {chooseRun} from '../../source/app/choose-run.ts';
import {attemptRun} from '../../source/lesson/attempt.ts';
import {judged} from '../../source/lesson/judge.ts';
import type {Lesson} from '../../source/lesson/lesson.ts';
import {loadLesson} from '../../source/lesson/load.ts';
import type {Move} from '../../source/lesson/move.ts';
import {decidedAt, withMove} from '../../source/lesson/move.ts';
import {scenarioOf} from '../../source/lesson/run-scenario.ts';
import {simulate} from '../../source/sim/simulate.ts';
import type {Trace} from '../../source/sim/trace.ts';

const file = new URL('../../lessons/tcp-close/state-machine.yaml', import.meta.url);
const loaded = loadLesson(readFileSync(file, 'utf8'), 'state-machine.yaml');
const lesson: Lesson = loaded.ok ? loaded.value : expect.fail('cannot be read');
const [run] = lesson.runs;
const {challenge} = lesson;
if (!run || !challenge) throw new Error('the lesson has no challenge');

const traceOf = (moves: readonly Move[]): Trace => {
  const attempt = attemptRun(lesson, run, moves);
  if (!attempt.ok) return expect.fail(attempt.error.message.en);
  return simulate(scenarioOf(attempt.value), {source: lesson.id, run: run.name});
};

const close = (host: string, atUs: number): Move => ({kind: 'call', atUs, host, action: {call: 'close'}});

/** Two ends that hang up at once, then once more one after the other. */
const solution: readonly Move[] = [
  close('client', 151_000),
  close('server', 152_000),
  {
    kind: 'call',
    atUs: 70_000_000,
    host: 'client',
    action: {call: 'connect', to: {host: 'server', port: 80}, read: 'auto'},
  },
  close('client', 71_000_000),
  close('server', 72_000_000),
];

const statesSeen = (trace: Trace): ReadonlySet<string> =>
  new Set([...trace.events()].flatMap((event) => (event.kind === 'state' ? [event.to] : [])));

test('all eleven states can be met, with no more moves than par', () => {
  const trace = traceOf(solution);
  expect(statesSeen(trace).size).toBe(11);
  expect(judged(challenge, trace, solution).solved).toBe(true);
  expect(solution.length).toBeLessThanOrEqual(challenge.par);
});

test('a goal is met by the first event that does, and by none before', () => {
  for (let made = 0; made <= solution.length; made += 1) {
    const trace = traceOf(solution.slice(0, made));
    const seen = statesSeen(trace);
    const met = judged(challenge, trace, []).goals.map(({event}) => event);
    for (const [index, {selector}] of challenge.goal.entries()) {
      if (selector.match.kind !== 'enters' || selector.after) continue;
      const {state} = selector.match;
      expect(met[index] !== undefined, state).toBe(seen.has(state));
      const event = met[index];
      if (event === undefined) continue;
      expect(trace.event(event)).toMatchObject({kind: 'state', to: state});
      for (const earlier of trace.events(1, event - 1))
        expect(earlier.kind === 'state' && earlier.to === state).toBe(false);
    }
  }
});

test('a move that is a setting leaves everything as it is that the run was asked for with', async () => {
  const faults = [{kind: 'drop', at: {packet: 2}}] as const;
  const asked = {seed: 7, profile: 'freebsd', faults, set: [{place: 'path.delay', value: '80ms'}]} as const;
  const setting = {place: 'server.tcp.initialRto', value: '3s'};
  const own = await chooseRun(lesson, asked);
  const both = await chooseRun(lesson, {...asked, set: [...asked.set, setting]});
  if (!own.ok || !both.ok) return expect.fail('cannot be asked for');
  const attempt = attemptRun(lesson, own.value.run, [{kind: 'set', atUs: 0, setting}]);
  expect(attempt.ok && scenarioOf(attempt.value)).toEqual(scenarioOf(both.value.run));
  expect(attempt.ok && attempt.value.set).toEqual([...asked.set, setting]);
});

describe('moves', () => {
  test('until it is made, a move changes nothing', () => {
    const before = traceOf([]);
    const faulty: Move = {kind: 'fault', atUs: 51_000, fault: {kind: 'drop', at: {packet: 2}}};
    for (const move of [close('client', 151_000), close('server', 60_000), faulty]) {
      const after = traceOf([move]);
      const told = (trace: Trace) =>
        [...trace.events()].flatMap((event) =>
          // What becomes of a packet is known when it leaves.
          event.atUs >= move.atUs || event.kind === 'send'
            ? []
            : [`${event.atUs} ${event.host} ${event.kind}`],
        );
      expect(told(after)).toEqual(told(before));
      expect([...after.events()].length).not.toBe([...before.events()].length);
    }
  });

  test('a call comes after all that was seen when it was decided', () => {
    expect([0, 1, 999, 1000, 150_000, 150_000.5].map(decidedAt)).toEqual([
      1000, 1000, 1000, 2000, 151_000, 151_000,
    ]);
  });

  test('one in the past takes the later ones away', () => {
    expect(withMove(solution, close('server', 151_500))).toEqual([solution[0], close('server', 151_500)]);
    expect(withMove(solution, close('server', 80_000_000))).toHaveLength(6);
  });
});
