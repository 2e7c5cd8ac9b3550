// A lesson file → a Lesson, or everything that is wrong with it, each with its place and remedy.

import {sourceDigest} from '../sim/source-digest.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {readBeats, readExpression, readTemplatePair} from './beats.ts';
import type {Check, Lesson, Position, WhatIf} from './lesson.ts';
import type {LessonError} from './lesson-error.ts';
import {type PathProblem, problem, text} from './problem.ts';
import {type Path, Problems} from './problems.ts';
import {type Ground, readRuns, readWhatIfRun} from './runs.ts';
import {type LessonFile, lessonSchema} from './schema.ts';
import {schemaProblems} from './schema-problems.ts';
import {connectionNames} from './script.ts';
import {readSelector} from './selector-parser.ts';
import {hostNames, readTopology} from './topology.ts';
import {type Located, positionIn, readYaml} from './yaml-source.ts';

/** `file` is the name under which errors are reported. */
export const loadLesson = (source: string, file: string): Result<Lesson, readonly LessonError[]> => {
  const yaml = readYaml(source);
  if (!yaml.ok) {
    return err(
      yaml.error.map(({offset, message, remedy}) => ({
        message,
        remedy,
        file,
        position: positionIn(source, offset),
      })),
    );
  }
  const located = yaml.value;
  const shape = lessonSchema.safeParse(located.data);
  if (!shape.success) {
    return err(errorsOf(schemaProblems(lessonSchema, located.data, shape.error.issues), located, file));
  }
  const problems = new Problems();
  const lesson = compile(shape.data, located, {source, file}, problems);
  return problems.found.length > 0 ? err(errorsOf(problems.found, located, file)) : ok(lesson);
};

/** In the order of the file; what several runs share is said once. */
const errorsOf = (found: readonly PathProblem[], located: Located, file: string): readonly LessonError[] => {
  const seen = new Set<string>();
  return found
    .map((each) => ({each, offset: located.offsetOf(each.path, each)}))
    .toSorted((a, b) => a.offset - b.offset)
    .filter(({each, offset}) => {
      const id = `${offset} ${each.message.en}`;
      return !seen.has(id) && seen.add(id);
    })
    .map(({each: {message, remedy}, offset}) => ({
      message,
      remedy,
      file,
      position: located.positionOf(offset),
    }));
};

const compile = (
  data: LessonFile,
  located: Located,
  {source, file}: {readonly source: string; readonly file: string},
  problems: Problems,
): Lesson => {
  checkHead(data, file, problems);
  const topology = readTopology(data.topology, problems);
  const variants = Object.values(data.runs ?? {}).flatMap((run) => [run?.script, run?.add]);
  const added = (data.whatIf ?? []).map((each) => each.script);
  const names = {
    hosts: hostNames(data.topology),
    connections: connectionNames([data.script, ...variants, ...added]),
  };
  const ground: Ground = {file: data, topology, names};
  const runs = readRuns(ground, problems);
  const context: Context = {
    ground,
    problems,
    runs: runs.map((run) => run.name),
    positionOf: (path) => located.positionOf(located.offsetOf(path)),
  };
  return {
    format: 1,
    file,
    id: data.id,
    title: data.title,
    summary: data.summary,
    track: data.track,
    minutes: data.minutes,
    requires: data.requires ?? [],
    rfc: data.rfc,
    digest: sourceDigest(source),
    runs,
    beats: readBeats(data.beats, {...context, names}),
    checks: readChecks(data, context),
    whatIfs: (data.whatIf ?? []).flatMap((each, index) => readWhatIf(each, index, context)),
  };
};

type Context = {
  readonly ground: Ground;
  readonly problems: Problems;
  readonly runs: readonly string[];
  positionOf(path: Path): Position;
};

/** The file's name is how a lesson is asked for, so the id inside must be the same. */
const checkHead = ({id}: LessonFile, file: string, problems: Problems): void => {
  const name = (file.split(/[\\/]/).at(-1) ?? '').replace(/\.ya?ml$/, '');
  if (!/\.ya?ml$/.test(file) || id === name) return;
  problems.add(
    ['id'],
    problem(
      text(`id: ${id} is not the file’s name`, `id: ${id} 和文件名不一致`),
      text(
        `write id: ${name}, or rename the file to ${id}.yaml`,
        `写 id: ${name}，或把文件改名为 ${id}.yaml`,
      ),
    ),
  );
};

const readChecks = (data: LessonFile, {ground, problems, runs, positionOf}: Context): readonly Check[] =>
  (data.checks ?? []).flatMap((check, index) => {
    const path = ['checks', index];
    const run = check.run ?? runs[0] ?? 'base';
    problems.knows([...path, 'run'], text('run', '运行'), run, runs);
    const that = readExpression(check.that, [...path, 'that'], ground.names, problems);
    return that ? [{that, because: check.because, run, position: positionOf([...path, 'that'])}] : [];
  });

const readWhatIf = (
  data: NonNullable<LessonFile['whatIf']>[number],
  index: number,
  {ground, problems, positionOf}: Context,
): readonly WhatIf[] => {
  const path = ['whatIf', index];
  const run = readWhatIfRun(data, index, ground, problems);
  const expect = (data.expect ?? []).flatMap((each, place) => {
    const at = [...path, 'expect', place];
    const selector = readSelector(each, at, ground.names, problems);
    return selector ? [{selector, position: positionOf(at)}] : [];
  });
  const checks = (data.checks ?? []).flatMap((each, place) => {
    const at = [...path, 'checks', place, 'that'];
    const that = readExpression(each.that, at, ground.names, problems);
    return that ? [{that, because: each.because ?? '', run: run.name, position: positionOf(at)}] : [];
  });
  const say = data.say && readTemplatePair(data.say, [...path, 'say'], ground.names, problems);
  return [{title: data.title, ...(say ? {say} : {}), run, expect, checks, position: positionOf(path)}];
};
