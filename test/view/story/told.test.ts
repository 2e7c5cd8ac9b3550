// The account's own voice where no beat speaks: one thing an instant, from the facts of the run.

import {expect, test} from 'vitest';
import type {Trace} from '../../../source/sim/trace.ts';
import {type Tells, toldBeside} from '../../../source/view/story/told-beside.ts';
import {allRuns, traceOf as lessonTrace} from '../../helpers/all-runs.ts';
import {tracedWith} from '../../helpers/diverged.ts';
import {handshakeScenario, teardownScenario} from '../../helpers/scenarios.ts';
import {run} from '../../helpers/traces.ts';
import {sends} from '../beats.ts';

const loses = (...packets: number[]) => packets.map((packet) => ({kind: 'drop', at: {packet}}) as const);
const runNamed = (name: string): Trace =>
  lessonTrace(allRuns().find((each) => each.name === name) ?? expect.fail(name));
const toldOf = (trace: Trace, tells?: Tells) =>
  toldBeside(trace, [], tells).map(({says, facts}) => ({says, ...facts}));
const kindsOf = (trace: Trace, tells?: Tells) => toldBeside(trace, [], tells).map(({says}) => says);

// RFC 9293 Fig. 6 and Fig. 12: each change of state, by what brings it.
test('where no beat speaks the account tells how a connection begins and ends', () => {
  const client = {host: 'client'};
  const server = {host: 'server'};
  expect(toldOf(run(teardownScenario()))).toMatchObject([
    {says: 'opens', ...client},
    {says: 'answersSyn', ...server},
    {says: 'opened', ...client},
    {says: 'sends', ...client, bytes: 100, seq: 1001},
    {says: 'accepts', ...server},
    {says: 'delivered', ...server, bytes: 100, ack: 1101},
    {says: 'sends', ...server, bytes: 200, seq: 9001},
    {says: 'delivered', ...client, bytes: 200, ack: 9201},
    {says: 'closes', ...client, seq: 1101},
    {says: 'peerCloses', ...server},
    {says: 'finAcknowledged', ...client},
    {says: 'sends', ...server, bytes: 50, seq: 9201},
    {says: 'closesToo', ...server},
    {says: 'waits', ...client, by: 'fin'},
    {says: 'finished', ...server},
    {says: 'waitOver', ...client, from: 'TIME-WAIT'},
  ]);
});

test('a closed port, a host that went down, a window that closes and opens', () => {
  expect(toldOf(runNamed('refused base'))).toMatchObject([
    {says: 'opens', host: 'client', seq: 1000},
    {says: 'answersRst', host: 'server', why: 'no listener', port: 81},
    {says: 'refusedOpen', host: 'client', error: 'ECONNREFUSED'},
  ]);
  const thing = {what: 'data', bytes: 10, seq: 1001};
  expect(toldOf(runNamed('half-open base'))).toContainEqual(
    expect.objectContaining({
      says: 'answersRst',
      why: 'no connection',
      thing: expect.objectContaining(thing),
    }),
  );
  const window = toldOf(runNamed('sliding-window base'));
  for (const told of [
    {says: 'holds', bytes: 6000},
    {says: 'windowShut'},
    {says: 'probes'},
    {says: 'windowOpens', bytes: 4000},
  ])
    expect(window).toContainEqual(expect.objectContaining(told));
});

test('where a queue drops every other segment not each of the gaps is told', () => {
  const gaps = toldBeside(runNamed('cubic what-if 3'), []).filter(({says}) => says === 'outOfOrder');
  expect(gaps).toHaveLength(2);
  expect(gaps[0]?.facts).not.toEqual(gaps[1]?.facts);
});

// RFC 8985 §6.2, §7.3: a probe and a reordering window are no time-out.
test('what is sent again without a time-out is told by what brought it about', () => {
  const reasonsOf = (name: string) =>
    toldBeside(runNamed(name), []).flatMap(({says, facts}) => (says === 'again' ? [facts.why] : []));
  expect(new Set(reasonsOf('rack-tlp base'))).toEqual(new Set(['probe', 'later']));
  expect(toldOf(runNamed('rack-tlp hole'))).toContainEqual(
    expect.objectContaining({says: 'again', why: 'waited', host: 'server', waitUs: 7000}),
  );
});

// RFC 9293 §3.10.7.4, eighth check: a FIN ends what is received.
test('data behind a FIN that somebody forged are no copy of what had come', () => {
  const why = allRuns().find(({name}) => name === 'why-four streaming') ?? expect.fail();
  const fault = {kind: 'edit', field: 'tcp.flags', value: 17, mend: true, at: {packet: 5}} as const;
  const refused = toldBeside(tracedWith({...why, fault}), []).flatMap(({says, facts}) =>
    says === 'refusedSegment' && facts.thing.seq === 10_461 ? [facts] : [],
  );
  expect(refused).toMatchObject([{host: 'client', why: 'afterFin', thing: {what: 'data', bytes: 1460}}]);
});

test('names, pages and TLS are told by whom they are asked and answered', () => {
  const outside = (text: string) => ({outside: text});
  const data = outside('203.0.113.80');
  for (const [name, wanted] of [
    ['dns-iterative base', {says: 'refers', host: 'root', zone: outside('com')}],
    ['dns-iterative base', {says: 'answers', host: 'auth', data, ttl: 300, origin: 'own'}],
    ['http-request base', {says: 'responseRead', target: outside('/sample/hello.jsp'), status: 200}],
    ['https-tls13 full', {says: 'secured', host: 'client', version: 'TLS 1.3', resumed: false}],
  ] as const)
    expect(toldOf(runNamed(name))).toContainEqual(expect.objectContaining(wanted));
});

test('from the departure on, and what the path did before it', () => {
  const trace = run(handshakeScenario({faults: loses(1)}));
  const from = sends(trace, 2);
  expect(kindsOf(trace, {from})).toEqual(['lost', 'again', 'answersSyn', 'opened', 'accepts']);
});
