// Checks the keys of a mapping in a lesson file: a word such as `call: connect` has all keys that it needs, and no others.

import {constructKeysSentences} from '../words/catalogue/lesson.ts';
import {problemWith} from './problem.ts';
import type {Text} from './text.ts';
import type {Construct, Place} from './vocabulary.ts';

type Asked = {
  readonly word: string;
  /** The word as it stands in the file, such as `call: connect`. */
  readonly shown: string;
  /** The name of what the mapping describes, such as a cause or an actor, for error messages. */
  readonly place: Text;
  readonly construct: Construct<unknown>;
  /** The keys that a mapping of this kind may have beside any word. */
  readonly common: readonly string[];
};

const isNeeded = (construct: Construct<unknown>, key: string): boolean =>
  construct.shape[key]?._zod.optin !== 'optional';

export const checkKeys = (
  data: {readonly [key: string]: unknown},
  {word, shown, place, construct, common}: Asked,
  {path, problems}: Place,
): void => {
  const own = Object.keys(construct.shape);
  for (const key of own) {
    if (data[key] !== undefined || !isNeeded(construct, key)) continue;
    problems.add(path, problemWith(constructKeysSentences.needs, {word, key, place}));
  }
  for (const [key, value] of Object.entries(data)) {
    if (value === undefined || common.includes(key) || own.includes(key)) continue;
    const list = [...own, ...common].join(', ');
    problems.add([...path, key], problemWith(constructKeysSentences.doesNotGo, {key, shown, word, list}), {
      onKey: true,
    });
  }
};
