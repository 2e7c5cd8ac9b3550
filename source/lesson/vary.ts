// Compiles a run of a lesson once more with other settings: those of a learner, who may change all that a lesson file could say of hosts,
// links and programs.
import {lastOfEach, type Setting} from '../sim/setting.ts';
import {oncePer} from '../wire/once-per.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {varySentences} from '../words/catalogue/vary.ts';
import {Beside} from './beside.ts';
import {type KeptGround, namesIn} from './ground.ts';
import type {Lesson, Run} from './lesson.ts';
import {nearest} from './nearest.ts';
import {readPacketNames} from './packet-names.ts';
import {listed, type Problem, problemWith} from './problem.ts';
import {Problems} from './problems.ts';
import {vocabulary} from './protocols.ts';
import {allRuns} from './run-variant.ts';
import {compiledRun, type Ground, type Written, writtenRun} from './runs.ts';
import type {CauseFile} from './schema-script.ts';
import {type Target, targetsOf, withoutOffs} from './targets.ts';
import {readTopology} from './topology.ts';
import {boundsText} from './value-bounds.ts';
import {boundsOf, readValue, type ValueKind} from './value-kind.ts';

/** The changes that a learner makes to a run: settings, of which the last one for a place counts, and further calls. */
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

export type Variable = {
  readonly own: Run;
  readonly ground: Ground;
  readonly written: Written;
  readonly targets: readonly Target[];
};

const readVariable = (lesson: Lesson, run: string): Variable | undefined => {
  const own = allRuns(lesson).find(({name}) => name === run);
  const written = lesson.ground && writtenRun(lesson.ground.file, run);
  if (!own || !lesson.ground || !written) return undefined;
  const ground = groundOf(lesson.ground, new Problems());
  return {own, ground, written, targets: targetsOf(ground, written)};
};

const variables = oncePer((_: Lesson) => new Map<string, Variable | undefined>());

/** Returns a run with all places that may be set in it; undefined if no lesson file describes the run. */
export const variableRun = (lesson: Lesson, run: string): Variable | undefined => {
  const known = variables(lesson);
  if (!known.has(run)) known.set(run, readVariable(lesson, run));
  return known.get(run);
};

/** Returns the place of a setting as lists write it: the first call of its kind has no number. */
const plain = (place: string): string => place.replace(/\.1\./, '.');

const unknownPlace = (place: string, targets: readonly Target[]): Problem => {
  const known = targets.map((each) => each.place);
  const [head = ''] = place.split('.');
  const heads = [...new Set(known.map((each) => each.split('.')[0] ?? ''))];
  const near = heads.includes(head)
    ? nearest(place, known)
    : nearest(head, heads) && place.replace(head, nearest(head, heads) ?? head);
  const begins = known.filter((each) => each.startsWith(`${head}.`));
  return problemWith(varySentences.unknown, {
    place,
    near: near !== undefined && known.includes(near) ? near : undefined,
    begins: begins.length > 0 ? listed(begins) : undefined,
    all: listed(heads),
  });
};

const settingProblem = ({place, value}: Setting, kind: ValueKind): Problem =>
  kind.unit === 'time' && /^\d+(\.\d+)?$/.test(value.trim())
    ? problemWith(varySentences.unitless, {place, value, bounds: boundsText(kind.unit, boundsOf(kind))})
    : problemWith(varySentences.value, {place, value, bounds: boundsText(kind.unit, boundsOf(kind))});

/** The reasons why a learner's changes to a run cannot be made; there is at least one. */
export type Refusals = readonly [Problem, ...Problem[]];

/** Returns the written run with these settings, or the reasons why they cannot be made. */
const withSet = ({written, targets}: Variable, set: readonly Setting[]): Result<Written, Refusals> => {
  const problems: Problem[] = [];
  let now = written;
  for (const setting of set) {
    const place = plain(setting.place);
    const target = targets.find((each) => each.place === place || each.place === setting.place);
    if (!target) {
      problems.push(unknownPlace(setting.place, targets));
      continue;
    }
    const value = readValue(target.kind, setting.value);
    if (value === undefined) problems.push(settingProblem(setting, target.kind));
    else now = target.written(now, value);
  }
  const [first, ...others] = problems;
  return first ? err([first, ...others]) : ok(now);
};

/** Returns a lesson's run, compiled with the learner's changes, or the reasons why they cannot be made. */
export const varied = (lesson: Lesson, run: string, {set, add = []}: Changes): Result<Run, Refusals> => {
  const variable = variableRun(lesson, run);
  if (!variable) return err([problemWith(varySentences.noFile, {place: set[0]?.place ?? run})]);
  const {own, ground} = variable;
  const changed = withSet(variable, set);
  if (!changed.ok) return changed;
  const {more, ...written} = withoutOffs(changed.value);
  const all = more || add.length > 0 ? {...written, more: [...(more ?? []), ...add]} : written;
  const problems = new Problems();
  const compiled = compiledRun(run, all, ground, problems);
  const [first, ...others] = problems.found;
  if (first) return err([first, ...others]);
  return ok({...own, ...compiled, faults: own.faults, ...(set.length > 0 ? {set: lastOfEach(set)} : {})});
};
