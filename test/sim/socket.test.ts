// Calls on a socket whose connection is over, or is there already. Oracle: test/fixtures/kernel-calls.json, which Linux was asked for
// (test/judges/kernel/calls.py); of the abstract calls RFC 9293 §3.10.1 to §3.10.6, FreeBSD's in_pcbconnect (EADDRINUSE).
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import type {Action} from '../../source/sim/action.ts';
import type {Cause, Scenario} from '../../source/sim/scenario.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {root} from '../helpers/root.ts';
import {pairScenario} from '../helpers/scenarios.ts';
import {eventsOf, run} from '../helpers/traces.ts';

type Calls = {readonly [call: string]: readonly string[]};
const kernel: {
  readonly calls: {readonly [situation: string]: Calls};
  readonly connectResetInSynReceived: string;
  readonly sameConnection: {readonly [state: string]: string};
  readonly afterAbort: {readonly [state: string]: string};
} = JSON.parse(readFileSync(`${root}test/fixtures/kernel-calls.json`, 'utf8'));

const ms = 1000;
const cause = (atMs: number, host: string, action: Action): Cause => ({
  ...{when: {kind: 'at', atUs: atMs * ms}, host, action},
});
const shutdown = (atMs: number, host: string) => cause(atMs, host, {call: 'shutdown'});
const close = (atMs: number, host: string) => cause(atMs, host, {call: 'close'});
const abort = (atMs: number, host: string) => cause(atMs, host, {call: 'abort'});

const listen = cause(0, 'server', {call: 'listen', port: 80, read: 'auto'});
const connect = (atMs: number, port = 80) =>
  cause(atMs, 'client', {call: 'connect', to: {host: 'server', port}, from: 40_000, read: 'auto'});
const opened = [listen, connect(0)];

/** Of the client, 50 ms from the server: how its socket comes to be as the kernel's was, until a time in ms. */
const situations: {readonly [name: string]: readonly [script: readonly Cause[], atMs: number]} = {
  refused: [[connect(0)], 300],
  reset: [[...opened, abort(300, 'server')], 500],
  closeWaitReset: [[...opened, shutdown(300, 'server'), abort(400, 'server')], 600],
  timeWait: [[...opened, shutdown(300, 'client'), close(400, 'server')], 600],
  closedByBoth: [[...opened, shutdown(300, 'server'), shutdown(400, 'client')], 600],
  finWait1: [[...opened, shutdown(300, 'client')], 350],
  finWait2: [[...opened, shutdown(300, 'client')], 500],
  closing: [[...opened, shutdown(300, 'client'), shutdown(300, 'server')], 375],
  lastAck: [[...opened, shutdown(300, 'server'), shutdown(400, 'client')], 450],
  closed: [[...opened, close(300, 'client')], 500],
};

const asked: {readonly [call: string]: Action} = {
  send: {call: 'send', bytes: 1},
  receive: {call: 'receive', bytes: 1},
  shutdown: {call: 'shutdown'},
  status: {call: 'status'},
  setOption: {call: 'setOption', options: {noDelay: true}},
  abort: {call: 'abort'},
  close: {call: 'close'},
};

const traced = (script: readonly Cause[], change: Partial<Scenario> = {}): Trace =>
  run(pairScenario(script, {until: {atUs: 2_000_000}, ...change}));

/** What the client's calls came to, from then on. */
const results = (trace: Trace, fromMs: number): readonly string[] =>
  eventsOf(trace, 'call').flatMap(({atUs, host, result}) =>
    host === 'client' && atUs >= fromMs * ms ? [result] : [],
  );

/** A run tells an error at once, so what the kernel says the second time; that a read waits or ends is no error. */
const said = (outcomes: readonly string[] = []): string | undefined =>
  outcomes.at(-1)?.replace(/^(?:end|waits)$/, 'ok');

describe.each(Object.entries(situations))('to Linux, %s', (name, [script, atMs]) => {
  test.each(Object.entries(asked))('%s', (call, action) => {
    const trace = traced([...script, cause(atMs, 'client', action)]);
    expect(results(trace, atMs)).toEqual([said(kernel.calls[name]?.[call])]);
  });
});

test('with close() or abort() the socket is gone: of the second one the kernel knows no descriptor', () => {
  for (const gives of [close, abort]) {
    const trace = traced([...opened, abort(300, 'server'), gives(500, 'client'), gives(600, 'client')]);
    expect(results(trace, 500)).toEqual(['ok', kernel.calls['closed']?.['close']?.[0]]);
  }
});

test('a program that has been given no connection has no descriptor for it', () => {
  expect(
    eventsOf(traced([listen, cause(10, 'server', asked['send'] ?? {call: 'status'})]), 'call').map(
      ({result}) => result,
    ),
  ).toEqual(['ok', 'EBADF']);
});

test('connect() that would be the same two addresses and ports', () => {
  const again = connect(600);
  const states: {readonly [state: string]: readonly Cause[]} = {
    established: [],
    finWait2: [shutdown(300, 'client')],
    timeWait: [shutdown(300, 'client'), close(400, 'server')],
  };
  for (const [state, script] of Object.entries(states)) {
    const of = (profile: Scenario['profile']) =>
      results(traced([...opened, ...script, again], {profile}), 600);
    expect(of('linux'), state).toEqual([kernel.sameConnection[state]]);
    expect(of('freebsd'), state).toEqual(['EADDRINUSE']);
    expect(of('rfc'), state).toEqual(['EISCONN']);
  }
});

test('abort() does not end TIME-WAIT, of which the socket is no part; to the RFC it deletes the TCB', () => {
  const script = [...opened, shutdown(300, 'client'), close(400, 'server'), abort(600, 'client')];
  const left = (profile: Scenario['profile']) => {
    const trace = traced(script, {profile});
    const tcbs = trace.stateAt(trace.length)?.hosts['client']?.tcp.connections.values();
    const [tcb] = tcbs ? [...tcbs] : [];
    return tcb?.state ?? 'CLOSED';
  };
  expect(left('linux')).toBe(kernel.afterAbort['timeWait']);
  expect(left('rfc')).toBe('CLOSED');
});

test('to the RFC there is no connection any more, whatever is asked', () => {
  for (const name of ['refused', 'reset', 'closedByBoth', 'closeWaitReset']) {
    const [script, atMs] = situations[name] ?? [[], 0];
    for (const action of Object.values(asked)) {
      const trace = traced([...script, cause(atMs, 'client', action)], {profile: 'rfc'});
      expect(results(trace, atMs), `${name} ${action.call}`).toEqual(['ENOTCONN']);
    }
  }
});

const errors = (trace: Trace): readonly string[] =>
  eventsOf(trace, 'signal').flatMap(({host, signal}) =>
    host === 'client' && signal.startsWith('E') ? [signal] : [],
  );

test('a reset behind the peer’s FIN: Linux tells whoever sends, the RFC the user', () => {
  const [script] = situations['closeWaitReset'] ?? [[]];
  expect(errors(traced(script))).toEqual(kernel.calls['closeWaitReset']?.['send']?.slice(0, 1));
  expect(errors(traced(script, {profile: 'rfc'}))).toEqual(['ECONNRESET']);
});

test('a reset in SYN-RECEIVED of a simultaneous open: to Linux that is no refusal', () => {
  const crossed = [
    connect(0),
    cause(0, 'server', {call: 'connect', to: {host: 'client', port: 40_000}, from: 80, read: 'auto'}),
    abort(75, 'server'),
  ];
  // The server’s SYN,ACK is lost.
  const faults = [{kind: 'drop', at: {packet: 3}}] as const;
  expect(errors(traced(crossed, {faults}))).toEqual([kernel.connectResetInSynReceived]);
  expect(errors(traced(crossed, {faults, profile: 'rfc'}))).toEqual(['ECONNREFUSED']);
});
