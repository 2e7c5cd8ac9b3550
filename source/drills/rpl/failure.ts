// The failure of a resolver replay script: the step, what it expected and what happened.

import type {Position} from '../../lesson/position.ts';
import {type Text, worded} from '../../lesson/text.ts';
import {rplFailureSentences} from '../../words/catalogue/drills-rpl.ts';
import {inEvery} from '../../words/catalogue/language.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import type {Difference} from './compare.ts';
import type {ReplayStep} from './replay.ts';

export type ReplayFailure = {
  readonly position: Position;
  readonly message: Text;
  readonly remedy: Text;
  /** The lines that only the expected message has, in the script format's words; `actual` has those of the message that came. */
  readonly expected: readonly string[];
  readonly actual: readonly string[];
};

/** Returns the lines below a failure's message: the expected records and those that came, one line each. */
export const differenceLines = ({expected, actual}: ReplayFailure): readonly Text[] => [
  ...expected.map((line) => worded(rplFailureSentences.differenceLines.expected, {line})),
  ...actual.map((line) => worded(rplFailureSentences.differenceLines.came, {line})),
];

const stepText = ({number, kind}: ReplayStep): Text => worded(rplFailureSentences.step, {number, kind});

type Sides = Partial<Pick<ReplayFailure, 'expected' | 'actual'>>;

const fail = (
  step: ReplayStep,
  what: Text,
  remedy: Text,
  {expected = [], actual = []}: Sides = {},
): ReplayFailure => {
  const name = stepText(step);
  const position = 'entry' in step ? step.entry.position : step.position;
  return {
    position,
    message: worded(rplFailureSentences.fail.message, {name, what}),
    remedy,
    expected,
    actual,
  };
};

const joined = (parts: readonly Text[]): Text =>
  inEvery((language) => parts.map((part) => part[language]).join(punctuation.listComma[language]));

export const answerDiffers = (step: ReplayStep, found: readonly Difference[]): ReplayFailure => {
  const what = joined(found.map(({what: part}) => part));
  return fail(
    step,
    worded(rplFailureSentences.answerDiffers.theAnswerDiffers, {what}),
    rplFailureSentences.answerDiffers.belowOnlyWhat,
    {
      expected: found.flatMap(({expected}) => expected),
      actual: found.flatMap(({actual}) => actual),
    },
  );
};

/** Returns the advice for a failed script whose answer did not come; `pending` are the resolver's unanswered queries, as texts. */
const pendingRemedy = (pending: readonly string[]): Text =>
  pending.length === 0
    ? rplFailureSentences.pendingRemedy.theResolverWaits
    : rplFailureSentences.pendingRemedy.noRangeAnd;

export const noAnswer = (step: ReplayStep, pending: readonly string[]): ReplayFailure =>
  fail(step, rplFailureSentences.noAnswer, pendingRemedy(pending), {actual: pending});

export const noOutQuery = (
  step: ReplayStep,
  expected: readonly string[],
  pending: readonly string[],
): ReplayFailure =>
  fail(step, rplFailureSentences.noOutQuery.noSuchQuery, rplFailureSentences.noOutQuery.belowWhatIs, {
    expected,
    actual: pending,
  });

export const nothingPending = (step: ReplayStep): ReplayFailure =>
  fail(step, rplFailureSentences.nothingPending.noQueryIs, rplFailureSentences.nothingPending.takeThisStep);

export const leftPending = (step: ReplayStep, pending: readonly string[]): ReplayFailure =>
  fail(step, rplFailureSentences.leftPending, pendingRemedy(pending), {actual: pending});

export const leftUnchecked = (query: ReplayStep, actual: readonly string[]): ReplayFailure =>
  fail(
    query,
    rplFailureSentences.leftUnchecked.itsAnswerWas,
    rplFailureSentences.leftUnchecked.writeASTEPCHECKANSWER,
    {actual},
  );

export const tooManyRounds = (step: ReplayStep, rounds: number): ReplayFailure =>
  fail(
    step,
    worded(rplFailureSentences.tooManyRounds.notReachedWithin, {rounds}),
    rplFailureSentences.tooManyRounds.theResolverAnd,
  );
