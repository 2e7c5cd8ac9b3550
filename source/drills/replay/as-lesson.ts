// Makes a lesson of one run from a simulated connection, so that everything for the runs of lessons works on it.

import type {Lesson, Run} from '../../lesson/lesson.ts';
import type {Text} from '../../lesson/text.ts';
import type {Trace} from '../../sim/trace.ts';

/** Returns the name of a connection's run, which replay codes use, too. */
export const simulatedRun = (connection: number): string => `connection-${connection}`;

/** Returns the number of the connection; undefined if the name is not that of a capture's run. */
export const connectionOfRun = (name: string): number | undefined => {
  const match = /^connection-([1-9]\d{0,6})$/.exec(name);
  return match ? Number(match[1]) : undefined;
};

export const asLesson = ({header}: Trace, run: Run, title: Text): Lesson => ({
  ...{format: 1, file: header.source, id: header.source, title, summary: title},
  ...{track: 'whole-story', minutes: 0, requires: [], rfc: []},
  ...{runs: [run], beats: [], checks: [], whatIfs: []},
});
