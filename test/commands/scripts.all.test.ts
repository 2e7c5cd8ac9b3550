// Packetdrill scripts on the command line: judged, shown, written from runs.
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {root} from '../helpers/root.ts';
import {runProgram} from '../helpers/run-program.ts';
import {Terminal} from '../helpers/terminal.ts';

const good = readFileSync(`${root}test/fixtures/packetdrill/open-passive.pkt`, 'utf8');
const lineOf = (source: string, words: string): number =>
  source.split('\n').findIndex((line) => line.includes(words)) + 1;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  write('good.pkt', good);
  write('wrong.pkt', good.replace('> S. 0:0(0) ack 18', '> S. 0:0(0) ack 19'));
  write('unread.pkt', good.replace('> S. 0:0(0)', '> S. 0:5(3)'));
  write('six.pkt', `--ip_version=ipv6\n${good}`);
  write(
    'plain.pkt',
    '0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 fcntl(3, F_SETFL, O_RDWR | O_NONBLOCK) = 0\n',
  );
});
afterAll(() => rmSync(folder, {recursive: true}));

const run = (...args: readonly string[]) => runProgram(args, {cwd: folder});

describe('check', () => {
  test('a script that passes', () => {
    expect(run('check', 'good.pkt')).toMatchObject({code: 0, stdout: 'good.pkt: ok\n', stderr: ''});
    expect(run('check', 'good.pkt', '--json').stdout).toBe('{"file":"good.pkt","ok":true}\n');
  });

  test('a failed expectation: its line, both sides in both notations', () => {
    const line = lineOf(good, '> S. 0:0(0)');
    const {code, stdout, stderr} = run('check', 'wrong.pkt');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.split('\n')).toEqual([
      `packet-tutor: wrong.pkt: acknowledgment number: expected 19, got 18 (wrong.pkt:${line}:1)`,
      expect.stringContaining('packet-tutor play'),
      expect.stringMatching(/^ {2}expected > S\. 0:0\(0\) ack 19 /),
      expect.stringMatching(/^ {2}expected SYN,ACK seq=0 ack=19 /),
      expect.stringMatching(/^ {2}came {5}> S\. 0:0\(0\) ack 18 /),
      expect.stringMatching(/^ {2}came {5}SYN,ACK seq=0 ack=18 /),
      '',
    ]);
    const chinese = run('check', 'wrong.pkt', '--lang', 'zh').stderr;
    expect(chinese).toContain('确认号：应为 19，实为 18');
    expect(chinese).toMatch(/期望 > S\. 0:0\(0\) ack 19 /);
  });

  test('--json: a line for each file, whatever is wrong with the first', () => {
    const {code, stdout} = run('check', 'wrong.pkt', 'unread.pkt', 'good.pkt', '--json');
    const [wrong, unread, fine] = stdout
      .trimEnd()
      .split('\n')
      .map((each) => JSON.parse(each));
    expect(code).toBe(1);
    expect(wrong).toMatchObject({
      file: 'wrong.pkt',
      ok: false,
      error: {
        line: lineOf(good, '> S. 0:0(0)'),
        column: 1,
        message: expect.stringMatching(/expected > S\. .*\(SYN,ACK .*, came > S\. .*\(SYN,ACK /),
        expected: {packetdrill: expect.stringMatching(/^> S\./), spoken: expect.stringMatching(/^SYN,ACK /)},
        actual: {packetdrill: expect.stringMatching(/^> S\./), spoken: expect.stringMatching(/^SYN,ACK /)},
      },
    });
    expect(unread).toMatchObject({ok: false, error: {message: expect.stringContaining('0:5 is not 3 long')}});
    expect(fine).toEqual({file: 'good.pkt', ok: true});
  });

  test('what cannot be judged is said, not passed', () => {
    const {code, stderr} = run('check', 'six.pkt');
    expect(code).toBe(1);
    expect(stderr).toMatch(/another network than IPv4: --ip_version=ipv6 \(six\.pkt:1:1\)/);
  });

  test('a script that is not there', () => {
    expect(run('check', 'nowhere.pkt')).toMatchObject({code: 2, stdout: ''});
  });
});

describe('show', () => {
  test('a script that passes', () => {
    const {code, stdout, stderr} = run('show', 'good.pkt');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('SYN-RECEIVED');
    expect(run('play', 'good.pkt').stdout).toBe(stdout);
  });

  test('a script that fails: what happened up to there, then the failure', () => {
    const {code, stdout, stderr} = run('show', 'wrong.pkt');
    expect(code).toBe(1);
    expect(stdout).toContain('SYN,ACK seq=0 ack=18');
    expect(stdout).toContain(`fails at line ${lineOf(good, '> S. 0:0(0)')}`);
    expect(stderr).toContain('(wrong.pkt:');
    const last = run('show', 'wrong.pkt', '--json').stdout.trimEnd().split('\n').at(-2) ?? '';
    expect(JSON.parse(last)).toMatchObject({
      kind: 'beat',
      text: expect.stringContaining('expected 19, got 18'),
    });
  });

  test.each([
    [['--profile', 'linux'], 'linux'],
    [[], 'freebsd'],
  ])('%o: the profile is %s', (options, profile) => {
    const [first = ''] = run('show', 'plain.pkt', '--json', ...options).stdout.split('\n');
    expect(JSON.parse(first)).toMatchObject({profile});
  });

  test('a script says itself what comes when', () => {
    const {code, stderr} = run('show', 'good.pkt', '--seed', '3');
    expect(code).toBe(2);
    expect(stderr).toMatch(/--seed does not work with a script/);
  });
});

test('play: the run as far as it went, and where the script fails', async () => {
  const terminal = new Terminal(['play', join(folder, 'wrong.pkt')], {columns: 100, rows: 30});
  try {
    await terminal.shows('SYN seq=17');
    terminal.type('G');
    await terminal.shows(`fails at line ${lineOf(good, '> S. 0:0(0)')}`);
    terminal.type('q');
    expect(await terminal.exit()).toBe(0);
  } finally {
    terminal.close();
  }
});

describe('export --format pkt', () => {
  const exported = (name: string, ...args: readonly string[]): string => {
    const {code} = run('export', ...args, '--format', 'pkt', '-o', name);
    expect(code).toBe(0);
    return readFileSync(join(folder, name), 'utf8');
  };

  test.each(['client', 'server'])('what the %s saw passes, falsified fails', (host) => {
    const script = exported(`${host}.pkt`, 'teardown', '--at', host, '--drop', '8');
    expect(run('check', `${host}.pkt`)).toMatchObject({code: 0});
    const falsified = script.replace(
      /(> F\. .* ack )(\d+)/,
      (_all, before, ack) => `${before}${Number(ack) + 1}`,
    );
    expect(falsified).not.toBe(script);
    writeFileSync(join(folder, `${host}.pkt`), falsified);
    expect(run('check', `${host}.pkt`)).toMatchObject({code: 1});
  });

  test('without a host: the first that has a part in a connection', () => {
    expect(exported('any.pkt', 'handshake')).toContain('connect(3, ..., ...) = -1 EINPROGRESS');
  });

  test.each(['good.pkt', `${root}test/fixtures/captures/00a-handshake-only.pcap`])(
    'not from %s',
    (source) => {
      expect(run('export', source, '--format', 'pkt').code).toBe(2);
    },
  );
});
