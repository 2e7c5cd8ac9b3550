// Rows of NSEC3 written out by hand (RFC 5155 §3.2): without a salt there is a length of 0 and no salt.
import {expect, test} from 'vitest';
import {youngRows} from '../../source/wire/dissect-young-rdata.ts';
import {octetsOf} from '../../source/wire/octets.ts';

const rowsOf = (hex: string) => {
  const bytes = octetsOf(hex.replaceAll(' ', ''));
  const data = {kind: 'NSEC3', octets: '', nextHashed: 'aabb', types: [1]} as never;
  return youngRows(bytes, {start: 0, end: bytes.length}, data).map(({name, start, end}) => [
    name.slice(4),
    start,
    end,
  ]);
};

test('NSEC3 with a salt, and without', () => {
  const types = ['nsec3.algo', 'nsec3.flags', 'nsec3.flags.opt_out', 'nsec3.iterations', 'nsec3.salt_length'];
  const [salted, bare] = ['01 01 000c 02 ccdd 02 aabb 00 01 40', '01 01 000c 00 02 aabb 00 01 40'].map(
    rowsOf,
  );
  expect(salted?.slice(5, 8)).toEqual([
    ['nsec3.salt_value', 5, 7],
    ['nsec3.hash_length', 7, 8],
    ['nsec3.hash_value', 8, 10],
  ]);
  expect(bare?.map(([name]) => name).slice(0, 5)).toEqual(types);
  expect(bare?.slice(5, 7)).toEqual([
    ['nsec3.hash_length', 5, 6],
    ['nsec3.hash_value', 6, 8],
  ]);
});
