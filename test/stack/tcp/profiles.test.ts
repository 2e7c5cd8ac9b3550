// Profiles with changes: the window scale follows the receive buffer (RFC 7323 §2.2, curriculum: defaults in lessons).
import {expect, test} from 'vitest';
import {settingsFor} from '../../../source/stack/tcp/profiles.ts';

test.each([
  [65_535, 0],
  [65_536, 1],
  [131_070, 1],
  [131_071, 2],
  [6_291_456, 7],
])('a buffer of %i bytes: the least s with 65535·2^s ≥ buffer is %i', (rcvBufferBytes, windowScale) => {
  expect(settingsFor('linux', {rcvBufferBytes}).windowScale).toBe(windowScale);
});

test('what is not changed is the profile’s; a profile that does not scale stays so', () => {
  expect(settingsFor('linux', {}).windowScale).toBe(7);
  expect(settingsFor('linux', {rcvBufferBytes: 65_536, windowScale: 3}).windowScale).toBe(3);
  expect(settingsFor('rfc', {rcvBufferBytes: 6_291_456}).windowScale).toBe('off');
  expect(settingsFor('rfc', {timeWaitUs: 1}).timeWaitUs).toBe(1);
});
