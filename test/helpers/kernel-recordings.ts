// The recordings of the Linux kernel in test/fixtures/kernel, and which of them do not pass yet.
import {readdirSync, readFileSync} from 'node:fs';
import {root} from './root.ts';

const folder = `${root}test/fixtures/kernel`;

export type Recording = {readonly name: string; readonly source: string};

/** By name: `rto/backoff`, `own/rto/grows`. */
export const recordings: readonly Recording[] = readdirSync(folder, {recursive: true, encoding: 'utf8'})
  .filter((file) => file.endsWith('.pkt'))
  .sort()
  .map((file) => ({
    name: file.replaceAll('\\', '/').replace(/\.pkt$/, ''),
    source: readFileSync(`${folder}/${file}`, 'utf8'),
  }));

export const open: readonly string[] = JSON.parse(readFileSync(`${folder}/open.json`, 'utf8'));
