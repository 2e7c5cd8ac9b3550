// A TCB as a value: what changes is a copy.
import {expect, test} from 'vitest';
import {changed} from '../../../source/stack/tcp/copied.ts';
import {fresh} from '../../helpers/tcp/lone-turn.ts';

test('a change leaves the TCB of before as it was; one that says nothing new is no change', () => {
  const after = changed(fresh, {cwnd: 7, retries: fresh.retries});
  expect(after).toEqual({...fresh, cwnd: 7});
  expect(fresh.cwnd).not.toBe(7);
  expect(changed(after, {cwnd: 7, snd: after.snd, held: undefined})).toBe(after);
  expect(changed(after, {held: {because: '9293:3.7.4/nagle', sinceUs: 0}})).not.toBe(after);
});
