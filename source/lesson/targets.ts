// Lists the settings of a run that a learner may change, each with the kind of its values, its present value, and a function that writes
// the run with another value.

import * as z from 'zod/mini';
import {$ZodArray, $ZodObject, $ZodRecord, type $ZodType, $ZodUnion} from 'zod/v4/core';
import {isRecord} from '../sim/canonical-json.ts';
import {Problems} from './problems.ts';
import {withSettings} from './run-settings.ts';
import type {Ground, Written} from './runs.ts';
import {boolean, duration, positive, profile, seqNumber} from './scalars.ts';
import type {CauseFile} from './schema-script.ts';
import {linkSettings} from './schema-topology.ts';
import {tcpSettingsSchema} from './tcp/settings.ts';
import {inner, kindOf, type Limits, type PlainValue, type ValueKind} from './value-kind.ts';

export type Group = 'link' | 'tcp' | 'program' | 'call' | 'host' | 'actor';

export type Target = {
  /** The place of a setting as the option `--set` takes it: names and keys with dots between them. */
  readonly place: string;
  readonly of: {readonly host: string} | {readonly link: string};
  readonly group: Group;
  /** The call, program or actor to which the setting belongs; absent for settings of links and hosts. */
  readonly owner?: string;
  /** The key of the setting in the lesson file, with dots between nested keys. */
  readonly key: string;
  readonly kind: ValueKind;
  /** The value that the lesson file gives the setting; undefined if it gives none. */
  readonly present: unknown;
  written(before: Written, value: PlainValue): Written;
};

type Steps = readonly (string | number)[];

/** A setting somewhere below a mapping of a lesson file: the steps to it in the data, and the words that a learner writes for them. */
type Leaf = {
  readonly steps: Steps;
  readonly words: readonly string[];
  readonly kind: ValueKind;
  readonly present: unknown;
};

const second = 1_000_000;

/**
 * Limits for what a learner sets, by key; they are narrower than those of a lesson file, because other values would only make a run long.
 */
const limits: {readonly [key: string]: Limits} = {
  delay: {most: 600 * second},
  ...Object.fromEntries(
    ['initialRto', 'minRto', 'maxRto', 'idle', 'interval', 'every', 'limit', 'timeout', 'attemptDelay'].map(
      (key) => [key, {least: 1000}],
    ),
  ),
  ...Object.fromEntries(
    [
      'synRetries',
      'synLinearTimeouts',
      'synAckRetries',
      'dataRetries',
      'probes',
      'attempts',
      'redirects',
    ].map((key) => [key, {most: 255}]),
  ),
  times: {most: 10_000},
  mss: {least: 88},
  bytes: {most: 5_000_000},
  data: {most: 65_535},
  'repeat.every': {},
};

/** Keys of a lesson file that only say which role a program has. A host has one such program, so a learner does not write the key. */
const unwritten: readonly string[] = ['stub', 'recursive', 'browser'];

/** Keys of a lesson file that a learner cannot set: their values are names to which others refer, or texts in a syntax of their own. */
const leftOut: readonly string[] = ['as', 'of', 'link', 'zones', 'roots', 'hosts', 'entries', 'between'];

const isWord = (word: string): boolean => /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(word);

const leavesOf = (
  schema: $ZodType,
  present: unknown,
  steps: Steps,
  words: readonly string[],
): readonly Leaf[] => {
  const bare = inner(schema);
  const kind = kindOf(bare, limits[words.join('.')] ?? limits[words.at(-1) ?? '']);
  const own = kind ? [{steps, words, kind, present: isRecord(present) ? undefined : present}] : [];
  if (bare instanceof $ZodUnion)
    return [
      ...own,
      ...bare._zod.def.options.flatMap((each) => (kindOf(each) ? [] : leavesOf(each, present, steps, words))),
    ];
  if (bare instanceof $ZodArray && Array.isArray(present) && !kind) {
    const {element} = bare._zod.def;
    return present.flatMap((each, place) =>
      leavesOf(element, each, [...steps, place], [...words, `${place + 1}`]),
    );
  }
  if (bare instanceof $ZodRecord && isRecord(present))
    return Object.entries(present).flatMap(([key, each]) =>
      isWord(key) ? leavesOf(bare._zod.def.valueType, each, [...steps, key], [...words, key]) : [],
    );
  return bare instanceof $ZodObject && (isRecord(present) || words[0] === 'keepAlive')
    ? [...own, ...leavesIn(bare._zod.def.shape, present, steps, words)]
    : own;
};

const leavesIn = (
  shape: {readonly [key: string]: $ZodType},
  present: unknown,
  steps: Steps = [],
  words: readonly string[] = [],
): readonly Leaf[] =>
  Object.entries(shape).flatMap(([key, schema]) =>
    leftOut.includes(key)
      ? []
      : leavesOf(
          schema,
          isRecord(present) ? present[key] : undefined,
          [...steps, key],
          unwritten.includes(key) ? words : [...words, key],
        ),
  );

/** Returns nested data in which the value at the end of these steps is replaced. */
const edited = (data: unknown, [step, ...rest]: Steps, value: unknown): unknown => {
  if (step === undefined) return value;
  if (Array.isArray(data))
    return data.map((each, place) => (place === step ? edited(each, rest, value) : each));
  const known = isRecord(data) ? data : {};
  return {...known, [step]: edited(known[step], rest, value)};
};

const placeOf = (...parts: readonly (string | readonly string[])[]): string => parts.flat().join('.');

/** Writes the second one of a name as `name.2`; the first one needs no number. */
const numbered = (name: string, place: number): readonly string[] =>
  place === 0 ? [name] : [name, `${place + 1}`];

const setAs =
  (place: string): Target['written'] =>
  (before, value) => {
    const {[place]: _, ...others} = before.changes.set ?? {};
    const plain = typeof value === 'object' ? value.join(',') : value;
    return {...before, changes: {...before.changes, set: {...others, [place]: plain}}};
  };

const worldTargets = (ground: Ground, written: Written): readonly Target[] => {
  const topology = withSettings(ground.topology, written.changes.set ?? {}, [], new Problems());
  const target = (
    of: Target['of'],
    group: Group,
    place: string,
    {kind, present, words}: Pick<Leaf, 'kind' | 'present' | 'words'>,
  ): Target => ({place, of, group, key: words.join('.'), kind, present, written: setAs(place)});
  const links = topology.links.flatMap(({spec: {name}, data}) =>
    leavesIn(linkSettings, data).map((leaf) => target({link: name}, 'link', placeOf(name, leaf.words), leaf)),
  );
  const hosts = topology.hosts.flatMap(({name, data}) => [
    ...leavesIn({up: boolean, iss: seqNumber, profile}, data).map((leaf) =>
      target({host: name}, 'host', placeOf(name, leaf.words), leaf),
    ),
    ...leavesIn(tcpSettingsSchema.shape, data.tcp).map((leaf) =>
      target({host: name}, 'tcp', placeOf(name, 'tcp', leaf.words), leaf),
    ),
  ]);
  return [...links, ...hosts];
};

type Layer = Written['layers'][number];

/** Returns the written run with one entry changed; the entry is found by the list `key`, its layer and its index. */
const inLayer = (
  before: Written,
  key: keyof Layer,
  [layer, index]: readonly [number, number],
  change: (entry: unknown) => unknown,
): Written => ({
  ...before,
  layers: before.layers.map((each, place) => {
    if (place !== layer) return each;
    const list = edited(each[key], [index], change(each[key]?.[index]));
    return {...each, [key]: list};
  }),
});

/** The entries that count, each with its place: an entry replaces those of earlier layers that are called the same. */
const counting = <T extends object>(
  layers: readonly (readonly T[] | undefined)[],
  nameOf: (entry: T) => string | undefined,
): readonly {
  readonly name: string;
  readonly entry: T;
  readonly at: readonly [number, number];
  readonly nth: number;
}[] => {
  const all = layers.flatMap((entries = [], layer) =>
    entries.flatMap((entry, index) => {
      const name = nameOf(entry);
      return name === undefined ? [] : [{name, entry, at: [layer, index] as const}];
    }),
  );
  return all
    .filter(({name, at}) => !all.some((other) => other.name === name && other.at[0] > at[0]))
    .map((each, _, kept) => ({
      ...each,
      nth: kept.filter(({name, at}) => name === each.name && at[1] < each.at[1]).length,
    }));
};

/** The names of the certificates that a lesson may use: each has one file for each kind of key. */
const certificateNames = ({names: {beside}}: Ground): readonly string[] =>
  (beside?.certificateNames ?? []).flatMap((file) =>
    file.endsWith('.ecdsa.pem') ? [file.replace('.ecdsa.pem', '')] : [],
  );

/** A certificate is chosen among those that the lesson may use. */
const programKind = ({words, kind, present}: Leaf, certificates: readonly string[]): ValueKind => {
  if (words.at(-1) !== 'certificate' || certificates.length === 0) return kind;
  const own = typeof present === 'string' ? [present] : [];
  return {unit: 'choice', choices: [...new Set([...certificates, ...own])], schema: kind.schema};
};

const programTargets = (ground: Ground, {layers}: Written): readonly Target[] => {
  const {vocabulary} = ground.names;
  const certificates = certificateNames(ground);
  const appOf = (entry: object): string | undefined =>
    Object.keys(vocabulary.apps).find((app) => Object.hasOwn(entry, app));
  const found = counting(
    layers.map(({apps}) => apps),
    (entry) => {
      const app = appOf(entry);
      return app === undefined ? undefined : `${entry.host}.${app}`;
    },
  );
  return found.flatMap(({name, entry, at, nth}) => {
    const app = appOf(entry) ?? '';
    return leavesIn(vocabulary.apps[app]?.shape ?? {}, entry[app]).map(
      (leaf): Target => ({
        place: placeOf(numbered(name, nth), leaf.words),
        of: {host: entry.host},
        group: 'program',
        owner: app,
        key: leaf.words.join('.'),
        kind: programKind(leaf, certificates),
        present: leaf.present,
        written: (before, value) =>
          inLayer(before, 'apps', at, (data) => edited(data, [app, ...leaf.steps], value)),
      }),
    );
  });
};

const onOff = z.enum(['on', 'off']);

const actorTargets = ({names: {vocabulary}}: Ground, {layers}: Written): readonly Target[] => {
  const actorOf = (entry: object): string | undefined =>
    Object.keys(vocabulary.actors).find((actor) => Object.hasOwn(entry, actor));
  const found = counting(
    layers.map(({actors}) => actors),
    (entry) => {
      const actor = actorOf(entry);
      return actor === undefined ? undefined : `${String(entry[actor])}.${actor}`;
    },
  );
  return found.flatMap(({name, entry, at, nth}) => {
    const owner = actorOf(entry) ?? '';
    const {[owner]: _, ...shape} = vocabulary.actors[owner]?.shape ?? {};
    const rules: readonly unknown[] = Array.isArray(entry['rules']) ? entry['rules'] : [];
    const kind = kindOf(onOff);
    const target = (words: readonly string[], leaf: Pick<Leaf, 'steps' | 'kind' | 'present'>): Target => ({
      place: placeOf(numbered(name, nth), words),
      of: {host: String(entry[owner])},
      group: 'actor',
      owner,
      key: words.join('.'),
      kind: leaf.kind,
      present: leaf.present,
      written: (before, value) => inLayer(before, 'actors', at, (data) => edited(data, leaf.steps, value)),
    });
    return [
      ...rules.flatMap((__, index) =>
        kind ? [target([`${index + 1}`], {steps: ['rules', index, 'off'], kind, present: 'on'})] : [],
      ),
      ...leavesIn(shape, entry).map((leaf) => target(leaf.words, leaf)),
    ];
  });
};

/** Groups of keys of which a call may have only one: setting one of them removes the others. */
const exclusive: readonly (readonly string[])[] = [
  ['bytes', 'text', 'body'],
  ['at', 'on'],
  ['at', 'after'],
];

const withKey = (cause: CauseFile, [key = '', ...rest]: Steps, value: PlainValue): CauseFile => {
  const others = exclusive
    .flatMap((keys) => (keys.includes(String(key)) ? keys : []))
    .filter((each) => each !== key);
  const kept = Object.fromEntries(Object.entries(cause).filter(([each]) => !others.includes(each)));
  // A call that waits for an event of a host is made by that host unless it names another.
  const host = cause.host ?? cause.on?.host;
  return {
    ...kept,
    ...(host === undefined ? {} : {host}),
    call: cause.call,
    [key]: edited(cause[key], rest, value),
  };
};

const callTargets = ({names: {vocabulary}}: Ground, {script, more = []}: Written): readonly Target[] => {
  const all = [
    ...script.map((cause, index) => ({cause, index, list: 'script' as const})),
    ...more.map((cause, index) => ({cause, index, list: 'more' as const})),
  ];
  const ownerOf = ({host, on, ...keys}: CauseFile): Target['of'] | undefined => {
    const name = host ?? on?.host;
    if (name !== undefined) return {host: name};
    return typeof keys['link'] === 'string' ? {link: keys['link']} : undefined;
  };
  const seen = new Map<string, number>();
  return all.flatMap(({cause, index, list}): readonly Target[] => {
    const of = ownerOf(cause);
    if (!of) return [];
    const name = placeOf('host' in of ? of.host : of.link, cause.call);
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    const timing = {
      at: duration,
      ...(cause.on ? {after: duration} : {}),
      ...(cause.repeat ? {repeat: z.strictObject({times: positive, every: duration})} : {}),
      off: boolean,
    };
    return leavesIn({...timing, ...vocabulary.calls[cause.call]?.shape}, cause).map(
      (leaf): Target => ({
        place: placeOf(numbered(name, nth), leaf.words),
        of,
        group: 'call',
        owner: cause.call,
        key: leaf.words.join('.'),
        kind: leaf.kind,
        present: leaf.present ?? (leaf.words[0] === 'off' ? false : undefined),
        written: (before, value) => ({
          ...before,
          [list]: (before[list] ?? []).map((each, place) =>
            place === index ? withKey(each, leaf.steps, value) : each,
          ),
        }),
      }),
    );
  });
};

/** Returns all places: those of links and hosts, then those of programs, calls and actors in the order of the file. */
export const targetsOf = (ground: Ground, written: Written): readonly Target[] => {
  const all = [
    ...worldTargets(ground, written),
    ...programTargets(ground, written),
    ...callTargets(ground, written),
    ...actorTargets(ground, written),
  ];
  // A key whose value may have several forms is found once for each form; the first one is kept.
  return [...new Map(all.toReversed().map((target) => [target.place, target])).values()].toReversed();
};

const isOff = (entry: unknown): boolean =>
  isRecord(entry) && (entry['off'] === true || entry['off'] === 'off');

const withoutOff = (cause: CauseFile): CauseFile => {
  const {off: _, ...kept} = cause;
  return {...kept, call: cause.call};
};

/** Returns the calls of a script without those that are switched off. */
const calledIn = (causes: readonly CauseFile[]): readonly CauseFile[] =>
  causes.flatMap((cause) => (isOff(cause) ? [] : [withoutOff(cause)]));

const ruled = (entry: {readonly [key: string]: unknown}): {readonly [key: string]: unknown} => {
  const {rules} = entry;
  if (!Array.isArray(rules)) return entry;
  const kept = rules.flatMap((rule: unknown) => {
    if (isOff(rule)) return [];
    if (!isRecord(rule)) return [rule];
    const {off: _, ...plain} = rule;
    return [plain];
  });
  return {...entry, rules: kept};
};

/** Returns a written run without the calls and the actors' rules that are switched off, ready to be compiled. */
export const withoutOffs = ({script, more, layers, ...rest}: Written): Written => ({
  ...rest,
  script: calledIn(script),
  ...(more ? {more: calledIn(more)} : {}),
  layers: layers.map(({actors, ...layer}) => ({...layer, actors: actors?.map(ruled)})),
});
