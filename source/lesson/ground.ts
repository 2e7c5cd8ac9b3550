// The part of a lesson file of which its runs are made. The lesson keeps it, so that a run can be compiled once more with other settings.
import {given} from '../sim/given.ts';
import type {Beside} from './beside.ts';
import type {LessonFile, RunFile, WhatIfFile} from './schema.ts';
import {connectionNames} from './script.ts';
import {hostNames, type Topology} from './topology.ts';
import type {Names, Vocabulary} from './vocabulary.ts';

type WhatIfPart = Omit<WhatIfFile, 'title' | 'say' | 'speaks' | 'expect' | 'checks'>;

/** The part of a lesson file from which runs are made, without the texts. */
export type RunsFile = Pick<
  LessonFile,
  'profile' | 'seed' | 'topology' | 'apps' | 'actors' | 'script' | 'until' | 'limit' | 'packets'
> & {
  readonly runs?: {readonly [name: string]: RunFile | null} | undefined;
  readonly whatIf?: readonly WhatIfPart[] | undefined;
};

type Texts = {readonly [name: string]: string};

/** The part of a lesson from which its runs are compiled, as plain data, with the texts of the files beside the lesson. */
export type KeptGround = {
  readonly file: RunsFile;
  /** The texts of the zone files that the lesson names, by file name. */
  readonly zones?: Texts;
  /** The texts of the certificates that a lesson with TLS may name. Built-in lessons omit them, because the program has all of them. */
  readonly certificates?: Texts;
};

const runPart = ({title: _, letter: __, ...run}: RunFile): RunFile => run;

const whatIfPart = ({
  title: _,
  say: __,
  speaks: ___,
  expect: ____,
  checks: _____,
  ...whatIf
}: WhatIfFile): WhatIfPart => whatIf;

const mapped = <T, U>(all: {readonly [name: string]: T}, change: (each: T) => U): {[name: string]: U} =>
  Object.fromEntries(Object.entries(all).map(([name, each]) => [name, change(each)]));

export const keptGround = (file: LessonFile, beside: Beside): KeptGround => {
  const {profile, seed, topology, apps, actors, script, until, limit, packets, runs, whatIf} = file;
  const kept: RunsFile = {
    script,
    ...given({profile, seed, topology, apps, actors, until, limit, packets}),
    ...given({runs: runs && mapped(runs, (run) => run && runPart(run)), whatIf: whatIf?.map(whatIfPart)}),
  };
  const written = JSON.stringify(kept);
  const zones = beside.zoneNames.flatMap((name) => {
    const text = beside.zone(name);
    return text !== undefined && written.includes(JSON.stringify(name)) ? [[name, text] as const] : [];
  });
  const certificates = beside.certificateNames.flatMap((name) => {
    const text = beside.certificate(name);
    return text === undefined ? [] : [[name, text] as const];
  });
  return {
    file: kept,
    ...(zones.length > 0 ? {zones: Object.fromEntries(zones)} : {}),
    ...(certificates.length > 0 && /"tls"|"https:/.test(written)
      ? {certificates: Object.fromEntries(certificates)}
      : {}),
  };
};

/** Returns the names that a lesson file may use (hosts, links, connections, …), except those of packets. */
export const namesIn = (
  {topology, script, runs, whatIf}: RunsFile,
  {links}: Topology,
  {beside, vocabulary}: {readonly beside: Beside; readonly vocabulary: Vocabulary},
): Names => ({
  hosts: hostNames(topology),
  links: links.map(({spec: {name, between}}) => ({name, between})),
  connections: connectionNames([
    script,
    ...Object.values(runs ?? {}).flatMap((run) => [run?.script, run?.add]),
    ...(whatIf ?? []).map((each) => each.script),
  ]),
  beside,
  vocabulary,
});
