// What an attacker on the path does is seen where it does it: who is drawn, when a packet bears the mark, what *Why?* says of it.
// Oracle: the causes of lesson https-why, and the clauses of RFC 3552 that rules.yaml names.
import {expect, test} from 'vitest';
import {causeOf, effectOf} from '../../source/account/causes.ts';
import {treatmentOf} from '../../source/account/fates.ts';
import type {Trace, TraceEvent} from '../../source/sim/trace.ts';
import {castOf} from '../../source/view/ladder/scene-hosts.ts';
import {allRuns, traceOf} from '../helpers/all-runs.ts';

const runOf = (name: string): Trace => {
  const found = allRuns().find((each) => each.name === `https-why ${name}`);
  if (!found) expect.fail(`no run ${name}`);
  return traceOf(found);
};

const ruled = (trace: Trace, rule: string): TraceEvent =>
  [...trace.events()].find(({because}) => because === rule) ?? expect.fail(`nothing by ${rule}`);

test.each(['read', 'edited', 'answered', 'https'])(
  '%s: attacker and both ends are drawn in their order',
  (name) => {
    expect(castOf(runOf(name)).map(({id}) => id)).toEqual(['client', 'mitm', 'server']);
  },
);

test('a packet is marked from the moment in which it is changed', () => {
  const trace = runOf('edited');
  const change = ruled(trace, '3552:3.3.4/modifies');
  if (change.kind !== 'send') expect.fail(change.kind);
  const record = trace.packet(change.packet);
  expect(treatmentOf(trace, record, change.n - 1)).toBeUndefined();
  expect(treatmentOf(trace, record, change.n)).toBe('edited');
  expect(treatmentOf(runOf('read'), record)).toBeUndefined();
});

test('the chain of causes passes whoever changed the packet', () => {
  const trace = runOf('edited');
  const change = ruled(trace, '3552:3.3.4/modifies');
  if (change.kind !== 'send') expect.fail(change.kind);
  const {sendEvent, endEvent} = trace.packet(change.packet);
  expect(causeOf(trace, endEvent ?? 0)).toBe(change.n);
  expect(effectOf(trace, sendEvent)).toBe(change.n);
  expect(effectOf(trace, change.n)).toBe(endEvent);
  expect(trace.event(causeOf(trace, change.n) ?? 0)).toMatchObject({kind: 'arrive', host: 'mitm'});
});
