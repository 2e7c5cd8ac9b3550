// Recoveries as the account has them, against a fold over every instant of the sender by its own variables, and against the clauses:
// RFC 8985 §6 and §7 (RACK-TLP), RFC 6675 §5, RFC 5681 §3.2 and §3.1, in runs whose losses the lessons name.
import {expect, test} from 'vitest';
import {flowOf} from '../../source/account/flow.ts';
import {recoveriesOf} from '../../source/account/recovery.ts';
import {allRuns, traceOf} from '../helpers/all-runs.ts';
import {some} from '../helpers/seeds.ts';

const flowIn = (name: string) => {
  const wanted = allRuns().find((each) => each.name === name);
  if (!wanted) throw new Error(`no run ${name}`);
  const trace = traceOf(wanted);
  const flow = flowOf(trace, undefined);
  if (!flow) throw new Error(`no data in ${name}`);
  return {trace, flow};
};

test.each([
  // Packets 24 and 26: the probe of the last segment, then what its SACK showed to be lost.
  ['rack-tlp base', [['recovery', 'rack', 0]], [24]],
  ['rack-tlp old', [['loss', 'timer', 0]], []],
  ['rack-tlp late-old', [['recovery', 'duplicates', 3]], []],
  ['rack-tlp late', [], []],
  // The probe is lost as well.
  ['rack-tlp what-if 1', [['loss', 'timer', 0]], [24]],
  ['loss-recovery base', [['recovery', 'duplicates', 3]], []],
  // The repetition is lost, too: the timer ends the recovery.
  [
    'loss-recovery what-if 1',
    [
      ['recovery', 'duplicates', 3],
      ['loss', 'timer', 0],
    ],
    [],
  ],
])('%s: %j', (name, recoveries, probes) => {
  const {flow} = flowIn(name);
  expect(flow.recoveries.map(({what, by, duplicates}) => [what, by, duplicates])).toEqual(recoveries);
  expect(flow.sents.filter(({probe}) => probe).map(({packet}) => packet)).toEqual(probes);
});

test('at the end of each instant of the sender: in recovery, in loss, or neither', () => {
  for (const name of some(
    ['rack-tlp base', 'rack-tlp again', 'cubic both-reno', 'loss-recovery what-if 1'],
    1,
  )) {
    const {trace, flow} = flowIn(name);
    const told = recoveriesOf(trace, flow.sender, flow.id);
    let repairing = 0;
    for (const {n, host, instant} of trace.events(1)) {
      if (host !== flow.sender || (n < trace.length && trace.event(n + 1).instant === instant)) continue;
      const tcb = trace.stateAt(n)?.hosts[host]?.tcp.connections.get(flow.id);
      if (!tcb) continue;
      const linux = {
        open: undefined,
        disorder: undefined,
        cwr: undefined,
        recovery: 'recovery',
        loss: 'loss',
      };
      const reno = {none: undefined, fast: 'recovery', timeout: 'loss'};
      const is = linux[tcb.episode.state] ?? reno[tcb.loss.phase];
      const here = told.find(({from, to = Number.POSITIVE_INFINITY}) => from <= n && n < to);
      expect(`${name} ${n}: ${here?.what}`).toBe(`${name} ${n}: ${is}`);
      if (is) repairing += 1;
    }
    expect(repairing).toBeGreaterThan(0);
  }
});
