// Which connection a cause is about. Oracle: docs/lessons.md, `of:`: left out, it is that of the trigger, else the newest of the host.

import {expect, test} from 'vitest';
import type {Action} from '../../source/sim/action.ts';
import type {Cause, CauseTime} from '../../source/sim/scenario.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {pairScenario} from '../helpers/scenarios.ts';
import {eventsOf, run} from '../helpers/traces.ts';

const at = (seconds: number): CauseTime => ({kind: 'at', atUs: seconds * 1_000_000});
const cause = (when: CauseTime, host: string, action: Action): Cause => ({when, host, action});

/** Port 1001 of the client, then 1002. */
const twoConnections: readonly Cause[] = [
  cause(at(0), 'server', {call: 'listen', port: 80, read: 'auto'}),
  ...[1, 2].map((n) =>
    cause(at(n), 'client', {
      call: 'connect',
      to: {host: 'server', port: 80},
      from: 1000 + n,
      as: `c${n}`,
      read: 'auto',
    }),
  ),
];

/** `server 1001 10`: whose data, the client's port, how many octets. */
const dataOf = (trace: Trace): string[] =>
  eventsOf(trace, 'send').flatMap(({host, frame}) => {
    const transport = frame?.payload.kind === 'ip' ? frame.payload.packet.transport : undefined;
    if (transport?.kind !== 'tcp' || transport.segment.payload.length === 0) return [];
    const {srcPort, dstPort, payload} = transport.segment;
    return [`${host} ${host === 'client' ? srcPort : dstPort} ${payload.length}`];
  });

const received = (host: string) => ({kind: 'on', host, event: 'received', afterUs: 0}) as const;

test('the connection of the trigger comes before the newest', () => {
  const script = [
    ...twoConnections,
    cause(at(3), 'client', {call: 'send', of: 'c1', bytes: 10}),
    cause(received('server'), 'server', {call: 'send', bytes: 20}),
  ];
  expect(dataOf(run(pairScenario(script)))).toEqual(['client 1001 10', 'server 1001 20']);
});

test('without a trigger, or with one of another host, it is the newest', () => {
  const script = [
    ...twoConnections,
    cause(at(3), 'server', {call: 'send', bytes: 10}),
    cause(at(4), 'server', {call: 'send', bytes: 11}),
    cause({...received('client'), bytes: 21}, 'server', {call: 'send', bytes: 30}),
  ];
  expect(dataOf(run(pairScenario(script)))).toEqual(['server 1002 10', 'server 1002 11', 'server 1002 30']);
});

test('a name says which, whatever triggered', () => {
  const script = [
    ...twoConnections,
    cause(at(3), 'server', {call: 'send', bytes: 10}),
    cause(received('client'), 'client', {call: 'send', of: 'c1', bytes: 20}),
  ];
  expect(dataOf(run(pairScenario(script)))).toEqual(['server 1002 10', 'client 1001 20']);
});
