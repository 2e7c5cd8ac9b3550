// A listener under a flood: what a SYN costs does not grow with the connections that are there.
import {expect, test} from 'vitest';
import {emptyRope} from '../../../source/wire/rope.ts';
import {seq} from '../../../source/wire/seq.ts';
import {TcpFlag, type TcpSegment} from '../../../source/wire/tcp.ts';
import {ipOf, Server} from '../../helpers/tcp/server.ts';
import {B, brief} from '../../helpers/tcp/two-hosts.ts';

const {SYN, ACK} = TcpFlag;

/**
 * Time of processors, not of the clock, because the machine has other work, too: µs of one, of the quickest hundred, because
 * what is left over from other tests is collected in the others.
 */
const usedBy = (times: number, what: (n: number) => void): number => {
  const hundreds = Array.from({length: times / 100}, (_, hundred) => {
    const started = process.cpuUsage();
    for (let n = 0; n < 100; n += 1) what(hundred * 100 + n);
    const {user, system} = process.cpuUsage(started);
    return (user + system) / 100;
  });
  return Math.min(...hundreds);
};

test('2,000 SYNs beside 18,000 connections cost what the first 2,000 do', () => {
  const server = new Server({synCookies: 'off', synQueue: 1e6, acceptQueue: 1e6}, {backlog: 1e6});
  const dial = (n: number, flags: number) => {
    const segment: TcpSegment = {
      srcPort: n % 60_000,
      dstPort: B.port,
      seq: seq(flags & SYN ? 1000 : 1001),
      ack: seq(flags & ACK ? 9001 : 0),
      flags,
      window: 5000,
      urgent: 0,
      options: [],
      payload: emptyRope,
    };
    server.step({kind: 'segment', src: ipOf(n % 200), dst: B.ip, segment});
  };
  const first = usedBy(2000, (n) => dial(n, SYN));
  for (let n = 2000; n < 18_000; n += 1) dial(n, SYN);
  expect(server.tcp.connections.size).toBe(18_000);
  const last = usedBy(2000, (n) => dial(18_000 + n, SYN));
  expect(server.tcp.connections.size).toBe(20_000);
  expect(last / first).toBeLessThan(3);
  expect(brief({from: 'B', segment: server.sent[0] ?? noSegment})).toMatch(/SYN,ACK/);
});

const noSegment: TcpSegment = {
  srcPort: 0,
  dstPort: 0,
  seq: seq(0),
  ack: seq(0),
  flags: 0,
  window: 0,
  urgent: 0,
  options: [],
  payload: emptyRope,
};
