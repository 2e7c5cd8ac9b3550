// Linux as recorded: which scripts of the kernel our TCP passes. The kernel is right.
import {expect, test} from 'vitest';
import {open, recordings} from '../../helpers/kernel-recordings.ts';
import {verdict} from './bench.ts';

test('every recording passes but those that are named as open, and these do not', () => {
  const failing = recordings.filter(({source}) => verdict(source) !== 'pass').map(({name}) => name);
  expect(failing).toEqual(recordings.map(({name}) => name).filter((name) => open.includes(name)));
});
