// The figures that are held to something: each beside its anchor, measured in the same run, and how far it is to reach. Printed as
// they come, and at the end written as JSON.
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';

export const folder = join(process.cwd(), 'node_modules', '.cache', 'packet-tutor');

export type Figure = {
  readonly name: string;
  readonly unit: 'ms' | 'MiB' | '/s' | '%';
  readonly value: number;
  /** undefined: the figure stands for itself; or its anchor is not installed here, and then it reaches nothing. */
  readonly anchor?: {readonly name: string; readonly value: number} | undefined;
  /** How the ratio, or without an anchor the value, is to be. */
  readonly reach?: {readonly most: number} | {readonly least: number};
};

const all: (Figure & {readonly ratio: number | undefined; readonly reached: boolean | undefined})[] = [];

const isReached = (held: number, reach: NonNullable<Figure['reach']>): boolean =>
  'most' in reach ? held <= reach.most : held >= reach.least;

/** Of a rate ours is over the anchor's as well: what is more is better then. */
export const figure = (told: Figure): void => {
  const {name, unit, value, anchor, reach} = told;
  const ratio = anchor && value / anchor.value;
  const reached = reach && isReached(ratio ?? value, reach);
  all.push({...told, ratio, reached});
  const shown = `${value.toFixed(value < 10 ? 2 : 0)} ${unit}`;
  const held = ratio === undefined ? '' : `${ratio.toFixed(2)} × ${anchor?.name}`;
  const sought = reach ? ('most' in reach ? `≤ ${reach.most}` : `≥ ${reach.least}`) : '';
  const verdict = reached === undefined ? '' : reached ? 'reached' : 'not reached';
  console.log(
    `  ${name.padEnd(44)}${shown.padStart(13)}  ${held.padEnd(28)}${sought.padEnd(8)}${verdict}`.trimEnd(),
  );
};

export const writeFigures = (): void => {
  mkdirSync(folder, {recursive: true});
  const file = join(folder, 'bench.json');
  writeFileSync(file, `${JSON.stringify({node: process.version, figures: all}, undefined, 2)}\n`);
  console.log(`${all.length} figures in ${file}`);
};
