// The words of the tree of runs.
import {type Text, worded} from '../lesson/text.ts';
import {besideText as beside} from './catalogue/forks.ts';
import {inEvery} from './catalogue/language.ts';

/** Runs of a lesson have letters; their titles stand in the same list. */
const lettered = (title: Text): Text =>
  inEvery((language) => /^[A-Z](?=[:：])/.exec(title[language])?.[0] ?? title[language]);

/** What the end of a lesson offers that compares two of its runs. */
export const besideText = ([a, b]: readonly [Text, Text]): Text =>
  worded(beside, {a: lettered(a), b: lettered(b)});
