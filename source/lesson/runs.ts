// The lesson's causes with a run's changes laid over them → runs that the simulator takes as they are.

import {readFaults} from './fault-reader.ts';
import type {Run, WhatIf} from './lesson.ts';
import type {Names} from './parser.ts';
import {type PathProblem, text, unknownWord} from './problem.ts';
import type {Path, Problems} from './problems.ts';
import {microseconds} from './quantity.ts';
import {type LessonFile, type RunFile, topologySchema} from './schema.ts';
import {schemaProblems} from './schema-problems.ts';
import {readScript} from './script.ts';
import {hostSpecs, linkSpec, type Topology} from './topology.ts';

type Setting = string | number | boolean;
type Changes = Omit<RunFile, 'title'>;

/** What every run of a lesson starts from. */
export type Ground = {readonly file: LessonFile; readonly topology: Topology; readonly names: Names};

export const readRuns = (ground: Ground, problems: Problems): readonly Run[] => {
  const {runs} = ground.file;
  if (!runs || Object.keys(runs).length === 0)
    return [readRun('base', {}, ['runs', 'base'], ground, problems)];
  return Object.entries(runs).map(([name, data]) => {
    const path = ['runs', name];
    const run = readRun(name, data ?? {}, path, ground, problems);
    return data?.title ? {...run, title: data.title} : run;
  });
};

const readRun = (name: string, data: Changes, path: Path, ground: Ground, problems: Problems): Run => {
  const {file, names} = ground;
  const profile = data.profile ?? file.profile ?? 'linux';
  const topology = withSettings(ground.topology, data.set ?? {}, [...path, 'set'], problems);
  const links = topology.links.map((link) => link.spec);
  const script = data.script
    ? readScript(data.script, [...path, 'script'], names, problems)
    : readScript(file.script, ['script'], names, problems);
  const added = readScript(data.add ?? [], [...path, 'add'], names, problems);
  const faultNames = {hosts: names.hosts, links: links.map((link) => link.name)};
  const until = data.until ?? file.until ?? 'quiet';
  return {
    name,
    profile,
    seed: data.seed ?? file.seed ?? 1,
    hosts: hostSpecs(topology),
    links,
    arp: topology.arp,
    script: [...script, ...added],
    faults: readFaults(data.faults ?? [], [...path, 'faults'], faultNames, problems),
    until: until === 'quiet' ? until : {atUs: microseconds(until)},
    limitUs: microseconds(data.limit ?? file.limit ?? '10m'),
  };
};

type WhatIfFile = NonNullable<LessonFile['whatIf']>[number];

/** A what-if changes a run: its `script` adds causes, its faults come on top. */
export const readWhatIfRun = (
  data: WhatIfFile,
  index: number,
  ground: Ground,
  problems: Problems,
): WhatIf['run'] => {
  const {file} = ground;
  const path = ['whatIf', index];
  const names = Object.keys(file.runs ?? {base: null});
  const base = data.run ?? names[0] ?? 'base';
  if (!problems.knows([...path, 'run'], text('run', '运行'), base, names)) {
    return readRun(base, {}, path, ground, problems);
  }
  const changed = file.runs?.[base] ?? {};
  const set = {...changed.set, ...data.set};
  // The run's own mistakes are reported where they stand; here only what the what-if adds.
  const below = {...changed, set, faults: [], add: changed.add ?? []};
  const run = readRun(base, {...below, until: data.until ?? changed.until}, path, ground, problems);
  const faultNames = {hosts: ground.names.hosts, links: run.links.map((link) => link.name)};
  return {
    ...run,
    name: `what-if-${index + 1}`,
    title: data.title,
    script: [...run.script, ...readScript(data.script ?? [], [...path, 'script'], ground.names, problems)],
    faults: [
      ...readFaults(changed.faults ?? [], ['runs', base, 'faults'], faultNames, problems),
      ...readFaults(data.faults ?? [], [...path, 'faults'], faultNames, problems),
    ],
  };
};

/** `client.tcp.sack: false`, `client.iss: 5`, `path.delay: 10ms`. */
const withSettings = (
  topology: Topology,
  set: {readonly [key: string]: Setting},
  path: Path,
  problems: Problems,
): Topology =>
  Object.entries(set).reduce(
    (now, [key, value]) => withSetting(now, key, value, [...path, key], problems),
    topology,
  );

const withSetting = (
  topology: Topology,
  key: string,
  value: Setting,
  path: Path,
  problems: Problems,
): Topology => {
  const [target = '', ...rest] = key.split('.');
  const host = topology.hosts.find((each) => each.name === target);
  const link = topology.links.find((each) => each.spec.name === target);
  if (!host && !link) {
    const known = [
      ...topology.hosts.map((each) => each.name),
      ...topology.links.map((each) => each.spec.name),
    ];
    problems.add(path, unknownWord(text('host or link', '主机或链路'), target, known), {onKey: true});
    return topology;
  }
  const piece = rest.reduceRight<unknown>((inner, step) => ({[step]: inner}), value);
  const data = host ? {hosts: {[target]: piece}} : {links: [piece]};
  const shape = topologySchema.safeParse(data);
  if (!shape.success) {
    const [first] = schemaProblems(topologySchema, data, shape.error.issues);
    if (first) problems.found.push(moved(first, path));
    return topology;
  }
  const change = shape.data;
  if (host) {
    const hosts = topology.hosts.map((each) => {
      const with_ = change.hosts?.[target];
      if (each !== host || !with_) return each;
      return {...each, data: {...each.data, ...with_, tcp: {...each.data.tcp, ...with_.tcp}}};
    });
    return {...topology, hosts};
  }
  const links = topology.links.map((each) => {
    if (each !== link) return each;
    const merged = {...each.data, ...change.links?.[0]};
    return {spec: linkSpec(merged, each.spec.between, each.spec.name), data: merged};
  });
  return {...topology, links};
};

const moved = ({message, remedy, onKey}: PathProblem, path: Path): PathProblem => ({
  message,
  remedy,
  path,
  ...(onKey ? {onKey} : {}),
});
