// Captures opened from files: plain, gzipped, cut, damaged, and what is no capture at all.
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {openCapture} from '../../source/io/capture.ts';
import {digestOf} from '../../source/sim/digest.ts';
import {captureFolder, readCapture} from '../wire/captures.ts';
import '../helpers/meaning.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
});
afterAll(() => rmSync(folder, {recursive: true}));

const written = (name: string, bytes: Uint8Array): string => {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
};

const whole = `${captureFolder}01a-client-close-idle.pcap`;

test('a file', async () => {
  const opened = await openCapture(whole);
  expect(opened.ok && opened.value.warning).toBe(undefined);
  expect(opened.ok && opened.value.trace.packetCount).toBe(
    readCapture('01a-client-close-idle.pcap').records.length,
  );
});

test('the same gzipped: same packets, same bytes', async () => {
  const plain = await openCapture(whole);
  const packed = await openCapture(written('a.pcap.gz', gzipSync(readFileSync(whole))));
  if (!plain.ok || !packed.ok) throw new Error('both can be read');
  expect(digestOf(packed.value.trace)).toBe(digestOf(plain.value.trace));
  expect(packed.value.trace.packet(3).bytes).toEqual(plain.value.trace.packet(3).bytes);
});

test('gzip that breaks off: what could be unpacked, and a warning', async () => {
  // Stored, not compressed, so that what is cut off is only the end.
  const packed = gzipSync(readFileSync(whole), {level: 0});
  const opened = await openCapture(written('cut.pcap.gz', packed.subarray(0, packed.length - 100)));
  if (!opened.ok) throw new Error('most of it can be read');
  expect(opened.value.trace.packetCount).toBeGreaterThan(0);
  expect(opened.value.warning?.problem.what.en).toSay({says: 'capture-errors.captureCut.what'});
});

test('cut inside a record header: five packets and where it broke off', async () => {
  const opened = await openCapture(`${captureFolder}19g-cut-inside-record-header.pcap`);
  if (!opened.ok) throw new Error('five packets can be read');
  expect(opened.value.trace.packetCount).toBe(5);
  expect(opened.value.warning?.problem.what.en).toSay({says: 'capture-errors.captureCut.what', packets: 6});
  expect(opened.value.warning?.place).toMatch(/:\+\d+$/);
});

const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

test.each([
  ['a picture', () => written('a.pcap', png), '89 50 4e 47 (a PNG picture)'],
  ['an empty file', () => `${captureFolder}19c-empty-file.pcap`, 'it is empty'],
  ['wrong magic', () => `${captureFolder}19a-bad-magic.pcap`, 'begins with de ad be ef'],
  ['no IP', () => `${captureFolder}19k-unsupported-link-type.pcap`, 'link type 195'],
  ['no file', () => join(folder, 'nowhere.pcap'), 'no file'],
  ['a folder', () => folder, 'is a folder'],
])('%s is refused', async (_what, file, says) => {
  const opened = await openCapture(file());
  expect(opened.ok ? 'opened' : opened.error.problem.what.en).toContain(says);
});
