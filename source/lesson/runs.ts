// Compiles the runs of a lesson file: the lesson's causes and topology with the changes of each run or what-if.

import {given} from '../sim/given.ts';
import type {Cause} from '../sim/scenario.ts';
import type {TcpSettings} from '../stack/tcp/settings.ts';
import {runsSentences} from '../words/catalogue/lesson.ts';
import {readFaults} from './fault-reader.ts';
import type {RunsFile} from './ground.ts';
import type {Run, WhatIf} from './lesson.ts';
import {type Layer, readPieces} from './pieces.ts';
import {problemWith} from './problem.ts';
import type {Path, Problems} from './problems.ts';
import {microseconds} from './quantity.ts';
import {withSettings} from './run-settings.ts';
import type {LessonFile, RunFile, WhatIfFile} from './schema.ts';
import type {CauseFile} from './schema-script.ts';
import {readScript} from './script.ts';
import {readSelector} from './selector-parser.ts';
import {worded} from './text.ts';
import {hostSpecs, type Topology} from './topology.ts';
import type {Names} from './vocabulary.ts';

type Changes = Omit<RunFile, 'title' | 'letter'>;

/** The data from which all runs of a lesson are compiled: the file, its hosts and links, and the names that it may use. */
export type Ground = {readonly file: RunsFile; readonly topology: Topology; readonly names: Names};

type Context = Ground & {
  readonly problems: Problems;
  /** The layers of the run's applications and actors; absent: those of the lesson, then those of the run. */
  readonly layers?: readonly Layer[];
};

const titled = ({letter, title}: RunFile): Pick<Run, 'title' | 'lettered'> => {
  if (!title) return {};
  if (letter === undefined) return {title};
  return {title: worded(runsSentences.lettered, {letter, title}), lettered: {letter, title}};
};

export const readRuns = (ground: Ground, problems: Problems): readonly Run[] => {
  const {runs} = ground.file;
  const context = {...ground, problems};
  if (!runs || Object.keys(runs).length === 0) return [readRun('base', {}, ['runs', 'base'], context)];
  return Object.entries(runs).map(([name, data]) => {
    const run = readRun(name, data ?? {}, ['runs', name], context);
    return {...run, ...titled(data ?? {})};
  });
};

/** The parts of a lesson file that make up one run, merged from the lesson, the run, and the what-if if it is one. */
export type Written = {
  readonly changes: Omit<Changes, 'script' | 'add' | 'apps' | 'actors' | 'faults'>;
  readonly script: readonly CauseFile[];
  /** The causes that a what-if adds to those of the run that it changes; absent if the run is no what-if. */
  readonly more?: readonly CauseFile[];
  /** The parts of the lesson file that have applications and actors; later ones take precedence. */
  readonly layers: readonly Layer['data'][];
};

/** Returns the parts of a lesson file that make up the run with this name; undefined if there is no such run. */
export const writtenRun = (file: RunsFile, name: string): Written | undefined => {
  const {runs = {base: null}, whatIf = []} = file;
  const own = whatIf.find((each, index) => whatIfName(each, index) === name);
  const base = own === undefined ? name : (own.run ?? Object.keys(runs)[0] ?? 'base');
  if (!Object.hasOwn(runs, base)) return undefined;
  const {script, add, apps, actors, faults: _, ...changes} = runs[base] ?? {};
  return {
    changes: {
      ...changes,
      ...given({until: own?.until ?? changes.until}),
      set: {...changes.set, ...own?.set},
      notTcp: {...changes.notTcp, ...own?.notTcp},
    },
    script: [...(script ?? file.script), ...(add ?? [])],
    ...(own ? {more: own.script ?? []} : {}),
    layers: [
      {apps: file.apps, actors: file.actors},
      {apps, actors},
      {apps: own?.apps, actors: own?.actors},
    ],
  };
};

/** Compiles a run from its parts of the lesson file, without faults. */
export const compiledRun = (
  name: string,
  {changes, script, more, layers}: Written,
  ground: Ground,
  problems: Problems,
): Run => {
  const placed = layers.map((data) => ({data, path: []}));
  const run = readRun(name, {...changes, script: [...script]}, [], {...ground, problems, layers: placed});
  return more ? withMore(run, {script: more, path: []}, ground, problems) : run;
};

const readRun = (name: string, data: Changes, path: Path, context: Context): Run => {
  const {file, names, problems} = context;
  const topology = withSettings(context.topology, data.set ?? {}, [...path, 'set'], problems);
  const links = topology.links.map((link) => link.spec);
  const faultNames = {hosts: names.hosts, links: links.map((link) => link.name)};
  const {
    layers = [
      {data: file, path: []},
      {data, path},
    ],
  } = context;
  const pieces = readPieces(layers, names, problems);
  const actors = pieces.flatMap((piece) => piece.actors ?? []);
  const running = pieces.flatMap((piece) => piece.apps ?? []);
  const overrides = readOverrides(data.notTcp ?? {}, names);
  const hosts = hostSpecs(topology).map((host) => ({...host, tcp: {...host.tcp, ...overrides.settings}}));
  const script = [
    ...powerOffs(topology),
    ...pieces.flatMap((piece) => piece.script ?? []),
    ...scriptOf(data, path, {...context, names: {...names, apps: running}}),
  ];
  const apps = names.vocabulary.completes({hosts, script, apps: running, ...given({beside: names.beside})});
  return {
    name,
    profile: data.profile ?? file.profile ?? 'linux',
    seed: data.seed ?? file.seed ?? 1,
    hosts,
    links,
    arp: topology.arp,
    script,
    ...(actors.length > 0 ? {actors} : {}),
    ...(apps.length > 0 ? {apps} : {}),
    faults: readFaults(data.faults ?? [], [...path, 'faults'], faultNames, problems),
    until: readUntil(data.until, path, context),
    limitUs: microseconds(data.limit ?? file.limit ?? '10m'),
    ...(overrides.names.length > 0 ? {notTcp: overrides.names} : {}),
  };
};

/** Returns the run with further causes, and with the applications that these need (such as browsers). */
const withMore = (
  run: Run,
  {script, path}: {readonly script: readonly CauseFile[]; readonly path: Path},
  {names}: Ground,
  problems: Problems,
): Run => {
  const all = [...run.script, ...readScript(script, path, {...names, ...given({apps: run.apps})}, problems)];
  const {hosts, apps: running = []} = run;
  const apps = names.vocabulary.completes({
    hosts,
    script: all,
    apps: running,
    ...given({beside: names.beside}),
  });
  return {...run, ...(apps.length > 0 ? {apps} : {}), script: all};
};

/** Returns the causes of a run: its own script or else the lesson's, followed by those that the run adds. */
const scriptOf = (data: Changes, path: Path, {file, names, problems}: Context): readonly Cause[] => {
  const script = data.script
    ? readScript(data.script, [...path, 'script'], names, problems)
    : readScript(file.script, ['script'], names, problems);
  return [...script, ...readScript(data.add ?? [], [...path, 'add'], names, problems)];
};

/** Returns a crash at time 0 for each host with `up: false`; it stays off until a cause says `reboot`. */
const powerOffs = ({hosts}: Topology): readonly Cause[] =>
  hosts.flatMap(({name, data}) =>
    data.up === false ? [{when: {kind: 'at', atUs: 0}, host: name, action: {call: 'crash'}}] : [],
  );

const readUntil = (own: Changes['until'], path: Path, {file, names, problems}: Context): Run['until'] => {
  const until = own ?? file.until ?? 'quiet';
  if (until === 'quiet') return until;
  if (typeof until === 'string') return {atUs: microseconds(until)};
  const place = own === undefined ? ['until'] : [...path, 'until'];
  const selector = readSelector(until, place, names, problems);
  if (!selector || selector.match.kind === 'end') return 'quiet';
  const {match} = selector;
  return match.kind === 'at' ? {atUs: match.atUs} : {selector};
};

type Overrides = {readonly names: readonly string[]; readonly settings: Partial<TcpSettings>};

/** Reads the counterfactual TCP settings of a run (`notTcp`), whose names the schema has checked. */
const readOverrides = (
  data: {readonly [override: string]: true | undefined},
  {vocabulary: {overrides}}: Names,
): Overrides => {
  const found = Object.keys(data);
  return {names: found, settings: Object.assign({}, ...found.map((name) => overrides[name]))};
};

/** Returns the name of a what-if's run: the earlier name that was kept (`was`), or else its id, or else one from its position. */
const whatIfName = ({id, was}: Pick<WhatIfFile, 'id' | 'was'>, index: number): string =>
  was ?? id ?? `what-if-${index + 1}`;

type NamedPlace = {readonly name: string; readonly path: Path};

/**
 * Returns the names of all runs of a lesson with their places in the file. Names made from a what-if's position come last, so that they are
 * the ones reported as taken.
 */
const namedPlaces = ({runs, whatIf = []}: LessonFile): readonly NamedPlace[] => {
  const written = (['id', 'was'] as const).flatMap((key) =>
    whatIf.flatMap(({[key]: name}, index) =>
      name === undefined ? [] : [{name, path: ['whatIf', index, key]}],
    ),
  );
  const placed = whatIf.flatMap((data, index) =>
    data.id === undefined && data.was === undefined
      ? [{name: whatIfName(data, index), path: ['whatIf', index]}]
      : [],
  );
  return [
    ...Object.keys(runs ?? {base: null}).map((name) => ({name, path: ['runs', name]})),
    ...written,
    ...placed,
  ];
};

/**
 * Reports what-ifs with an ambiguous id: one that another run has, one that looks like a name made from a position (`what-if-2`); and a
 * `was` without an id.
 */
export const checkWhatIfIds = (file: LessonFile, problems: Problems): void => {
  const seen = new Set<string>();
  for (const {name, path} of namedPlaces(file)) {
    if (seen.has(name)) problems.add(path, problemWith(runsSentences.takenName, {name}));
    seen.add(name);
  }
  for (const [index, {id, was}] of (file.whatIf ?? []).entries()) {
    const path = ['whatIf', index];
    if (id !== undefined && /^what-if-\d+$/.test(id))
      problems.add([...path, 'id'], problemWith(runsSentences.placeAsId, {id}));
    if (was !== undefined && id === undefined) problems.add([...path, 'was'], runsSentences.wasAlone);
  }
};

/** Returns the name of the run that an author means: by the id of a what-if, or by the name itself. */
export const runNameIn = (
  {whatIf = []}: Pick<RunsFile, 'whatIf'>,
  written: string | undefined,
): string | undefined => {
  const index = whatIf.findIndex(({id}) => id !== undefined && id === written);
  const found = whatIf[index];
  return found ? whatIfName(found, index) : written;
};

/** Returns the lesson file with names of runs instead of ids of what-ifs, wherever beats and questions refer to a run. */
export const withRunNames = (file: LessonFile): LessonFile => ({
  ...file,
  beats: file.beats.map((beat) => ({
    ...beat,
    run: runNameIn(file, beat.run),
    ...(beat.invites ? {invites: {...beat.invites, leads: runNameIn(file, beat.invites.leads)}} : {}),
  })),
  ...given({questions: file.questions?.map((each) => ({...each, run: runNameIn(file, each.run)}))}),
});

/** Reads the run of a what-if, whose `script` adds causes and whose faults are added to those of the run that it changes. */
export const readWhatIfRun = (
  data: WhatIfFile,
  index: number,
  ground: Ground,
  problems: Problems,
): WhatIf['run'] => {
  const {file, names} = ground;
  const context = {...ground, problems};
  const path = ['whatIf', index];
  const known = Object.keys(file.runs ?? {base: null});
  const base = data.run ?? known[0] ?? 'base';
  if (!problems.knows([...path, 'run'], runsSentences.readWhatIf, base, known)) {
    return readRun(base, {}, path, context);
  }
  const changed = file.runs?.[base] ?? {};
  const {title: _, letter: __, ...inherited} = changed;
  const {apps, actors, until, notTcp} = data;
  // Problems of the changed run's own parts are reported for that run, so only the what-if's additions are checked here.
  const below: Changes = {
    ...inherited,
    ...given({until}),
    set: {...changed.set, ...data.set},
    notTcp: {...changed.notTcp, ...notTcp},
    faults: [],
  };
  const layers = [
    {data: file, path: []},
    {data: changed, path: ['runs', base]},
    {data: {apps, actors}, path},
  ];
  const run = readRun(base, below, path, {...context, layers});
  const faultNames = {hosts: names.hosts, links: run.links.map((link) => link.name)};
  return {
    ...withMore(run, {script: data.script ?? [], path: [...path, 'script']}, ground, problems),
    name: whatIfName(data, index),
    ...(data.id !== undefined && data.was !== undefined ? {id: data.id} : {}),
    title: data.title,
    faults: [
      ...readFaults(changed.faults ?? [], ['runs', base, 'faults'], faultNames, problems),
      ...readFaults(data.faults ?? [], [...path, 'faults'], faultNames, problems),
    ],
  };
};
