// Loads a lesson file: returns a Lesson, or all its errors, each with its place and remedy.

import {given} from '../sim/given.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {loadSentences} from '../words/catalogue/lesson.ts';
import {readBeats, readExpression, readQuestions} from './beats.ts';
import {Beside} from './beside.ts';
import {type Compiling, readChallenge, readSelectors} from './challenge.ts';
import {countersIn, readCounters} from './counters.ts';
import type {Misconception} from './data.ts';
import {fileName} from './file-name.ts';
import {keptGround, namesIn} from './ground.ts';
import {claimsIn, type InterviewFile} from './interview.ts';
import {readProofs} from './interview-proofs.ts';
import type {Check, Lesson, Run, WhatIf} from './lesson.ts';
import type {LessonError} from './lesson-error.ts';
import {readOpening} from './opening.ts';
import type {BeliefPlace} from './pack-beliefs.ts';
import {readPacketNames} from './packet-names.ts';
import type {Position} from './position.ts';
import {problemWith} from './problem.ts';
import {type Path, Problems} from './problems.ts';
import {vocabulary as ours} from './protocols.ts';
import {checkWhatIfIds, type Ground, readRuns, readWhatIfRun, withRunNames} from './runs.ts';
import {type ChallengeLessonFile, type LessonFile, schemasOf, type WhatIfFile} from './schema.ts';
import {errorsOf, readShaped} from './shaped-file.ts';
import {readShows} from './shown.ts';
import {readTemplate} from './template.ts';
import {readTopology} from './topology.ts';
import {challengeTrack} from './tracks.ts';
import {untranslated, type Wanted} from './translated.ts';
import type {Vocabulary} from './vocabulary.ts';
import type {Located} from './yaml-source.ts';

type Around = {
  /** Texts of the files in the folder zones/ beside the lesson, by name. @default none */
  readonly zones?: ReadonlyMap<string, string>;
  /** Texts of the files in lessons/data/certificates, by name. @default none */
  readonly certificates?: ReadonlyMap<string, string>;
  readonly vocabulary?: Vocabulary;
  /** Beliefs, whose counter-examples in this lesson are read. @default none */
  readonly misconceptions?: readonly Misconception[];
  /** Interview questions, whose proofs in this lesson are read. @default none */
  readonly interview?: readonly InterviewFile[];
  /** Returns the place of a belief in its file, for reporting problems of its counter-example. */
  readonly beliefPlace?: BeliefPlace | undefined;
  /** The languages in which each text of the lesson must exist. @default any one */
  readonly languages?: Wanted | undefined;
  /** The ids of other lessons, which this lesson must not have. @default none */
  readonly taken?: readonly string[];
  /** Ids of other packs' lessons, with their files. @default none */
  readonly elsewhere?: ReadonlyMap<string, string> | undefined;
};

/** Compiles the text of a lesson file to a Lesson, or returns all its errors under the name `file`. */
export const loadLesson = (
  source: string,
  file: string,
  {
    zones = new Map(),
    certificates = new Map(),
    vocabulary = ours,
    misconceptions = [],
    interview = [],
    beliefPlace,
    languages = [],
    taken = [],
    elsewhere,
  }: Around = {},
): Result<Lesson, readonly LessonError[]> => {
  const schemas = schemasOf(vocabulary);
  const schema = isChallenge(source) ? schemas.challenge : schemas.lesson;
  const shaped = readShaped<Told>({text: source, file}, schema);
  if (!shaped.ok) return shaped;
  const {located} = shaped.value;
  const data = withToldKeys(shaped.value.data);
  const problems = new Problems();
  problems.found.push(...untranslated(schema, located.data, languages));
  if (taken.includes(data.id)) problems.add(['id'], problemWith(loadSentences.takenId, data));
  const other = elsewhere?.get(data.id);
  if (other !== undefined) problems.add(['id'], problemWith(loadSentences.otherId, {id: data.id, other}));
  checkWhatIfIds(data, problems);
  const beside = new Beside(file, {zones, certificates});
  const lesson = compile(
    withRunNames(data),
    {located, file, beside, vocabulary, misconceptions, interview, beliefPlace},
    problems,
  );
  return problems.found.length > 0 ? err(errorsOf(problems.found, located, file)) : ok(lesson);
};

type Told = LessonFile | ChallengeLessonFile;

/** Tells whether a lesson file is of the challenge track, whose files may omit keys such as `beats` and `summary`. */
const isChallenge = (source: string): boolean =>
  new RegExp(`^track: *${challengeTrack}\\b`, 'm').test(source);

const minutesOfChallenge = 2;

/** Returns a lesson file completed with the keys that a challenge may omit; the challenge's task is its summary. */
const withToldKeys = (data: Told): LessonFile => ({
  ...data,
  summary: data.summary ?? data.challenge?.task ?? data.title,
  minutes: data.minutes ?? minutesOfChallenge,
  rfc: data.rfc ?? [],
  beats: data.beats ?? [],
});

type Input = {
  readonly located: Located;
  readonly file: string;
  readonly beside: Beside;
  readonly vocabulary: Vocabulary;
  readonly misconceptions: readonly Misconception[];
  readonly interview: readonly InterviewFile[];
  readonly beliefPlace: BeliefPlace | undefined;
};

const compile = (
  data: LessonFile,
  {located, file, beside, vocabulary, misconceptions, interview, beliefPlace}: Input,
  problems: Problems,
): Lesson => {
  checkHead(data, file, problems);
  const topology = readTopology(data.topology, problems);
  const spoken = namesIn(data, topology, {beside, vocabulary});
  const names = {...spoken, packets: readPacketNames(data, spoken, problems)};
  const ground: Ground = {file: data, topology, names};
  const positionOf = (path: Path): Position => located.positionOf(located.offsetOf(path));
  const runs = readRuns(ground, problems).map((run) => ({
    ...run,
    position: positionOf(data.runs?.[run.name] ? ['runs', run.name] : ['script']),
    ...faultPlaces(run, {path: ['runs', run.name]}, positionOf),
  }));
  const context: Context = {ground, problems, runs: runs.map((run) => run.name), positionOf};
  const readable = countersIn(data.id, misconceptions);
  const whatIfs = (data.whatIf ?? []).flatMap((each, index) => readWhatIf(each, index, context));
  const all = [...runs, ...whatIfs.map(({run}) => run)].map(({name}) => name);
  const counters =
    readable.length > 0 ? readCounters(readable, ground, {runs: all, beliefPlace}, problems) : undefined;
  const claims = claimsIn(data.id, interview);
  const proofs = claims.length > 0 ? readProofs(claims, ground, all, problems) : undefined;
  return {
    format: data.format,
    file,
    id: data.id,
    title: data.title,
    summary: data.summary,
    track: data.track,
    minutes: data.minutes,
    requires: data.requires ?? [],
    ...given({kinds: data.kinds, about: data.about, aboutKinds: data.aboutKinds}),
    ...given({askedRuns: readAskedRuns(data, [...runs, ...whatIfs.map(({run}) => run)], problems)}),
    rfc: data.rfc.map(String),
    runs,
    ground: keptGround(data, beside),
    ...given({opening: readOpening(data, spoken.hosts, problems)}),
    ...given({together: readTogether(data, context)}),
    ...given({challenge: readChallenge(data, runs[0], context)}),
    beats: readBeats(data.beats, {...context, runs: all, names}),
    ...given({shows: readShows(data.shows, ['shows'], spoken.hosts, problems)}),
    ...given({questions: data.questions && readQuestions(data.questions, {...context, names})}),
    checks: readChecks(data, context),
    whatIfs,
    ...given({constants: data.constants, counters, proofs}),
  };
};

type Context = Compiling & {readonly runs: readonly string[]};

/** Checks that the id equals the file's name, because that name is how people ask for the lesson. */
const checkHead = ({id}: LessonFile, file: string, problems: Problems): void => {
  const name = fileName(file).replace(/\.ya?ml$/, '');
  if (!/\.ya?ml$/.test(file) || id === name) return;
  problems.add(['id'], problemWith(loadSentences.checkHead, {id, name}));
};

/** Returns the names of the runs in `askedRuns` of a lesson file, where the author may write a run's id or its name. */
const readAskedRuns = ({askedRuns}: LessonFile, runs: readonly Run[], problems: Problems) => {
  const names = new Map(runs.flatMap(({name, id = name}) => [[id, name] as const, [name, name] as const]));
  return askedRuns?.map((run, index) => {
    problems.knows(['askedRuns', index], loadSentences.readTogether.itself, run, [...names.keys()]);
    return names.get(run) ?? run;
  });
};

const readTogether = ({together}: LessonFile, {problems, runs}: Context): readonly string[] | undefined => {
  for (const [index, run] of (together ?? []).entries()) {
    const path = ['together', index];
    problems.knows(path, loadSentences.readTogether.itself, run, runs);
    if (together?.indexOf(run) === index) continue;
    problems.add(path, problemWith(loadSentences.readTogether, {run}));
  }
  return together;
};

const readCheck = (
  {that: written, because = ''}: {readonly that: string | number; readonly because?: string | undefined},
  run: string,
  path: Path,
  {ground, problems, positionOf}: Context,
): readonly Check[] => {
  const that = readExpression(written, path, ground.names, problems);
  return that ? [{that, because, run, position: positionOf(path)}] : [];
};

const readChecks = (data: LessonFile, context: Context): readonly Check[] => {
  const {problems, runs} = context;
  return (data.checks ?? []).flatMap((check, index) => {
    const run = check.run ?? runs[0] ?? 'base';
    problems.knows(['checks', index, 'run'], loadSentences.readChecks, run, runs);
    return readCheck(check, run, ['checks', index, 'that'], context);
  });
};

/**
 * Returns the places of a run's faults in the lesson file. The first `inherited` faults belong to the run that a what-if changes and have
 * no place in the what-if.
 */
const faultPlaces = (
  {faults}: Run,
  {path, inherited = 0}: {readonly path: Path; readonly inherited?: number},
  positionOf: Context['positionOf'],
): Pick<Run, 'faultPlaces'> => {
  if (faults.length === inherited) return {};
  return {faultPlaces: faults.slice(inherited).map((_, index) => positionOf([...path, 'faults', index]))};
};

const readWhatIf = (data: WhatIfFile, index: number, context: Context): readonly WhatIf[] => {
  const {ground, problems, positionOf, runs} = context;
  const path = ['whatIf', index];
  const changed = readWhatIfRun(data, index, ground, problems);
  const inherited = changed.faults.length - (data.faults ?? []).length;
  const run = {...changed, ...faultPlaces(changed, {path, inherited: Math.max(0, inherited)}, positionOf)};
  const expect = readSelectors(data.expect ?? [], [...path, 'expect'], context);
  const checks = (data.checks ?? []).flatMap((each, place) =>
    readCheck(each, run.name, [...path, 'checks', place, 'that'], context),
  );
  const say = data.say && readTemplate(data.say, [...path, 'say'], ground.names, problems);
  const changes = data.run ?? runs[0] ?? 'base';
  const said = given({say, speaks: data.speaks});
  return [{title: data.title, changes, ...said, run, expect, checks, position: positionOf(path)}];
};
