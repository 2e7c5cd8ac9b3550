// Captures with TLS, played with their secrets: from a file, and from inside a pcapng.
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {runProgram} from '../helpers/run-program.ts';
import {captureFolder} from '../wire/captures.ts';

const folder = mkdtempSync(join(tmpdir(), 'packet-tutor-keys-'));
afterAll(() => rmSync(folder, {recursive: true}));

const capture = `${captureFolder}16e-tls13-full.pcapng`;
const keys = `${captureFolder}16e-tls13-full.keys`;

const shown = (file: string, ...args: readonly string[]) =>
  runProgram(['show', file, '--lang', 'en', ...args]);

test('the requests and the answers come out with --keylog, and only then', () => {
  const opened = shown(capture, '--keylog', keys);
  expect(opened).toMatchObject({code: 0, stderr: ''});
  for (const words of ['GET /', '200 OK', 'GET /none', '404 Not Found'])
    expect(opened.stdout).toContain(words);
  const closed = shown(capture);
  expect(closed).toMatchObject({code: 0, stderr: ''});
  expect(closed.stdout).not.toContain('GET /');
});

test('secrets that fit nothing are told, and the capture is shown all the same', () => {
  const ran = shown(capture, '--keylog', `${captureFolder}16a-tls12-rsa-gcm.keys`);
  expect(ran.code).toBe(0);
  expect(ran.stderr).toMatch(/decrypt none of these TLS connections\n/);
  expect(ran.stdout).toContain('ServerHello');
});

/** A Decryption Secrets Block (draft-ietf-opsawg-pcapng §4.7) behind the section header, of little-endian byte order. */
const withSecrets = (file: Buffer, log: Buffer): Buffer => {
  const size = log.length + ((4 - (log.length % 4)) % 4);
  const block = Buffer.alloc(20 + size);
  block.writeUInt32LE(10, 0);
  block.writeUInt32LE(block.length, 4);
  block.writeUInt32LE(0x544c534b, 8);
  block.writeUInt32LE(log.length, 12);
  log.copy(block, 16);
  block.writeUInt32LE(block.length, block.length - 4);
  const section = file.readUInt32LE(4);
  return Buffer.concat([file.subarray(0, section), block, file.subarray(section)]);
};

test('secrets inside a pcapng need no option', () => {
  const file = join(folder, 'with-secrets.pcapng');
  writeFileSync(file, withSecrets(readFileSync(capture), readFileSync(keys)));
  const ran = shown(file);
  expect(ran).toMatchObject({code: 0, stderr: ''});
  expect(ran.stdout).toContain('404 Not Found');
});

test('a lesson’s secrets beside its capture, which they open', () => {
  const pcap = join(folder, 'lesson.pcap');
  const log = join(folder, 'lesson.keys');
  const ran = runProgram(['export', 'https-tls13', '--format', 'pcap', '-o', pcap, '--keylog', log]);
  expect(ran).toMatchObject({code: 0, stderr: ''});
  expect(readFileSync(log, 'utf8')).toMatch(/^SERVER_TRAFFIC_SECRET_0 [0-9a-f]{64} [0-9a-f]{64}$/m);
  expect(shown(pcap).stdout).not.toContain('GET /');
  expect(shown(pcap, '--keylog', log).stdout).toContain('GET /');
});
