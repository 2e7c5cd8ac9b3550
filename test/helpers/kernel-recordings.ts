// The recordings of the Linux kernel in test/fixtures/kernel, and which of them do not pass yet.
import {readdirSync, readFileSync} from 'node:fs';
import {root} from './root.ts';

const folder = `${root}test/fixtures/kernel`;

export type Recording = {readonly name: string; readonly source: string};

type Topic = {readonly topic: string; readonly scripts: {readonly [name: string]: readonly string[]}};

const files = ['', 'own/'].flatMap((under) =>
  readdirSync(`${folder}/${under}`)
    .filter((file) => file.endsWith('.json') && file !== 'open.json' && file !== 'scenarios.json')
    .map((file) => `${folder}/${under}${file}`),
);

/** By name: `rto/backoff`, `own/rto/grows`. */
export const recordings: readonly Recording[] = files
  .flatMap((file) => {
    const {topic, scripts}: Topic = JSON.parse(readFileSync(file, 'utf8'));
    return Object.entries(scripts).map(([name, lines]) => ({
      name: `${topic}/${name}`,
      source: `${lines.join('\n')}\n`,
    }));
  })
  .sort((one, other) => (one.name < other.name ? -1 : 1));

export const open: readonly string[] = JSON.parse(readFileSync(`${folder}/open.json`, 'utf8'));
