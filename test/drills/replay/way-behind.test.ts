// How long segments took behind the capture point, as answers tell. Oracle: connections whose two ends somebody who reads them can
// place, by RFC 5681 §4.2 (who has a gap answers at once), RFC 2018 §4 (the newest block comes first) and RFC 2883 §4 (D-SACK).
import {expect, test} from 'vitest';
import {fatesOf} from '../../../source/drills/replay/fates.ts';
import {lateBehind} from '../../../source/drills/replay/way-behind.ts';
import {connection, seenFrom} from './segments.ts';

/** The caller sends at the capture point, 10 ms from who answers; in ms by packet. */
const lateOf = (...lines: readonly string[]): Readonly<Record<number, number>> => {
  const seen = connection(...lines);
  const vantage = seenFrom(0, 10);
  const late = lateBehind(seen, vantage, {fates: fatesOf(seen, vantage), side: 0});
  return Object.fromEntries([...late].map(([packet, us]) => [packet, us / 1000]));
};

test.each<[string, readonly string[], Readonly<Record<number, number>>]>([
  ['answered at once', ['0 c PA 1:101 ack 1', '20 s A 1 ack 101'], {1: 0}],
  ['alone, answered later', ['0 c PA 1:101 ack 1', '60 s A 1 ack 101'], {1: 0}],
  [
    'filling a gap',
    [
      '0 c A 1:101 ack 1',
      '1 c PA 101:201 ack 1',
      '21 s A 1 ack 1 sack 101-201',
      '22 c A 1:101 ack 1',
      '90 s A 1 ack 201',
    ],
    {2: 0, 4: 48},
  ],
  [
    'two copies',
    ['0 c A 1:101 ack 1', '100 c PA 1:101 ack 1', '120.5 s A 1 ack 101', '140 s A 1 ack 101 sack 1-101'],
    {1: 0, 2: 20},
  ],
  [
    'not before previous answer',
    [
      '0 c A 1:101 ack 1',
      '0 c A 101:201 ack 1',
      '0 c PA 201:301 ack 1',
      '20 s A 1 ack 101',
      '25 s A 1 ack 301',
    ],
    {1: 0, 2: 5, 3: 5},
  ],
  [
    'program answers later',
    ['0 c PA 1:101 ack 1', '0 c FA 101:102 ack 1', '25 s A 1 ack 101', '26 s PA 1:51 ack 102'],
    {1: 5, 2: 5.001},
  ],
])('%s', (_, lines, late) => expect(lateOf(...lines)).toMatchObject(late));
