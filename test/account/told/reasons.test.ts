// Checks that a sentence gives the reason for everything that is discarded, ignored or kept back. Oracle: the raw events and the hosts' own
// records.
import {expect, test} from 'vitest';
import {parseFault} from '../../../source/sim/fault-text.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {tracedWith} from '../../helpers/diverged.ts';
import {runs, seed, some} from '../../helpers/seeds.ts';
import {singleFaults, unreasonedIn, unreasonedUnder} from '../../helpers/unreasoned.ts';

const runNamed = (name: string) => allRuns().find((each) => each.name === name) ?? expect.fail(name);

test('the reason is told why a repeated query is discarded', () => {
  expect(unreasonedIn(traceOf(runNamed('dns-recursion what-if 4')))).toEqual([]);
});

test.each([
  ['teardown base', 'edit:tcp.window_size_value=1@packet=2'],
  ['half-open base', 'edit:tcp.flags.fin=1@packet=2'],
  ['https-tls13 full', 'edit:tcp.hdr_len=20@packet=2'],
  ['refused base', 'edit:tcp.ack_raw=500@packet=2'],
])('%s --fault %s', (name, text) => {
  const fault = parseFault(text);
  if (!fault.ok) expect.fail(text);
  expect(unreasonedIn(tracedWith({...runNamed(name), fault: fault.value}))).toEqual([]);
});

test('runs of lessons give all their reasons', () => {
  expect(some(allRuns(), 10).flatMap((each) => unreasonedIn(traceOf(each)))).toEqual([]);
});

test('runs of lessons with one fault give all their reasons', () => {
  const all = singleFaults(some(allRuns(), 10));
  expect(
    unreasonedUnder(
      Array.from({length: runs(25, 12)}, (_, nth) => all[(seed + nth * 7919) % all.length] ?? expect.fail()),
    ),
  ).toEqual([]);
});
