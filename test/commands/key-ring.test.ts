// The keys of a capture in the making: programs write more secrets while somebody looks.
import {appendFileSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {KeyRing} from '../../source/app/open-secrets.ts';

const folder = mkdtempSync(join(tmpdir(), 'packet-tutor-keys-'));
afterAll(() => rmSync(folder, {recursive: true}));

const line = (random: string): string => `CLIENT_RANDOM ${random.repeat(32)} ${'ab'.repeat(48)}\n`;

test('a log that says nothing new gives the same keys, one that does gives others', async () => {
  const file = join(folder, 'log');
  writeFileSync(file, line('01'));
  const ring = new KeyRing(file);
  const first = await ring.keys([]);
  if (!first.ok) expect.fail('no keys');
  expect(first.value?.log.secrets.size).toBe(1);
  const again = await ring.keys([]);
  expect(again.ok && again.value).toBe(first.value);
  appendFileSync(file, line('02'));
  const more = await ring.keys([]);
  if (!more.ok) expect.fail('no keys');
  expect(more.value?.log.secrets.size).toBe(2);
});
