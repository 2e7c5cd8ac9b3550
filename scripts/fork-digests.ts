// What pins every single fork of the handshake and of the close: each packet lost, late, duplicated, edited.
import {join} from 'node:path';
import type {Lesson, Run} from '../source/lesson/lesson.ts';
import {parseFault} from '../source/sim/fault-text.ts';
import {readLesson} from './lesson-files.ts';
import {type Pins, pinOf} from './run-digests.ts';
import {traceOf} from './simulate.ts';

const files = ['lessons/foundations/handshake.yaml', 'lessons/tcp-close/teardown.yaml'];
const kinds = ['drop', 'delay=200ms', 'dup', 'edit:tcp.ack_raw=500'];

type Fork = {readonly lesson: Lesson; readonly run: Run; readonly fault: string};

/** In the notation of `--fault`. */
export const singleForks = (root: string): readonly Fork[] =>
  files.flatMap((file) => {
    const loaded = readLesson(join(root, file), file);
    if (!loaded.ok) throw new Error(`${file}: ${loaded.error[0]?.message.en}`);
    const lesson = loaded.value;
    const [run] = lesson.runs;
    if (!run) return [];
    const {packetCount} = traceOf(lesson, run);
    return Array.from({length: packetCount}, (_, index) =>
      kinds.map((kind) => ({lesson, run, fault: `${kind}@packet=${index + 1}`})),
    ).flat();
  });

export const forkName = ({lesson, fault}: Fork): string => `${lesson.id} ${fault}`;

export const forkPins = (root: string): Pins =>
  Object.fromEntries(
    singleForks(root).map((fork) => {
      const {lesson, run} = fork;
      const fault = parseFault(fork.fault);
      if (!fault.ok) throw new Error(fork.fault);
      const forked = {...run, faults: [...run.faults, fault.value]};
      return [forkName(fork), pinOf(lesson, forked)];
    }),
  );
