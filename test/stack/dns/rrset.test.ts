// RRsets by RFC 2181 §5 (one owner, type and class), §5.2 (TTLs), §8 (range), RFC 4343 (case); aliases by RFC 1034 §3.6.2.
import {expect, test} from 'vitest';
import {followsAliases, leastTtl, rrsetsOf, sameData} from '../../../source/stack/dns/rrset.ts';
import {question, record} from './records.ts';

test('records of one owner, type and class are a set, in the order in which the first came; twice is once', () => {
  const [a1, b, a2, again] = ['a. A 192.0.2.1', 'b. A 192.0.2.1', 'A. A 192.0.2.2', 'a. A 192.0.2.1'].map(
    (text) => record(text),
  );
  if (!a1 || !b || !a2 || !again) throw new Error('four records');
  const chaos = {...a1, class: 3};
  const other = record('a. AAAA 2001:db8::1');
  expect(
    rrsetsOf([a1, b, a2, again, chaos, other]).map(({name, type, class: klass, records}) => [
      name,
      type,
      klass,
      records,
    ]),
  ).toEqual([
    ['a.', 1, 1, [a1, a2]],
    ['b.', 1, 1, [b]],
    ['a.', 1, 3, [chaos]],
    ['a.', 28, 1, [other]],
  ]);
});

test('sets that differ in case, order or TTL hold the same data', () => {
  const sets = [
    [record('a. NS x.'), record('a. NS y.')],
    [record('a. NS Y.', 5), record('a. NS X.')],
    [record('a. NS x.')],
    [record('a. NS x.'), record('a. NS z.')],
  ];
  expect(sets.map((set) => sameData(sets[0] ?? [], set))).toEqual([true, true, false, false]);
});

test('of several TTLs the least counts; one with its highest bit set is 0', () => {
  expect(
    leastTtl([record('a. A 192.0.2.1', 9), record('a. A 192.0.2.2', 7), record('a. A 192.0.2.3', 8)]),
  ).toBe(7);
  expect(leastTtl([record('a. A 192.0.2.1', 0x7fff_ffff)])).toBe(0x7fff_ffff);
  expect(leastTtl([record('a. A 192.0.2.1', 0x8000_0000)])).toBe(0);
});

test('an alias leads on but for who asks for it, or for anything', () => {
  const follows = ['a. A', 'a. MX', 'a. CNAME', 'a. ANY'].map((text) => followsAliases(question(text).type));
  expect(follows).toEqual([true, true, false, false]);
});
