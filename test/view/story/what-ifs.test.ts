// What a what-if tells: what is new in it, as its reader comes from the run that it changes. Oracle: the sentences of that run.

import {expect, test} from 'vitest';
import {departureOf, tellsOf} from '../../../source/app/departure.ts';
import {bindBeats} from '../../../source/lesson/bind.ts';
import {scenarioOf} from '../../../source/lesson/run-scenario.ts';
import {runVariant} from '../../../source/lesson/run-variant.ts';
import {toldToAll, withCommentary} from '../../../source/view/story/commentary.ts';
import {toldBeside} from '../../../source/view/story/told-beside.ts';
import {allRuns, type LessonRun, signed, traceOf} from '../../helpers/all-runs.ts';
import {tracedWith} from '../../helpers/diverged.ts';
import {some, thorough} from '../../helpers/seeds.ts';

const runNamed = (name: string): LessonRun =>
  allRuns().find((each) => each.name === name) ?? expect.fail(name);

const tellsIn = (each: LessonRun) => {
  const {lesson, run} = each;
  const of = {trace: traceOf(each), beats: [], traceOf: (own: typeof run) => traceOf({lesson, run: own})};
  return tellsOf(lesson, scenarioOf(run), of);
};

const told = (each: LessonRun) =>
  toldBeside(traceOf(each), [], tellsIn(each)).map(({says, facts}) => ({says, ...facts}));
const english = (each: LessonRun, tells = tellsIn(each)): readonly string[] =>
  withCommentary(traceOf(each), [], tells).flatMap((beat) =>
    beat.kind === 'narration' ? [beat.say.en] : [],
  );

test('other calls: not a word about the request that goes as before', () => {
  const cork = runNamed('delayed-ack what-if 1');
  expect(english(cork)).toEqual([]);
  expect(english(cork, toldToAll(tellsIn(cork))).length).toBeGreaterThan(8);
});

test('an interim answer is told, the answers that came before are not', () => {
  expect(told(runNamed('delayed-ack what-if 2'))).toMatchObject([
    {says: 'sends', host: 'server', bytes: 25},
    {says: 'delaysAck', host: 'client'},
    {says: 'delayOver', host: 'client'},
  ]);
});

thorough('a loss more: neither the loss of before, nor that the stream goes on', () => {
  expect(told(runNamed('cubic what-if 1'))).toMatchObject([
    {says: 'lost', thing: {packet: 214}},
    {says: 'outOfOrder', packet: 215},
    {says: 'again', why: 'later', window: 'third', sacked: 3},
    {says: 'gapFilled', open: undefined},
    {says: 'repaired', host: 'client', timer: false},
    {says: 'grows', host: 'client', how: 'regained'},
  ]);
});

test('after a fault of the reader’s: what comes of it, not that the stream goes on', () => {
  const {lesson, run} = runNamed('cubic base');
  const fault = {kind: 'drop', at: {packet: 214}} as const;
  const trace = tracedWith({lesson, run, fault});
  const from = departureOf(lesson, scenarioOf(runVariant(run, {faults: [fault]})), trace);
  const all = toldBeside(trace, [], {from});
  expect(all.flatMap(({says, facts}) => (says === 'lost' ? [facts.thing.packet] : []))).toContain(214);
  expect(all.filter(({says}) => says === 'sends' || says === 'delivered')).toEqual([]);
});

test('a change of a run that is not the first departs from that one (RFC 8985 §6.2)', () => {
  const late = runNamed('rack-tlp what-if 2');
  expect(late.lesson.whatIfs[1]?.changes).toBe('late');
  expect(departureOf(late.lesson, scenarioOf(late.run), traceOf(late))).toBeGreaterThan(1);
});

test('of several losses at one time the beat about one of them speaks alone', () => {
  const each = runNamed('rack-tlp base');
  const trace = traceOf(each);
  const {beats} = bindBeats(signed(each.lesson), each.run.name, trace);
  const told = withCommentary(trace, beats, tellsIn(each));
  expect(told.filter(({event}) => event > 0 && trace.event(event).kind === 'drop')).toHaveLength(1);
});

test('no what-if says what was to be told of the run that it changes', () => {
  const whatIfs = some(
    allRuns().filter(({name}) => / what-if /.test(name)),
    3,
  );
  for (const each of whatIfs) {
    const {lesson, run} = each;
    if (lesson.beats.some((beat) => beat.run === run.name)) continue;
    const parent = lesson.whatIfs.find((one) => one.run.name === run.name)?.changes;
    const own = lesson.runs.find(
      ({name}) => name === parent && lesson.beats.some((beat) => beat.run === name),
    );
    const start = own ?? lesson.runs[0];
    if (!start) continue;
    const before = new Set(english({name: '', lesson, run: start}, {from: 1}));
    for (const text of english(each)) expect(before, each.name).not.toContain(text);
  }
});
