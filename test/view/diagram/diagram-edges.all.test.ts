// Figure 5 as data: its edges, where the pictures draw them, and every change of state of many runs on one of them.

import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Action} from '../../../source/sim/action.ts';
import type {Fault} from '../../../source/sim/fault.ts';
import type {Cause, Scenario} from '../../../source/sim/scenario.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {ruleOf} from '../../../source/stack/reason.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import {tcpRules} from '../../../source/stack/tcp/rules.ts';
import type {TcpState} from '../../../source/stack/tcp/states.ts';
import {type Chart, closeChart, openChart, wholeChart} from '../../../source/view/diagram/diagram-charts.ts';
import {
  edgeExceptions,
  exceptionFor,
  figureEdge,
  figureEdges,
} from '../../../source/view/diagram/diagram-edges.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {pairScenario} from '../../helpers/scenarios.ts';
import {runs} from '../../helpers/seeds.ts';
import {chance} from '../../helpers/tcp/chance.ts';
import {randomEvent} from '../../helpers/tcp/random-event.ts';
import {A, B, World} from '../../helpers/tcp/two-hosts.ts';
import {run} from '../../helpers/traces.ts';

describe('the figure', () => {
  const between = (states: readonly {from: TcpState; to: TcpState}[]) =>
    states.map(({from, to}) => `${from} > ${to}`).sort();

  /** RFC 9293 §3.3.2, figure 5, copied line by line: every arrow with what stands above its bar. */
  const figure = `
    CLOSED > LISTEN: passive open
    CLOSED > SYN-SENT: active open
    LISTEN > CLOSED: close
    LISTEN > SYN-RECEIVED: SYN
    LISTEN > SYN-SENT: send
    SYN-RECEIVED > LISTEN: RST
    SYN-SENT > SYN-RECEIVED: SYN
    SYN-SENT > CLOSED: close
    SYN-RECEIVED > ESTABLISHED: ACK
    SYN-SENT > ESTABLISHED: SYN,ACK
    SYN-RECEIVED > FIN-WAIT-1: close
    ESTABLISHED > FIN-WAIT-1: close
    ESTABLISHED > CLOSE-WAIT: FIN
    FIN-WAIT-1 > FIN-WAIT-2: ACK
    FIN-WAIT-1 > CLOSING: FIN
    CLOSE-WAIT > LAST-ACK: close
    FIN-WAIT-2 > TIME-WAIT: FIN
    CLOSING > TIME-WAIT: ACK
    LAST-ACK > CLOSED: ACK
    TIME-WAIT > CLOSED: 2 MSL`;

  test('has these edges, and the whole picture draws each of them once, with its trigger', () => {
    const lines = figure
      .trim()
      .split('\n')
      .map((line) => line.trim())
      .sort();
    expect(figureEdges.map(({from, to, trigger}) => `${from} > ${to}: ${trigger}`).sort()).toEqual(lines);
    expect(wholeChart.edges.map(({from, to, label}) => `${from} > ${to}: ${label}`).sort()).toEqual(lines);
    expect(new Set(wholeChart.nodes.map(({state}) => state)).size).toBe(11);
  });

  test.each([
    ['whole', wholeChart],
    ['close', closeChart],
    ['open', openChart],
  ] as const)(
    '%s: every arrow begins beside its state, ends at the other one, and bears the right word',
    (_name, chart) => {
      for (const {from, to, label, way} of chart.edges) {
        expect(figureEdge(from, to)?.trigger).toBe(label);
        const first = way[0] ?? [0, 0];
        const last = way.at(-1) ?? [0, 0];
        const touches = (state: TcpState, [row, column]: readonly [number, number]): boolean =>
          chart.nodes.some(
            ({state: each, at}) =>
              each === state &&
              Math.abs(at[0] - row) <= 1 &&
              column >= at[1] - 2 &&
              column <= at[1] + state.length + 1,
          );
        expect([from, to, touches(from, first), touches(to, last)]).toEqual([from, to, true, true]);
      }
      expect(between(chart.edges).length).toBe(new Set(between(chart.edges)).size);
    },
  );
});

/** Each change of state that is neither on an edge of the figure nor a listed exception. */
const strangers = (
  changes: Iterable<{from: TcpState; to: TcpState; because: string | undefined}>,
): string[] => {
  const found = new Set<string>();
  for (const {from, to, because} of changes)
    if (!figureEdge(from, to) && !exceptionFor(from, to, because)) found.add(`${from} > ${to} by ${because}`);
  return [...found];
};

const at = (atUs: number) => ({kind: 'at', atUs}) as const;

const actions = (host: string): fc.Arbitrary<Action> =>
  fc.oneof(
    fc.constant<Action>({call: 'shutdown'}),
    fc.constant<Action>({call: 'close'}),
    fc.constant<Action>({call: 'abort'}),
    fc.integer({min: 1, max: 4000}).map((bytes): Action => ({call: 'send', bytes})),
    fc.constant<Action>({call: 'receive', bytes: 100}),
    fc.constantFrom<Action>({call: 'crash'}, {call: 'reboot'}),
    fc.constant<Action>({
      call: 'connect',
      to: {host: host === 'client' ? 'server' : 'client', port: 80},
      from: 40_000,
      read: 'auto',
    }),
  );

const causes: fc.Arbitrary<readonly Cause[]> = fc.array(
  fc
    .constantFrom('client', 'server')
    .chain((host) =>
      fc
        .tuple(fc.integer({min: 0, max: 2_000_000}), actions(host))
        .map(([atUs, action]): Cause => ({when: at(atUs), host, action})),
    ),
  {maxLength: 8},
);

const faults: fc.Arbitrary<readonly Fault[]> = fc.array(
  fc
    .tuple(
      fc.constantFrom<Fault>(
        {kind: 'drop', at: {}},
        {kind: 'delay', byUs: 300_000, at: {}},
        {kind: 'dup', afterUs: 90_000, at: {}},
        {kind: 'edit', field: 'tcp.flags', value: 0x14, mend: true, at: {}},
        {kind: 'edit', field: 'tcp.flags', value: 0x02, mend: true, at: {}},
      ),
      fc.integer({min: 1, max: 14}),
    )
    .map(([fault, packet]): Fault => ({...fault, at: {packet}})),
  {maxLength: 3},
);

const begin: readonly Cause[] = [
  {when: at(0), host: 'server', action: {call: 'listen', port: 80, read: 'auto'}},
  {
    when: at(0),
    host: 'client',
    action: {call: 'connect', to: {host: 'server', port: 80}, from: 40_000, as: 'c', read: 'auto'},
  },
];

const random: fc.Arbitrary<Scenario> = fc
  .tuple(causes, faults, fc.constantFrom('linux' as const, 'rfc' as const, 'freebsd' as const), fc.boolean())
  .map(([script, chosen, profile, opens]) =>
    pairScenario([...(opens ? begin : []), ...script], {faults: chosen, profile, limitUs: 200_000_000}),
  );

const changesOf = (trace: Trace) =>
  [...trace.events()].flatMap((event) =>
    event.kind === 'state' ? [{from: event.from ?? 'CLOSED', to: event.to, because: event.because}] : [],
  );

test('every change of state of thousands of simulated runs is on the figure or a listed exception', () => {
  const met = new Set<string>();
  fc.assert(
    fc.property(random, (scenario) => {
      const changes = changesOf(run(scenario));
      for (const {from, to} of changes) met.add(`${from} > ${to}`);
      expect(strangers(changes)).toEqual([]);
    }),
    {numRuns: runs(1500), seed: 4},
  );
  expect(met.size).toBeGreaterThan(18);
});

test('so is what random segments, calls and time-outs do to two machines', () => {
  const changes: {from: TcpState; to: TcpState; because: string | undefined}[] = [];
  const names = ['linux', 'rfc', 'freebsd'] as const;
  for (let seed = 1; seed <= runs(200); seed++) {
    const dice = chance(seed);
    const settings = profiles[names[seed % 3] ?? 'rfc'];
    const world = new World({settings: {A: settings, B: settings}});
    if (dice.below(4) > 0) world.call(0, 'B', {call: 'OPEN', mode: 'passive', local: B, read: 'manual'});
    world.call(0, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
    for (let n = 0; n < 50; n++) {
      world.run({untilUs: world.nowUs + dice.below(200_000), maxEvents: 200});
      const host = dice.below(2) === 0 ? 'A' : 'B';
      world.step(host, randomEvent(world, host, dice));
    }
    for (const {effects} of world.log)
      for (const effect of effects)
        if (effect.kind === 'state') changes.push({...effect, because: ruleOf(effect.because)});
  }
  expect(changes.length).toBeGreaterThan(runs(200) * 3);
  expect(strangers(changes)).toEqual([]);
});

test('so is what machines do that are not TCP', () => {
  const odd = {counterfactualAcceptWithoutThirdStep: true, counterfactualSkipTimeWait: true};
  const close = (host: string): Cause => ({when: at(1_000_000), host, action: {call: 'shutdown'}});
  for (const script of [[close('client')], [close('client'), close('server')]]) {
    const {hosts, ...scenario} = pairScenario([...begin, ...script]);
    const changes = changesOf(run({...scenario, hosts: hosts.map((host) => ({...host, tcp: odd}))}));
    expect(strangers(changes)).toEqual([]);
    expect(changes.some(({because}) => because?.startsWith('counterfactual:'))).toBe(true);
    if (script.length > 1)
      expect(changes).toContainEqual(expect.objectContaining({from: 'CLOSING', to: 'CLOSED'}));
  }
});

test('exceptions name rules that exist and clauses', () => {
  for (const {rule, clause, trigger} of edgeExceptions) {
    expect(rule === undefined || tcpRules.some((id) => id.startsWith(rule))).toBe(true);
    expect(clause).toMatch(/^(RFC \d+ §[\d.]+|Linux \w+)/);
    expect(trigger).not.toBe('');
  }
});

test('nothing of a picture is cut where it fits', () => {
  const fits = (chart: Chart): void => {
    for (const {
      at: [row, column],
      state,
    } of chart.nodes) {
      expect(row).toBeLessThanOrEqual(chart.rows);
      expect(column + state.length).toBeLessThanOrEqual(chart.columns + 1);
    }
    for (const {markAt, labelAt, label} of chart.edges) {
      expect(labelAt[1] + label.length - 1).toBeLessThanOrEqual(chart.columns);
      expect(markAt[1]).toBeLessThanOrEqual(chart.columns);
    }
  };
  for (const chart of [wholeChart, closeChart, openChart]) fits(chart);
});

test('every change of state in every run of the lessons has a name', () => {
  for (const one of allRuns())
    for (const event of traceOf(one).events())
      if (event.kind === 'state') {
        const {from = 'CLOSED', to, because} = event;
        const edge = exceptionFor(from, to, because) ?? figureEdge(from, to);
        expect(edge?.trigger, `${one.name}: ${from} to ${to} by ${because}`).toBeTruthy();
      }
});
