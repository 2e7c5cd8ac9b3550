// What pins every run and what-if of every lesson, under three seeds: its identity, and the digest with which `show --json` ends.
import {join, relative} from 'node:path';
import type {Lesson, Run} from '../source/lesson/lesson.ts';
import {scenarioOf} from '../source/lesson/run-scenario.ts';
import {allRuns} from '../source/lesson/run-variant.ts';
import {digestOf as digestOfTrace} from '../source/sim/digest.ts';
import {identityOf} from '../source/sim/identity.ts';
import {lessonFiles, readLesson} from './lesson-files.ts';
import {traceOf} from './simulate.ts';

const seeds = [1, 2, 4_294_967_295];

export type Pin = {readonly identity: string; readonly digest: string};
/** By the run's name. */
export type Pins = Readonly<Record<string, Pin>>;

/** As the last line of `show --json` says it. */
export const digestOf = (lesson: Lesson, run: Run): string => digestOfTrace(traceOf(lesson, run));

export const pinOf = (lesson: Lesson, run: Run): Pin => ({
  identity: identityOf(scenarioOf(run)),
  digest: digestOf(lesson, run),
});

/** The same causes on the same machine, and yet other events: these runs say that it is another machine. */
export const otherEvents = (before: Pins, now: Pins): readonly string[] =>
  Object.entries(now).flatMap(([name, {identity, digest}]) => {
    const was = before[name];
    return was?.identity === identity && was.digest !== digest ? [name] : [];
  });

export const lessonsIn = (root: string): readonly Lesson[] =>
  lessonFiles(join(root, 'lessons')).map((file) => {
    const lesson = readLesson(file, relative(root, file));
    if (!lesson.ok) throw new Error(`${file}: ${lesson.error[0]?.message.en}`);
    return lesson.value;
  });

export const allPins = (root: string): Pins => {
  const pins: Record<string, Pin> = {};
  for (const lesson of lessonsIn(root))
    for (const run of allRuns(lesson))
      for (const seed of seeds) pins[`${lesson.id} ${run.name} seed ${seed}`] = pinOf(lesson, {...run, seed});
  return pins;
};
