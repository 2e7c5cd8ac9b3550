// A page over TLS, as a lesson writes it, and its runs.
import {join} from 'node:path';
import {certificateFiles} from '../../../scripts/lesson-files.ts';
import {simulate} from '../../../scripts/simulate.ts';
import type {Lesson} from '../../../source/lesson/lesson.ts';
import {loadLesson} from '../../../source/lesson/load.ts';
import {scenarioOf} from '../../../source/lesson/run-scenario.ts';
import type {Trace, TraceEvent} from '../../../source/sim/trace.ts';
import {root} from '../../helpers/root.ts';
import {errorLine} from '../fragments.ts';

const certificates = certificateFiles(join(root, 'lessons'));

const head = `format: 1
id: page
title: {en: 'TLS', zh: 'TLS'}
summary: {en: S., zh: 概要。}
track: https
minutes: 5
requires: []
rfc: [9846]
`;

const twoHosts = `topology:
  hosts: {client: {iss: 1000}, server: {iss: 9000}}
`;

const beats = `beats: [{when: {sends: client, flags: [SYN], nth: 1}, say: {en: a, zh: 甲}}]\n`;

/** `parts`: what follows the topology, without beats. */
export const loadPage = (parts: string, topology = twoHosts) =>
  loadLesson(`${head}${topology}${parts}${beats}`, 'page.yaml', {certificates});

export const page = (parts: string, topology = twoHosts): Lesson => {
  const lesson = loadPage(parts, topology);
  if (!lesson.ok) throw new Error(lesson.error.map(errorLine).join('\n'));
  return lesson.value;
};

export const runOf = ({runs, id}: Lesson, name?: string, seed = 1): Trace => {
  const run = runs.find((each) => name === undefined || each.name === name);
  if (!run) throw new Error(`no run ${name}`);
  return simulate(scenarioOf({...run, seed}), {source: id, run: run.name});
};

export const toldOf = <K extends string>(trace: Trace, kind: K) =>
  [...trace.events()].flatMap((event: TraceEvent) =>
    event.kind === 'tls' && event.what.kind === kind ? [{...event, what: event.what}] : [],
  );

/** Results of the calls, with the status: `ok 200`. */
export const answersOf = (trace: Trace): readonly string[] =>
  [...trace.events()].flatMap((event) => {
    if (event.kind !== 'answer' || !('exchanges' in event.answer)) return [];
    const {result, status} = event.answer;
    return [[result, status ?? []].flat().join(' ')];
  });
