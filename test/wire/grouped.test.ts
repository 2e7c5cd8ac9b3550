// Alike ones together: every item is in one group, and items and groups keep their order. Oracle: a filter for each key.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {byKey, grouped} from '../../source/wire/grouped.ts';

const lengthOf = (text: string): number => text.length;

test('each key has what a filter for it finds, in the order of its first', () => {
  fc.assert(
    fc.property(fc.array(fc.string({maxLength: 4})), (all) => {
      const keys = [...new Set(all.map(lengthOf))];
      expect([...byKey(all, lengthOf)]).toEqual(
        keys.map((key) => [key, all.filter((each) => each.length === key)]),
      );
      expect(grouped(all, lengthOf)).toEqual([...byKey(all, lengthOf).values()]);
    }),
  );
});
