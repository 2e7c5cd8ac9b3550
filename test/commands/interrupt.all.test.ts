// SIGINT while a capture comes through a pipe that does not end: exit code 130, with what was read so far.
import {type ChildProcessByStdio, spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import type {Readable, Writable} from 'node:stream';
import {fileURLToPath} from 'node:url';
import {afterEach, test as anywhere, expect} from 'vitest';
import {lacks} from '../helpers/posix.ts';
import {captureFolder} from '../wire/captures.ts';

const test = anywhere.skipIf(lacks('SIGINT for one process'));

const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const file = readFileSync(`${captureFolder}00a-handshake-only.pcap`);
/** More than a pipe holds: who has taken it is reading. */
const long = Buffer.concat([file.subarray(0, 24), ...new Array(4000).fill(file.subarray(24))]);

let child: ChildProcessByStdio<Writable, Readable, Readable> | undefined;
afterEach(() => child?.kill('SIGKILL'));

const started = (...args: readonly string[]) => {
  child = spawn(process.execPath, [program, ...args, '--lang', 'en'], {stdio: ['pipe', 'pipe', 'pipe']});
  return child;
};

const fed = async (bytes: Uint8Array, ...args: readonly string[]) => {
  const running = started(...args);
  await new Promise<void>((resolve) => running.stdin.write(bytes, () => resolve()));
  return running;
};

const textOf = async (stream: Readable): Promise<string> => {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += chunk;
  return text;
};

test.each([
  ['inspect', ['inspect', '-', '--json'], (text: string) => JSON.parse(text).packets],
  [
    'show',
    ['show', '-', '--json'],
    (text: string) => JSON.parse(text.trim().split('\n').at(-1) ?? '').packets,
  ],
  [
    'play without a terminal',
    ['play', '-', '--json'],
    (text: string) => text.match(/"kind":"send"/g)?.length,
  ],
  ['export', ['export', '-', '--format', 'pcap'], (text: string) => text.length],
] as const)('%s tells, exits with 130', async (_, args, count) => {
  const running = await fed(long, ...args);
  running.kill('SIGINT');
  const [out, problems, [code]] = await Promise.all([
    textOf(running.stdout),
    textOf(running.stderr),
    once(running, 'exit'),
  ]);
  expect(problems).toMatch(/^packet-tutor: standard input: read [\d,]+ packets, stopped\n/);
  expect(count(out)).toBeGreaterThan(100);
  expect(code).toBe(130);
});

test('once more while it is being told ends it at once', async () => {
  const running = await fed(long, 'show', '-', '--json');
  running.kill('SIGINT');
  // Nobody reads the rest: it would wait for ever.
  await once(running.stdout, 'readable');
  running.kill('SIGINT');
  const [code, signal] = await once(running, 'exit');
  expect(code ?? signal).toBe(code === null ? 'SIGINT' : 130);
});

test('before any packet there is nothing to be told', async () => {
  const running = await fed(Buffer.concat([file.subarray(0, 24), Buffer.alloc(0)]), 'inspect', '-');
  const ended = once(running, 'exit');
  // It may not have begun to read: then the signal itself ends it.
  running.kill('SIGINT');
  const [code, signal] = await ended;
  expect(code ?? signal).toBe(code === null ? 'SIGINT' : 130);
  expect(await textOf(running.stdout)).toBe('');
});
