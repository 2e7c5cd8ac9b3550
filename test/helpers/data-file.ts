// The files under lessons/data, as `loadData` takes them.
import {readFileSync} from 'node:fs';
import type {DataFile} from '../../source/lesson/load-data.ts';

export const dataFile = (name: string): DataFile => ({
  file: `${name}.yaml`,
  text: readFileSync(new URL(`../../lessons/data/${name}.yaml`, import.meta.url), 'utf8'),
});
