// Finds missing translations for the command `check`: in lessons and beliefs, and in the program's own sentences.

import {basename} from 'node:path';
import {beliefFile} from '../io/pack.ts';
import type {Wanted} from '../lesson/translated.ts';
import {byKey} from '../wire/grouped.ts';
import {missing} from '../words/catalogue/missing.ts';
import {isRegistry} from './check-pack.ts';
import type {Failure} from './command.ts';
import {printJson, printLine} from './print.ts';
import {readBeliefFile, readLessonFile} from './read-lesson-file.ts';

/**
 * Returns the texts that a lesson or belief file lacks in the wanted languages, as failures. The file has been checked for other faults
 * before.
 */
export const untranslatedIn = async (file: string, wanted: Wanted): Promise<readonly Failure[]> => {
  if (!/\.ya?ml$/i.test(file) || isRegistry(file)) return [];
  const read = basename(file) === beliefFile ? readBeliefFile : readLessonFile;
  const found = await read(file, wanted);
  return found.ok ? [] : found.error;
};

/** Prints which of the program's sentences a language lacks, by file and key; returns 1 if it lacks any, else 0. */
export const judgeSentences = (language: string, asJson: boolean): 0 | 1 => {
  const folder = `source/words/${language}`;
  const sentences = missing[language] ?? [];
  if (!asJson) for (const each of sentences) printLine(`${folder}/${each}`);
  else {
    const parts = sentences.map((each) => each.split(': '));
    for (const [file = '', all] of byKey(parts, ([file]) => file))
      printJson(
        failed(
          `${folder}/${file}`,
          all.map(([, key = '']) => key),
        ),
      );
  }
  if (sentences.length > 0) return 1;
  if (asJson) printJson({file: folder, ok: true});
  else printLine(`${folder}: ok`);
  return 0;
};

const failed = (file: string, keys: readonly string[]): object => ({
  file,
  ok: false,
  error: {line: 0, column: 0, message: keys.join(', '), missing: keys},
});
