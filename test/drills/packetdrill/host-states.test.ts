// Checks the states of a script's host after each step, of which only some are kept. Oracle: the states themselves, all of which the test holds.
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {expect, test} from 'vitest';
import {StackHost} from '../../../source/drills/packetdrill/host.ts';
import {HostStates} from '../../../source/drills/packetdrill/host-states.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import type {Tcp} from '../../../source/stack/tcp/tcp.ts';
import {ropeFromBytes} from '../../../source/wire/rope.ts';
import {seq, seqAdd} from '../../../source/wire/seq.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {parsed, run} from './bench.ts';

const [local, remote] = [
  {ip: '192.0.2.1', port: 80},
  {ip: '192.0.2.2', port: 40_000},
];

/** Runs a listener, a handshake and `octets` octets, one at a time. `between` may change the host before each of them. */
const stepsOf = (octets: number, states: HostStates, between: (host: StackHost, nth: number) => void) => {
  const seen: Tcp[] = [];
  const host = new StackHost({
    // The settings are a new object each time, like those of a socket.
    settingsOf: () => ({...profiles.rfc}),
    watch(step) {
      states.add(step);
      seen.push(step.tcp);
    },
    mostSteps: 100_000,
  });
  host.step({kind: 'call', call: {call: 'OPEN', mode: 'passive', local, read: 'manual'}});
  const segment = (flags: number, number: number, ack: number, text = '') =>
    host.step({
      kind: 'segment',
      ...{src: remote.ip, dst: local.ip},
      segment: {
        ...{srcPort: remote.port, dstPort: local.port, flags, window: 60_000, urgent: 0, options: []},
        ...{seq: seqAdd(seq(7), number), ack: seq(ack), payload: ropeFromBytes(Buffer.from(text))},
      },
    });
  segment(TcpFlag.SYN, 0, 0);
  segment(TcpFlag.ACK, 1, 1);
  for (let nth = 0; nth < octets; nth++) {
    host.nowUs += 1000;
    between(host, nth);
    segment(TcpFlag.ACK, nth + 1, 1, 'x');
  }
  return seen;
};

test('the state after any step, asked for in any order, is the host’s own, and few states are kept', () => {
  const states = new HostStates(16);
  const seen = stepsOf(300, states, () => {});
  expect(seen.length).toBe(303);
  expect(states.kept).toBeLessThanOrEqual(16);
  for (const start of [0, 1, 250, 302, 77])
    for (let at = start; at < seen.length; at += 61) expect(states.after(at)).toEqual(seen[at]);
  for (let at = seen.length - 1; at >= 0; at -= 1) expect(states.after(at)).toEqual(seen[at]);
});

test('a change made to the host between two steps appears in the next state', () => {
  const states = new HostStates(16);
  const seen = stepsOf(100, states, (host, nth) => {
    if (nth === 50) host.forget([...host.tcp.connections.keys()]);
  });
  expect(seen.at(-1)?.connections.size).toBe(0);
  for (const [at, tcp] of seen.entries()) expect(states.after(at)).toEqual(tcp);
});

const opened = `0 \`sysctl -w packet_tutor.profile=rfc\`
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
+0 < S 0:0(0) win 4000 <mss 1460>
+0 > S. 0:0(0) ack 1 win 65535 <mss 1460>
+.01 < . 1:1(0) ack 1 win 4000
+0 accept(3, ..., ...) = 4
`;

/** Makes script lines whose segments come out of order, so that each stays in the receiver's queue and is answered with an ACK. */
const apart = (count: number): string =>
  Array.from({length: count}, (_, n) => `+.001 < . ${4 * n + 3}:${4 * n + 5}(2) ack 1 win 4000\n`).join('');

const heapBytes = (): number => {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
};

test('each line of a script leaves less than 6000 bytes in memory', () => {
  const count = 4000;
  run(parsed(opened + apart(100)));
  const before = heapBytes();
  const {trace} = run(parsed(opened + apart(count)));
  const each = (heapBytes() - before) / count;
  expect(trace.packetCount).toBeGreaterThan(count);
  expect(each).toBeLessThan(6000);
});

test('a script of thousands of lines has each state of its host, and one chunk of received text', () => {
  const count = 3000;
  const lines = Array.from({length: count}, (_, n) => `+.001 < . ${n + 1}:${n + 2}(1) ack 1 win 4000\n`);
  const {trace, failure} = run(parsed(opened + lines.join('')));
  expect(failure).toBeUndefined();
  const arrivals = [...trace.events()].filter(({kind, host}) => kind === 'arrive' && host === 'host');
  expect(arrivals.length).toBe(count + 2);
  for (const nth of [0, 1, 500, 1499, 2999]) {
    const world = trace.stateAt(arrivals[nth + 2]?.n ?? 0);
    const [tcb] = world?.hosts['host']?.tcp.connections.values() ?? [];
    expect(tcb?.receiveBuffer.length).toBe(nth + 1);
    // The received stream is one chunk, however many segments it came in.
    expect(tcb?.receiveBuffer.chunks.length).toBe(1);
  }
  expect(trace.stateAt(0)?.hosts['host']?.tcp.connections.size).toBe(0);
  expect(trace.stateAt(trace.length + 5)).toBe(trace.stateAt(trace.length));
});
