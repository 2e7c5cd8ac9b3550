// Which beats and what-ifs of a lesson are signed, and from which run (docs/lessons.md).
import {describe, expect, test} from 'vitest';
import type {Run} from '../../source/lesson/lesson.ts';
import {scenarioOf} from '../../source/lesson/run-scenario.ts';
import {runVariant} from '../../source/lesson/run-variant.ts';
import {signedFor, signLesson} from '../../source/lesson/signed.ts';
import {load, runOf, traceOf} from './fragments.ts';

const lesson = load({
  runs: 'runs: {base: {}, slow: {set: {path.delay: 70ms}}, silent: {set: {path.delay: 80ms}}}\n',
  beats: `beats:
  - {when: {sends: client, flags: [SYN]}, speaks: [], say: {en: It is so., zh: 是这样。}}
  - {when: {arrives: server, flags: [SYN]}, speaks: [pace], say: {en: It waits., zh: 它等着。}}
  - {when: {arrives: client, flags: [SYN, ACK]}, speaks: [future], say: {en: It will be., zh: 将会这样。}}
  - {run: slow, when: {arrives: client, flags: [SYN, ACK]}, speaks: [future, pace], say: {en: It waits and will be., zh: 它等着，将会这样。}}
`,
  whatIf: `whatIf:
  - {title: {en: one, zh: 一}, set: {path.delay: 10ms}, speaks: [future, pace], say: {en: It waits and will be., zh: 它等着，将会这样。}}
  - {title: {en: two, zh: 二}, set: {path.delay: 20ms}}
`,
});

const asked = () => {
  const runs: string[] = [];
  const trace = (run: Run) => {
    runs.push(`${run.name} ${run.links[0]?.delayUs}`);
    const at = lesson.whatIfs.findIndex((each) => each.run === run);
    return at < 0 ? traceOf(lesson, run.name) : traceOf({...lesson, runs: [run]}, run.name);
  };
  return {runs, trace};
};

const placesOf = ({beats}: Pick<typeof lesson, 'beats'>) =>
  beats.map(({signature}) => signature && [signature.before, signature.behind]);

describe('all of a lesson', () => {
  const {runs, trace} = asked();
  const signed = signLesson(lesson, trace);
  const base = traceOf(lesson);
  const slow = traceOf(lesson, 'slow');
  const eventIn = (of: typeof base, kind: string, packet: number) =>
    [...of.events()].find((event) => event.kind === kind && 'packet' in event && event.packet === packet)
      ?.n ?? 0;

  test('only runs of which something is told are asked, and what-ifs that say something', () => {
    expect(runs).toEqual(['base 50000', 'slow 70000', `${lesson.whatIfs[0]?.run.name} 10000`]);
  });

  test('each beat from the one before, or the beginning, to the one behind, or the end', () => {
    const [sent, came, answered] = [
      eventIn(base, 'send', 1),
      eventIn(base, 'arrive', 1),
      eventIn(base, 'arrive', 2),
    ];
    const own = eventIn(slow, 'arrive', 2);
    expect(placesOf(signed)).toEqual([
      [1, 0],
      [came - sent + 1, 0],
      [1, base.length - answered],
      [own, slow.length - own],
    ]);
  });

  test('a what-if of all that has been', () => {
    const [first, second] = signed.whatIfs;
    expect(first?.signature?.before).toBeGreaterThan(10);
    expect([first?.signature?.behind, second?.signature]).toEqual([0, undefined]);
    expect(second).toEqual(lesson.whatIfs[1]);
  });
});

describe('for a scenario', () => {
  const other = scenarioOf(runVariant(runOf(lesson), {faults: [{kind: 'drop', at: {packet: 1}}]}));
  const forIt = (name: string, scenario: typeof other, of = lesson) => {
    const {runs, trace} = asked();
    return {signed: signedFor(of, {name, scenario}, trace), runs};
  };

  test('its own run is signed, no other', () => {
    const {signed, runs} = forIt('base', other);
    expect(placesOf(signed).map((each) => each !== undefined)).toEqual([true, true, true, false]);
    expect(runs).toEqual(['base 50000']);
    expect(signed.whatIfs).toEqual(lesson.whatIfs);
    expect(signed.runs).toEqual(lesson.runs);
  });

  test('of a what-if its sentence', () => {
    const name = lesson.whatIfs[0]?.run.name ?? '';
    const {signed, runs} = forIt(name, other);
    expect(signed.whatIfs.map(({signature}) => signature !== undefined)).toEqual([true, false]);
    expect([placesOf(signed), runs.length]).toEqual([lesson.beats.map(() => undefined), 1]);
  });

  test('nothing has to be signed where the causes are its own, the run is another’s, or it is signed', () => {
    expect(forIt('base', scenarioOf(runOf(lesson)))).toEqual({signed: lesson, runs: []});
    expect(forIt('none', other)).toEqual({signed: lesson, runs: []});
    const before = signLesson(lesson, asked().trace);
    expect(forIt('base', other, before)).toEqual({signed: before, runs: []});
  });
});
