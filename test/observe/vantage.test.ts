// Where a capture was taken, by hand: 20 µs there and back beside 40 ms is the machine itself; half of there and back is the way.
import {describe, expect, test} from 'vitest';
import {type Bearing, bearingOf, Vantage} from '../../source/observe/vantage.ts';

describe('of one connection', () => {
  test.each<readonly [near: number | undefined, far: number | undefined, Bearing | undefined]>([
    [undefined, 1000, {distanceUs: [0, 500], exact: [false, false]}],
    [undefined, 999, undefined],
    [1001, undefined, {distanceUs: [500, 0], exact: [false, false]}],
    // Ten times as fast is the capture point's own machine, whatever the far one takes.
    [4000, 40_000, {distanceUs: [0, 20_000], exact: [true, false]}],
    [4001, 40_000, {distanceUs: [2000, 20_000], exact: [false, false]}],
    [40_001, 4000, {distanceUs: [20_000, 0], exact: [false, true]}],
    [1, 10, {distanceUs: [0, 5], exact: [true, false]}],
    [400, 600, {distanceUs: [200, 300], exact: [false, false]}],
    [399, 600, undefined],
    [500, 500, {distanceUs: [250, 250], exact: [false, false]}],
  ])('%s and %s µs', (near, far, bearing) => {
    expect(bearingOf([near, far])).toEqual(bearing);
  });
});

const here: Bearing = {distanceUs: [0, 9], exact: [true, false]};
const there: Bearing = {distanceUs: [7, 8], exact: [false, false]};

describe('of several', () => {
  test('the machine that all name that name one', () => {
    const vantage = new Vantage();
    expect(vantage.host).toBeUndefined();
    vantage.hear(1, ['a', 'b'], there);
    expect(vantage.host).toBeUndefined();
    vantage.hear(2, ['a', 'b'], here);
    vantage.hear(3, ['c', 'a'], {distanceUs: [9, 0], exact: [false, true]});
    expect(vantage.host).toBe('a');
    vantage.hear(4, ['d', 'a'], here);
    expect(vantage.host).toBeUndefined();
    // That one takes it back.
    for (const _ of [1, 2]) vantage.hear(4, ['d', 'a'], undefined);
    expect(vantage.host).toBe('a');
    vantage.hear(5, ['d', 'a'], here);
    expect(vantage.host).toBeUndefined();
    vantage.hear(5, ['d', 'a'], undefined);
    vantage.hear(2, ['a', 'b'], there);
    expect(vantage.host).toBe('a');
    vantage.hear(3, ['c', 'a'], undefined);
    expect(vantage.host).toBeUndefined();
  });

  test('said again it counts once', () => {
    const vantage = new Vantage();
    for (const _ of [1, 2]) vantage.hear(1, ['a', 'b'], here);
    vantage.hear(1, ['a', 'b'], there);
    expect(vantage.host).toBeUndefined();
    vantage.hear(2, ['a', 'b'], {distanceUs: [2, 20], exact: [false, false]});
    vantage.hear(1, ['a', 'b'], undefined);
    expect(vantage.between(['a', 'b'])?.distanceUs).toEqual([2, 20]);
  });

  test('between two hosts, either way round, the first connection speaks that has anything to say', () => {
    const vantage = new Vantage();
    const between = (from: string, to: string) => vantage.between([from, to])?.distanceUs;
    expect(between('a', 'b')).toBeUndefined();
    vantage.hear(5, ['b', 'a'], {distanceUs: [5, 50], exact: [false, false]});
    expect([between('b', 'a'), between('a', 'b'), between('a', 'c')]).toEqual([[5, 50], [50, 5], undefined]);
    vantage.hear(3, ['a', 'b'], {distanceUs: [3, 30], exact: [true, false]});
    vantage.hear(4, ['a', 'b'], {distanceUs: [4, 40], exact: [false, false]});
    expect([between('a', 'b'), between('b', 'a')]).toEqual([
      [3, 30],
      [30, 3],
    ]);
    expect(vantage.between(['b', 'a'])?.exact).toEqual([false, true]);
    vantage.hear(3, ['a', 'b'], undefined);
    expect(between('a', 'b')).toEqual([4, 40]);
    vantage.hear(3, ['a', 'b'], undefined);
    vantage.hear(4, ['a', 'b'], undefined);
    expect(between('b', 'a')).toEqual([5, 50]);
    vantage.hear(5, ['b', 'a'], undefined);
    expect(between('b', 'a')).toBeUndefined();
  });

  test('two others whose addresses begin and end alike are two others', () => {
    const vantage = new Vantage();
    vantage.hear(1, ['2.0.0.12', '2.0.0.3'], there);
    expect(vantage.between(['2.0.0.1', '22.0.0.3'])).toBeUndefined();
  });
});

test('on the machine of the capture the times of an end are exact, where it is no way off', () => {
  const vantage = new Vantage();
  const none = {distanceUs: [0, 0], exact: [false, false]} as const;
  const exact = (ends: readonly [string, string], bearing: Bearing) => vantage.sharpened(ends, bearing).exact;
  expect(exact(['a', 'b'], none)).toEqual([false, false]);
  vantage.hear(1, ['a', 'b'], here);
  expect(exact(['a', 'c'], none)).toEqual([true, false]);
  expect(exact(['c', 'a'], none)).toEqual([false, true]);
  expect(exact(['a', 'a'], {...none, distanceUs: [1, 1]})).toEqual([false, false]);
  expect(exact(['c', 'd'], {...none, exact: [true, true]})).toEqual([true, true]);
  expect(vantage.sharpened(['a', 'c'], there).distanceUs).toEqual([7, 8]);
});
