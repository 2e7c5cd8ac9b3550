// All runs and captures of which it is pinned what is told of them: each run of the lessons by itself and with faults, each recorded
// capture among the fixtures.
import {readdirSync} from 'node:fs';
import {join, relative} from 'node:path';
import process from 'node:process';
import {openCaptureFrom} from '../source/app/open-capture.ts';
import {bindTold} from '../source/lesson/bind.ts';
import type {LessonData} from '../source/lesson/data.ts';
import type {Lesson} from '../source/lesson/lesson.ts';
import {allRuns} from '../source/lesson/run-variant.ts';
import {captureFolders, faultsIn, keysBeside} from './json-digests.ts';
import {traceOf} from './simulate.ts';
import {dumpOf} from './why-dump.ts';

export type Dump = {readonly name: string; readonly lines: () => Promise<Iterable<string>>};

const runDumps = (lesson: Lesson, data: LessonData): readonly Dump[] =>
  allRuns(lesson).flatMap((run, nth) => {
    const plain = (): Iterable<string> => {
      const trace = traceOf(lesson, run);
      return dumpOf({trace, beats: bindTold(lesson, run.name, trace), data});
    };
    const faulted = (): Iterable<string> => {
      const {packetCount} = traceOf(lesson, run);
      // One set of faults a run: each takes as long as the run itself.
      const all = faultsIn(nth, packetCount);
      const added = all[nth % all.length] ?? [];
      const trace = traceOf(lesson, {...run, faults: [...run.faults, ...added]});
      return dumpOf({trace, beats: [], data});
    };
    return [
      {name: `${lesson.id} ${run.name}`, lines: async () => plain()},
      {name: `${lesson.id} ${run.name}, with faults`, lines: async () => faulted()},
    ];
  });

const captureDumps = (root: string, data: LessonData): readonly Dump[] =>
  captureFolders.flatMap((folder) =>
    readdirSync(join(root, 'test/fixtures', folder))
      .filter((name) => /\.pcap(ng)?$/.test(name))
      .map((name) => ({
        name,
        lines: async () => {
          // `show` names the file: by the same path wherever the repository lies.
          const path = relative(process.cwd(), join(root, 'test/fixtures', folder, name));
          const opened = await openCaptureFrom(path, {keylog: keysBeside(path)});
          return opened.ok ? dumpOf({trace: opened.value.trace, beats: [], data}) : ['unreadable'];
        },
      })),
  );

export const allDumps = (root: string, lessons: readonly Lesson[], data: LessonData): readonly Dump[] => [
  ...lessons.flatMap((lesson) => runDumps(lesson, data)),
  ...captureDumps(root, data),
];
