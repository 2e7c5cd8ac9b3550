// Every single fork of the handshake and of the close, by its replay code through the built program: the pinned digest, folded
// here once more from the lines themselves; and the first difference, found here by comparing the lines of both runs.
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {forkName, singleForks} from '../../scripts/fork-digests.ts';
import type {Pins} from '../../scripts/run-digests.ts';
import {simulate} from '../../scripts/simulate.ts';
import {scenarioOf} from '../../source/lesson/run-scenario.ts';
import {compareTraces} from '../../source/sim/compare.ts';
import {parseFault} from '../../source/sim/fault-text.ts';
import {fork, forkCode, forkScenario, forkTree} from '../../source/sim/fork.ts';
import {identityOf} from '../../source/sim/identity.ts';
import type {Scenario} from '../../source/sim/scenario.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {folded} from '../helpers/folded.ts';
import {root} from '../helpers/root.ts';
import {runProgram} from '../helpers/run-program.ts';
import {few} from '../helpers/seeds.ts';

const forks = singleForks(root);
const pinned: Pins = JSON.parse(readFileSync(`${root}test/fixtures/fork-digests.json`, 'utf8'));

type Line = {readonly [key: string]: unknown};

const shown = (source: string): readonly Line[] => {
  const {code, stdout, stderr} = runProgram(['show', source, '--json', '--lang', 'en']);
  if (code !== 0) throw new Error(stderr);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
};

/** What happened, without what the lesson says and without numbers that count its beats too. */
const happenings = (lines: readonly Line[]): readonly string[] =>
  lines
    .filter(({type, kind}) => type === 'event' && kind !== 'beat')
    .map(({n: _n, cause: _cause, ...rest}) => JSON.stringify(rest));

/** From 1, as events of a trace are counted. */
const firstUnequal = (one: readonly string[], other: readonly string[]): number | undefined => {
  const longest = Math.max(one.length, other.length);
  for (let index = 0; index < longest; index++) if (one[index] !== other[index]) return index + 1;
  return undefined;
};

const treeOf = ({lesson, run}: (typeof forks)[number]) =>
  forkTree(scenarioOf(run), {
    source: lesson.id,
    identity: identityOf(scenarioOf(run)),
    seed: run.seed,
    profile: run.profile,
    run: run.name,
    faults: [],
  });

const bases = new Map<string, {readonly lines: readonly Line[]; readonly trace: Trace}>();

const baseOf = ({lesson, run}: (typeof forks)[number]) => {
  const header = {source: lesson.id, run: run.name};
  const base = bases.get(lesson.id) ?? {
    lines: shown(lesson.id),
    trace: simulate(scenarioOf(run), header),
  };
  bases.set(lesson.id, base);
  const again = (scenario: Scenario): Trace => simulate(scenario, header);
  return {...base, again};
};

test('four forks of each packet are pinned (npm run digests pins them anew)', () => {
  expect(Object.keys(pinned)).toEqual(forks.map(forkName));
  for (const part of ['identity', 'digest'] as const)
    expect(new Set(Object.values(pinned).map((pin) => pin[part])).size).toBe(forks.length);
});

describe.each(['handshake', 'teardown'])('%s', (id) => {
  test.each(
    few(
      forks.filter(({lesson}) => lesson.id === id),
      12,
    ),
  )('$fault', (each) => {
    const {lines, trace, again} = baseOf(each);
    const fault = parseFault(each.fault);
    if (!fault.ok) throw new Error(each.fault);
    const {at, ...kind} = fault.value;
    const forked = fork(treeOf(each), trace, {packet: at.packet ?? 0, fault: kind});
    if (!forked.ok) throw new Error(forked.error.code);

    const replayed = shown(forkCode(forked.value));
    const digest = pinned[forkName(each)]?.digest;
    expect(folded(replayed)).toBe(digest);
    expect(replayed.at(-1)?.['digest']).toBe(digest);

    const first = firstUnequal(happenings(lines), happenings(replayed));
    expect(compareTraces(trace, again(forkScenario(forked.value))).first?.n).toBe(first);
    expect(first).toBeDefined();
  });
});

test('a beat says whether the lesson or the account speaks, which has no beat of its own', () => {
  const voices = (...args: readonly string[]): ReadonlySet<string> => {
    const {stdout} = runProgram(['show', 'handshake', '--json', ...args]);
    const beats = stdout.split('\n').filter((line) => line.includes('"kind":"beat"'));
    return new Set(beats.map((line) => `${JSON.parse(line).voice} ${typeof JSON.parse(line).beat}`));
  };
  expect(voices()).toEqual(new Set(['lesson number']));
  expect(voices('--fault', 'drop@packet=2')).toEqual(new Set(['lesson number', 'account undefined']));
});
