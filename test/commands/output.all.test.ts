// What the commands print when all is well, without a terminal.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {gzipSync} from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {textWidth} from '../../source/words/width.ts';
import {root} from '../helpers/root.ts';
import {runProgram} from '../helpers/run-program.ts';
import {program} from '../helpers/terminal.ts';
import {captureFolder, readBytes} from '../wire/captures.ts';

const version: string = JSON.parse(readFileSync(`${root}package.json`, 'utf8')).version;

test.each([['--version'], ['-V'], ['list', '-V']])('%s %s prints the version', (...args) => {
  expect(runProgram(args)).toMatchObject({code: 0, stdout: `${version}\n`, stderr: ''});
});

// The entry and what it imports statically are all that Node reads before the version is printed.
test('--version loads neither Ink, React, yaml, zod nor yargs: nothing but itself', () => {
  const entry = readFileSync(program, 'utf8');
  const statically = [...entry.matchAll(/import(?:[^"'()]*from)?\s*["']([^"']+)["']/g)].map(
    (match) => match[1] ?? '',
  );
  const reached = statically
    .filter((name) => name.startsWith('.'))
    .map((name) => readFileSync(`${root}dist/${name}`, 'utf8'));
  for (const text of [entry, ...reached]) expect(text.length).toBeLessThan(2000);
});

test('a bare call lists the lessons and says how to go on', () => {
  const ran = runProgram([]);
  expect(ran.code).toBe(0);
  expect(ran.stdout).toContain('handshake');
  expect(ran.stdout).toContain('packet-tutor play handshake');
});

test('list --json has the shape of the contract', () => {
  const listed = JSON.parse(runProgram(['list', '--json']).stdout);
  expect(listed.find(({id}: {id: string}) => id === 'handshake')).toEqual({
    id: 'handshake',
    title: {en: expect.any(String), zh: expect.any(String)},
    track: 'foundations',
    minutes: expect.any(Number),
    rfc: expect.any(Array),
    requires: expect.any(Array),
    progress: {finished: false, answers: 0, right: 0},
  });
});

describe.each(['en', 'zh'])('show in %s', (lang) => {
  test.each(['handshake', 'teardown'])('%s: no escape sequences, at most 80 columns', (lesson) => {
    const ran = runProgram(['show', lesson, '--lang', lang]);
    expect(ran.code).toBe(0);
    expect(ran.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    for (const line of ran.stdout.split('\n')) expect(textWidth(line)).toBeLessThanOrEqual(80);
  });

  test('help', () => {
    const ran = runProgram(['--help', '--lang', lang]);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain('packet-tutor play <SOURCE>');
  });
});

test('--ascii has no other characters in what we draw', () => {
  const ran = runProgram(['show', 'handshake', '--ascii', '--json']);
  expect(ran.code).toBe(0);
  const lines = runProgram(['show', 'handshake', '--ascii'])
    .stdout.split('\n')
    .filter((line) => /-->|> arrived/.test(line));
  expect(lines.length).toBeGreaterThan(5);
  for (const line of lines) expect(line).toMatch(/^[\x20-\x7e]*$/);
});

test('play without a terminal is show', () => {
  expect(runProgram(['play', 'handshake']).stdout).toBe(runProgram(['show', 'handshake']).stdout);
});

test.each(['en', 'zh'])('a what-if is a run: its title first, what came of it last, %s', (lang) => {
  const {code, stdout} = runProgram(['show', 'teardown', '--run', 'what-if-1', '--lang', lang]);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /drop@from=client,flags=FIN,nth=1\n\n +(What if: The client’s FIN is lost\.|假如：客户端的 FIN 丢失。)\n/,
  );
  expect(stdout).toMatch(/1101/);
  expect(stdout.split('\n\n').at(-2)).toMatch(
    /TIME-WAIT → CLOSED\n +(The server never saw the FIN|服务器没有见到这个 FIN)/,
  );
  expect(stdout).toMatch(/--run base +(The four-segment close|四次挥手)\n +--run never-closes/);
});

test('what a what-if tells is left out where another fault keeps it from coming true', () => {
  const undone = runProgram(['show', 'handshake', '--run', 'what-if-3', '--fault', 'drop@from=server']);
  expect(undone.stdout).toContain('What if:');
  expect(undone.stdout).not.toContain('1000 acknowledges nothing');
});

test('play --at without a terminal is show, too', () => {
  const at = ['--at', 'sends: client, flags: [FIN]', '--speed', '2'];
  expect(runProgram(['play', 'teardown', ...at]).stdout).toBe(runProgram(['show', 'teardown']).stdout);
});

test('show --json: header, numbered events, end', () => {
  const lines = runProgram(['show', 'handshake', '--json'])
    .stdout.trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const events = lines.slice(1, -1);
  expect(lines[0]).toMatchObject({
    type: 'trace',
    format: 1,
    source: 'handshake',
    seed: 1,
    run: 'base',
    faults: [],
  });
  expect(events.map(({n}) => n)).toEqual(events.map((_, index) => index + 1));
  expect(lines.at(-1)).toMatchObject({type: 'end', events: events.length, packets: 3, reason: 'quiet'});
  expect(events.filter(({kind}) => kind === 'send').map(({summary}) => summary)).toEqual([
    'SYN seq=1000',
    'SYN,ACK seq=9000 ack=1001',
    'ACK seq=1001 ack=9001',
  ]);
});

describe('captures', () => {
  const name = '01a-client-close-idle.pcap';
  const bytes = readFileSync(captureFolder + name);

  test('from standard input, plain and gzipped, as from the file', () => {
    const named = (text: string): readonly string[] => text.split('\n').slice(1, -2);
    const fromFile = runProgram(['show', captureFolder + name]);
    for (const input of [bytes, gzipSync(bytes)]) {
      const ran = runProgram(['show', '-'], {input});
      expect(ran.code).toBe(0);
      expect(named(ran.stdout)).toEqual(named(fromFile.stdout));
    }
  });

  test('exported again: the same packets', () => {
    const ran = runProgram(['export', captureFolder + name, '--format', 'pcapng']);
    const again = readBytes(ran.bytes).records;
    const once = readBytes(bytes).records;
    expect(again.map((record) => record.bytes)).toEqual(once.map((record) => record.bytes));
  });

  test('cut: what is readable, a warning, exit 0', () => {
    const ran = runProgram(['show', `${captureFolder}19g-cut-inside-record-header.pcap`, '--json']);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain('packet 6');
    expect(ran.stdout).toContain('"packets":5,"reason":"eof"');
  });
});

test('a reader that goes away ends it quietly', async () => {
  const child = spawn(process.execPath, [program, 'show', 'teardown', '--json']);
  child.stdout.destroy();
  let errors = '';
  child.stderr.on('data', (data) => {
    errors += data;
  });
  const [code] = await once(child, 'close');
  expect([code, errors]).toEqual([0, '']);
});
