// The words for two runs beside each other, in both languages, and the words for forks.

import {sameIn, type Text, worded} from '../lesson/text.ts';
import type {Relation} from '../sim/compare-packets.ts';
import type {Fault} from '../sim/fault.ts';
import {formatPattern} from '../sim/fault-text.ts';
import {type Change, isSetting} from '../sim/fork.ts';
import type {Setting} from '../sim/setting.ts';
import {compareSentences, compareTexts, sides} from './catalogue/compare.ts';
import {inEvery} from './catalogue/language.ts';
import {punctuation} from './catalogue/punctuation.ts';
import {varySentences} from './catalogue/vary.ts';
import {formatShortTime} from './format.ts';
import {terminal} from './written.ts';

export type CompareFact = {
  readonly name: string;
  readonly left: string;
  readonly right: string;
  readonly relation: Relation;
  /** A remark such as `1.000 s later` or `2 more`. */
  readonly remark: string;
};

/** Returns a compared fact; `same` is true if no difference matters. */
export const factOf = (
  name: string,
  [left, right]: readonly [string, string],
  same: boolean,
  remark = '',
): CompareFact => ({name, left, right, relation: same ? '=' : '≠', remark});

const which = (fault: Fault): Text => {
  const {packet} = fault.at;
  if (packet !== undefined) return worded(compareSentences.which, {packet});
  return sameIn(terminal.text(formatPattern(fault.at)));
};

/** Returns the parts of a sentence about a fault. */
const partsOf = (fault: Fault) => ({
  it: which(fault),
  byUs: fault.kind === 'delay' ? formatShortTime(fault.byUs) : '',
  ...(fault.kind === 'edit' ? {field: fault.field, now: fault.value} : {field: '', now: ''}),
});

/** Returns a fault as a command: “lose packet 3”. */
export const faultTitle = (fault: Fault): Text =>
  worded<ReturnType<typeof partsOf>>(compareSentences.faultTitle[fault.kind], partsOf(fault));

/** Returns the outcome of a fault: “packet 3 lost”. */
const faultOutcome = (fault: Fault): Text =>
  worded<ReturnType<typeof partsOf>>(compareSentences.faultOutcome[fault.kind], partsOf(fault));

const settingOutcome = ({place, value}: Setting): Text =>
  worded(varySentences.outcome, {place, value: terminal.text(value)});

const changeTitle = (change: Change): Text =>
  isSetting(change) ? settingOutcome(change) : faultTitle(change);
const changeOutcome = (change: Change): Text =>
  isSetting(change) ? settingOutcome(change) : faultOutcome(change);

/** The heading of a ladder, and the text at the right of the title. */
export type CompareSide = {readonly title: Text; readonly change: Text};

const listed = (texts: readonly Text[]): Text =>
  inEvery((language) => texts.map((each) => each[language]).join(punctuation.comma[language]));

/** Returns the outcomes of all changes: “packet 3 lost, packet 5 twice”. */
export const outcomesOf = (changes: readonly Change[]): Text => listed(changes.map(changeOutcome));

const sideOf = (changes: readonly Change[], others: readonly Change[]): CompareSide => {
  if (changes.length > 0) return {title: outcomesOf(changes), change: listed(changes.map(changeTitle))};
  const losses = others.every((change) => !isSetting(change) && change.kind === 'drop');
  return {title: compareTexts[losses ? 'nothingLost' : 'unaltered'], change: compareTexts.recorded};
};

/** Returns the headings of two runs, from the changes that their forks add. */
export const sidesOf = (
  left: readonly Change[],
  right: readonly Change[],
): readonly [CompareSide, CompareSide] => [sideOf(left, right), sideOf(right, left)];

/** The headings of a capture, and of the run that reproduces it. */
export const captureSide: CompareSide = {title: sides.captured, change: sides.captured};
export const simulatedSide: CompareSide = {title: sides.simulated, change: sides.simulated};
