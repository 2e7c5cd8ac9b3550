// The challenges in which the learner plays a host. Oracle: the stack itself. If every segment that is chosen is the one that the stack would
// send, the packets are those of the run without a host by hand; and what an author calls the solution is such a choice.
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {verdictsTo} from '../../source/account/own-turns.ts';
import {attemptRun} from '../../source/lesson/attempt.ts';
import type {Lesson, Run} from '../../source/lesson/lesson.ts';
import type {Move} from '../../source/lesson/move.ts';
import {moveText} from '../../source/lesson/move-text.ts';
import {scenarioOf} from '../../source/lesson/run-scenario.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {flagNames} from '../../source/wire/tcp.ts';
import {lessonNamed as curricular} from '../helpers/all-runs.ts';
import {lessonIn} from '../helpers/kept-lessons.ts';
import {root} from '../helpers/root.ts';
import {packetsOf, run} from '../helpers/traces.ts';

const lessonNamed = (name: string): Lesson =>
  name.startsWith('by-hand')
    ? lessonIn(join(root, 'lessons', 'challenges', `${name}.yaml`))
    : curricular(name);

const played = (lesson: Lesson, moves: readonly Move[]): Trace => {
  const [own] = lesson.runs;
  const attempt = own && attemptRun(lesson, own, moves);
  if (!attempt?.ok) throw new Error('not playable');
  return run(scenarioOf(attempt.value));
};

/** Plays every turn as the stack would. */
const allRight = (lesson: Lesson): Trace => {
  const moves: Move[] = [];
  for (let turn = 0; turn < 20; turn++) {
    const trace = played(lesson, moves);
    const open = trace.stateAt(trace.length)?.hand?.open;
    if (!open) return trace;
    moves.push({kind: 'answer', atUs: 0, answer: {flags: flagNames(open), seq: open.seq, ack: open.ack}});
  }
  throw new Error('the turns do not end');
};

const real = (lesson: Lesson): Trace => {
  const [own]: readonly (Run | undefined)[] = lesson.runs;
  if (!own) throw new Error('no run');
  return run(scenarioOf(own));
};

const names = [
  ...['handshake', 'teardown', 'by-hand-wrap', 'by-hand-closed', 'by-hand-bad-ack', 'by-hand-gap'],
  ...['by-hand-close', 'by-hand-old-syn'],
];

test.each(names)('%s: right answers make the packets of the real run', (name) => {
  const lesson = lessonNamed(name);
  expect(packetsOf(allRight(lesson))).toEqual(packetsOf(real(lesson)));
});

test.each(names)('%s: the solution is what the stack would send', (name) => {
  const lesson = lessonNamed(name);
  const {solution = []} = lesson.challenge ?? {};
  const trace = played(lesson, solution);
  const verdicts = verdictsTo(trace, trace.length);
  expect(verdicts).toHaveLength(solution.length);
  expect(verdicts.flatMap(({differs}) => differs)).toEqual([]);
  expect(solution.map(moveText).every((text) => text.startsWith('answer=flags:'))).toBe(true);
});

test('the verdict names what differs; any initial sequence number is right in a SYN', () => {
  const lesson = lessonNamed('handshake');
  const differs = (answer: Extract<Move, {kind: 'answer'}>['answer']) => {
    const trace = played(lesson, [{kind: 'answer', atUs: 0, answer}]);
    return verdictsTo(trace, trace.length)[0]?.differs;
  };
  const [right] = lesson.challenge?.solution ?? [];
  if (right?.kind !== 'answer') throw new Error('no answer');
  const {answer} = right;
  expect(differs(answer)).toEqual([]);
  expect(differs({...answer, seq: answer.ack})).toEqual([]);
  expect(differs({...answer, ack: answer.seq})).toEqual(['ack']);
  expect(differs({...answer, flags: ['ACK']})).toEqual(['flags']);
  expect(differs({...answer, length: 5})).toEqual(['len']);
});
