// Files that are read: what is no file is refused before it can block or bring bytes without end, and how much is read is bounded.
import {spawnSync} from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {kindAt, readBytes, readText} from '../../source/io/files.ts';
import {lacks} from '../helpers/posix.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

const at = (name: string): string => join(folder, name);

test('text and bytes are read whole, through links, too', () => {
  writeFileSync(at('text'), '三次握手\n');
  symlinkSync(at('text'), at('link'));
  expect(readText(at('link'))).toEqual({ok: true, value: '三次握手\n'});
  const bytes = Uint8Array.from({length: 100_000}, (_, index) => index % 251);
  writeFileSync(at('bytes'), bytes);
  expect(readBytes(at('bytes'))).toEqual({ok: true, value: bytes});
  writeFileSync(at('empty'), '');
  expect(readText(at('empty'))).toEqual({ok: true, value: ''});
});

test('what is not there, and what is no text', () => {
  expect(readText(at('gone'))).toEqual({ok: false, error: {code: 'missing'}});
  writeFileSync(at('latin'), Uint8Array.of(0x69, 0xe9));
  expect(readText(at('latin'))).toEqual({ok: false, error: {code: 'encoding'}});
  expect(readText(join(at('latin'), 'below'))).toEqual({ok: false, error: {code: 'missing'}});
});

test('one byte too many is told with the bound, and no more is read', () => {
  appendFileSync(at('long'), '');
  truncateSync(at('long'), 2 ** 20);
  expect(readBytes(at('long'), 1).ok).toBe(true);
  truncateSync(at('long'), 2 ** 20 + 1);
  expect(readBytes(at('long'), 1)).toEqual({ok: false, error: {code: 'large', mebibytes: 1}});
  truncateSync(at('long'), 2 ** 40);
  expect(readBytes(at('long'))).toEqual({ok: false, error: {code: 'large', mebibytes: 64}});
});

describe.skipIf(lacks('named pipes, devices'))('what is no file is named', () => {
  const refused = (kind: string) => ({ok: false, error: {code: 'kind', kind}});

  test('a folder', () => {
    mkdirSync(at('folder'));
    expect(readText(at('folder'))).toEqual(refused('folder'));
  });

  // Opening it in the usual way waits until somebody writes.
  test('a pipe, at once', () => {
    spawnSync('mkfifo', [at('pipe')]);
    expect(kindAt(at('pipe'))).toBe('pipe');
    expect(readText(at('pipe'))).toEqual(refused('pipe'));
  });

  test.each(['/dev/zero', '/dev/null', '/dev/full'])('a device, %s', (device) => {
    expect(readBytes(device)).toEqual(refused(kindAt(device) === 'missing' ? 'missing' : 'device'));
  });

  test('a socket', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(at('socket'), resolve));
    expect(readText(at('socket'))).toEqual(refused('socket'));
    server.close();
  });

  test.skipIf(process.getuid?.() === 0)('a file that may not be read (skipped for root, who may)', () => {
    writeFileSync(at('secret'), 'x');
    chmodSync(at('secret'), 0);
    expect(readText(at('secret'))).toEqual({ok: false, error: {code: 'system', name: 'EACCES'}});
  });
});

test.skipIf(process.platform !== 'linux')('of unknown size: whole (Linux: /proc)', () => {
  const status = readText('/proc/self/status');
  expect(status.ok && status.value).toContain('VmRSS');
});
