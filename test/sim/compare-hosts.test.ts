// How the hosts of two runs fared. Oracle: the times of RFC 9293 figure 6 over 50 ms, RFC 6298 §2.1 for a lost SYN (1 s), by hand.

import {describe, expect, test} from 'vitest';
import type {Action} from '../../source/sim/action.ts';
import {compareHosts} from '../../source/sim/compare-hosts.ts';
import type {Cause} from '../../source/sim/scenario.ts';
import {handshakeScenario, pairScenario, teardownScenario} from '../helpers/scenarios.ts';
import {run} from '../helpers/traces.ts';

const cause = (atMs: number, host: string, action: Action): Cause => ({
  when: {kind: 'at', atUs: atMs * 1000},
  host,
  action,
});
const connect = (from: number) =>
  ({call: 'connect', to: {host: 'server', port: 80}, from, as: `c${from}`, read: 'auto'}) as const;

/** `client SYN-SENT 0 0 =`, in milliseconds. */
const rows = (...traces: Parameters<typeof compareHosts>): readonly string[] =>
  compareHosts(...traces).states.map(({host, connection, state, leftUs, rightUs, relation}) => {
    const port = /:(100\d)\b/.exec(connection)?.[1] ?? '';
    const [left = '', right = ''] = [leftUs, rightUs].map((us) => (us === undefined ? '-' : `${us / 1000}`));
    return [host, port, state, left, right, relation].filter((word) => word !== '').join(' ');
  });

describe('states stand by when they were first entered in either run', () => {
  const script = [
    cause(0, 'server', {call: 'listen', port: 80, read: 'auto'}),
    cause(0, 'client', connect(1001)),
    cause(500, 'client', connect(1002)),
  ];
  const plain = run(pairScenario(script));
  const lost = run(pairScenario(script, {faults: [{kind: 'drop', at: {packet: 1}}]}));

  test('one SYN is lost: its connection is a second late', () => {
    expect(rows(plain, lost)).toEqual([
      'server LISTEN 0 0 =',
      'client 1001 SYN-SENT 0 0 =',
      'server 1001 SYN-RECEIVED 50 1050 ≠',
      'client 1001 ESTABLISHED 100 1100 ≠',
      'server 1001 ESTABLISHED 150 1150 ≠',
      'client 1002 SYN-SENT 500 500 =',
      'server 1002 SYN-RECEIVED 550 550 =',
      'client 1002 ESTABLISHED 600 600 =',
      'server 1002 ESTABLISHED 650 650 =',
    ]);
  });

  test('a state of one run alone', () => {
    const longer = rows(run(handshakeScenario()), run(teardownScenario()));
    expect(longer.slice(5)).toEqual([
      'client FIN-WAIT-1 - 1000 +',
      'server CLOSE-WAIT - 1050 +',
      'client FIN-WAIT-2 - 1100 +',
      'server LAST-ACK - 1300 +',
      'client TIME-WAIT - 1350 +',
      'server CLOSED - 1400 +',
      'client CLOSED - 61350 +',
    ]);
    const shorter = rows(run(teardownScenario()), run(handshakeScenario()));
    expect(shorter.at(-1)).toBe('client CLOSED 61350 - −');
  });
});

test('a state that is entered twice stands there twice', () => {
  const again = run(
    pairScenario(
      [cause(0, 'client', connect(1001)), cause(1000, 'client', {...connect(1001), as: 'again'})],
      {limitUs: 1_020_000},
    ),
  );
  expect(rows(again, again)).toEqual([
    'client 1001 SYN-SENT 0 0 =',
    'client 1001 CLOSED 100 100 =',
    'client 1001 SYN-SENT 1000 1000 =',
  ]);
});

describe('in sum', () => {
  const listen = cause(0, 'server', {call: 'listen', port: 80, read: 'auto'});
  const open = [listen, cause(0, 'client', connect(1001))];
  const crash = cause(1000, 'server', {call: 'crash'});
  const outcome = (script: readonly Cause[], limitMs = 600_000) => {
    const trace = run(pairScenario(script, {limitUs: limitMs * 1000}));
    return compareHosts(trace, trace).summary[0].outcome;
  };

  test('packets, octets that reached programs, the time', () => {
    const [left, right] = compareHosts(run(handshakeScenario()), run(teardownScenario())).summary;
    const none = {client: 0, server: 0};
    expect(left).toEqual({packets: 3, deliveredBytes: none, outcome: 'open', durationUs: 150_000});
    expect(right).toMatchObject({packets: 13, deliveredBytes: {client: 250, server: 100}});
    expect(right).toMatchObject({outcome: 'closed', durationUs: 61_350_000});
  });

  test('how the connections stand: none, on the way to each state of figure 5, and half open (§3.5.1)', () => {
    expect(outcome([listen])).toBe('none');
    expect([outcome(open, 40), outcome(open, 120), outcome(open, 200)]).toEqual([
      'opening',
      'opening',
      'open',
    ]);
    expect(outcome([...open, crash])).toBe('half-open');
    const close = cause(1000, 'client', {call: 'close', of: 'c1001'});
    expect(outcome([...open, close], 1200)).toBe('closing');
    expect(outcome([...open, close, cause(2000, 'server', {call: 'close'})])).toBe('closed');
  });
});
