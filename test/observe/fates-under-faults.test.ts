// What became of packets, and when they left and arrived, as a capture tells it. Oracle: the runs themselves, of which that is known: what
// is called proved is true, and what is presumed mostly.
import {expect, test} from 'vitest';
import {simulate} from '../../scripts/simulate.ts';
import {captureFile} from '../../source/io/export/capture-file.ts';
import {scenarioOf} from '../../source/lesson/run-scenario.ts';
import type {CapturedTrace} from '../../source/observe/capture-trace.ts';
import {hashOf} from '../../source/sim/chance.ts';
import type {Fault} from '../../source/sim/fault.ts';
import {parseFault} from '../../source/sim/fault-text.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {allRuns, traceOf} from '../helpers/all-runs.ts';
import {traceOfFile} from '../helpers/captured.ts';
import {asksOthers, thorough} from '../helpers/seeds.ts';

const kinds = ['drop', 'drop', 'drop', 'dup=2ms', 'delay=30ms', 'delay=400ms', 'reorder=1', 'reorder=3'];

const chosenFaults = (seed: number): readonly Fault[] =>
  Array.from({length: hashOf(seed, 'count') % 4}, (_, index) => {
    const kind = kinds[hashOf(seed, index, 'kind') % kinds.length];
    const fault = parseFault(`${kind}@packet=${1 + (hashOf(seed, index, 'packet') % 30)}`);
    if (!fault.ok) throw new Error(kind);
    return fault.value;
  });

/** Frame N is packet N, seen as it left. */
const seenAsItLeft = (trace: Trace): CapturedTrace => {
  const pieces = captureFile({trace, format: 'pcapng', at: undefined, language: 'en', application: 'test'});
  return traceOfFile(Buffer.concat([...(pieces ?? [])]), 'again');
};

const becameOf = (trace: Trace, id: number): string => {
  const {endEvent} = trace.packet(id);
  const end = endEvent === undefined ? undefined : trace.event(endEvent);
  if (end?.kind === 'arrive') return 'delivered';
  return end?.kind === 'drop' ? 'lost' : 'unknown';
};

/** `lost proved` and so on. */
const toldOf = (trace: CapturedTrace, id: number): readonly [string, string] => {
  const {endEvent, deduced} = trace.packet(id);
  const end = endEvent === undefined ? undefined : trace.event(endEvent);
  if (end?.kind !== 'arrive' && end?.kind !== 'drop') return ['unknown', 'presumed'];
  const isProved = !end.presumed && (end.kind === 'drop' || (deduced?.shownBy.length ?? 0) > 0);
  return [end.kind === 'arrive' ? 'delivered' : 'lost', isProved ? 'proved' : 'presumed'];
};

const tcpRuns = allRuns().filter(({lesson}) => lesson.track.startsWith('tcp-') || lesson.track === 'http');

const silent = ['refused', 'syn-flood', 'accept-queue'];

thorough('what is proved is true; what is presumed nearly always, and little stays unknown', () => {
  const tally = new Map<string, number>();
  const count = (what: string): void => void tally.set(what, (tally.get(what) ?? 0) + 1);
  const wrong: string[] = [];
  const every = asksOthers() ? 2 : 6;
  for (const [index, {lesson, run, name}] of tcpRuns.filter((_, nth) => nth % every === 0).entries()) {
    // Whether a SYN was lost or thrown away by who got it no capture tells.
    if (silent.includes(lesson.id)) continue;
    const scenario = {...scenarioOf(run), seed: index + 1, faults: chosenFaults(index + 1)};
    const truth = simulate(scenario, {source: lesson.id, run: run.name});
    if (truth.packetCount === 0 || truth.packetCount > 300) continue;
    const seen = seenAsItLeft(truth);
    for (let id = 1; id <= truth.packetCount; id++) {
      const [what, how] = toldOf(seen, id);
      const really = becameOf(truth, id);
      count(`${what} ${how}`);
      count(`really ${really}`);
      if (what === really) count(`${what} ${how} right`);
      else if (how === 'proved') wrong.push(`${name}: ${id} is ${what}, was ${really}`);
    }
  }
  expect(wrong).toEqual([]);
  const of = (what: string): number => tally.get(what) ?? 0;
  // What every segment that fills no gap tells: a good half is proved, and of the losses most are seen.
  expect(of('delivered proved') / of('really delivered')).toBeGreaterThan(0.5);
  expect(of('delivered presumed right') / of('delivered presumed')).toBeGreaterThan(0.94);
  expect(of('lost presumed right') / of('lost presumed')).toBeGreaterThan(0.9);
  expect(of('unknown presumed') / (of('really delivered') + of('really lost'))).toBeLessThan(0.06);
});

test('seen by one end: when its own left and the others came is so; when they left and its own came, mostly', () => {
  let [told, right] = [0, 0];
  for (const {lesson, run, name} of tcpRuns) {
    if (lesson.runs[0]?.name !== run.name) continue;
    const truth = traceOf({lesson, run});
    const [host] = truth.header.hosts;
    if (!host || truth.packetCount === 0 || truth.packetCount > 300) continue;
    const pieces = captureFile({
      trace: truth,
      format: 'pcapng',
      at: host.name,
      language: 'en',
      application: 'test',
    });
    const seen = traceOfFile(Buffer.concat([...(pieces ?? [])]), 'again');
    const own = Array.from({length: truth.packetCount}, (_, index) => truth.packet(index + 1)).flatMap(
      (packet) => {
        const isOwn = packet.from === host.name;
        const [atUs, n] = isOwn ? [packet.sentUs, packet.sendEvent] : [packet.dueUs, packet.endEvent ?? 0];
        return isOwn || (packet.to === host.name && !packet.lost) ? [{...packet, atUs, n}] : [];
      },
    );
    // As they passed: what comes in an instant and what leaves in it have one time, and their numbers are no order.
    own.sort((a, b) => a.n - b.n);
    expect(seen.packetCount, name).toBe(own.length);
    const firstUs = own[0]?.atUs ?? 0;
    for (const [index, was] of own.entries()) {
      const is = seen.packet(index + 1);
      expect(is.capturedUs, name).toBe(was.atUs - firstUs);
      told += 1;
      // Of what nobody knows to have come no arrival is told.
      const comes = is.deduced?.what !== 'delivered' || is.dueUs === was.dueUs - firstUs;
      if (is.sentUs === was.sentUs - firstUs && comes) right += 1;
    }
  }
  expect(told).toBeGreaterThan(200);
  // Where SYNs cross, or nothing but a repeated SYN was answered, nobody knows how long the way is.
  expect(right / told).toBeGreaterThan(0.98);
});
