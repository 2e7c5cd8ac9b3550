// Ten thousand forged SYNs against a backlog of 256. Oracles: RFC 4987 §2.1 (a full queue shuts honest clients out) and §3.6 (cookies
// do not), tcp_syn_retries of Linux (ip-sysctl: 131 s), and the size of the queue, counted again from the changes of state.
import {describe, expect, test} from 'vitest';
import type {Trace} from '../../source/sim/trace.ts';
import {traceOf} from '../helpers/all-runs.ts';
import {load, runOf} from './fragments.ts';

const backlog = 256;
const forged = 10_000;

/** The flood goes on for as long as the client tries: 130 s and more. */
const flood = load({
  topology: `topology:
  hosts:
    attacker: {ip: 203.0.113.254}
    client: {ip: 192.0.2.10, iss: 1000}
    r1: {router: true, ip: {dark: 203.0.113.253, near: 192.0.2.1, far: 198.51.100.1}}
    server: {ip: 198.51.100.20}
  links:
    - {name: dark, between: [attacker, r1], delay: 25ms}
    - {name: near, between: [client, r1], delay: 25ms}
    - {name: far, between: [r1, server], delay: 25ms}
`,
  script: `script:
  - {at: 0ms, host: server, call: listen, port: 80, backlog: ${backlog}}
  - {at: 0ms, host: attacker, call: spoofSyn, to: 'server:80', source: 203.0.113.1-203.0.113.200, repeat: {times: ${forged}, every: 13900us}}
  - {at: 5s, host: client, call: connect, to: 'server:80', from: 40000}
limit: 5m
`,
  runs: `runs:
  off: {set: {server.tcp.synCookies: off}}
  cookies: {set: {server.tcp.synCookies: onOverflow}}
`,
});

const floodTrace = (name: string): Trace =>
  traceOf({lesson: flood, run: {...runOf(flood, name), mostEvents: 1_000_000}});

/** What connect() came to, and when; the most connections that were in SYN-RECEIVED at a time. */
const outcome = (trace: Trace) => {
  const halfOpen = new Set<string>();
  const told: string[] = [];
  let most = 0;
  let sent = 0;
  for (const event of trace.events()) {
    if (event.kind === 'send' && event.host === 'attacker') sent++;
    if (event.kind === 'signal' && event.host === 'client')
      told.push(`${event.atUs / 1000} ms ${event.signal}`);
    if (event.kind !== 'state' || event.host !== 'server' || event.connection === undefined) continue;
    if (event.to === 'SYN-RECEIVED') halfOpen.add(event.connection);
    else halfOpen.delete(event.connection);
    most = Math.max(most, halfOpen.size);
  }
  return {told, most, sent};
};

describe(`${forged} forged SYNs, backlog ${backlog}`, () => {
  test('without cookies the honest client never connects', () => {
    expect(outcome(floodTrace('off'))).toEqual({
      told: ['136000 ms ETIMEDOUT'],
      most: backlog + 1,
      sent: forged,
    });
  });

  // A connection from a cookie is in SYN-RECEIVED for no time at all, beside the full queue.
  test('with cookies it connects in one round trip', () => {
    expect(outcome(floodTrace('cookies'))).toEqual({
      told: ['5100 ms connected'],
      most: backlog + 2,
      sent: forged,
    });
  });
});
