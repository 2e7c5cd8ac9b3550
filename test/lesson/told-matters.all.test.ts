// Nothing that matters is silent: in runs whose path went wrong each loss, each repetition, each end of a connection, each error
// and each alert is told by the lesson or by the account, if not each time, then of that host.
import {expect, test} from 'vitest';
import {departureOf} from '../../source/app/departure.ts';
import {scenarioOf} from '../../source/lesson/run-scenario.ts';
import {runVariant} from '../../source/lesson/run-variant.ts';
import type {TraceEvent} from '../../source/sim/trace.ts';
import {signed} from '../helpers/all-runs.ts';
import {divergedRuns, toldOf, toldRuns, tracedWith} from '../helpers/diverged.ts';
import {runs, seed} from '../helpers/seeds.ts';

const ends: readonly string[] = ['CLOSED', 'CLOSE-WAIT', 'FIN-WAIT-1', 'TIME-WAIT'];

/** That a connection is over in peace is the least of what there is to tell. */
const peaceful: readonly string[] = ['FIN-WAIT-2', 'LAST-ACK', 'TIME-WAIT'];

/** What it is that nobody may miss, and whose; undefined: it may pass in silence. */
const matter = (event: TraceEvent): string | undefined => {
  const {kind, host} = event;
  if (kind === 'drop') return event.reason === 'fault' ? `${host} loses a packet` : undefined;
  if (kind === 'send') return event.retransmission && event.hop === 0 ? `${host} sends again` : undefined;
  if (kind === 'signal') return event.signal.startsWith('E') ? `${host} gets ${event.signal}` : undefined;
  if (kind === 'state' && event.to === 'CLOSED' && peaceful.includes(event.from)) return undefined;
  if (kind === 'state') return ends.includes(event.to) ? `${host} is ${event.to}` : undefined;
  if (kind === 'tls' && event.what.kind === 'alert' && event.what.name !== 'close_notify')
    return `${host} has the alert ${event.what.name}, ${event.what.op}`;
  return undefined;
};

test('what matters is told', {timeout: 3_600_000}, () => {
  const silent: string[] = [];
  let matters = 0;
  let told = 0;
  for (const each of divergedRuns(toldRuns(), runs(60, 10), seed + 1)) {
    const trace = tracedWith(each);
    const scenario = scenarioOf(runVariant(each.run, {faults: [each.fault]}));
    const from = departureOf(each.lesson, scenario, trace);
    const spoken = new Set(
      toldOf(signed(each.lesson), each, trace).map(({n}) => (n > 0 ? trace.event(n).instant : 0)),
    );
    const said = new Map<string, boolean>();
    for (const event of trace.events()) {
      const what = event.n < from ? undefined : matter(event);
      if (what === undefined) continue;
      matters += 1;
      if (spoken.has(event.instant)) told += 1;
      said.set(what, said.get(what) || spoken.has(event.instant));
    }
    for (const [what, isSaid] of said) if (!isSaid) silent.push(`${each.code}: ${what}`);
  }
  console.info(`${matters} things that matter, ${told} told where they happen; silent: ${silent.length}`);
  expect(silent).toEqual([]);
});
