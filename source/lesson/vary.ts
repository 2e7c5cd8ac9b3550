// Compiles a run of a lesson once more with other settings: those of a learner, who may change all that a lesson file could say of hosts,
// links and programs.
import type {Setting} from '../sim/setting.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {Beside} from './beside.ts';
import {type KeptGround, namesIn} from './ground.ts';
import type {Lesson, Run} from './lesson.ts';
import {readPacketNames} from './packet-names.ts';
import type {Problem} from './problem.ts';
import {Problems} from './problems.ts';
import {vocabulary} from './protocols.ts';
import {allRuns} from './run-variant.ts';
import {compiledRun, type Ground, type Written, writtenRun} from './runs.ts';
import type {CauseFile} from './schema-script.ts';
import {readTopology} from './topology.ts';

/** The changes to a run: settings, of which the last one for a place counts, and further causes. */
export type Changes = {readonly set: readonly Setting[]; readonly add?: readonly CauseFile[]};

const groundOf = ({file, zones = {}, certificates = {}}: KeptGround, problems: Problems): Ground => {
  const beside = new Beside('', {
    zones: new Map(Object.entries(zones)),
    certificates: new Map(Object.entries(certificates)),
  });
  const topology = readTopology(file.topology, problems);
  const spoken = namesIn(file, topology, {beside, vocabulary});
  return {file, topology, names: {...spoken, packets: readPacketNames(file, spoken, problems)}};
};

/** Returns the run with the changes made, or why they cannot be made. */
export const varied = (
  lesson: Lesson,
  run: string,
  {set, add = []}: Changes,
): Result<Run, readonly Problem[]> => {
  const own = allRuns(lesson).find(({name}) => name === run);
  const written = lesson.ground && writtenRun(lesson.ground.file, run);
  if (!own || !lesson.ground || !written) return err([]);
  const problems = new Problems();
  const ground = groundOf(lesson.ground, problems);
  const changed: Written = {
    ...written,
    changes: {
      ...written.changes,
      set: {...written.changes.set, ...Object.fromEntries(set.map(({place, value}) => [place, value]))},
    },
    ...(written.more || add.length > 0 ? {more: [...(written.more ?? []), ...add]} : {}),
  };
  const compiled = compiledRun(run, changed, ground, problems);
  return problems.found.length > 0 ? err(problems.found) : ok({...own, ...compiled, faults: own.faults});
};
