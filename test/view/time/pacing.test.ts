// Viewing time: rising, invertible, bounded, and quick to make for long runs.
import {expect, test} from 'vitest';
import type {Trace, TraceEvent} from '../../../source/sim/trace.ts';
import {at, gapAfter, momentAt, momentOf, msAt, timelineShare, usAt} from '../../../source/view/time/pace.ts';
import {flightViewMs, gapViewMs, pacing} from '../../../source/view/time/pacing.ts';
import {handshakeScenario, teardownScenario} from '../../helpers/scenarios.ts';
import {runs} from '../../helpers/seeds.ts';
import {run} from '../../helpers/traces.ts';

const handshake = run(handshakeScenario());

test('a handshake: 300 ms lead, three flights of 900 ms, two consequences of 250 ms', () => {
  const {viewMs, atUs} = pacing(handshake);
  expect([...viewMs].slice(2)).toEqual([300, 1200, 1450, 2350, 2600, 3500]);
  expect([...atUs].slice(2)).toEqual([0, 50_000, 50_000, 100_000, 100_000, 150_000]);
});

test.each([
  [50_000, 900],
  [12_500, 450],
  [5_000, 400],
  [200_000, 1600],
  [5_050_000, 1600],
])('a flight of %d µs takes %d ms', (delayUs, ms) => {
  expect(flightViewMs(delayUs, 50_000)).toBe(ms);
});

test.each([
  [300_001, 700],
  [400_000, 900],
  [950_000, 1100],
  [1_600_000, 1300],
  [60_000_000, 2000],
])('a gap of %d µs takes %d ms', (gapUs, ms) => {
  expect(gapViewMs(gapUs, 100_000)).toBe(ms);
});

const lossy = run(teardownScenario({faults: [{kind: 'drop', at: {packet: 8}}]}));
const traces: readonly (readonly [string, Trace])[] = [
  ['handshake', handshake],
  ['teardown', run(teardownScenario())],
  ['teardown, FIN lost', lossy],
];

test.each(traces)('%s: viewing time rises strictly, simulated time never falls', (_name, trace) => {
  const {moments, viewMs, atUs, event} = pacing(trace);
  for (let index = 1; index < moments; index++) {
    expect(at(viewMs, index)).toBeGreaterThan(at(viewMs, index - 1));
    expect(at(atUs, index)).toBeGreaterThanOrEqual(at(atUs, index - 1));
    expect(at(event, index)).toBeGreaterThan(at(event, index - 1));
  }
  expect(at(event, moments - 1)).toBe(trace.length);
});

test.each(traces)('%s: every event has its moment, and every place its time and back', (_name, trace) => {
  const paced = pacing(trace);
  for (const event of trace.events()) {
    const moment = momentOf(paced, event.n);
    expect(at(paced.atUs, moment)).toBe(event.atUs);
    expect(momentAt(paced, at(paced.viewMs, moment))).toBe(moment);
    expect(usAt(paced, msAt(paced, event.atUs))).toBe(event.atUs);
  }
  for (let viewMs = 0; viewMs <= paced.durationMs; viewMs += 7) {
    const us = usAt(paced, viewMs);
    expect(usAt(paced, viewMs + 7)).toBeGreaterThanOrEqual(us);
    if (!gapAfter(paced, momentAt(paced, viewMs))) expect(usAt(paced, msAt(paced, us))).toBeCloseTo(us, 3);
  }
});

test('a gap goes by in ten steps, and its row is there from its first frame', () => {
  const paced = pacing(lossy);
  const [gap] = paced.gaps;
  expect(gap).toBeDefined();
  if (!gap) return;
  const from = at(paced.viewMs, gap.moment);
  const to = at(paced.viewMs, gap.moment + 1);
  const seen = new Set<number>();
  for (let part = 0; part < 1; part += 0.01) seen.add(usAt(paced, from + (to - from) * part));
  expect(seen.size).toBe(10);
  expect(gapAfter(paced, momentAt(paced, from + 1))).toBe(gap);
});

test('the timeline runs from 0 to 1 and stands still while simulated time does', () => {
  const paced = pacing(handshake);
  expect(timelineShare(paced, 0)).toBe(0);
  expect(timelineShare(paced, 300)).toBe(0);
  expect(timelineShare(paced, 1200)).toBeCloseTo(1 / 3);
  expect(timelineShare(paced, 1450)).toBeCloseTo(1 / 3);
  expect(timelineShare(paced, paced.durationMs)).toBe(1);
});

/** A run of `packets` packets, sent a microsecond apart in groups of 50 and arriving 10 ms later. */
const longTrace = (packets: number): Trace => {
  const events: TraceEvent[] = [];
  const base = {host: 'a', connection: 'c'};
  for (let id = 1; id <= packets; id++) {
    const atUs = Math.floor(id / 50) * 20_000 + (id % 50);
    events.push({
      ...base,
      kind: 'send',
      n: 0,
      atUs,
      instant: 0,
      packet: id,
      hop: 0,
      to: 'b',
      dueUs: atUs + 10_000,
      lost: false,
      retransmission: false,
      frame: undefined,
      faults: [],
    });
    events.push({
      ...base,
      host: 'b',
      kind: 'arrive',
      n: 0,
      atUs: atUs + 10_000,
      instant: 0,
      packet: id,
      hop: 0,
      from: 'a',
    });
  }
  events.sort((left, right) => left.atUs - right.atUs);
  const numbered = events.map((event, index) => ({...event, n: index + 1, instant: index}));
  return {
    ...handshake,
    header: handshake.header,
    length: numbered.length,
    packetCount: packets,
    durationUs: 0,
    endReason: 'quiet',
    event: (n) => numbered[n - 1] ?? handshake.event(1),
    events: () => numbered.values(),
    packet: (id) => handshake.packet(id),
    stateAt: () => undefined,
  };
};

test('a long trace: one pass, a few numbers a moment, looked up by bisection', () => {
  const trace = longTrace(runs(100_000));
  let read = 0;
  const counted = (event: TraceEvent): TraceEvent => {
    read += 1;
    return event;
  };
  const paced = pacing({
    ...trace,
    event: (n) => counted(trace.event(n)),
    *events() {
      for (const event of trace.events()) yield counted(event);
    },
  });
  // Each but a few once: whoever looks back at each goes through them twice.
  expect(read).toBeGreaterThanOrEqual(trace.length);
  expect(read).toBeLessThan(1.5 * trace.length);
  expect(paced.moments).toBeLessThanOrEqual(trace.length + 1);
  for (let index = 1; index < paced.moments; index++)
    if (at(paced.viewMs, index) <= at(paced.viewMs, index - 1)) expect.fail(`moment ${index}`);
  // Fifty packets leave at a time, and go by in four seconds at most.
  expect(paced.durationMs).toBeLessThan((trace.packetCount / 50) * 4000);
});
