// The two lines about a part of the app that failed, in both languages.
import type {Language, Text} from '../lesson/text.ts';
import {failedWords} from './catalogue/failed.ts';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The part that threw, and what is needed to find out why. */
export type Failed = {
  readonly part: Text;
  readonly error: unknown;
  /** The run: its replay code, or without one what was opened, and the seed. */
  readonly run: string | undefined;
  /** The last keys, the newest one at the end. */
  readonly keys: readonly string[];
};

/** Returns what failed, and how to report it. The keys come before the run, whose code may be long. */
export const failedLines = (
  {part, error, run, keys}: Failed,
  language: Language,
): readonly [string, string] => {
  return [
    failedWords.what[language]({part: part[language], message: messageOf(error)}),
    `${failedWords.report[language]}${keys.length === 0 ? '' : failedWords.keys[language]({keys: keys.join(' ')})}${run === undefined ? '' : failedWords.run[language]({run})}`,
  ];
};
