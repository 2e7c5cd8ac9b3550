// What limited a transfer, from how long it waited for what; by arithmetic.
import {expect, test} from 'vitest';
import {transferOf} from '../../source/observe/transfer-limits.ts';
import {type Limit, TransferPace} from '../../source/observe/transfer-pace.ts';

/** A second long; waits in milliseconds. */
const paceOf = (waits: Partial<Record<Limit, number>>, {segments = 20, ms = 1000} = {}) => {
  const pace = new TransferPace(undefined);
  const waited = (limit: Limit) => ({...pace.waits[limit], us: 1000 * (waits[limit] ?? 0)});
  return Object.assign(pace, {
    ...{segments, firstUs: 5000, lastUs: 5000 + 1000 * ms},
    waits: {
      ...pace.waits,
      ...{window: waited('window'), program: waited('program'), loss: waited('loss'), path: waited('path')},
    },
  });
};

const limitsOf = (waits: Partial<Record<Limit, number>>) =>
  transferOf(paceOf(waits), 1)?.limits.map(({by, wait}) => `${by} ${wait.us / 1000}`);

test('too little to tell: fewer than 10000 octets in fewer than 20 segments, or no time', () => {
  expect(transferOf(undefined, 50_000)).toBeUndefined();
  expect(transferOf(paceOf({}, {segments: 19}), 9999)).toBeUndefined();
  expect(transferOf(paceOf({}, {segments: 19}), 10_000)?.bytes).toBe(10_000);
  expect(transferOf(paceOf({}, {segments: 20}), 9999)?.bytes).toBe(9999);
  expect(transferOf(paceOf({}, {ms: 0}), 50_000)).toBeUndefined();
});

test('octets in a second are eight bits each', () => {
  expect(transferOf(paceOf({}), 10_000)).toEqual({
    ...{bytes: 10_000, us: 1_000_000, bitsPerSecond: 80_000, limits: []},
  });
  expect(transferOf(paceOf({}, {ms: 3000}), 10_000)?.bitsPerSecond).toBe(26_667);
});

test.each<readonly [Partial<Record<Limit, number>>, readonly string[]]>([
  [{path: 199}, []],
  [{path: 200}, ['path 200']],
  [{window: 100, program: 500}, ['program 500']],
  // More than three tenths of all waiting.
  [{window: 300, program: 700}, ['program 700']],
  [{window: 301, program: 699}, ['program 699', 'window 301']],
  [{window: 310, program: 350, loss: 340}, ['program 350', 'loss 340']],
  [{path: 900, loss: 0}, ['path 900']],
])('waits of %j ms', (waits, limits) => {
  expect(limitsOf(waits)).toEqual(limits);
});
