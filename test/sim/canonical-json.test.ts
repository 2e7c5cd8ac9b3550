// Oracle: RFC 8785 §3.2.3 (keys by their UTF-16 code units).
import {expect, test} from 'vitest';
import {canonicalJson, isRecord} from '../../source/sim/canonical-json.ts';
import {given} from '../../source/sim/given.ts';

test('keys in the order of their code units, however deep; lists as they are', () => {
  // The example of §3.2.3, as far as JSON writes the keys alike.
  const value = {'€': 1, '\r': 2, '1': 4, '😀': 5, '\u0080': 6, ö: 7};
  expect(Object.keys(JSON.parse(canonicalJson(value)))).toEqual(['1', '\r', '\u0080', 'ö', '€', '😀']);
  expect(canonicalJson({b: [{d: 1, c: 2}, 'x'], a: {z: null, y: true}, Z: 0})).toBe(
    '{"Z":0,"a":{"y":true,"z":null},"b":[{"c":2,"d":1},"x"]}',
  );
  expect(canonicalJson([3, 1, 2])).toBe('[3,1,2]');
  expect(canonicalJson({a: undefined, b: 1})).toBe('{"b":1}');
});

test('what is a record', () =>
  expect([{}, [], null, 'a', 1, undefined].map(isRecord)).toEqual([true, false, false, false, false, false]));

test('keys without a value are left out, and no others', () => {
  const kept = given({a: undefined, b: 0, c: '', d: null, e: false});
  expect(Object.entries(kept)).toEqual([
    ['b', 0],
    ['c', ''],
    ['d', null],
    ['e', false],
  ]);
});
