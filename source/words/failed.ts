// The two lines about a part of the app that failed, in both languages.
import type {Language, Text} from '../lesson/text.ts';
import {failedWords} from './catalogue/failed.ts';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A part of the app that threw an exception, and what a bug report needs. */
export type Failed = {
  readonly part: Text;
  readonly error: unknown;
  /** The replay code of the run, or without one the opened source and the seed; undefined if there is no run. */
  readonly run: string | undefined;
  /** The last keys that were pressed before the failure, the newest one at the end. */
  readonly keys: readonly string[];
};

/** Returns the two lines on a failure: what failed, and how to report it. The keys come before the run, whose code may be long. */
export const failedLines = (
  {part, error, run, keys}: Failed,
  language: Language,
): readonly [string, string] => {
  return [
    failedWords.what[language]({part: part[language], message: messageOf(error)}),
    `${failedWords.report[language]}${keys.length === 0 ? '' : failedWords.keys[language]({keys: keys.join(' ')})}${run === undefined ? '' : failedWords.run[language]({run})}`,
  ];
};
