// What is worked out once for each object, or carried on from one look at a growing capture to the next. Oracle: a list of events beside it.
import {expect, test} from 'vitest';
import {type Before, type Growth, grownPer, Looks, oncePer} from '../../source/wire/once-per.ts';

test('once for each object, also where nothing comes of it', () => {
  let times = 0;
  const read = oncePer((key: {readonly n: number}) => {
    times += 1;
    return key.n === 0 ? undefined : key.n;
  });
  const [none, one] = [{n: 0}, {n: 1}];
  expect([read(none), read(none), read(one), read(one), read({n: 1})]).toEqual([
    undefined,
    undefined,
    1,
    1,
    1,
  ]);
  expect(times).toBe(3);
});

test('how many of its first events a look shares with later ones', () => {
  const looks = new Looks();
  expect(looks.next(0)).toBeUndefined();
  const second = looks.next(5);
  const third = looks.next(9);
  expect([second?.look, third?.look, second?.capture === third?.capture]).toEqual([1, 2, true]);
  expect([third?.unchangedSince(0), third?.unchangedSince(1)]).toEqual([5, 9]);
  // Fewer than before: of all earlier looks no more are the same.
  const fourth = looks.next(3);
  expect([0, 1, 2, 7].map((look) => fourth?.unchangedSince(look))).toEqual([3, 3, 3, 0]);
  const fifth = looks.next(8);
  expect([0, 2, 3].map((look) => fifth?.unchangedSince(look))).toEqual([3, 3, 8]);
});

type Seen = {readonly growth?: Growth; readonly events: readonly string[]};

const reader = () => {
  const asked: (Before<string> | undefined)[] = [];
  const read = grownPer((trace: Seen, before: Before<string> | undefined) => {
    asked.push(before);
    return trace.events.join('');
  });
  return {asked, read};
};

test('each look is worked out once, from the one before', () => {
  const {asked, read} = reader();
  const looks = new Looks();
  looks.next(0);
  const look = (events: readonly string[], unchanged: number): Seen => {
    const growth = looks.next(unchanged);
    return {events, ...(growth && {growth})};
  };
  const [first, second, third] = [look(['a'], 0), look(['a', 'b'], 1), look(['a', 'c'], 1)];
  expect([read(first), read(first)]).toEqual(['a', 'a']);
  expect(asked).toEqual([undefined]);
  expect([read(third), read(third)]).toEqual(['ac', 'ac']);
  expect(asked).toEqual([undefined, {value: 'a', unchanged: 1}]);
  // The same look with something else beside it is the same.
  expect(read({...third})).toBe('ac');
  // An earlier one is read anew, and does not stand in the way of later ones.
  expect([read(second), read(second)]).toEqual(['ab', 'ab']);
  expect(asked.slice(2)).toEqual([undefined]);
  const fourth = look(['a', 'c', 'd'], 2);
  expect(read(fourth)).toBe('acd');
  expect(asked.at(-1)).toEqual({value: 'ac', unchanged: 2});
  // What the first was has been changed into the next.
  expect(read(first)).toBe('a');
  expect(asked.at(-1)).toBeUndefined();
});

test('captures that do not grow, and others, have nothing to do with each other', () => {
  const {asked, read} = reader();
  const [one, two] = [{events: ['x']}, {events: ['y']}];
  expect([read(one), read(two), read(one)]).toEqual(['x', 'y', 'x']);
  const other = (): Seen => {
    const looks = new Looks();
    looks.next(0);
    const growth = looks.next(1);
    return {events: ['z'], ...(growth && {growth})};
  };
  expect([read(other()), read(other())]).toEqual(['z', 'z']);
  expect(asked).toEqual([undefined, undefined, undefined, undefined]);
});
