// The words for the comparison of two runs side by side and for forks, in both languages.

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
  /** A remark on the difference between two runs, such as `1.000 s later` or `2 more`. */
  readonly remark: string;
};

/** Returns a fact about two runs side by side. `same`: the values do not differ, or the difference does not matter. */
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

/** Returns what the sentences about an injected fault need: the packet, the delay, the edited field and its new value. */
const partsOf = (fault: Fault) => ({
  it: which(fault),
  byUs: fault.kind === 'delay' ? formatShortTime(fault.byUs) : '',
  ...(fault.kind === 'edit' ? {field: fault.field, now: fault.value} : {field: '', now: ''}),
});

/** Returns the text for an injected fault as a command: “lose packet 3”. */
export const faultTitle = (fault: Fault): Text =>
  worded<ReturnType<typeof partsOf>>(compareSentences.faultTitle[fault.kind], partsOf(fault));

/** Returns the text for the outcome of an injected fault: “packet 3 lost”. */
const faultOutcome = (fault: Fault): Text =>
  worded<ReturnType<typeof partsOf>>(compareSentences.faultOutcome[fault.kind], partsOf(fault));

const settingOutcome = ({place, value}: Setting): Text =>
  worded(varySentences.outcome, {place, value: terminal.text(value)});

const changeTitle = (change: Change): Text =>
  isSetting(change) ? settingOutcome(change) : faultTitle(change);
const changeOutcome = (change: Change): Text =>
  isSetting(change) ? settingOutcome(change) : faultOutcome(change);

/** The heading of one of two compared ladders (`title`), and the changes that made its run, for the right end of the title line. */
export type CompareSide = {readonly title: Text; readonly change: Text};

const listed = (texts: readonly Text[]): Text =>
  inEvery((language) => texts.map((each) => each[language]).join(punctuation.comma[language]));

/** Returns the outcomes of all changes of a fork in one text: “packet 3 lost, packet 5 twice”. */
export const outcomesOf = (changes: readonly Change[]): Text => listed(changes.map(changeOutcome));

const sideOf = (changes: readonly Change[], others: readonly Change[]): CompareSide => {
  if (changes.length > 0) return {title: outcomesOf(changes), change: listed(changes.map(changeTitle))};
  const losses = others.every((change) => !isSetting(change) && change.kind === 'drop');
  return {title: compareTexts[losses ? 'nothingLost' : 'unaltered'], change: compareTexts.recorded};
};

/**
 * Returns the headings of two compared runs from the changes in each; a run without changes is called unaltered, or is said to have lost
 * nothing.
 */
export const sidesOf = (
  left: readonly Change[],
  right: readonly Change[],
): readonly [CompareSide, CompareSide] => [sideOf(left, right), sideOf(right, left)];

/** The headings when a capture is compared with the simulated run that reproduces it. */
export const captureSide: CompareSide = {title: sides.captured, change: sides.captured};
export const simulatedSide: CompareSide = {title: sides.simulated, change: sides.simulated};
