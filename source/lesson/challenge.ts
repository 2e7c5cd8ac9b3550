// Reads the goals of challenges and what-ifs: the events that have to happen, and for a challenge the calls and faults that it offers.

import {faultKinds} from '../sim/fault-text.ts';
import {challengeSentences} from '../words/catalogue/lesson.ts';
import type {Challenge} from './lesson.ts';
import type {Position} from './position.ts';
import type {Path, Problems} from './problems.ts';
import type {Ground} from './runs.ts';
import type {ChallengeFile} from './schema.ts';
import type {SelectorFile} from './schema-script.ts';
import type {Selector} from './selector.ts';
import {readSelector} from './selector-parser.ts';

export type Compiling = {
  readonly ground: Ground;
  readonly problems: Problems;
  positionOf(path: Path): Position;
};

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

/** Reads the challenge of a lesson; undefined if it has none. Each word of `offer` has to be the name of a call or of a kind of fault. */
export const readChallenge = (data: ChallengeFile | undefined, context: Compiling): Challenge | undefined => {
  if (!data) return undefined;
  const {ground, problems, positionOf} = context;
  const {calls} = ground.names.vocabulary;
  const known = [...Object.keys(calls), ...faultKinds];
  for (const [index, word] of data.offer.entries())
    problems.knows(['challenge', 'offer', index], challengeSentences.readChallenge, word, known);
  return {
    goal: readSelectors(data.goal, ['challenge', 'goal'], context),
    offer: {
      calls: Object.keys(calls).filter((call) => data.offer.includes(call)),
      faults: faultKinds.filter((kind) => data.offer.includes(kind)),
    },
    par: data.par,
    hints: data.hints ?? [],
    position: positionOf(['challenge']),
  };
};
