// Oracle: runs whose causes are known. Exported as a capture, read again, simulated from that: it is the same run, wherever on the
// path the capture was made.
import {describe, expect, test} from 'vitest';
import type {Trace} from '../../../source/sim/trace.ts';
import type {TcpState} from '../../../source/stack/tcp/states.ts';
import {allRuns, type LessonRun, traceOf} from '../../helpers/all-runs.ts';
import {type Again, exported, isWhole, replaysOf, tallyOf, told} from '../../helpers/replayed.ts';
import {few} from '../../helpers/seeds.ts';

/** A sample: where packets differ, a connection is simulated up to nine times. Lessons leave out what Linux’s timers and ACKs do. */
const runs = few(
  allRuns().filter(({lesson}) => lesson.track.startsWith('tcp-')),
  16,
);

const againOf = (run: LessonRun, at: (trace: Trace) => string | undefined): readonly Again[] => {
  const trace = traceOf(run);
  if (trace.packetCount === 0) return [];
  return replaysOf(exported(trace, at(trace)), 3).flatMap((each) => (typeof each === 'string' ? [] : [each]));
};

/** Of a connection, at its two ends, in the order of entering. */
const coursesOf = (trace: Trace, [a, b]: readonly string[]): readonly (readonly TcpState[])[] =>
  [`${a} > ${b}`, `${b} > ${a}`].map((connection) =>
    [...trace.events()].flatMap((event) =>
      event.kind === 'state' && event.connection === connection ? [event.to] : [],
    ),
  );

describe('lessons about TCP', () => {
  test.each([
    ['at every sender', () => undefined, 0.5],
    ['at the first host', ({header}: Trace) => header.hosts[0]?.name, 0.5],
    ['at the last host', ({header}: Trace) => header.hosts.at(-1)?.name, 0.5],
  ] as const)('%s', (_, at, whole) => {
    const all = runs.flatMap((run) => againOf(run, at));
    const tally = tallyOf(all);
    console.log(told(tally));
    expect(tally.connections).toBeGreaterThan(10);
    expect(tally.whole / tally.connections).toBeGreaterThan(whole);
    expect(tally.alike / tally.packets).toBeGreaterThan(0.85);
  });

  test('the same packets come of the same states', () => {
    let [same, whole] = [0, 0];
    for (const run of runs) {
      const trace = traceOf(run);
      for (const again of againOf(run, () => undefined)) {
        if (!isWhole(again)) continue;
        const ends = again.replayed.seen.ends.map(({ip, port}) => `${ip}:${port}`);
        const [before, after] = [coursesOf(trace, ends), coursesOf(again.simulated, ends)];
        // An invented address has no states.
        if (before.some(({length}) => length === 0)) continue;
        whole += 1;
        // The replay ends with the capture: what timers did later is not in it.
        const isBegun = after.every((course, side) =>
          course.every((state, n) => before[side]?.[n] === state),
        );
        same += isBegun ? 1 : 0;
      }
    }
    console.log(`${same} of ${whole} connections go through the same states`);
    expect(whole).toBeGreaterThan(5);
    expect(same / whole).toBeGreaterThan(0.75);
  });
});
