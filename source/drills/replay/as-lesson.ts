// Makes a lesson with one run from a simulated connection of a capture, so that the player and all else for lessons' runs work on it.

import type {Lesson, Run} from '../../lesson/lesson.ts';
import type {Text} from '../../lesson/text.ts';
import type {Trace} from '../../sim/trace.ts';

/** Returns the name of the run that simulates connection N of a capture, `connection-N`; replay codes use it, too. */
export const simulatedRun = (connection: number): string => `connection-${connection}`;

/** Returns the connection's number in the capture from the name of the run that simulates it; undefined if the name is of another form. */
export const connectionOfRun = (name: string): number | undefined => {
  const match = /^connection-([1-9]\d{0,6})$/.exec(name);
  return match ? Number(match[1]) : undefined;
};

export const asLesson = ({header}: Trace, run: Run, title: Text): Lesson => ({
  ...{format: 1, file: header.source, id: header.source, title, summary: title},
  ...{track: 'whole-story', minutes: 0, requires: [], rfc: []},
  ...{runs: [run], beats: [], checks: [], whatIfs: []},
});
