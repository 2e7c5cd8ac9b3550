// `inspect` as cli.md promises it: one JSON object, exit codes, broken files.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {runProgram} from '../helpers/run-program.ts';
import {captureFolder} from '../wire/captures.ts';

const inspect = (name: string, ...args: readonly string[]) =>
  runProgram(['inspect', `${captureFolder}${name}`, '--lang', 'en', ...args]);

test('one object, whatever stands in it', () => {
  const ran = inspect('06c-refused-three-ports.pcap', '--json');
  expect(ran).toMatchObject({code: 0, stderr: ''});
  const {connections} = JSON.parse(ran.stdout);
  expect(connections.map(({opening}: {opening: string}) => opening)).toEqual([
    'refused',
    'refused',
    'complete',
  ]);
  expect(JSON.parse(inspect('13a-dns-full-walk.pcap', '--json').stdout).dns).toHaveLength(5);
});

test('a cut file gives what is readable and a warning, a file that is none an error', () => {
  const cut = inspect('19g-cut-inside-record-header.pcap', '--json');
  expect(cut.code).toBe(0);
  expect(cut.stderr).toMatch(/^packet-tutor: .* ends in the middle of packet 6/);
  expect(JSON.parse(cut.stdout).packets).toBe(5);
  for (const name of ['19a-bad-magic.pcap', '19c-empty-file.pcap', '19k-unsupported-link-type.pcap'])
    expect(inspect(name, '--json')).toMatchObject({code: 2, stdout: ''});
});

test('a valid file without packets has none, also through a pipe', () => {
  const empty = readFileSync(`${captureFolder}00a-handshake-only.pcap`).subarray(0, 24);
  const ran = runProgram(['inspect', '-', '--json'], {input: empty});
  expect(ran).toMatchObject({code: 0, stderr: ''});
  expect(JSON.parse(ran.stdout)).toMatchObject({packets: 0, connections: []});
});

test('with its secrets a capture shows the requests inside TLS', () => {
  const ran = inspect('16e-tls13-full.pcapng', '--keylog', `${captureFolder}16e-tls13-full.keys`);
  expect(ran).toMatchObject({code: 0, stderr: ''});
  expect(ran.stdout).toContain('GET /none → 404 Not Found');
});
