// A simulated connection as a lesson of one run: whatever works on the runs of lessons works on it.

import type {Lesson, Run} from '../../lesson/lesson.ts';
import type {Text} from '../../lesson/text.ts';
import type {Trace} from '../../sim/trace.ts';

/** Connection N of a capture; its run has the same name in replay codes. */
export const simulatedRun = (connection: number): string => `connection-${connection}`;

/** undefined: no run of a capture is called so. */
export const connectionOfRun = (name: string): number | undefined => {
  const match = /^connection-([1-9]\d{0,6})$/.exec(name);
  return match ? Number(match[1]) : undefined;
};

export const asLesson = ({header}: Trace, run: Run, title: Text): Lesson => ({
  ...{format: 1, file: header.source, id: header.source, title, summary: title},
  ...{track: 'whole-story', minutes: 0, requires: [], rfc: []},
  ...{runs: [run], beats: [], checks: [], whatIfs: []},
});
