// HTTP over the simulated TCP. Oracles: curriculum lessons 23 to 26, RFC 9110, 9111, 9112, 6265; RTT is 100 ms.
import {expect, test} from 'vitest';
import {
  after,
  answersOf,
  at,
  flowsOf,
  get,
  httpScenario,
  notesOf,
  statusesOf,
} from '../helpers/http-network.ts';
import {packetsOf, run, statesOf} from '../helpers/traces.ts';

const page = (path: string, body: string) => ({method: 'GET', path, type: 'text/html', body});
const three = {routes: [page('/1', 'one'), page('/2', 'two'), page('/3', 'three')]};
const threeGets = (more = {}) => [
  at(0, get('/1', {as: 'a', ...more})),
  after('a', get('/2', {as: 'b', ...more})),
  after('b', get('/3', {as: 'c', ...more})),
];
const syns = (trace: ReturnType<typeof run>) => packetsOf(trace).filter((line) => / client SYN\b/.test(line));

test('the request of lesson 23 is 57 octets, its first line 32', () => {
  const hello = {
    method: 'GET',
    path: '/sample/hello.jsp',
    type: 'text/html',
    body: 'Hello, world!',
    close: true,
  };
  const trace = run(httpScenario([at(0, get('/sample/hello.jsp'))], {routes: [hello]}));
  const [flow] = flowsOf(trace);
  expect(flow?.bytes.client.length).toBe(57);
  expect(flow?.requests[0]?.head.start.span).toEqual({start: 0, end: 32});
  expect(statusesOf(flow)).toEqual([200]);
  expect(answersOf(trace)).toMatchObject([{result: 'ok', status: 200, bytes: 13, atUs: 200_000}]);
  expect(statesOf(trace).filter((line) => line.endsWith('TIME-WAIT'))).toEqual([
    expect.stringContaining('server'),
  ]);
});

test('keep-alive: three requests on one connection, 400 ms (lesson 24 B)', () => {
  const trace = run(httpScenario(threeGets(), three));
  expect(syns(trace)).toHaveLength(1);
  expect(answersOf(trace).map(({atUs, status, bytes}) => [atUs, status, bytes])).toEqual([
    [200_000, 200, 3],
    [300_000, 200, 3],
    [400_000, 200, 5],
  ]);
  expect(notesOf(trace, 'http-connection', 'client').map(({op, nth}) => [op, nth])).toEqual([
    ['opened', 1],
    ['reused', 2],
    ['reused', 3],
  ]);
  // Idle for 15 s, then the server closes.
  const close = statesOf(trace).find((line) => line.includes('server ESTABLISHED > FIN-WAIT-1'));
  expect(close).toBe('15350 server ESTABLISHED > FIN-WAIT-1');
});

test('HTTP/1.0: a connection for each request, 600 ms, TIME-WAIT three times on the server (lesson 24 A)', () => {
  const trace = run(httpScenario(threeGets({version: '1.0'}), three));
  expect(syns(trace)).toHaveLength(3);
  expect(answersOf(trace).map(({atUs}) => atUs)).toEqual([200_000, 400_000, 600_000]);
  const timeWaits = statesOf(trace).filter((line) => line.endsWith('TIME-WAIT'));
  expect(timeWaits.map((line) => line.split(' ')[1])).toEqual(['server', 'server', 'server']);
});
