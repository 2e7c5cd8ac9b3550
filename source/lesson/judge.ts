// Judges a learner's run of a challenge: which goals are met, which conditions hold, and if it is not solved, which near miss it is.
import type {Trace} from '../sim/trace.ts';
import {brokenRule, missingTexts} from '../words/catalogue/challenge-check.ts';
import {describeCalled} from './describe.ts';
import {isTrue} from './evaluate.ts';
import type {HasHosts} from './host-names.ts';
import type {Challenge} from './lesson.ts';
import {matchingEvents} from './match.ts';
import {kindOfMove, type Move, type MoveKind, moveKinds} from './move.ts';
import {outOfReachFrom} from './out-of-reach.ts';
import {type Text, worded} from './text.ts';

/** A rule about the number of moves that the learner broke: exactly `asked` moves of a kind, or at most `asked` in all (`most`). */
export type Broken = {readonly kind: MoveKind | 'most'; readonly asked: number; readonly made: number};

export type Judgement = {
  /**
   * Tells for each event of the challenge's goal whether it happened; `event` is the number of the run's first event that matches, absent
   * if none does.
   */
  readonly goals: readonly {readonly met: boolean; readonly event?: number}[];
  /** Tells for each condition of the challenge, in its order, whether the finished run meets it. */
  readonly holds: readonly boolean[];
  /**
   * The event from which each condition of the challenge can no longer become true in this run; undefined if it is or may still become
   * true.
   */
  readonly lostFrom: readonly (number | undefined)[];
  readonly broken: readonly Broken[];
  readonly solved: boolean;
  /** The index of the first near miss whose condition is true; absent if there is none, the challenge is solved, or no move was made. */
  readonly miss?: number;
};

const brokenRules = ({uses = {}, most}: Challenge, moves: readonly Move[]): readonly Broken[] => {
  const kinds = moves.map(kindOfMove);
  const exact = moveKinds.flatMap((kind) => {
    const asked = uses[kind];
    const made = kinds.filter((each) => each === kind).length;
    return asked === undefined || made === asked ? [] : [{kind, asked, made}];
  });
  const tooMany = most !== undefined && moves.length > most;
  return tooMany ? [...exact, {kind: 'most', asked: most, made: moves.length}] : exact;
};

/** Judges the learner's finished run of a challenge; `moves` are the moves made in it. */
export const judged = (challenge: Challenge, trace: Trace, moves: readonly Move[]): Judgement => {
  const end = {trace, event: trace.length};
  const goals = challenge.goal.map(({selector}) => {
    const [event] = matchingEvents(selector, trace);
    return event === undefined ? {met: false} : {met: true, event};
  });
  const holds = challenge.holds.map(({that}) => isTrue(that, end));
  const lostFrom = challenge.holds.map(({that}, index) =>
    holds[index] ? undefined : outOfReachFrom(that, trace),
  );
  const broken = brokenRules(challenge, moves);
  const solved = goals.every(({met}) => met) && holds.every((each) => each) && broken.length === 0;
  const isOpen = solved || moves.length === 0;
  const miss = isOpen ? -1 : challenge.misses.findIndex(({when}) => isTrue(when, end));
  return {goals, holds, lostFrom, broken, solved, ...(miss < 0 ? {} : {miss})};
};

/**
 * Returns a line for everything that a run lacks to solve the challenge: events that have not happened, conditions that are not true, rules
 * that were broken. `run` gives the names of its hosts.
 */
export const missingIn = (
  {goal, holds}: Challenge,
  judgement: Pick<Judgement, 'goals' | 'holds' | 'broken'>,
  run: HasHosts,
): readonly Text[] => [
  ...goal.flatMap(({selector, say}, index) =>
    judgement.goals[index]?.met
      ? []
      : [worded(missingTexts.event, {line: say ?? describeCalled(selector, run)})],
  ),
  ...holds.flatMap(({say}, index) =>
    judgement.holds[index] ? [] : [worded(missingTexts.condition, {line: say})],
  ),
  ...judgement.broken.map(({kind, asked, made}) => worded(brokenRule[kind], {asked, made})),
];
