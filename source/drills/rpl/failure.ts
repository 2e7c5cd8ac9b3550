// Why a replay fails: the step, what it expected and what came.

import type {Position} from '../../lesson/position.ts';
import {text} from '../../lesson/problem.ts';
import type {Text} from '../../lesson/text.ts';
import type {Difference} from './compare.ts';
import type {ReplayStep} from './replay.ts';

export type ReplayFailure = {
  readonly position: Position;
  readonly message: Text;
  readonly remedy: Text;
  /** Only what differs, in the format's own words. */
  readonly expected: readonly string[];
  readonly actual: readonly string[];
};

/** The two sides, a line for each record. */
export const differenceLines = ({expected, actual}: ReplayFailure): readonly Text[] => [
  ...expected.map((line) => text(`expected ${line}`, `期望 ${line}`)),
  ...actual.map((line) => text(`came     ${line}`, `实到 ${line}`)),
];

const stepText = ({number, kind}: ReplayStep): Text =>
  text(`step ${number} ${kind}`, `步骤 ${number} ${kind}`);

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
    message: text(`${name.en}: ${what.en}`, `${name.zh}：${what.zh}`),
    remedy,
    expected,
    actual,
  };
};

const joined = (parts: readonly Text[]): Text =>
  text(parts.map(({en}) => en).join(', '), parts.map(({zh}) => zh).join('、'));

export const answerDiffers = (step: ReplayStep, found: readonly Difference[]): ReplayFailure => {
  const what = joined(found.map(({what: part}) => part));
  return fail(
    step,
    text(`the answer differs in ${what.en}`, `响应不符：${what.zh}`),
    text('below: only what differs', '下面只列出不同之处'),
    {
      expected: found.flatMap(({expected}) => expected),
      actual: found.flatMap(({actual}) => actual),
    },
  );
};

/** `pending`: queries without an answer, in words. */
const pendingRemedy = (pending: readonly string[]): Text =>
  pending.length === 0
    ? text('the resolver waits for nothing: check the steps before', '解析器什么也没在等：检查前面的步骤')
    : text('no range and no step answers the queries below', '下面这些查询，没有任何 RANGE 或 STEP 来回答');

export const noAnswer = (step: ReplayStep, pending: readonly string[]): ReplayFailure =>
  fail(step, text('no answer came', '没有等到响应'), pendingRemedy(pending), {actual: pending});

export const noOutQuery = (
  step: ReplayStep,
  expected: readonly string[],
  pending: readonly string[],
): ReplayFailure =>
  fail(
    step,
    text('no such query was sent', '没有发出这样的查询'),
    text('below: what is pending', '下面是尚无回答的查询'),
    {expected, actual: pending},
  );

export const nothingPending = (step: ReplayStep): ReplayFailure =>
  fail(
    step,
    text('no query is pending', '没有等待回答的查询'),
    text('take this step only after a query that no range answers', '只在有 RANGE 答不了的查询之后写这一步'),
  );

export const leftPending = (step: ReplayStep, pending: readonly string[]): ReplayFailure =>
  fail(
    step,
    text('the script ends with queries still pending', '脚本结束时还有查询没有得到回答'),
    pendingRemedy(pending),
    {actual: pending},
  );

export const leftUnchecked = (query: ReplayStep, actual: readonly string[]): ReplayFailure =>
  fail(
    query,
    text('its answer was never checked', '它的响应始终没有检查'),
    text('write a STEP CHECK_ANSWER for it', '为它写一个 STEP CHECK_ANSWER'),
    {actual},
  );

export const tooManyRounds = (step: ReplayStep, rounds: number): ReplayFailure =>
  fail(
    step,
    text(`not reached within ${rounds} rounds`, `${rounds} 轮之内没有走完`),
    text('the resolver and the ranges go in a circle', '解析器和 RANGE 在来回打转'),
  );
