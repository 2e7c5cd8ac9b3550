// A picture is a space-time diagram: what happens later at a host stands lower on its lifeline, and every flight descends (Lamport's
// happened-before is the oracle), whatever the run.
import {expect, test} from 'vitest';
import {pictureOf} from '../../../source/tell/sequence/geometry.ts';
import {type Levels, levelsOf} from '../../../source/tell/sequence/levels.ts';
import type {Sequence} from '../../../source/tell/sequence/sequence.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {capturedTrace} from '../../helpers/captured.ts';
import {some} from '../../helpers/seeds.ts';
import {sequenceFor} from '../../helpers/sequences.ts';

type Point = {readonly event: number; readonly y: number};

/** By host, in the order of events. */
const pointsOf = ({hosts, entries}: Sequence, levels: Levels): readonly (readonly Point[])[] => {
  const points: Point[][] = hosts.map(() => []);
  for (const entry of entries) {
    if (entry.kind === 'message') {
      const {y1, y2} = levels.messages.get(entry) ?? {y1: 0, y2: 0};
      if (!entry.copy) points[entry.from]?.push({event: entry.event, y: y1});
      if (entry.fate === 'arrived') points[entry.to]?.push({event: entry.endEvent ?? 0, y: y2});
    } else if (entry.kind !== 'gap') {
      points[entry.host]?.push({event: entry.event, y: levels.others.get(entry) ?? 0});
    }
  }
  return points.map((each) => each.toSorted((a, b) => a.event - b.event));
};

const chosen = [
  'handshake base',
  'loss-recovery',
  'simultaneous-open',
  'dns-cache',
  'teardown',
  'http-connections',
];

test('time goes down on every lifeline, and along every flight', () => {
  const runs = allRuns().filter(({name}) => chosen.some((start) => name.startsWith(start)));
  expect(runs.length).toBeGreaterThan(chosen.length);
  for (const run of some(runs, 12)) {
    const sequence = sequenceFor(traceOf(run));
    const levels = levelsOf(sequence, 100);
    for (const {y1, y2} of levels.messages.values()) expect(y2).toBeGreaterThan(y1);
    for (const points of pointsOf(sequence, levels))
      for (const [index, {y}] of points.entries())
        expect(y).toBeGreaterThanOrEqual(points[index - 1]?.y ?? 0);
    const {bottom, messages, notes} = pictureOf(sequence);
    for (const {end} of messages) expect(end.y).toBeLessThan(bottom);
    for (const {y} of notes) expect(y).toBeLessThan(bottom);
  }
});

test('where lines cut each other among more than two hosts, their texts stand side by side', () => {
  const trace = capturedTrace('08a-fast-retransmit-sack.pcap');
  const {hosts} = sequenceFor(trace);
  // The two ends; who only calls out to many has no lifeline of its own.
  expect(hosts.map(({id}) => id)).toEqual(['10.77.34.2', '10.77.34.80', '']);
  const {lifelines, messages, width} = pictureOf(sequenceFor(trace));
  const lane = (lifelines[1] ?? 0) - (lifelines[0] ?? 0);
  const beside = messages.filter(({label, message}) => label.anchor !== 'middle' && message.fate !== 'lost');
  const longest = (anchor: string) =>
    Math.max(
      ...beside.filter(({label}) => label.anchor === anchor).map(({label}) => label.text.length * 7.3),
    );
  // What one of the others says to another is not cut off.
  const own = messages.filter(({message}) => message.from === message.to);
  expect(own.length).toBeGreaterThan(0);
  for (const {label} of own) expect(label.x + label.text.length * 7).toBeLessThan(width);
  expect(lane).toBeGreaterThan(Math.min(600, longest('start') + longest('end')));
});
