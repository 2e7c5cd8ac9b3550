// Throughput over a path that loses by chance, held against the PFTK formula (Padhye et al. 1998): 10 Mbit/s, 20 ms each way,
// so that the round trip is 40 ms and what the link needs for a segment and its ACK.
import {describe, expect, inject, test} from 'vitest';
import type {Scenario} from '../../source/sim/scenario.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {settingsFor} from '../../source/stack/tcp/profiles.ts';
import {segmentOf} from '../helpers/judge-invariants.ts';
import {pairScenario} from '../helpers/scenarios.ts';
import {few, runs} from '../helpers/seeds.ts';
import {run} from '../helpers/traces.ts';
import {pftk} from './pftk.ts';

const seeds = runs(10, 10);
/** The rarest takes the most time: a loss in a thousand packets is for `npm run test:long`. */
const losses = [...(inject('tier') === 'long' ? [0.001] : []), 0.005, 0.01, 0.02];
const tolerance = 0.2;

const rateBps = 10_000_000;
const delayUs = 20_000;
/** Long enough for a dozen losses at the lowest rate; slow start is one of them. */
const durationS = 20;
/** More than the window that the smallest loss leaves, so that loss alone governs. */
const windowPackets = 64;

/** Ethernet with its preamble, check and gap; IP and TCP without options. */
const overheadBytes = 14 + 24 + 40;
const mss = 1460;
const secondsOnLink = (bytes: number): number => (bytes * 8) / rateBps;

const settings = settingsFor('linux', {mss, rcvBufferBytes: windowPackets * mss, delayedAckUs: 0});

const bulk = (loss: number, seed: number): Scenario => {
  const base = pairScenario([], {seed, profile: 'linux'});
  return {
    ...base,
    hosts: base.hosts.map(({iss: _fixed, ...host}) => ({...host, tcp: settings})),
    links: base.links.map((link) => ({...link, delayUs, rateBps, loss})),
    until: {atUs: durationS * 1_000_000},
    script: [
      {when: {kind: 'at', atUs: 0}, host: 'server', action: {call: 'listen', port: 80, read: 'auto'}},
      {
        when: {kind: 'at', atUs: 0},
        host: 'client',
        action: {call: 'connect', to: {host: 'server', port: 80}, as: 'c', read: 'auto'},
      },
      {
        when: {kind: 'on', host: 'client', event: 'connected', afterUs: 0},
        host: 'client',
        action: {call: 'send', bytes: (rateBps / 8) * durationS},
      },
    ],
  };
};

const delivered = (trace: Trace): number => {
  const programs = trace.stateAt(trace.length)?.hosts['server']?.programs.values() ?? [];
  return [...programs].reduce((sum, {receivedBytes}) => sum + receivedBytes, 0);
};

/** Payload of a full segment: options of every segment (timestamps) take from it. */
const payloadBytes = (trace: Trace): number => {
  const sizes = Array.from({length: 12}, (_, i) => segmentOf(trace.packet(i + 1).frame)?.payload.length ?? 0);
  return Math.max(...sizes);
};

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return ((sorted[middle] ?? 0) + (sorted[sorted.length - 1 - middle] ?? 0)) / 2;
};

const expectedBps = (loss: number, payload: number): number => {
  const rttS = (2 * delayUs) / 1e6 + secondsOnLink(mss + overheadBytes) + secondsOnLink(overheadBytes);
  const t0S =
    settings.minRtoAppliesTo === 'variance' ? rttS + settings.minRtoUs / 1e6 : settings.minRtoUs / 1e6;
  const b = settings.delayedAckUs === 0 ? 1 : 2;
  const byLoss = pftk({p: loss, rttS, t0S, b, wm: windowPackets}) * payload * 8;
  return Math.min(byLoss, (rateBps * payload) / (mss + overheadBytes));
};

test('the formula: for rare losses it is the square-root law, and a window caps it', () => {
  const rare = {p: 1e-6, rttS: 0.1, t0S: 0.1, wm: 1e9};
  for (const b of [1, 2] as const)
    expect(pftk({...rare, b}) / (Math.sqrt(3 / (2 * b * rare.p)) / rare.rttS)).toBeCloseTo(1, 2);
  expect(pftk({...rare, b: 1, wm: 20}) * rare.rttS).toBeCloseTo(20, 1);
});

describe('10 Mbit/s, 40 ms, Reno with SACK', () => {
  test.each(few(losses, 1))('loss %d: within 20 % of PFTK', {timeout: 300_000}, (loss) => {
    const transfers = Array.from({length: seeds}, (_, seed) => {
      const trace = run(bulk(loss, seed + 1));
      return {bps: (delivered(trace) * 8) / durationS, payload: payloadBytes(trace)};
    });
    const found = median(transfers.map(({bps}) => bps));
    const wanted = expectedBps(loss, median(transfers.map(({payload}) => payload)));
    const text = (bps: number): string => `${(bps / 1e6).toFixed(2)} Mbit/s`;
    console.log(
      `loss ${loss}: ${text(found)}, PFTK ${text(wanted)}, ${(100 * (found / wanted - 1)).toFixed(1)} %`,
    );
    expect(Math.abs(found / wanted - 1)).toBeLessThan(tolerance);
  });
});
