// Oracle: two Linux 6.18 kernels over paths that lose, reorder, delay and queue (test/fixtures/repairs/README.md). What our machine makes
// of the same calls on the same path has to be what they sent.
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {gunzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {replaysOf, tallyOf, told} from '../../helpers/replayed.ts';

const file = fileURLToPath(new URL('../../fixtures/repairs/paths.pcap.gz', import.meta.url));

test('100 connections over such paths', () => {
  const again = replaysOf(gunzipSync(readFileSync(file)), 100).flatMap((each) =>
    typeof each === 'string' ? [] : [each],
  );
  const tally = tallyOf(again);
  console.log(told(tally));
  expect(tally.connections).toBe(100);
  // Measured: 85 and 0.985. No promise, but what must not get worse.
  expect(tally.whole).toBeGreaterThanOrEqual(83);
  expect(tally.alike / tally.packets).toBeGreaterThan(0.97);
}, 600_000);
