// Linux as recorded: which scripts of the kernel our TCP passes. The kernel is right.
import {expect, test} from 'vitest';
import {open, recordings} from '../../helpers/kernel-recordings.ts';
import {some} from '../../helpers/seeds.ts';
import {verdict} from './bench.ts';

test('every recording passes but those that are named as open, and these do not', () => {
  const tried = some(recordings, 40);
  const failing = tried.filter(({source}) => verdict(source) !== 'pass').map(({name}) => name);
  expect(failing).toEqual(tried.map(({name}) => name).filter((name) => open.includes(name)));
});
