// The event queue: order by time, then by insertion; oracle: a stable sort.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {dequeue, emptyQueue, enqueue, type Queue} from '../../source/sim/queue.ts';
import {runs} from '../helpers/seeds.ts';

const drain = <T>(queue: Queue<T>): T[] => {
  const items: T[] = [];
  for (let next = dequeue(queue); next; next = dequeue(next.rest)) items.push(next.item);
  return items;
};

test('comes out like a stable sort by time', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({max: 20})), (times) => {
      let queue: Queue<number> = emptyQueue;
      times.forEach((atUs, index) => {
        queue = enqueue(queue, atUs, index);
      });
      const expected = times.map((atUs, index) => ({atUs, index})).sort((a, b) => a.atUs - b.atUs);
      expect(drain(queue)).toEqual(expected.map(({index}) => index));
      expect(queue.size).toBe(times.length);
    }),
    {numRuns: runs(300)},
  );
});

test('an older queue is not changed by what is done to a newer one', () => {
  const one = enqueue(enqueue(emptyQueue as Queue<string>, 5, 'late'), 1, 'early');
  dequeue(one);
  enqueue(one, 0, 'first');
  expect(drain(one)).toEqual(['early', 'late']);
});
