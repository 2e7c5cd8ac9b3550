// Runs with applications are data like all others: what was compiled and written as JSON runs alike, a code names a fork of it, and
// every single fork has a digest of its own that comes out the same again.
import {expect, test} from 'vitest';
import {digestOf} from '../../../scripts/run-digests.ts';
import type {Lesson, Run} from '../../../source/lesson/lesson.ts';
import {scenarioOf} from '../../../source/lesson/run-scenario.ts';
import {parseFault} from '../../../source/sim/fault-text.ts';
import {identityOf} from '../../../source/sim/identity.ts';
import {decodeReplay, encodeReplay} from '../../../source/sim/replay.ts';
import {runOf, traceOf} from '../fragments.ts';
import {answersOf, load} from './network.ts';

const lesson = load();
const packets = traceOf(lesson).packetCount;

const forked = (of: Lesson, text: string): Run => {
  const fault = parseFault(text);
  if (!fault.ok) expect.fail(text);
  const run = runOf(of);
  return {...run, faults: [...run.faults, fault.value]};
};

const digest = (of: Lesson, text: string): string => digestOf(of, forked(of, text));

const texts = Array.from({length: packets}, (_, index) => [
  `drop@packet=${index + 1}`,
  `dup@packet=${index + 1}`,
]).flat();

test('the compiled lesson as JSON gives the same bytes', () => {
  const again: Lesson = JSON.parse(JSON.stringify(lesson));
  expect(digestOf(again, runOf(again))).toBe(digestOf(lesson, runOf(lesson)));
  expect(digest(again, 'drop@packet=7')).toBe(digest(lesson, 'drop@packet=7'));
});

test('every single fork: alike when it runs again, unlike all others', () => {
  const digests = texts.map((text) => digest(lesson, text));
  const again = load();
  expect(digests).toEqual(texts.map((text) => digest(again, text)));
  expect(new Set([...digests, digestOf(lesson, runOf(lesson))]).size).toBe(texts.length + 1);
});

// One lost datagram costs time, never the answer (RFC 1035 §4.2.1).
test('whichever datagram is lost, the answer comes', () => {
  for (let packet = 1; packet <= packets; packet++) {
    const run = forked(lesson, `drop@packet=${packet}`);
    const [answer = ''] = answersOf({...lesson, runs: [run]});
    expect(answer, `packet ${packet}`).toMatch(/^m \d+ ok 203\.0\.113\.80$/);
    expect(Number(answer.split(' ')[1])).toBeGreaterThan(130);
  }
});

test('a code names such a fork', () => {
  const run = forked(lesson, 'drop@packet=7');
  const {seed, profile, name, faults} = run;
  const identity = identityOf(scenarioOf(run));
  const replay = {source: lesson.id, identity, seed, profile, run: name, faults};
  const read = decodeReplay(encodeReplay(replay));
  expect(read.ok && read.value).toEqual({...replay, identity: identity.slice(0, 12)});
});
