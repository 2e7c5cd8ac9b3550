// A long run: any place of it is what folding the pure step over the whole run gives there, and it does not weigh much.
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import fc from 'fast-check';
import {beforeAll, expect, test} from 'vitest';
import type {Scenario} from '../../source/sim/scenario.ts';
import {initialWorld, planOf, stepWorld} from '../../source/sim/step.ts';
import type {Trace} from '../../source/sim/trace.ts';
import type {World} from '../../source/sim/world.ts';
import {Table} from '../../source/wire/table.ts';
import {handshakeScenario} from '../helpers/scenarios.ts';
import {run} from '../helpers/traces.ts';

/** About 100,000 events, with losses. */
const longScenario = (): Scenario => {
  const base = handshakeScenario({limitUs: 24 * 3_600_000_000, mostEvents: 1_000_000});
  const upload = {
    when: {kind: 'at', atUs: 200_000},
    host: 'client',
    action: {call: 'send', bytes: 1460 * 17_500},
  } as const;
  return {
    ...base,
    links: base.links.map((link) => ({...link, loss: 0.005})),
    script: [...base.script, upload],
  };
};

/** Everything in it as text; tables hide their entries from a comparison of objects. */
const textOf = (world: World | undefined): string =>
  JSON.stringify(world, (_, value: unknown) => (value instanceof Table ? [...value] : value));

const hereAndThere = fc.sample(fc.noBias(fc.integer({min: 1, max: 100_000})), {numRuns: 20, seed: 1});
const atTheEdges = Array.from({length: 12}, (_, index) => index + 1);

let scenario: Scenario;
let trace: Trace;
let heapBytes: () => number;
let weightBytes: number;

beforeAll(() => {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  heapBytes = () => {
    collect();
    const {heapUsed, arrayBuffers} = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  scenario = longScenario();
  const before = heapBytes();
  trace = run(scenario);
  weightBytes = heapBytes() - before;
});

test('states and events at random places are those of a fold that remembers nothing', () => {
  expect(trace.length).toBeGreaterThan(100_000);
  const places = new Set([...hereAndThere, ...atTheEdges, ...atTheEdges.map((n) => trace.length + 1 - n)]);
  const plan = planOf(scenario);
  const expected = new Map<number, {world: string; event: string}>();
  let world = initialWorld(plan);
  let n = 0;
  for (let instant = 0; ; instant++) {
    const next = stepWorld(plan, world);
    if (!next) break;
    world = next.world;
    for (const [place, body] of next.events.entries()) {
      const {because} = body;
      const logged =
        typeof because === 'string'
          ? {because}
          : {because: because.rule, ...(because.case === undefined ? {} : {case: because.case})};
      const cause = next.causes[place];
      const about = {instant, ...(cause === undefined ? {} : {cause})};
      const event = JSON.stringify({...body, n: ++n, atUs: world.nowUs, ...about, ...logged});
      if (places.has(n)) expected.set(n, {world: textOf(world), event});
    }
  }
  expect(trace.length).toBe(n);
  expect(expected.size).toBe(places.size);
  for (const place of places) {
    const found = {world: textOf(trace.stateAt(place)), event: JSON.stringify(trace.event(place))};
    expect(found.world === expected.get(place)?.world, `state at ${place}`).toBe(true);
    expect(found.event).toBe(expected.get(place)?.event);
  }
});

test('a packet of it is its event of sending, and its bytes are made once', () => {
  for (const id of [1, 17, 5000, trace.packetCount]) {
    const packet = trace.packet(id);
    expect(packet.originalLength).toBe(packet.bytes.length);
    expect(packet.bytes).toBe(packet.bytes);
    expect(trace.event(packet.sendEvent)).toMatchObject({kind: 'send', packet: id, host: packet.from});
  }
});

test('it weighs about a kilobyte an event, and walking through it adds little', () => {
  expect(weightBytes / trace.length).toBeLessThan(1100);
  const before = heapBytes();
  for (let n = 1; n <= 30_000; n++) trace.stateAt(n);
  expect(heapBytes() - before).toBeLessThan(15_000_000);
});
