// `inspect`: one JSON object, exit codes, broken files.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {runProgram} from '../helpers/run-program.ts';
import {some} from '../helpers/seeds.ts';
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
  for (const name of some(['19a-bad-magic.pcap', '19c-empty-file.pcap', '19k-unsupported-link-type.pcap'], 1))
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

test('--connection tells of that one alone, under the numbers of the whole', () => {
  const whole = JSON.parse(inspect('14a-http10-close-per-request.pcap', '--json').stdout);
  for (const [index, connection] of some([...whole.connections.entries()], 1)) {
    const one = JSON.parse(
      inspect('14a-http10-close-per-request.pcap', '--json', '--connection', `${index + 1}`).stdout,
    );
    expect(one.connections).toEqual([connection]);
    const own = ({stream}: {stream: number}) => stream === index;
    expect(one.http ?? []).toEqual((whole.http ?? []).filter(own));
    expect([one.tls ?? []].flat()).toEqual(
      [whole.tls ?? [], whole.tlsSessions ?? []].flat().filter(own).slice(0, 1),
    );
    expect(one.packets).toBe(whole.packets);
  }
  const text = inspect('14a-http10-close-per-request.pcap', '--connection', '2').stdout;
  expect(text).toContain('#2 ');
  expect(text).not.toMatch(/#(?:1|3) /);
  const beyond = inspect('14a-http10-close-per-request.pcap', '--connection', '99');
  expect(beyond).toMatchObject({code: 2, stdout: ''});
  expect(beyond.stderr).toContain('there is no connection 99');
});

test('--connection and --keylog together: what was said inside TLS is told', () => {
  const keys = `${captureFolder}16e-tls13-full.keys`;
  const ran = inspect('16e-tls13-full.pcapng', '--connection', '1', '--keylog', keys);
  expect(ran).toMatchObject({code: 0, stderr: ''});
  expect(ran.stdout).toContain('GET /none → 404 Not Found');
});

test('questions that went over TCP belong to their connection', () => {
  const one = JSON.parse(inspect('13e-dns-truncated-tcp.pcapng', '--json', '--connection', '1').stdout);
  const [{client}] = one.connections;
  expect(one.dns).toMatchObject([{transport: 'tcp', client}]);
});
