// Reads the challenge of a lesson file: the events that have to happen, what the learner may change, hints, and the moves that solve it or
// nearly do.

import {faultKinds} from '../sim/fault-text.ts';
import {given} from '../sim/given.ts';
import {challengeCheckSentences} from '../words/catalogue/challenge-check.ts';
import {readExpression} from './beats.ts';
import type {Challenge, Miss, Run} from './lesson.ts';
import type {Move} from './move.ts';
import {namesOfRun, parseMove} from './move-text.ts';
import {placeShape} from './offer.ts';
import type {Position} from './position.ts';
import {problemWith} from './problem.ts';
import type {Path, Problems} from './problems.ts';
import type {Ground} from './runs.ts';
import type {ChallengeFile, LessonFile} from './schema.ts';
import type {SelectorFile} from './schema-script.ts';
import type {Selector} from './selector.ts';
import {readSelector} from './selector-parser.ts';
import {readTemplate} from './template.ts';
import {challengeTrack} from './tracks.ts';

export type Compiling = {
  readonly ground: Ground;
  readonly problems: Problems;
  positionOf(path: Path): Position;
};

type GoalFile = ChallengeFile['goal'][number];

type Goal = {readonly selector: Selector; readonly position: Position};

export const readSelectors = (
  data: readonly SelectorFile[],
  path: Path,
  {ground, problems, positionOf}: Compiling,
): readonly Goal[] =>
  data.flatMap((each, index) => {
    const place = [...path, index];
    const selector = readSelector(each, place, ground.names, problems);
    return selector ? [{selector, position: positionOf(place)}] : [];
  });

/** Tells whether an event of a challenge's goal is written with a line for the checklist (`say`). */
const isTold = (data: GoalFile): data is Extract<GoalFile, {say: unknown}> => 'say' in data;

const readGoal = (data: readonly GoalFile[], {ground, problems, positionOf}: Compiling): Challenge['goal'] =>
  data.flatMap((each, index) => {
    const path = ['challenge', 'goal', index];
    const [event, place] = isTold(each) ? [each.event, [...path, 'event']] : [each, path];
    const selector = readSelector(event, place, ground.names, problems);
    return selector ? [{selector, ...(isTold(each) ? {say: each.say} : {}), position: positionOf(path)}] : [];
  });

/** The keys that the challenge in a file of the challenge track has to have. */
const needed = ['sort', 'level', 'task', 'hints', 'solution', 'misses', 'learnt', 'lesson'] as const;

const hintsWanted = 3;

/**
 * Reports what the challenge in a file of the challenge track lacks. The challenge of an ordinary lesson may omit these keys, because its
 * beats tell them.
 */
const checkWhole = (data: ChallengeFile, {problems}: Compiling): void => {
  for (const key of needed)
    if (data[key] === undefined || (key === 'misses' && data.misses?.length === 0))
      problems.add(['challenge'], problemWith(challengeCheckSentences.missing, {key}), {onKey: true});
  const count = data.hints?.length ?? hintsWanted;
  if (count !== hintsWanted)
    problems.add(['challenge', 'hints'], problemWith(challengeCheckSentences.threeHints, {count}));
};

const readMoves = (
  texts: readonly string[],
  path: Path,
  run: Run,
  {ground, problems}: Compiling,
): readonly Move[] =>
  texts.flatMap((text, index) => {
    const move = parseMove(text, {...ground.names, ...namesOfRun(run)});
    if (!move.ok) problems.add([...path, index], move.error);
    return move.ok ? [move.value] : [];
  });

const readMisses = (data: ChallengeFile, run: Run, context: Compiling): readonly Miss[] =>
  (data.misses ?? []).flatMap(({changes, when: condition, say}, index) => {
    const path = ['challenge', 'misses', index];
    const {ground, problems, positionOf} = context;
    const when = readExpression(condition, [...path, 'when'], ground.names, problems);
    const moves = readMoves(changes, [...path, 'changes'], run, context);
    const told = readTemplate(say, [...path, 'say'], ground.names, problems);
    return when ? [{changes: moves, when, say: told, position: positionOf(path)}] : [];
  });

/** Reads `offer` of a challenge. Each word in it is a call, a kind of fault, `answer`, or a place of settings. */
const readOffer = ({offer}: ChallengeFile, {ground, problems}: Compiling): Challenge['offer'] => {
  const calls = Object.keys(ground.names.vocabulary.calls);
  const known = [...calls, ...faultKinds, 'answer'];
  const settings = offer.filter((word) => placeShape.test(word));
  for (const [index, word] of offer.entries())
    if (!settings.includes(word))
      problems.knows(['challenge', 'offer', index], challengeCheckSentences.offerWord, word, known);
  return {
    calls: calls.filter((call) => offer.includes(call)),
    faults: faultKinds.filter((kind) => offer.includes(kind)),
    settings,
    ...(offer.includes('answer') ? {answers: true as const} : {}),
  };
};

/** Reads the challenge of a lesson, which is played on the lesson's first run; undefined if the lesson has none. */
export const readChallenge = (
  {challenge: data, track}: Pick<LessonFile, 'challenge' | 'track'>,
  run: Run | undefined,
  context: Compiling,
): Challenge | undefined => {
  if (!data || !run) return undefined;
  const {ground, problems, positionOf} = context;
  const {names} = ground;
  if (track === challengeTrack) checkWhole(data, context);
  const holds = (data.holds ?? []).flatMap(({that: condition, say}, index) => {
    const path = ['challenge', 'holds', index];
    const that = readExpression(condition, [...path, 'that'], names, problems);
    return that ? [{that, say, position: positionOf(path)}] : [];
  });
  const {stack} = data;
  if (stack) problems.host(['challenge', 'stack', 'host'], stack.host, names.hosts);
  const solution = data.solution && readMoves(data.solution, ['challenge', 'solution'], run, context);
  return {
    sort: data.sort ?? 'make',
    level: data.level ?? 3,
    goal: readGoal(data.goal, context),
    holds,
    offer: readOffer(data, context),
    offerAt: positionOf(['challenge', 'offer']),
    par: data.par,
    hints: data.hints ?? [],
    misses: readMisses(data, run, context),
    ...given({solutionAt: solution && positionOf(['challenge', 'solution'])}),
    ...given({task: data.task, uses: data.uses, most: data.most, solution, stack}),
    ...given({learnt: data.learnt, lesson: data.lesson}),
    position: positionOf(['challenge']),
  };
};
