// The event queue: order by time, then by insertion; oracle: a stable sort.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {dequeue, emptyQueue, enqueue, type Queue, requeue} from '../../source/sim/queue.ts';
import {runs} from '../helpers/seeds.ts';

const drain = <T>(queue: Queue<T>): T[] => {
  const items: T[] = [];
  for (let next = dequeue(queue); next; next = dequeue(next.rest)) items.push(next.item);
  return items;
};

/** A few; and many that mostly fall, so that few stand behind each other. */
const timesOfAll = fc.oneof(
  fc.array(fc.nat({max: 20})),
  fc
    .array(fc.nat({max: 20}), {minLength: 60, maxLength: 90})
    .map((offs) => offs.map((off, index) => 900 - 10 * index + off)),
);

test('comes out like a stable sort by time', () => {
  fc.assert(
    fc.property(timesOfAll, (times) => {
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

/** So many times in a row, every so often; all at once in the oracle, one after the other in the queue. */
type Repeated = {readonly atUs: number; readonly times: number; readonly everyUs: number};

test('what repeats itself keeps its turns, one at a time in the queue', () => {
  const repeated = fc.record({
    atUs: fc.nat({max: 6}),
    times: fc.integer({min: 1, max: 5}),
    everyUs: fc.nat({max: 3}),
  });
  fc.assert(
    fc.property(fc.array(repeated), (all) => {
      let queue: Queue<Repeated & {readonly name: string; readonly turn: number}> = emptyQueue;
      all.forEach((each, index) => {
        queue = enqueue(queue, each.atUs, {...each, name: `${index}`, turn: 0}, each.times);
      });
      const came: string[] = [];
      for (let next = dequeue(queue); next; next = dequeue(queue)) {
        const {atUs, order, item} = next;
        expect(next.rest.size).toBeLessThan(all.length);
        came.push(`${item.name}.${item.turn}`);
        queue = next.rest;
        const again = {...item, turn: item.turn + 1};
        if (again.turn < item.times) queue = requeue(queue, atUs + item.everyUs, again, order + 1);
      }
      const expected = all
        .flatMap(({atUs, times, everyUs}, index) =>
          Array.from({length: times}, (_, turn) => ({name: `${index}.${turn}`, atUs: atUs + turn * everyUs})),
        )
        .sort((a, b) => a.atUs - b.atUs);
      expect(came).toEqual(expected.map(({name}) => name));
    }),
    {numRuns: 300},
  );
});

test('an older queue is not changed by what is done to a newer one', () => {
  const one = enqueue(enqueue(emptyQueue as Queue<string>, 5, 'late'), 1, 'early');
  dequeue(one);
  enqueue(one, 0, 'first');
  expect(drain(one)).toEqual(['early', 'late']);
});
