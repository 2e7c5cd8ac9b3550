// A list that loses at its beginning and gains at its end, shared by those that follow from it; oracle: arrays that are copied.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {Fifo} from '../../source/wire/fifo.ts';
import {runs} from '../helpers/seeds.ts';

type Pair = {readonly list: Fifo<number>; readonly copy: readonly number[]};

/** What is done to one of the lists so far. */
const step = fc.record({
  from: fc.nat({max: 99}),
  what: fc.constantFrom('concat', 'without', 'with', 'map'),
  by: fc.nat({max: 9}),
});

const after = ({list, copy}: Pair, what: string, by: number, turn: number): Pair => {
  const more = Array.from({length: by}, (_, index) => 100 * turn + index);
  const count = Math.min(by, copy.length);
  if (what === 'concat') return {list: list.concat(more), copy: [...copy, ...more]};
  if (what === 'without') return {list: list.without(count), copy: copy.slice(count)};
  if (what === 'with' && by < copy.length) return {list: list.with(by, -by), copy: copy.with(by, -by)};
  return {list: list.map((item, index) => item + by * index), copy: copy.map((item, at) => item + by * at)};
};

test('whichever list one goes on from, each stays what it was', () => {
  fc.assert(
    fc.property(fc.array(step, {minLength: 30, maxLength: 60}), (steps) => {
      const pairs: Pair[] = [{list: Fifo.of([1, 2, 3]), copy: [1, 2, 3]}];
      for (const {from, what, by} of steps) {
        // Mostly the newest, as a queue is used; else one that others went on from.
        const pair = pairs.at(from % 3 === 0 ? from % pairs.length : -1);
        if (pair) pairs.push(after(pair, what, by, pairs.length));
      }
      for (const {list, copy} of pairs) {
        expect([...list]).toEqual(copy);
        expect(list.length).toBe(copy.length);
        expect(list.slice(1, 3)).toEqual(copy.slice(1, 3));
        for (const at of [-2, -1, 0, 1, copy.length]) expect(list.at(at)).toBe(copy.at(at));
      }
    }),
    {numRuns: runs(300)},
  );
});
