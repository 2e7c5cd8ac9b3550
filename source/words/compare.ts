// The words of two runs beside each other, in both languages; forks in words.

import type {Text} from '../lesson/text.ts';
import type {Relation} from '../sim/compare-packets.ts';
import type {Fault} from '../sim/fault.ts';
import {formatFault} from '../sim/fault-text.ts';
import {compareTexts} from './catalogue/compare.ts';
import {formatShortTime} from './format.ts';
import {terminal} from './written.ts';

export type CompareFact = {
  readonly name: string;
  readonly left: string;
  readonly right: string;
  readonly relation: Relation;
  /** `1.000 s later`, `2 more`. */
  readonly remark: string;
};

const text = (en: string, zh: string): Text => ({en, zh});

const which = (fault: Fault): Text => {
  const {packet} = fault.at;
  if (packet !== undefined) return text(`packet ${packet}`, `第 ${packet} 个分组`);
  const pattern = terminal.text(formatFault(fault).split('@')[1] ?? '');
  return text(pattern, pattern);
};

/** What was done, as a command: “drop packet 3”. */
export const faultTitle = (fault: Fault): Text => {
  const {en, zh} = which(fault);
  switch (fault.kind) {
    case 'drop':
      return text(`drop ${en}`, `丢弃${zh}`);
    case 'delay':
      return text(
        `delay ${en} by ${formatShortTime(fault.byUs)}`,
        `${zh}延迟 ${formatShortTime(fault.byUs)}`,
      );
    case 'dup':
      return text(`duplicate ${en}`, `复制${zh}`);
    case 'corrupt':
      return text(`corrupt ${en}`, `损坏${zh}`);
    case 'reorder':
      return text(`reorder ${en}`, `乱序${zh}`);
    case 'edit':
      return text(`edit ${fault.field} of ${en}`, `修改${zh}的 ${fault.field}`);
  }
};

/** What came of it: “packet 3 lost”. */
const faultOutcome = (fault: Fault): Text => {
  const {en, zh} = which(fault);
  switch (fault.kind) {
    case 'drop':
      return text(`${en} lost`, `${zh}丢失`);
    case 'delay':
      return text(`${en} late by ${formatShortTime(fault.byUs)}`, `${zh}迟到 ${formatShortTime(fault.byUs)}`);
    case 'dup':
      return text(`${en} twice`, `${zh}到达两次`);
    case 'corrupt':
      return text(`${en} damaged`, `${zh}损坏`);
    case 'reorder':
      return text(`${en} overtaken`, `${zh}让后面的先到`);
    case 'edit':
      return text(`${en} with ${fault.field}=${fault.value}`, `${zh}的 ${fault.field} 改为 ${fault.value}`);
  }
};

/** What stands above a ladder, and at the right of the title. */
export type CompareSide = {readonly title: Text; readonly change: Text};

const listed = (texts: readonly Text[]): Text =>
  text(texts.map(({en}) => en).join(', '), texts.map(({zh}) => zh).join('，'));

/** What came of all of them: “packet 3 lost, packet 5 twice”. */
export const outcomesOf = (faults: readonly Fault[]): Text => listed(faults.map(faultOutcome));

const sideOf = (faults: readonly Fault[], others: readonly Fault[]): CompareSide => {
  if (faults.length > 0) return {title: outcomesOf(faults), change: listed(faults.map(faultTitle))};
  const losses = others.every(({kind}) => kind === 'drop');
  return {title: compareTexts[losses ? 'nothingLost' : 'unaltered'], change: compareTexts.recorded};
};

/** Of two runs with these faults: those that their forks add. */
export const sidesOf = (
  left: readonly Fault[],
  right: readonly Fault[],
): readonly [CompareSide, CompareSide] => [sideOf(left, right), sideOf(right, left)];
