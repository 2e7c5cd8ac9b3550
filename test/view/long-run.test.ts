// What a frame of a long run looks up is what a pass over the whole run finds, and no longer than a screen is wide.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Cause} from '../../source/sim/scenario.ts';
import {diagramOf} from '../../source/view/diagram/diagram-path.ts';
import {hostsOf} from '../../source/view/ladder/scene-hosts.ts';
import {
  type Gap,
  lastChange,
  type MarkKind,
  newestChanges,
  type Pacing,
  quietCount,
  type StateChange,
} from '../../source/view/time/pace.ts';
import {shownMarks} from '../../source/view/time/scene-timeline.ts';
import {pairScenario} from '../helpers/scenarios.ts';
import {runs, thorough} from '../helpers/seeds.ts';
import {sharedList} from '../helpers/shared-list.ts';
import {eventsOf, run} from '../helpers/traces.ts';

const moments = 20_001;

/** Moments a millisecond apart, each with an event; a packet has left from the third on. */
const paced = (change: Partial<Pacing>): Pacing => {
  const all = Array.from({length: moments}, (_, index) => index);
  const rising = sharedList(all);
  const none = sharedList<number>([]);
  return {
    durationMs: moments - 1,
    moments,
    viewMs: rising,
    atUs: rising,
    scaleMs: rising,
    event: rising,
    sent: sharedList(all.map((index) => (index < 3 ? 0 : 1))),
    flightMs: sharedList(all.map(() => 0)),
    stops: none,
    gaps: sharedList<Gap>([]),
    marks: {state: none, lost: none, again: none},
    changes: sharedList<StateChange>([]),
    ...change,
  };
};

/** Few, so that limits are hit exactly. */
const moment = fc.integer({min: 0, max: 100});

const changes: fc.Arbitrary<StateChange[]> = fc
  .uniqueArray(
    fc.record({host: fc.constantFrom('client', 'server', 'other'), at: moment, quiet: fc.boolean()}),
    {selector: ({at}) => at, maxLength: 60},
  )
  .map((list) =>
    list
      .sort((a, b) => a.at - b.at)
      .map(({host, at, quiet}) => ({
        host,
        connection: 'c',
        state: 'ESTABLISHED',
        event: at,
        moment: at,
        quiet,
      })),
  );

test('the last change of a host, the newest of all and the quiet ones are those of a pass over all', () => {
  fc.assert(
    fc.property(changes, moment, moment, (list, n, now) => {
      const pacing = paced({changes: sharedList(list)});
      const seen = list.filter((change) => change.moment <= now);
      for (const host of ['client', 'server', 'nobody'])
        expect(lastChange(pacing, host, {n, moment: now})).toBe(
          seen.findLast((change) => change.host === host && change.event < n),
        );
      expect(newestChanges(pacing, now, 40)).toEqual(seen.slice(-40));
      expect(quietCount(pacing)).toBe(list.filter(({quiet, moment: when}) => quiet && when >= 3).length);
    }),
    {numRuns: runs(200)},
  );
});

const kinds = ['state', 'lost', 'again'] as const;

thorough(
  'of many marks none is far from one of its kind that is shown, and gaps that have no column go',
  () => {
    const marks = Array.from({length: 12_000}, (_, index): {kind: MarkKind; moment: number} => ({
      kind: kinds[index % 3] ?? 'lost',
      moment: index + (index >> 2),
    }));
    const gaps = Array.from({length: 2000}, (_, index): Gap => ({fromUs: 0, toUs: 1, moment: index * 10}));
    const momentsOf = (wanted: MarkKind) =>
      sharedList(marks.flatMap(({kind, moment: at}) => (kind === wanted ? [at] : [])));
    const pacing = paced({
      marks: {state: momentsOf('state'), lost: momentsOf('lost'), again: momentsOf('again')},
      gaps: sharedList(gaps),
    });
    const shown = shownMarks(pacing);
    expect(shown.marks.length).toBeLessThanOrEqual(3 * 1001);
    for (const mark of marks)
      expect(
        shown.marks.some(
          ({kind, moment: at}) => kind === mark.kind && at <= mark.moment && at > mark.moment - 20,
        ),
      ).toBe(true);
    // Each is a two-hundredth of a column of 100.
    expect(shown.gaps).toEqual([]);
    expect(shownMarks(paced({gaps: sharedList(gaps.slice(0, 900))})).gaps.length).toBe(900);
  },
);

test('among many connections the diagram shows the newest one’s way, at any instant', () => {
  const at = (atUs: number) => ({kind: 'at', atUs}) as const;
  const script: readonly Cause[] = [
    {when: at(0), host: 'server', action: {call: 'listen', port: 80, read: 'auto'}},
    {when: {kind: 'on', host: 'server', event: 'eof', afterUs: 0}, host: 'server', action: {call: 'close'}},
    ...Array.from({length: 20}, (_, index): readonly Cause[] => {
      const [as, to, begin] = [`c${index}`, {host: 'server', port: 80}, 300_000 * index];
      return [
        {when: at(begin), host: 'client', action: {call: 'connect', to, as, read: 'auto'}},
        {when: at(begin + 250_000), host: 'client', action: {call: 'shutdown', of: as}},
      ];
    }).flat(),
  ];
  const trace = run(pairScenario(script));
  const changes = eventsOf(trace, 'state');
  const hosts = hostsOf(trace, 'en');
  for (let cursor = 0; cursor <= trace.length; cursor++) {
    const seen = changes.filter(({n}) => n <= cursor);
    for (const [index, {id}] of hosts.entries()) {
      const own = seen.filter(({host}) => host === id);
      const newest = own.findLast(({connection}) => !connection?.endsWith('*')) ?? own.at(-1);
      const way = own.filter(({connection}) => connection === newest?.connection).map(({n}) => n);
      const child = newest !== undefined && own.find(({n}) => n === way[0])?.from === 'LISTEN';
      const shown = diagramOf(trace, cursor, hosts)?.ends[index]?.steps.map(({event}) => event);
      // A child's way begins with the one LISTEN of this run.
      expect(shown).toEqual(child ? [own[0]?.n, ...way] : way);
    }
  }
});
