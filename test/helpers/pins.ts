// What was pinned by `npm run digests`, and which of it is otherwise now.
import {readFileSync} from 'node:fs';
import type {Pinned} from '../../scripts/json-digests.ts';
import {root} from './root.ts';

export const pinsIn = (file: string): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(`${root}test/fixtures/${file}.json`, 'utf8'));

export const changedOf = async (file: string, all: readonly Pinned[]): Promise<readonly string[]> => {
  const pins = pinsIn(file);
  const others: string[] = [];
  for (const {name, digest} of all) if ((await digest()) !== pins[name]) others.push(name);
  return others;
};
