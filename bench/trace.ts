// A run of about 100,000 packets: what it weighs while it is held, and what it takes to stand at any instant of it.
import {spawnSync} from 'node:child_process';
import {join} from 'node:path';
import process from 'node:process';
import type {Cause} from '../source/sim/scenario.ts';
import {simulate} from '../source/sim/simulate.ts';
import {figure} from './figures.ts';
import {at, heapBytes, median, oneDownload, pairOfHosts, places, row, seconds, to} from './measure.ts';

/** 2,000 short connections, one a second: open, 100 bytes up, 1000 down, close. */
const manyConnections = (): readonly Cause[] => [
  {when: at(0), host: 'server', action: {call: 'listen', port: 80, read: 'auto'}},
  {
    when: {kind: 'on', host: 'server', event: 'received', bytes: 100, afterUs: 0},
    host: 'server',
    action: {call: 'send', bytes: 1000},
  },
  {when: {kind: 'on', host: 'server', event: 'eof', afterUs: 1000}, host: 'server', action: {call: 'close'}},
  ...Array.from({length: 2000}, (_, index): readonly Cause[] => {
    const name = `c${index}`;
    const begin = 1_000_000 * index;
    return [
      {when: at(begin), host: 'client', action: {call: 'connect', to, as: name, read: 'auto'}},
      {when: at(begin + 200_000), host: 'client', action: {call: 'send', of: name, bytes: 100}},
      {when: at(begin + 500_000), host: 'client', action: {call: 'shutdown', of: name}},
    ];
  }).flat(),
];

const measure = (name: string, script: readonly Cause[]): void => {
  const input = pairOfHosts(script);
  const before = heapBytes();
  const [took, held] = seconds(() => simulate(input, {source: 'bench', run: 'base'}));
  const weight = heapBytes() - before;
  console.log(`trace of ${name}, node ${process.version}`);
  row('packets', String(held.packetCount));
  row('events', String(held.length));
  row('simulated in', `${took.toFixed(2)} s`);
  row('packets per second', (held.packetCount / took).toFixed(0));
  row('heap per packet', `${(weight / held.packetCount).toFixed(0)} bytes`);
  const random = places(held.length, 1000);
  const [jumps] = seconds(() => {
    for (const n of random) held.stateAt(n);
  });
  row('stateAt, random place', `${((jumps / random.length) * 1e3).toFixed(3)} ms`);
  const steps = Math.min(20_000, held.length);
  const [walk] = seconds(() => {
    for (let n = 1; n <= steps; n++) held.stateAt(n);
  });
  row('stateAt, next event', `${((walk / steps) * 1e6).toFixed(1)} µs`);
  const [back] = seconds(() => {
    for (let n = steps; n >= 1; n--) held.stateAt(n);
  });
  row('stateAt, event before', `${((back / steps) * 1e6).toFixed(1)} µs`);
};

type Simulated = {readonly cpuMs: number; readonly bytes: number; readonly packets: number};

const simulated = (segments: number): Simulated => {
  const input = pairOfHosts(oneDownload(segments));
  const before = heapBytes();
  const begin = process.cpuUsage();
  const held = simulate(input, {source: 'bench', run: 'base'});
  const {user, system} = process.cpuUsage(begin);
  return {
    cpuMs: (user + system) / 1e3,
    bytes: heapBytes() - before,
    packets: held.packetCount,
  };
};

/** Events per second; undefined: it is not installed. */
const simpy = (): number | undefined => {
  const script = join(process.cwd(), 'bench', 'simpy-anchor.py');
  // Debian's SimPy is a module of Debian's Python; another one may come before it in the PATH.
  for (const python of ['/usr/bin/python3', 'python3']) {
    const {status, stdout} = spawnSync(python, [script, '200000'], {encoding: 'utf8'});
    if (status === 0) return Number(stdout);
  }
  return undefined;
};

const rounds = 3;

/** Beside bare events of SimPy, and beside a tenth of itself. */
const measureRates = (): void => {
  const turns = Array.from({length: rounds}, () => ({
    tenth: simulated(5000),
    whole: simulated(50_000),
    anchor: simpy(),
  }));
  const middle = (of: (turn: (typeof turns)[number]) => number): number => median(turns.map(of));
  const anchors = turns.flatMap(({anchor}) => anchor ?? []);
  console.log(`simulator, one download, time of the processors, median of ${rounds}`);
  figure({
    name: 'simulated segments',
    unit: '/s',
    value: middle(({whole: {packets, cpuMs}}) => (packets / cpuMs) * 1e3),
    ...(anchors.length > 0
      ? {anchor: {name: 'events of SimPy', value: median(anchors)}, reach: {least: 0.5}}
      : {}),
  });
  const tenth = 'a tenth of it';
  figure({
    name: '100,000 packets',
    unit: 'ms',
    value: middle(({whole}) => whole.cpuMs),
    anchor: {name: tenth, value: middle((turn) => turn.tenth.cpuMs)},
    reach: {most: 11},
  });
  const mebibytes = 2 ** 20;
  figure({
    name: 'their heap',
    unit: 'MiB',
    value: middle(({whole}) => whole.bytes / mebibytes),
    anchor: {name: tenth, value: middle((turn) => turn.tenth.bytes / mebibytes)},
    reach: {most: 11},
  });
};

export const measureTrace = (): void => {
  measureRates();
  measure('one download', oneDownload());
  measure('2,000 connections', manyConnections());
};
