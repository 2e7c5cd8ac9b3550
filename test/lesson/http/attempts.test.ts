// Happy Eyeballs in the browser of a lesson. Oracle: RFC 8305 §5, with the delays of the links added up by hand.
import {describe, expect, test} from 'vitest';
import type {Trace} from '../../../source/sim/trace.ts';
import {packetsOf, statesOf} from '../../helpers/traces.ts';
import {answersOf, script, traceWith} from './site.ts';

/** `a` is 10 ms away, or as far as is said; `b` always 10 ms. */
const topology = (aMs: number, up = true) => `topology:
  hosts:
    client: {ip: 192.0.2.10}
    r1: {router: true, ip: {near: 192.0.2.1, toa: 198.51.100.1, tob: 203.0.113.1}}
    a: {ip: 198.51.100.20, up: ${up}}
    b: {ip: 203.0.113.20}
  links:
    - {name: near, between: [client, r1], delay: 0ms}
    - {name: toa, between: [r1, a], delay: ${aMs}ms}
    - {name: tob, between: [r1, b], delay: 10ms}
`;

const zone = `{origin: example.com, text: "@ 300 SOA ns admin 1 1 1 1 1\\n@ 300 NS ns\\nns 300 A 192.0.2.10\\nwww 300 A 198.51.100.20\\nwww 300 A 203.0.113.20"}`;
const site = '{routes: [{get: /, body: 10B}]}';
const runs = (browser: string, onB = site) => `apps:
  - {host: client, dns: {recursive: {roots: [203.0.113.20]}}}
  - {host: b, dns: {zones: [${zone}, {origin: ., text: "@ 300 SOA ns.example.com. a 1 1 1 1 1\\n@ 300 NS ns.example.com.\\nexample.com. 300 NS b.\\nb. 300 A 203.0.113.20"}]}}
  - {host: client, http: {browser: {${browser}}}}
  - {host: a, http: ${site}}
  - {host: b, http: ${onB}}
`;
const once = script("{at: 0ms, host: client, call: get, url: 'http://www.example.com/'}");
const beats = 'beats:\n  - {when: {sends: client, nth: 1}, say: {en: asks, zh: 提问}}\n';

const traceOf = (aMs: number, up: boolean, browser = 'attemptDelay: 250ms', onB?: string): Trace =>
  traceWith({topology: topology(aMs, up), runs: runs(browser, onB), script: once, beats});

/** `20 to .20 SYN`: when, to which of the two, what. */
const handshakesOf = (trace: Trace): readonly string[] =>
  packetsOf(trace).filter((line) => / (SYN|RST)/.test(line));

const states = (trace: Trace) => statesOf(trace).filter((line) => line.includes(' client '));

describe('RFC 8305 §5: 250 ms of head start', () => {
  test('a silent address costs that, and not the life of its SYN', () => {
    const trace = traceOf(10, false);
    // 20 ms DNS, 250 ms head start, 20 ms TCP, 20 ms HTTP.
    expect(answersOf(trace)).toEqual(['client 310 ok 200 10']);
    expect(handshakesOf(trace)).toEqual([
      expect.stringMatching(/^20 client SYN/),
      expect.stringMatching(/^270 client SYN/),
      expect.stringMatching(/^280 b SYN,ACK/),
    ]);
    expect(states(trace)).toContain('290 client SYN-SENT > CLOSED');
  });

  test('an address that answers in time is the only one asked', () => {
    const trace = traceOf(100, true);
    expect(answersOf(trace)).toEqual(['client 420 ok 200 10']);
    expect(handshakesOf(trace)).toHaveLength(2);
  });

  test('of two that answer the first wins; what comes later for the other draws RST', () => {
    const trace = traceOf(140, true);
    // a answers at 20 + 280 ms, b at 270 + 20 ms.
    expect(answersOf(trace)).toEqual(['client 310 ok 200 10']);
    expect(handshakesOf(trace)).toEqual([
      expect.stringMatching(/^20 client SYN/),
      expect.stringMatching(/^160 a SYN,ACK/),
      expect.stringMatching(/^270 client SYN/),
      expect.stringMatching(/^280 b SYN,ACK/),
      expect.stringMatching(/^300 client RST/),
    ]);
  });

  test('the earlier attempt may still win', () => {
    const trace = traceOf(130, true);
    // a answers at 20 + 260 ms, b at 270 + 20 ms.
    expect(answersOf(trace)).toEqual(['client 540 ok 200 10']);
    expect(states(trace)).toContain('280 client SYN-SENT > CLOSED');
    expect(handshakesOf(trace).at(-1)).toMatch(/^290 client RST/);
  });

  test('a second address that refuses leaves the request to the first', () => {
    const trace = traceOf(140, true, 'attemptDelay: 250ms', '{port: 81, routes: []}');
    expect(answersOf(trace)).toEqual(['client 580 ok 200 10']);
  });

  test('where both fail the call fails once, with what came last', () => {
    const trace = traceOf(10, false, 'attemptDelay: 250ms', '{port: 81, routes: []}');
    expect(answersOf(trace)).toEqual(['client 131020 timedOut - 0']);
  });
});

test('without it the second address waits until the first has failed', () => {
  expect(answersOf(traceOf(10, false, 'connections: 1'))).toEqual(['client 131060 ok 200 10']);
});
