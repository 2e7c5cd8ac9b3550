// Applies `set:` of a run in a lesson file, which changes single settings of hosts and links by their places.
import {runSettingsSentences} from '../words/catalogue/lesson.ts';
import {type PathProblem, unknownWord} from './problem.ts';
import type {Path, Problems} from './problems.ts';
import {schemaProblems} from './schema-problems.ts';
import {type HostFile, topologySchema} from './schema-topology.ts';
import {linkSpec, type Topology} from './topology.ts';

type Setting = string | number | boolean;

/** Returns the topology with settings such as `client.tcp.sack: false`, `client.iss: 5` and `path.delay: 10ms` applied. */
export const withSettings = (
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
    problems.add(path, unknownWord(runSettingsSentences.withSetting, target, known), {onKey: true});
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
      return {...each, data: {...each.data, ...with_, tcp: mergedTcp(each.data.tcp, with_.tcp)}};
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

/** Returns a host's TCP settings with changes; within `keepAlive`, settings that the change does not name stay. */
const mergedTcp = (before: HostFile['tcp'], change: HostFile['tcp']): HostFile['tcp'] => {
  const merged = {...before, ...change};
  const [was, now] = [before?.keepAlive, change?.keepAlive];
  return typeof was === 'object' && typeof now === 'object'
    ? {...merged, keepAlive: {...was, ...now}}
    : merged;
};
