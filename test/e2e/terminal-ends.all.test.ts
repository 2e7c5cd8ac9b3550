// In a real pseudo terminal: windows that change, places to begin at, captures; ends by signals; and a player that rests.
import {readFileSync} from 'node:fs';
import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';
import {describe, expect, test} from 'vitest';
import {menuWords} from '../../source/words/catalogue/menu.ts';
import {openingWords} from '../../source/words/catalogue/opening.ts';
import {lacks, noLinux} from '../helpers/posix.ts';
import {program} from '../helpers/terminal.ts';
import {begin, expectRestored, terminals} from '../helpers/terminals.ts';

const start = terminals();

describe('a learner', () => {
  test('keeps the place when the window changes', async () => {
    const terminal = start(['play', 'teardown'], {columns: 120, rows: 40});
    await terminal.shows('The four-segment close');
    terminal.resize(80, 24);
    await terminal.until('title above, keys below', () => {
      const rows = terminal.rows();
      return (rows[0] ?? '').includes('The four-segment close') && (rows[23] ?? '').includes('? keys');
    });
    terminal.type('q');
    expect(await terminal.exit()).toBe(0);
    expectRestored(terminal);
  });

  test('begins where it is told, goes on to what could have been, and comes back', async () => {
    const terminal = start(['play', 'teardown', '--at', 'end', '--speed', '4']);
    await terminal.shows('61.35 s');
    await terminal.shows('· 4× · ‖ paused');
    terminal.type(' ');
    await terminal.shows('What if …');
    terminal.type('3');
    await terminal.shows(/^.*What if: .*never calls close/m);
    terminal.type('G');
    await terminal.shows('No timer of TCP');
    terminal.type('q');
    await terminal.shows('2   The client’s FIN is lost');
    terminal.type('q');
    expect(await terminal.exit()).toBe(0);
    expectRestored(terminal);
  });

  test('plays a capture', async () => {
    const terminal = start(['play', 'test/fixtures/captures/01a-client-close-idle.pcap']);
    await terminal.shows('all packets together');
    terminal.type('\r');
    await terminal.shows('SYN seq=');
    terminal.type('q');
    await terminal.shows('all packets together');
    terminal.type('q');
    expect(await terminal.exit()).toBe(0);
    expectRestored(terminal);
  });
});

describe.skipIf(lacks('signals, /bin/sh'))('the terminal is as it was', () => {
  test('after kill -TERM: 143', async () => {
    const terminal = start(['play', 'handshake']);
    await terminal.shows(openingWords.goals.en);
    terminal.kill('SIGTERM');
    expect(await terminal.exit()).toBe(143);
    expectRestored(terminal);
  });

  test('after kill -INT: 130', async () => {
    const terminal = start([]);
    await terminal.shows(menuWords.claim.en);
    terminal.kill('SIGINT');
    expect(await terminal.exit()).toBe(130);
    expectRestored(terminal);
  });

  test('raw mode is off again: what is typed then is echoed, and a line is taken whole', async () => {
    const play = `"${process.execPath}" "${program}" play handshake`;
    const shell = start([], {shell: `${play}; stty -a; read line; echo "took <$line>"`});
    await shell.shows(openingWords.goals.en);
    shell.type('q');
    // The last line of stty's answer: before it is there, typing would be too early.
    await shell.shows(/\sechoctl\s/);
    expect(shell.text()).toMatch(/(^|\s)icanon(\s|$)/m);
    expect(shell.text()).toMatch(/(^|\s)echo(\s|$)/m);
    shell.type('abc\x7fd\r');
    expect(await shell.exit()).toBe(0);
    expect(shell.text()).toContain('took <abd>');
  });
});

test.skipIf(lacks('/bin/sh'))('what was written last is read, also by a busy reader', async () => {
  const terminal = start([], {shell: 'echo last words'});
  for (let turn = 0; turn < 4; turn++) {
    const begin = performance.now();
    while (performance.now() - begin < 300);
    await wait(0);
  }
  expect(await terminal.exit()).toBe(0);
  expect(terminal.text()).toContain('last words');
});

test('a dumb terminal gets text', async () => {
  const terminal = start(['play', 'handshake'], {env: {TERM: 'dumb'}});
  expect(await terminal.exit()).toBe(0);
  expect(terminal.output).toContain('ended: quiet');
  expect(terminal.output).not.toContain('\x1b');
});

/** Clock ticks (1/100 s) of user and system time, from proc(5). */
const cpuTicks = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return Number(fields[11]) + Number(fields[12]);
};

test.skipIf(noLinux('/proc'))(
  // It writes no bytes, and of ten half seconds at most three have a tick.
  'a paused player is idle',
  async () => {
    const terminal = start(['play', 'handshake']);
    await begin(terminal);
    await terminal.shows('SYN seq=1000');
    // A step ends the playing.
    terminal.type('l');
    await terminal.shows('paused');
    // The one wait by the clock in these tests: idleness can only be seen over time. The first seconds let the last
    // frame and the keeping of what was compiled go by; V8 tidies up some eight seconds after its last garbage collection, twice.
    await wait(2500);
    const bytes = terminal.output.length;
    let busy = 0;
    for (let half = 0; half < 10; half++) {
      const ticks = cpuTicks(terminal.pid);
      await wait(500);
      if (cpuTicks(terminal.pid) > ticks) busy += 1;
    }
    expect(terminal.output.length - bytes).toBe(0);
    expect(busy).toBeLessThanOrEqual(3);
  },
);
