// What was given away of a list that grows stays what it was, whatever is written, cut or added later.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {floats, items, type SharedList} from '../../source/wire/growing-list.ts';
import {runs} from '../helpers/seeds.ts';
import {sharedList} from '../helpers/shared-list.ts';

/** Several pieces' worth. */
const place = fc.nat({max: 5000});

const step = fc.oneof(
  fc.record({kind: fc.constant('push' as const), count: place}),
  fc.record({kind: fc.constant('set' as const), at: place}),
  fc.record({kind: fc.constant('cut' as const), to: place}),
  fc.record({kind: fc.constant('give' as const)}),
);

test.each([
  ['numbers', floats],
  ['what is no number', () => items<number>()],
])('each list that was given away is as it was then: %s', (_, make) => {
  fc.assert(
    fc.property(fc.array(step, {maxLength: 40}), (steps) => {
      const list = make();
      const plain: number[] = [];
      const given: [SharedList<number>, readonly number[]][] = [];
      let number = 0;
      for (const each of steps) {
        number += 1;
        if (each.kind === 'push')
          for (let count = 0; count < each.count; count++) {
            list.push(number);
            plain.push(number);
          }
        if (each.kind === 'set' && each.at < plain.length) {
          list.set(each.at, number);
          plain[each.at] = number;
        }
        if (each.kind === 'cut') {
          list.cut(each.to);
          plain.length = Math.min(plain.length, each.to);
        }
        if (each.kind === 'give') given.push([list.shared, plain.slice()]);
      }
      for (const [shared, wanted] of [...given, [list.shared, plain] as const]) {
        expect(shared.slice(0)).toEqual(wanted);
        expect(shared.length).toBe(wanted.length);
        expect(shared.at(wanted.length)).toBeUndefined();
        expect(shared.at(wanted.length - 1)).toBe(wanted.at(-1));
      }
    }),
    {numRuns: runs(200)},
  );
});

test('its beginning ends where it should, and the last of a kind is found', () => {
  const all = Array.from({length: 3000}, (_, index) => index);
  const list = sharedList(all);
  expect([...list.first(1500)]).toEqual(all.slice(0, 1500));
  expect(list.first(1500).at(1500)).toBeUndefined();
  expect(list.slice(1000, 1100)).toEqual(all.slice(1000, 1100));
  expect(list.findLast((item) => item % 1000 === 7)).toBe(2007);
  expect(list.first(7).findLast((item) => item % 1000 === 7)).toBeUndefined();
});
