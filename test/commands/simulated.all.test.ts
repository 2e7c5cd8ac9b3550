// `--simulated`: a connection of a capture as a run, in all that takes runs.
import {expect, test} from 'vitest';
import {reasons} from '../../source/words/catalogue/replay.ts';
import {runProgram} from '../helpers/run-program.ts';
import {captureFolder} from '../wire/captures.ts';

const lossy = `${captureFolder}08h-rto-four-times.pcap`;
const three = `${captureFolder}06c-refused-three-ports.pcap`;

const linesOf = (args: readonly string[]): readonly {[name: string]: unknown}[] =>
  runProgram([...args, '--json'])
    .stdout.trim()
    .split('\n')
    .map((line) => JSON.parse(line));

test('the run has states, rules and the losses of the capture, and a code that gives it again', () => {
  const lines = linesOf(['show', lossy, '--simulated']);
  const [head] = lines;
  expect(head).toMatchObject({run: 'connection-1', profile: 'linux'});
  expect(head?.['faults']).toHaveLength(4);
  expect(lines.filter(({kind}) => kind === 'state').length).toBeGreaterThan(4);
  expect(lines.some(({because}) => because === '6298:5.4/retransmit')).toBe(true);
  const again = linesOf(['show', String(head?.['code'])]);
  expect(again.at(-1)?.['digest']).toBe(lines.at(-1)?.['digest']);
});

test('faults come on top, and the connection is chosen by its number', () => {
  const whole = linesOf(['show', three, '--connection', '3', '--simulated']);
  const lost = linesOf(['show', three, '--connection', '3', '--simulated', '--drop', '4']);
  expect(whole[0]?.['faults']).toEqual([]);
  expect(lost[0]?.['faults']).toEqual(['drop@packet=4']);
  expect(lost.some(({retransmission}) => retransmission === true)).toBe(true);
});

test('it says how well both agree, in both languages', () => {
  const said = (lang: string): string =>
    runProgram(['show', lossy, '--simulated', '--lang', lang]).stdout.replace(/\s+/g, ' ');
  expect(said('en')).toMatch(/\d+ of \d+ packets alike/);
  expect(said('zh')).toMatch(/\d+ 个分组中 \d+ 个一致/);
});

test('an export of it is a capture', () => {
  const {code, bytes} = runProgram(['export', lossy, '--simulated', '--format', 'pcapng']);
  expect(code).toBe(0);
  const {connections} = JSON.parse(runProgram(['inspect', '-', '--json'], {input: bytes}).stdout);
  expect(connections).toHaveLength(1);
});

test.each([
  [['show', three, '--simulated'], 2, 'add --connection N, 1 … 3'],
  [['show', lossy, '--simulated', '--run', 'x'], 2, '--run does not work with --simulated'],
  [['show', 'handshake', '--simulated'], 2, '--simulated'],
  [['show', `${captureFolder}13c-dns-nxdomain.pcap`, '--simulated'], 1, reasons['no-connection'].en],
])('%j', (args, exit, says) => {
  const {code, stderr} = runProgram([...args, '--lang', 'en']);
  expect(code).toBe(exit);
  expect(stderr).toContain(says);
});
