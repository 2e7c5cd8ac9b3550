// What the measurements share: clock, heap, median, places that are the same everywhere, two hosts and a path.

import process from 'node:process';
import type {LinkSpec} from '../source/sim/action.ts';
import type {Cause, Scenario} from '../source/sim/scenario.ts';

export const pairOfHosts = (script: readonly Cause[], path: Partial<LinkSpec> = {}): Scenario => ({
  profile: 'linux',
  seed: 1,
  hosts: [
    {
      name: 'client',
      interfaces: [{link: 'path', ip: '192.0.2.10', mac: '02:00:00:00:00:01'}],
      router: false,
      tcp: {},
    },
    {
      name: 'server',
      interfaces: [{link: 'path', ip: '198.51.100.20', mac: '02:00:00:00:00:02'}],
      router: false,
      tcp: {},
    },
  ],
  links: [{name: 'path', between: ['client', 'server'], delayUs: 50_000, loss: 0, mtu: 1500, ...path}],
  arp: false,
  script,
  faults: [],
  until: 'quiet',
  limitUs: 24 * 3_600_000_000,
  mostEvents: 1_000_000,
});

export const at = (atUs: number) => ({kind: 'at', atUs}) as const;

export const to = {host: 'server', port: 80};

/** One connection: so many segments of data, each acknowledged. */
export const oneDownload = (segments = 50_000): readonly Cause[] => [
  {when: at(0), host: 'server', action: {call: 'listen', port: 80, read: 'auto'}},
  {when: at(0), host: 'client', action: {call: 'connect', to, read: 'auto'}},
  {
    when: {kind: 'on', host: 'client', event: 'connected', afterUs: 0},
    host: 'client',
    action: {call: 'send', bytes: 1460 * segments},
  },
];

export const heapBytes = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
};

/** What `work` took, and what it gave. */
export const seconds = <T>(work: () => T): readonly [seconds: number, result: T] => {
  const begin = process.hrtime.bigint();
  const result = work();
  return [Number(process.hrtime.bigint() - begin) / 1e9, result];
};

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** From 1 to `most`, the same on every machine: a linear congruential generator. */
export const places = (most: number, count: number): readonly number[] => {
  let state = 1;
  return Array.from({length: count}, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return 1 + (state % most);
  });
};

export const row = (name: string, value: string): void =>
  console.log(`  ${name.padEnd(40)}${value.padStart(16)}`);
