// Compares a progress of many answers with one of a hundred: the progress page, the review and the menu, once the summary exists, and the cost of
// making that summary. The logs are made here and are the same each time.
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {progressText} from '../source/quiz/progress-format.ts';
import type {ProgressRecord} from '../source/quiz/progress-record.ts';
import {figure, folder} from './figures.ts';
import {median, places} from './measure.ts';
import {type Cost, costOf} from './process-cost.ts';
import {framed} from './start.ts';

const rounds = 9;
const dayMs = 86_400_000;
const firstMs = Date.UTC(2024, 0, 1);
const aDay = 50;
const kinds = ['next-ack', 'next-seq', 'which-timer', 'packet-order', 'tcp-flags', 'ends', 'hops', 'times'];
const lessons = ['handshake', 'refused', 'data-transfer', 'teardown', 'why-three', 'dns-recursion', 'layers'];

/**
 * Makes a log of fifty answers a day, half a minute apart, of which seven in ten are right. `isOne`: all answers are to one question; else each is
 * to a different one.
 */
const logOf = (count: number, isOne: boolean): readonly ProgressRecord[] => {
  const chances = places(10, count);
  return Array.from({length: count}, (_, n) => {
    const which = isOne ? 0 : n;
    const [lesson = '', kind = ''] = [lessons[which % 7], kinds[Math.floor(which / 7) % 8]];
    const touches = [`belief-${which % 50}`, `belief-${(7 * which + 1) % 50}`];
    const right = (chances[n] ?? 0) <= 7;
    return {
      ...{id: `answer-${n}`.padEnd(12, '-'), kind: 'answer', lesson, asks: kind, topic: 'tcp', touches},
      atMs: firstMs + Math.floor(n / aDay) * dayMs + (n % aDay) * 30_000,
      ...{question: `${lesson}/${kind}/${which}`, text: `text-${which}`, skill: `${lesson}/${kind}`},
      ...{wrongWays: 3, given: 'a', right, means: right ? [] : touches, hints: 0, askedIn: 'practice'},
    };
  });
};

const logs = {
  '100': logOf(100, false),
  '100,000 of one question': logOf(100_000, true),
  '5,000 different ones': logOf(5000, false),
} as const;

const anchor = '100';

type Measured = {readonly name: string; readonly cost: (data: string) => Promise<number>};

const cli = join(process.cwd(), 'dist', 'cli.js');
const envOf = (data: string) => ({
  PACKET_TUTOR_DATA: data,
  PACKET_TUTOR_TEST_NOW: String(firstMs + 3000 * dayMs),
  XDG_CACHE_HOME: join(folder, 'cache'),
});
const run = (args: readonly string[], data: string): Cost | undefined =>
  costOf(process.execPath, [cli, ...args], envOf(data));

const commands: readonly Measured[] = [
  ...['progress', 'review'].map((name) => ({
    name,
    cost: async (data: string) => run([name], data)?.cpuMs ?? Number.NaN,
  })),
  {
    name: 'menu, first frame',
    cost: (data) => framed({args: [cli], env: envOf(data)}, {shows: '▸', answers: true}),
  },
];

const making = (data: string): void => {
  const costs = Array.from({length: 3}, () => {
    rmSync(join(data, 'progress-summary.json'), {force: true});
    return run(['progress'], data);
  });
  const middle = (of: (cost: Cost) => number): number =>
    median(costs.map((cost) => (cost === undefined ? Number.NaN : of(cost))));
  const name = 'making the summary of 100,000';
  figure({name, unit: 'ms', value: middle(({cpuMs}) => cpuMs), reach: {most: 3000}});
  figure({name: `${name}, wall`, unit: 'ms', value: middle(({wallMs}) => wallMs), reach: {most: 3000}});
};

export const measureProgress = async (): Promise<void> => {
  console.log(`progress, time of the processors, median of ${rounds}, once the summary stands`);
  const folders = new Map(
    Object.entries(logs).map(([name, records], index) => {
      const data = join(folder, 'progress', String(index));
      mkdirSync(data, {recursive: true});
      writeFileSync(join(data, 'progress.json'), progressText(records));
      return [name, data] as const;
    }),
  );
  making(folders.get('100,000 of one question') ?? '');
  for (const data of folders.values()) run(['progress'], data);
  for (const {name, cost} of commands) {
    const times = new Map([...folders.keys()].map((log): [string, number[]] => [log, []]));
    for (let round = 0; round < rounds; round++)
      for (const [log, data] of folders) times.get(log)?.push(await cost(data));
    const middle = (log: string): number => median(times.get(log) ?? []);
    for (const log of folders.keys())
      figure({
        name: `${name}: ${log}`,
        unit: 'ms',
        value: middle(log),
        ...(log === anchor ? {} : {anchor: {name: anchor, value: middle(anchor)}, reach: {most: 1.5}}),
      });
  }
};
