// Tells in words which values a setting takes: its bounds, its choices, how the entries of a list are separated. The page of a host or link
// says it before a value is typed, and a refusal says it afterwards.
import {varySentences} from '../words/catalogue/vary.ts';
import {type Text, worded} from './text.ts';

export type Unit = 'time' | 'size' | 'rate' | 'percent' | 'number' | 'switch' | 'choice' | 'text';

export type Bounds = {
  /** The least and the greatest value of a setting, as text; of a list, the least and the greatest number of its entries. */
  readonly least?: string;
  readonly most?: string;
  readonly choices?: readonly string[];
  /** The kind of entries if the setting is a list; absent if it is a single value. */
  readonly entries?: 'addresses' | 'values';
};

const examples = {time: '80ms', size: '64KiB', rate: '1Mbit', percent: '2.5%'} as const;

type Written = (value: string) => string;

const rangeText = ({least, most, entries}: Bounds, unit: Unit, written: Written): Text | undefined => {
  if (least === undefined || most === undefined) return undefined;
  const ends = {least: written(least), most: written(most)};
  if (entries) return worded(varySentences.bounds[entries], ends);
  if (unit === 'switch' || unit === 'choice') return undefined;
  if (unit === 'number' || unit === 'text') return worded(varySentences.bounds[unit], ends);
  return worded(varySentences.bounds[unit], {...ends, example: written(examples[unit])});
};

/** Returns a sentence on which values a setting takes; `written` gives each value in it the form in which it is read or heard. */
export const boundsText = (unit: Unit, bounds: Bounds, written: Written = (value) => value): Text => {
  const {choices, entries, most = ''} = bounds;
  if (choices && (unit === 'switch' || unit === 'choice'))
    return entries
      ? worded(varySentences.bounds.several, {choices, most})
      : worded(varySentences.bounds.choice, {choices});
  const range = rangeText(bounds, unit, written);
  if (!range) return varySentences.bounds.any;
  return choices ? worded(varySentences.bounds.either, {range, choices}) : range;
};
