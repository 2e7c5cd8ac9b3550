// Short lists: what is appended stands at the end, while they have exact places and after.
import {expect, test} from 'vitest';
import {withOneMore} from '../../source/observe/short-list.ts';

test('a list grows by one at its end, short or long', () => {
  let list: number[] = [];
  for (let one = 0; one < 100; one++) list = withOneMore(list, one);
  expect(list).toEqual(Array.from({length: 100}, (_, index) => index));
});
