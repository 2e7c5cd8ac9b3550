// `--connection N`: one connection of a capture, in whatever the capture can be given to.
import {expect, test} from 'vitest';
import {noConnection} from '../../source/words/catalogue/reading.ts';
import {runProgram} from '../helpers/run-program.ts';
import {captureFolder} from '../wire/captures.ts';

const capture = `${captureFolder}06c-refused-three-ports.pcap`;
const portsIn = (lines: string): ReadonlySet<string> =>
  new Set([...lines.matchAll(/"tcp\.(?:src|dst)port":"?(\d+)/g)].map(([, port = '']) => port));

test('show --json has its two ports only, and the other connections have others', () => {
  const all = runProgram(['inspect', capture, '--json']);
  const {connections} = JSON.parse(all.stdout);
  const seen = [1, 2, 3].map((n) =>
    portsIn(runProgram(['show', capture, '--connection', `${n}`, '--json']).stdout),
  );
  expect(seen.map(({size}) => size)).toEqual([2, 2, 2]);
  expect(new Set(seen.flatMap((ports) => [...ports])).size).toBeGreaterThan(3);
  expect(connections.length).toBe(3);
});

test('what is exported is it alone', () => {
  const {code, bytes} = runProgram(['export', capture, '--connection', '2', '--format', 'pcap']);
  expect(code).toBe(0);
  const again = runProgram(['inspect', '-', '--json'], {input: bytes});
  expect(JSON.parse(again.stdout).connections.length).toBe(1);
});

test.each([
  [['show', capture, '--connection', '4'], noConnection.what.en({given: '4', count: 3})],
  [['show', capture, '--connection', 'x'], '--connection'],
  [['show', 'handshake', '--connection', '1'], '--connection'],
])('%j', (args, says) => {
  const {code, stderr} = runProgram([...args, '--lang', 'en']);
  expect(code).toBe(2);
  expect(stderr).toContain(says);
});
