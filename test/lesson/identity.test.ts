// What a run's identity is made of: its causes, each of them, and nothing that is only said about them. Oracle: the digest of what
// the machines did; what the identity leaves out must not change it.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import {certificateFiles, lessonFiles} from '../../scripts/lesson-files.ts';
import {digestOf, otherEvents} from '../../scripts/run-digests.ts';
import {zoneTexts} from '../../source/io/zone-files.ts';
import type {Lesson, Run} from '../../source/lesson/lesson.ts';
import {loadLesson} from '../../source/lesson/load.ts';
import {scenarioOf} from '../../source/lesson/run-scenario.ts';
import {allRuns} from '../../source/lesson/run-variant.ts';
import {identityOf} from '../../source/sim/identity.ts';
import {root} from '../helpers/root.ts';
import {handshakeScenario} from '../helpers/scenarios.ts';
import {few, part, some} from '../helpers/seeds.ts';

type Data = {readonly [key: string]: unknown};

const isData = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const identity = (run: Run): string => identityOf(scenarioOf(run));
const identities = (lesson: Lesson): Data =>
  Object.fromEntries(allRuns(lesson).map((run) => [run.name, identity(run)]));

const certificates = certificateFiles(join(root, 'lessons'));

const loaded = (file: string, text: string): Lesson => {
  const lesson = loadLesson(text, file, {zones: zoneTexts(file), certificates});
  if (!lesson.ok) throw new Error(lesson.error.map(({message}) => message.en).join('\n'));
  return lesson.value;
};

/** Every value below, with the key under which it stands. */
const mapped = (value: unknown, change: (key: string, value: unknown) => unknown, key = ''): unknown => {
  const changed = change(key, value);
  if (Array.isArray(changed)) return changed.map((each) => mapped(each, change, key));
  if (!isData(changed)) return changed;
  return Object.fromEntries(
    Object.entries(changed).map(([name, each]) => [name, mapped(each, change, name)]),
  );
};

const isText = (value: unknown): boolean =>
  isData(value) && typeof value['en'] === 'string' && typeof value['zh'] === 'string';

/** Hardware addresses count in the order of hosts, the first run is the one that plays, and fields are sent as they are written. */
const orderActs = ['hosts', 'runs', 'ip', 'headers', 'cookies'];

const edits: Readonly<Record<string, (data: Data) => Data>> = {
  'other texts': (data) =>
    mapped(data, (key, value) => {
      if (!isText(value)) return value;
      // A beat that invites has to name the keys that it invites to.
      return key === 'label'
        ? undefined
        : {en: 'otherwise: ↑ tab enter x b w o', zh: '另一种说法：↑ tab enter x b w o'};
    }) as Data,
  'one beat': ({beats, ...data}) => ({...data, beats: (beats as readonly unknown[]).slice(0, 1)}),
  'no questions, no checks, no challenge': ({questions: _, checks: __, challenge: ___, ...data}) => data,
  'one question more': ({questions = [], ...data}) => ({
    ...data,
    questions: [
      ...(questions as readonly unknown[]),
      {
        when: {end: true},
        ask: {en: 'Is it?', zh: '是吗？'},
        choices: [{text: {en: 'yes', zh: '是'}, correct: true}, {text: {en: 'no', zh: '否'}}],
        rfc: '9293 §3.5',
        holds: '1 == 1',
      },
    ],
  }),
  'another head': (data) => ({...data, minutes: 60, requires: [], rfc: ['9293 §1']}),
  'other units': (data) =>
    mapped(data, (_, value) =>
      typeof value === 'string' && /^\d{1,4}ms$/.test(value) ? `${value.slice(0, -2)}000us` : value,
    ) as Data,
  'other order of keys': (data) =>
    mapped(data, (key, value) =>
      isData(value) && !orderActs.includes(key) ? Object.fromEntries(Object.entries(value).reverse()) : value,
    ) as Data,
};

const files = some(few(lessonFiles(join(root, 'lessons')), 3), 1);

describe.each(files.map((file) => [file.slice(root.length), file] as const))('%s', (_, file) => {
  const text = readFileSync(file, 'utf8');
  const lesson = loaded(file, text);
  const before = identities(lesson);

  test('comments are not in it', () => {
    const commented = text.replaceAll(/^(\w[\w-]*:.*)$/gm, '# what follows\n$1');
    expect(commented).not.toBe(text);
    expect(identities(loaded(file, commented))).toEqual(before);
  });

  test.each(Object.entries(edits))('%s: the same runs', (__, edit) => {
    expect(identities(loaded(file, JSON.stringify(edit(parse(text)))))).toEqual(before);
  });

  // The lessons that ship are JSON.
  test('compiled and read again they are the same', () => {
    expect(identities(JSON.parse(JSON.stringify(lesson)))).toEqual(before);
  });
});

type Change = {readonly path: readonly string[]; readonly value: Run};

const otherScalar = (value: unknown): unknown => {
  if (typeof value === 'boolean') return !value;
  return typeof value === 'number' ? value + 1 : `${String(value)}x`;
};

/** The same with one scalar otherwise, for each of its scalars. */
function* changes<T>(value: T, path: readonly string[] = []): Generator<{path: readonly string[]; value: T}> {
  if (typeof value !== 'object' || value === null) {
    yield {path, value: otherScalar(value) as T};
    return;
  }
  for (const [key, inner] of Object.entries(value))
    for (const change of changes(inner, [...path, key])) {
      const copy = Array.isArray(value)
        ? value.with(Number(key), change.value)
        : {...value, [key]: change.value};
      yield {path: change.path, value: copy as T};
    }
}

/** What does not act: how the run is called, where it stands, what it may cost. */
const idle =
  /^(name|id|hosts\.\d+\.label\.\w+|title\.\w+|lettered\.(letter|title\.\w+)|position\.\w+|faultPlaces\.\d+(\.\w+)?|mostEvents)$/;

const everyRun = files.flatMap((file) => {
  const lesson = loaded(file, readFileSync(file, 'utf8'));
  return allRuns(lesson).map((run) => [`${lesson.id} ${run.name}`, lesson, run] as const);
});

describe('each scalar of the causes', () => {
  test.each(part(everyRun, 2))('%s', (_, lesson, run) => {
    const before = identity(run);
    // `quiet` is a word alone; what a run waits for is tried below.
    const all: readonly Change[] = [...changes(run)].filter(({path}) => path[0] !== 'until');
    const still = all.filter(({value}) => identity(value) === before);
    expect(all.length).toBeGreaterThan(20);
    expect(still.map(({path}) => path.join('.')).filter((path) => !idle.test(path))).toEqual([]);
    const [first] = still;
    if (first) expect(digestOf(lesson, first.value)).toBe(digestOf(lesson, run));
  });

  test('no two runs of other causes share one', () => {
    const causes = new Map<string, Set<string>>();
    for (const [, , {name: _, id: __, title: ___, position: ____, ...run}] of everyRun) {
      const known = causes.get(identity({...run, name: ''})) ?? new Set();
      causes.set(identity({...run, name: ''}), known.add(JSON.stringify(run)));
    }
    expect([...causes.values()].filter(({size}) => size !== 1)).toEqual([]);
  });
});

describe('settings', () => {
  const scenario = handshakeScenario();
  const withTcp = (tcp: (typeof scenario.hosts)[number]['tcp']): string =>
    identityOf({...scenario, hosts: scenario.hosts.map((host) => ({...host, tcp}))});

  test('what the profile says anyway may be said', () => {
    expect(withTcp({dsack: true})).toBe(withTcp({}));
    expect(withTcp({dsack: false})).not.toBe(withTcp({}));
  });

  // RFC 7323 §2.3: a larger buffer brings its own shift, unless one is asked for.
  test('a buffer with the usual shift is another than one with its own', () => {
    const rcvBufferBytes = 4_000_000;
    expect(withTcp({rcvBufferBytes, windowScale: 1})).not.toBe(withTcp({rcvBufferBytes}));
    expect(withTcp({rcvBufferBytes, windowScale: 6})).toBe(withTcp({rcvBufferBytes}));
  });

  test('neither what TLS computes with nor what a run may cost is a cause', () => {
    expect(identityOf({...scenario, mostEvents: 7})).toBe(identityOf(scenario));
  });

  test('what a run waits for is one', () => {
    const watch = () => () => false;
    const awaiting = (awaits: unknown): string => identityOf({...scenario, until: {watch, awaits}});
    expect(awaiting({kind: 'end'})).not.toBe(awaiting({kind: 'end', nth: 2}));
    expect(awaiting({kind: 'end'})).not.toBe(identityOf({...scenario, until: 'quiet'}));
  });
});

test('the same causes and other events are another machine; other causes, or none of before, are not', () => {
  const pin = (identity: string, digest: string) => ({identity, digest});
  const before = {a: pin('1', 'x'), b: pin('2', 'y'), c: pin('3', 'z')};
  expect(otherEvents(before, {...before, d: pin('4', 'x')})).toEqual([]);
  expect(otherEvents(before, {a: pin('5', 'w'), b: pin('2', 'v'), c: pin('3', 'z')})).toEqual(['b']);
});
