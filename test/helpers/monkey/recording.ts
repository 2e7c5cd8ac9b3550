// A sitting that went wrong, kept: seeds die with the key table, keys do not.
import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {root} from '../root.ts';
import {type Sitting, sit} from './sitting.ts';
import type {MonkeySource} from './sources.ts';
import type {Step} from './steps.ts';

export type Recording = {
  /** What went wrong when it was made. */
  readonly failed: string;
  readonly source: MonkeySource;
  readonly steps: readonly Step[];
};

const folder = join(root, 'test', 'fixtures', 'monkey');

export const recordings = (): readonly {readonly name: string; readonly recording: Recording}[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({name, recording: JSON.parse(readFileSync(join(folder, name), 'utf8'))}));

export const replay = ({source, steps}: Pick<Recording, 'source' | 'steps'>): Promise<Sitting> => {
  let at = 0;
  return sit(source, () => steps[at++]);
};

const firstLine = (text: string): string => text.split('\n')[0] ?? '';

/** The same failure with as few steps as can be had by leaving stretches out. */
export const shortened = async (
  source: MonkeySource,
  {steps, failure}: Sitting,
): Promise<readonly Step[]> => {
  const fails = async (few: readonly Step[]): Promise<boolean> => {
    const again = await replay({source, steps: few});
    return again.failure !== undefined && firstLine(again.failure) === firstLine(failure ?? '');
  };
  let kept = steps;
  for (let length = Math.ceil(kept.length / 2); length >= 1; length = Math.floor(length / 2))
    for (let from = Math.max(0, kept.length - length); from >= 0; from -= length) {
      const fewer = [...kept.slice(0, from), ...kept.slice(from + length)];
      if (await fails(fewer)) kept = fewer;
      if (from === 0) break;
    }
  return kept;
};

/** Its name comes from the message: a failure that is known is not kept twice. */
export const keep = (source: MonkeySource, steps: readonly Step[], failure: string): string => {
  const words = firstLine(failure)
    .toLowerCase()
    .match(/[a-z0-9]+/g) ?? ['failure'];
  const name = [source.command, source.positionals[0] ?? '', ...words]
    .join('-')
    .replace(/[^a-z0-9]+/gi, '-')
    .replace(/^-/, '')
    .slice(0, 80);
  const file = join(folder, `${name}.json`);
  mkdirSync(folder, {recursive: true});
  const recording: Recording = {failed: firstLine(failure), source, steps};
  writeFileSync(file, `${JSON.stringify(recording, undefined, 2)}\n`);
  return file;
};
