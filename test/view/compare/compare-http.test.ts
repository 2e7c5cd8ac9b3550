// Short and persistent connections side by side. Oracle: lesson 24 of the curriculum (600 ms over three connections, 400 ms over one);
// nobody else sends anything, so that all packets are segments of these connections.
import {expect, test} from 'vitest';
import {compareTraces} from '../../../source/sim/compare.ts';
import {compareFacts} from '../../../source/view/compare/compare-facts.ts';
import {after, at, get, httpScenario} from '../../helpers/http-network.ts';
import {run} from '../../helpers/traces.ts';

const routes = [{method: 'GET', path: '/1', body: {bytes: 100}}];
const three = (version: '1.0' | '1.1') =>
  run(
    httpScenario(
      [
        at(0, get('/1', {version, as: 'a'})),
        after('a', get('/1', {version, as: 'b'})),
        after('b', get('/1', {version})),
      ],
      {routes},
    ),
  );
const [short, persistent] = [three('1.0'), three('1.1')];
const comparison = compareTraces(short, persistent);
const fewer = short.packetCount - persistent.packetCount;

test('the table tells connections, segments and the time to the last answer', () => {
  const rows = compareFacts(comparison, 'en', 4).map(({name, left, right, relation, remark}) =>
    [name, left, right, relation, remark].join(' | '),
  );
  expect(rows).toEqual([
    'connections | 3 | 1 | ≠ | 2 fewer',
    `segments | ${short.packetCount} | ${persistent.packetCount} | ≠ | ${fewer} fewer`,
    'all answered after | 600 ms | 400 ms | ≠ | 200 ms earlier',
    `packets | ${short.packetCount} | ${persistent.packetCount} | ≠ | ${fewer} fewer`,
  ]);
});
