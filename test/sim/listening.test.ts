// A listener whose program accepts by itself, and options set while a connection lives, as causes of a run.
import {expect, test} from 'vitest';
import type {Cause} from '../../source/sim/scenario.ts';
import {handshakeScenario} from '../helpers/scenarios.ts';
import {eventsOf, run} from '../helpers/traces.ts';

const at = (atUs: number, host: string, action: Cause['action']): Cause => ({
  when: {kind: 'at', atUs},
  host,
  action,
});

const base = (script: readonly Cause[], change = {}) => {
  const scenario = handshakeScenario({profile: 'linux', ...change});
  return {...scenario, script};
};

const dials = (from: number, atUs = 0): Cause =>
  at(atUs, 'client', {call: 'connect', to: {host: 'server', port: 80}, from, read: 'auto'});

test('a connection waits for accept; the call returns it', () => {
  const trace = run(
    base([
      at(0, 'server', {call: 'listen', port: 80, read: 'auto', accept: 'manual', backlog: 2}),
      dials(40_000),
      at(500_000, 'server', {call: 'accept', port: 80}),
      at(600_000, 'server', {call: 'accept', port: 80}),
      dials(40_001, 700_000),
    ]),
  );
  const accepted = eventsOf(trace, 'signal').filter(({signal}) => signal === 'accepted');
  expect(accepted.map(({atUs, connection}) => [atUs, connection?.split(':').at(-1)])).toEqual([
    [500_000, '40000'],
    [850_000, '40001'],
  ]);
});

test('beyond backlog and one more nobody gets in', () => {
  const trace = run({
    ...base([
      at(0, 'server', {call: 'listen', port: 80, read: 'auto', accept: 'manual', backlog: 1}),
      dials(40_000),
      dials(40_001, 200_000),
      dials(40_002, 400_000),
    ]),
    until: {atUs: 900_000},
  });
  const client = trace.stateAt(trace.length)?.hosts['client']?.tcp.connections.values() ?? [];
  expect([...client].map(({state}) => state)).toEqual(['ESTABLISHED', 'ESTABLISHED', 'SYN-SENT']);
});

test('keep-alive is turned on for a connection that lives', () => {
  const options = {keepAlive: true, keepAliveIdleUs: 10_000_000};
  const trace = run({
    ...base([
      at(0, 'server', {call: 'listen', port: 80, read: 'auto'}),
      dials(40_000),
      at(1_000_000, 'client', {call: 'setOption', options}),
    ]),
    until: {atUs: 15_000_000},
  });
  const probes = eventsOf(trace, 'send').filter(({because}) => because === '9293:3.8.4/keep-alive/probe');
  expect(probes.map(({atUs}) => atUs)).toEqual([11_000_000]);
});
