// What comes grows the window that is safe to offer. Oracle: tcp_grow_window and __tcp_grow_window of Linux (tcp_input.c), by hand: 200
// octets lie in 1024 + 256 of memory, half of which counts as text; halved twice they are fewer than 200, and so may a window grow
// that is at most a quarter of the largest.
import {expect, test} from 'vitest';
import {settingsFor} from '../../../source/stack/tcp/profiles.ts';
import {safeGrown} from '../../../source/stack/tcp/receive-memory.ts';
import {seq} from '../../../source/wire/seq.ts';

const largestText = 65_536;
const settings = settingsFor('linux', {rcvMemoryMaxBytes: 2 * largestText});
const poor = {start: seq(1), lengthBytes: 200, packetBytes: 252, pieces: 1};

const memoryOf = (safeBytes: number) => ({
  ...{bufferBytes: 2 * largestText, locked: false, held: [], usedBytes: 0, share: 128},
  ...{clampBytes: largestText, safeBytes, rttUs: 0, rttFrom: undefined, lastEcho: 0},
  ...{copied: seq(1), readSeq: seq(1), readUs: 0, readBytes: 14_600},
});

test.each([
  ['small', 10_000, 2920],
  ['a quarter of the largest', largestText / 4, 2920],
  ['more than that', largestText / 4 + 1, 0],
  ['near the largest', 60_000, 0],
])('a packet that wastes memory, the window is %s', (_, safeBytes, grows) => {
  const grown = safeGrown(memoryOf(safeBytes), poor, {segmentBytes: 1460, ownSegment: 1460, settings});
  expect(grown.safeBytes - safeBytes).toBe(grows);
});
