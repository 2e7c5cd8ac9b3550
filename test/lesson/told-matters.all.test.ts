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

/** What it is that nobody may miss, and whose; undefined: it may pass in silence. */
const matter = (event: TraceEvent): string | undefined => {
  const {kind, host} = event;
  if (kind === 'drop') return event.reason === 'fault' ? `${host} loses a packet` : undefined;
  if (kind === 'send') return event.retransmission && event.hop === 0 ? `${host} sends again` : undefined;
  if (kind === 'signal') return event.signal.startsWith('E') ? `${host} gets ${event.signal}` : undefined;
  if (kind === 'state' && event.from === 'SYN-RECEIVED' && event.to === 'LISTEN')
    return `${host} is in LISTEN again`;
  if (kind === 'state') return ends.includes(event.to) ? `${host} is ${event.to}` : undefined;
  if (kind === 'tls' && event.what.kind === 'alert' && event.what.name !== 'close_notify')
    return `${host} has the alert ${event.what.name}, ${event.what.op}`;
  return undefined;
};

/** A record that its receiver cannot open: the alert alone does not say so. */
const isRefusal = ({kind, ...event}: TraceEvent): boolean =>
  kind === 'tls' &&
  'what' in event &&
  event.what.kind === 'alert' &&
  event.what.op === 'sent' &&
  event.what.name === 'bad_record_mac';

/** As `account/told/told.ts` bounds it; what is told for the first time may come on top. */
const mostTold = 25;

test('what matters is told', {timeout: 3_600_000}, () => {
  const silent: string[] = [];
  let matters = 0;
  let told = 0;
  for (const each of divergedRuns(toldRuns(), runs(60, 10), seed + 1)) {
    const trace = tracedWith(each);
    const scenario = scenarioOf(runVariant(each.run, {faults: [each.fault]}));
    const from = departureOf(each.lesson, scenario, trace);
    const spoken = new Map<number, string>();
    const all = toldOf(signed(each.lesson), each, trace);
    // Of a long run the account tells no more than its greater things: that a connection came to its regular end is none.
    const isFull = all.filter(({by}) => by === 'account').length >= mostTold;
    for (const {n, en} of all) {
      const instant = n > 0 ? trace.event(n).instant : 0;
      spoken.set(instant, `${spoken.get(instant) ?? ''} ${en}`);
    }
    const said = new Map<string, boolean>();
    const known = new Set<string>();
    for (const event of trace.events()) {
      const what = matter(event);
      if (what === undefined) continue;
      const text = spoken.get(event.instant);
      const isTold = text !== undefined && (!isRefusal(event) || /\b(?:record|tag)\b/.test(text));
      // What was told so often that it is known is not told again after the path went wrong.
      if (isTold) known.add(what);
      if (event.n < from) continue;
      matters += 1;
      if (isTold) told += 1;
      said.set(what, known.has(what));
    }
    for (const [what, isSaid] of said)
      if (!isSaid && !(isFull && what.endsWith(' is CLOSED'))) silent.push(`${each.code}: ${what}`);
  }
  console.info(`${matters} things that matter, ${told} told where they happen; silent: ${silent.length}`);
  // Of a flood, too, only a part is told: of hundreds of things two may be silent.
  if (silent.length > 0) console.info(silent.join('\n'));
  expect(silent.length).toBeLessThanOrEqual(2);
});
