// The Trace: any instant in any order is the same as in order; equal inputs give equal bytes; chance does not reshuffle.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {traceLines} from '../../source/account/trace-json.ts';
import type {Scenario} from '../../source/sim/scenario.ts';
import {handshakeScenario, teardownScenario} from '../helpers/scenarios.ts';
import {runs} from '../helpers/seeds.ts';
import {eventsOf, run} from '../helpers/traces.ts';

const lossy = (seed: number, bytes = 200_000): Scenario => {
  const base = teardownScenario({seed});
  const upload = {
    when: {kind: 'at', atUs: 200_000},
    host: 'client',
    action: {call: 'send', bytes},
  } as const;
  const close = {
    when: {kind: 'on', host: 'server', event: 'eof', afterUs: 0},
    host: 'server',
    action: {call: 'close'},
  } as const;
  return {
    ...base,
    links: base.links.map((link) => ({...link, loss: 0.1})),
    script: [...base.script.slice(0, 2), upload, {...close}],
    until: {atUs: 60_000_000},
  };
};

const lines = (scenario: Scenario): string =>
  [...traceLines(run(scenario), {title: '', notes: []})].map((line) => JSON.stringify(line)).join('\n');

test('looking at events and states in any order gives what looking in order gives', () => {
  const trace = run(lossy(3));
  expect(trace.length).toBeGreaterThan(600);
  const inOrder = [...trace.events()];
  const states = inOrder.map(({n}) => trace.stateAt(n));
  const again = run(lossy(3));
  fc.assert(
    fc.property(fc.integer({min: 1, max: trace.length}), (n) => {
      expect(again.event(n)).toEqual(inOrder[n - 1]);
      expect(again.stateAt(n)).toEqual(states[n - 1]);
    }),
    {numRuns: runs(200)},
  );
});

test('events are numbered from 1, time never goes back, every packet has its events', () => {
  const trace = run(lossy(4));
  let last = 0;
  let n = 0;
  for (const event of trace.events()) {
    expect(event.n).toBe(++n);
    expect(event.atUs).toBeGreaterThanOrEqual(last);
    last = event.atUs;
  }
  expect(n).toBe(trace.length);
  for (let id = 1; id <= trace.packetCount; id++) {
    const packet = trace.packet(id);
    expect(trace.event(packet.sendEvent)).toMatchObject({kind: 'send', packet: id, hop: 0});
    if (packet.endEvent) expect(trace.event(packet.endEvent)).toMatchObject({packet: id});
  }
});

test('the same scenario gives the same lines; another seed gives others', () => {
  const bytes = 40_000;
  const five = lines(lossy(5, bytes));
  expect(lines(lossy(5, bytes))).toBe(five);
  expect(lines(lossy(6, bytes))).not.toBe(five);
});

test('losing one packet more does not change the fate of those that are sent all the same', () => {
  const fates = (scenario: Scenario): Map<string, boolean> => {
    const seen = new Map<string, boolean>();
    for (const {frame, lost, host, faults} of eventsOf(run(scenario), 'send')) {
      if (frame?.payload.kind !== 'ip' || frame.payload.packet.transport.kind !== 'tcp') continue;
      const {seq, ack, flags, payload} = frame.payload.packet.transport.segment;
      const key = `${host} ${seq} ${ack} ${flags} ${payload.length}`;
      if (!seen.has(key) && faults.length === 0) seen.set(key, lost);
    }
    return seen;
  };
  const before = fates(lossy(7));
  const after = fates({...lossy(7), faults: [{kind: 'drop', at: {packet: 20}}]});
  let compared = 0;
  for (const [key, lost] of after) {
    if (!before.has(key)) continue;
    expect([key, before.get(key)]).toEqual([key, lost]);
    compared++;
  }
  expect(compared).toBeGreaterThan(100);
});

test('the state before anything, at the end and beyond', () => {
  const trace = run(handshakeScenario());
  expect(trace.stateAt(0)?.hosts['client']?.tcp.connections.size).toBe(0);
  expect(trace.stateAt(1e9)).toEqual(trace.stateAt(trace.length));
  expect(() => trace.event(0)).toThrow(RangeError);
  expect(() => trace.event(trace.length + 1)).toThrow(RangeError);
});

test('`until` and `limit` end a run and say so', () => {
  expect(run(teardownScenario({until: {atUs: 1_200_000}})).endReason).toBe('until');
  expect(run(teardownScenario({limitUs: 1_200_000})).endReason).toBe('limit');
  expect(run(teardownScenario({until: {atUs: 1_200_000}})).durationUs).toBe(1_200_000);
});

test('a run that is not TCP says so in its first line, and in no other way', () => {
  const heads = [undefined, ['skipTimeWait']].map((notTcp) => {
    const [head] = traceLines(run(handshakeScenario(notTcp ? {notTcp} : {})), {title: '', notes: []});
    return head;
  });
  expect(heads[0]).not.toHaveProperty('notTcp');
  expect(heads[1]).toEqual({...heads[0], notTcp: ['skipTimeWait']});
});
