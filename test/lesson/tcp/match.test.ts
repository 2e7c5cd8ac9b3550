// Which events a beat about TCP waits for. Oracle: docs/lessons.md, “enters”, “timer”, “delivers”: each with what it names, and with one thing other.

import {expect, test} from 'vitest';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import {
  describeTcpConditions,
  describeTcpMatch,
  isTcpMatch,
  type TcpMatch,
} from '../../../source/lesson/tcp/match.ts';
import {load, runOf, traceOf} from '../fragments.ts';

const lesson = load({
  script: `script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: client, call: connect, to: 'server:80', from: 40000, as: c}
  - {at: 1s, host: client, call: send, bytes: 10, of: c}
  - {at: 2s, host: client, call: send, bytes: 20, of: c}
`,
  runs: 'runs: {base: {faults: [drop@packet=1]}}\n',
});
const events = [...traceOf(lesson).events()];

/** `1000 client` for each event that it waits for, in milliseconds. */
const met = (match: TcpMatch): readonly string[] =>
  events
    .filter((event) => isTcpMatch(match, event))
    .map((event) => `${event.atUs / 1000} ${'host' in event ? event.host : ''}`);

test('enters: the state, whoever enters it', () => {
  expect(runOf(lesson).hosts.map(({name}) => name)).toEqual(['client', 'server']);
  expect(met({kind: 'enters', state: 'ESTABLISHED'})).toEqual(['1100 client', '1150 server']);
  expect(met({kind: 'enters', state: 'SYN-RECEIVED'})).toEqual(['1050 server']);
  expect(met({kind: 'enters', state: 'FIN-WAIT-1'})).toEqual([]);
});

// RFC 6298 §2.1: the first timer is of 1 s; §5.2, 5.3: it is set by what is sent, and off when all is acknowledged.
test('timer: its name and what becomes of it', () => {
  const ofTimer = (name: 'RTO' | 'persist', op: 'arm' | 'fire' | 'cancel') => met({kind: 'timer', name, op});
  expect(ofTimer('RTO', 'fire')).toEqual(['1000 client']);
  expect(ofTimer('RTO', 'arm')[0]).toBe('0 client');
  expect(ofTimer('RTO', 'cancel')[0]).toBe('1100 client');
  expect(ofTimer('persist', 'arm')).toEqual([]);
});

test('delivers: any data, or so many octets', () => {
  expect(met({kind: 'delivers'})).toHaveLength(2);
  expect(met({kind: 'delivers', length: 20})).toEqual(['2050 server']);
  expect(met({kind: 'delivers', length: 30})).toEqual([]);
});

test('in words, for what never happens', () => {
  expect(describeTcpMatch({kind: 'enters', state: 'CLOSED', host: 'client'}).en).toBe('client enters CLOSED');
  expect(describeTcpMatch({kind: 'delivers'})).toEqual(
    everywhere({
      en: 'data reaches the program on a host',
      zh: '数据交给 某台主机 上的程序',
    }),
  );
  expect(describeTcpMatch({kind: 'timer', name: 'persist', op: 'fire'}).en).toBe(
    'a host: timer persist, fire',
  );
  expect(describeTcpConditions({})).toEqual([]);
  expect(
    describeTcpConditions({flags: ['SYN', 'ACK'], carries: 'data', length: 5, retransmission: true}),
  ).toEqual(['SYN,ACK', 'carries data', 'length 5', 'retransmission true']);
});
