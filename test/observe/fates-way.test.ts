// Whether an acknowledgment tells the same window as the one before: in octets behind a SYN, in units of the scale after it (RFC 7323 §2.2).
import {expect, test} from 'vitest';
import {tellsSameWindow, Way} from '../../source/observe/fates-way.ts';
import {SYN, segmentOf} from './segments.ts';

const tells = (
  own: Partial<Way>,
  window: number,
  {flags = 0, far = 7}: {flags?: number; far?: number | undefined} = {},
) => tellsSameWindow({...new Way(), ...own}, {...new Way(), shift: far}, segmentOf({ack: 1, window, flags}));

test('after the first window each is in the same units', () => {
  expect([tells({window: 502, shift: 7}, 502), tells({window: 502, shift: 7}, 501)]).toEqual([true, false]);
});

// 64240 octets are 501.875 units of 128.
test('behind a SYN, up to one unit away', () => {
  const own = {window: 64_240, unscaled: true, shift: 7};
  expect([500, 501, 502, 503].map((window) => tells(own, window))).toEqual([false, true, true, false]);
  expect(tells(own, 64_240, {flags: SYN})).toBe(true);
});

test('in octets where one of the two offers no scale (RFC 7323 §1.3)', () => {
  const own = {window: 64_240, unscaled: true, shift: 7};
  const unscaled = {...new Way(), shift: undefined};
  const same = (window: number) =>
    tellsSameWindow({...new Way(), ...own}, unscaled, segmentOf({ack: 1, window}));
  expect([same(502), same(64_239), same(64_240)]).toEqual([false, false, true]);
  expect(tells({...own, shift: undefined}, 64_240)).toBe(true);
});

test('more than 14 counts as 14 (RFC 7323 §2.3)', () => {
  const own = {window: 32_768, unscaled: true};
  for (const shift of [14, 15])
    expect([2, 3].map((window) => tells({...own, shift}, window))).toEqual([true, false]);
});
