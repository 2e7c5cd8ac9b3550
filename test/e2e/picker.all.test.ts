// A capture with several conversations, from its first page to a file of one of them, as somebody would type it.
import {execFileSync, spawnSync} from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterAll, afterEach, test as anywhere, beforeAll, expect} from 'vitest';
import {lacks} from '../helpers/posix.ts';
import {runProgram} from '../helpers/run-program.ts';
import {program, Terminal} from '../helpers/terminal.ts';
import {captureFolder, readBytes} from '../wire/captures.ts';

const test = anywhere.skipIf(lacks('/bin/sh, named pipes'));

const mixed = fileURLToPath(new URL('../fixtures/inspected/18a-mixed-twelve.pcap', import.meta.url));

let folder = '';
let terminal: Terminal | undefined;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
  cpSync(mixed, join(folder, 'mixed.pcap'));
});
afterAll(() => rmSync(folder, {recursive: true}));
afterEach(() => terminal?.close());

const open = (args: string, options: {columns?: number; rows?: number} = {}): Terminal => {
  const shell = `cd '${folder}'; '${process.execPath}' '${program}' play ${args}; echo left $?`;
  terminal = new Terminal([], {shell, ...options});
  return terminal;
};

const noTshark = spawnSync('tshark', ['--version']).error?.message;
if (noTshark) console.log(`the exported file not judged: ${noTshark}`);

test('pick, play, back, filter, lesson, export, in both languages', async () => {
  const shown = open('mixed.pcap --lang en --motion none');
  await shown.shows('136 packets · 12 connections');
  // It is marked, alone in the player, and marked again.
  // The row of all of them stands first.
  shown.type('jjjj');
  await shown.shows(/▸ {2}4 /);
  shown.type('\r');
  await shown.shows(/#4 · capture/);
  shown.type('G');
  await shown.shows('FIN,ACK');
  shown.type('q');
  await shown.shows(/▸ {2}4 /);
  shown.type('/');
  await shown.shows(/ {2}\/ +▏/);
  shown.type('rst 9999');
  await shown.shows(/\/ rst 9999▏ +\d of 12/);
  shown.type('\r');
  await shown.shows('l lesson');
  shown.type('l');
  await shown.shows('Closed port, filtered port');
  shown.type('q');
  await shown.shows(/\/ rst 9999 +\d of 12/);
  shown.type('e');
  await shown.shows('export #1');
  await shown.shows(/file {2}mixed-1\.pcapng$/m);
  shown.type('\r');
  await shown.shows(/✓ wrote mixed-1\.pcapng in \S+: 2 packets/);
  const written = readFileSync(join(folder, 'mixed-1.pcapng'));
  writeFileSync(join(folder, 'mixed-1.pcapng'), 'mine');
  shown.type('te');
  await shown.shows('导出 #1');
  shown.type('\r');
  await shown.shows(/✓ 已写入 \S+ 里的 mixed-1-2\.pcapng：2 个分组/);
  // What is there is replaced only where somebody says so.
  shown.type('e');
  await shown.shows('导出 #1');
  shown.type('n\x15mixed-1.pcapng\r\r');
  await shown.shows('? mixed-1.pcapng 已存在，要覆盖吗？');
  shown.type('\r');
  shown.type('\x1b');
  await shown.shows('enter 写入');
  expect(readFileSync(join(folder, 'mixed-1.pcapng'), 'utf8')).toBe('mine');
  shown.type('\r');
  await shown.shows('要覆盖吗');
  shown.type('y');
  await shown.shows('里的 mixed-1.pcapng：2 个分组');
  expect(readFileSync(join(folder, 'mixed-1.pcapng'))).toEqual(written);
  expect(readFileSync(join(folder, 'mixed-1-2.pcapng'))).toEqual(written);
  // Neither the capture itself nor a folder that is not there; then the name follows the form.
  shown.type('e');
  await shown.shows('导出 #1');
  shown.type('n\x15mixed.pcap\r\r');
  await shown.shows('✗ mixed.pcap 就是正在看的抓包');
  shown.type('n\x15nowhere/x.pcapng\r\r');
  await shown.shows('✗ 无法写入 nowhere/x.pcapng：目录不存在（ENOENT）');
  shown.type('n\x15x.pcapng\rjjjj');
  await shown.shows(/文件 {2}x\.md$/m);
  shown.type('\r');
  await shown.shows('里的 x.md：2 个分组');
  expect(readFileSync(join(folder, 'x.md'), 'utf8')).toContain('10.77.200.80');
  shown.resize(60, 15);
  await shown.until('the small page', (text) => text.split('\n').length === 15 && text.includes('看点'));
  shown.type('?');
  await shown.shows('单独播放');
  shown.type('\u001b');
  await shown.until('the page again', (text) => text.includes('看点') && !text.includes('单独播放'));
  shown.type('q');
  await shown.shows('left 0');
  if (noTshark) return;
  const tshark = (...args: readonly string[]): string =>
    execFileSync('tshark', [...args, '-T', 'fields', '-e', 'tcp.seq_raw'], {stdio: 'pipe'}).toString();
  expect(tshark('-r', join(folder, 'mixed-1.pcapng'))).toBe(tshark('-r', mixed, '-Y', 'tcp.stream eq 0'));
});

test('every form is what `export --connection` writes', async () => {
  const forms = ['pcapng', 'pcap', 'json', 'text', 'md', 'mermaid', 'svg', 'html', 'cast', 'anki'];
  const shown = open('mixed.pcap --lang en --motion none --ascii');
  await shown.shows('12 connections');
  shown.type('jj');
  await shown.shows(/> {2}2 /);
  for (const [index, format] of forms.entries()) {
    const file = join(folder, `form.${format}`);
    shown.type('e');
    await shown.shows('export #2');
    shown.type(`${'\x1b[B'.repeat(index)}n\x15`);
    await shown.shows(/file {2}_$/m);
    shown.type(`${file}\r`);
    await shown.shows(/enter write/);
    shown.type('\r');
    await shown.shows(`ok wrote form.${format} in ${folder}`);
    const options = ['--connection', '2', '--format', format, '--lang', 'en', '--ascii', '--motion', 'none'];
    execFileSync(process.execPath, [program, 'export', 'mixed.pcap', ...options, '-o', `${file}.told`], {
      cwd: folder,
    });
    // A recording from the page says in its title which one it is.
    const text = (name: string): string =>
      readFileSync(name, 'latin1').replaceAll('#2, ', '').replace(/ {2,}/g, ' ');
    expect(text(file).length).toBeGreaterThan(100);
    expect(text(file), format).toBe(text(`${file}.told`));
    shown.type('?');
    await shown.shows('signs');
    shown.type('\x1b');
    await shown.shows('12 connections');
  }
  shown.type('q');
  await shown.shows('left 0');
});

test.each([
  ['01a-client-close-idle.pcap', 'one connection'],
  ['18l-offload-giant-segments.pcap', 'one connection'],
])('%s: %s told, played, left', async (name) => {
  const file = [captureFolder, fileURLToPath(new URL('../fixtures/inspected/', import.meta.url))]
    .map((each) => join(each, name))
    .find((each) => existsSync(each));
  const shown = open(`'${file}' --lang en`);
  await shown.shows('all packets together');
  shown.type('\r');
  await shown.shows('space pause');
  shown.type('q');
  await shown.shows('all packets together');
  shown.type('q');
  await shown.shows('left 0');
});

test('--connection and --at lead to the player', async () => {
  const shown = open('mixed.pcap --lang en --at end');
  await shown.shows('q back');
  expect(shown.text()).toContain('│');
  expect(shown.text()).not.toContain('12 connections');
  // From there the conversations are one key away.
  shown.type('q');
  await shown.shows('12 connections');
  shown.type('q');
  await shown.shows('left 0');
});

/** The capture so many times, a second apart each: long enough to be waited for. */
const longCapture = (times: number): Uint8Array => {
  const file = readFileSync(mixed);
  const records = readBytes(file).records.map(({fileOffset, bytes}) =>
    file.subarray(fileOffset - 16, fileOffset + bytes.length),
  );
  const copies = Array.from({length: times}, (_, n) =>
    records.map((record) => {
      const copy = Buffer.from(record);
      copy.writeUInt32LE(copy.readUInt32LE(0) + 2 * n, 0);
      return copy;
    }),
  );
  return Buffer.concat([file.subarray(0, 24), ...copies.flat()]);
};

test('the reading of a long pipe is seen, and ctrl-c ends it with what was read', async () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const inspect = `'${process.execPath}' '${program}' inspect - --lang en | (trap '' INT; head -3)`;
  terminal = new Terminal([], {shell: `(trap '' INT; cat '${pipe}') | ${inspect}`, columns: 100});
  const descriptor = openSync(pipe, 'w');
  writeSync(descriptor, longCapture(2));
  // Nothing more comes for now: who waits is told how many came.
  await terminal.shows(/reading - +272 packets {2}ctrl-c stops/);
  terminal.type('\u0003');
  await terminal.shows(/standard input.* 272 packets/);
  await terminal.shows('272 packets in 3.0');
  closeSync(descriptor);
  await terminal.exit();
  expect(terminal.text()).not.toContain('reading -');
});

test('where nobody looks on nothing is drawn', () => {
  const long = join(folder, 'long.pcap');
  writeFileSync(long, longCapture(300));
  const ran = runProgram(['inspect', long, '--lang', 'en']);
  expect(ran).toMatchObject({code: 0, stderr: ''});
});

test('a live capture of several connections: its ladder first, what has come behind it', async () => {
  const pipe = join(folder, 'live');
  execFileSync('mkfifo', [pipe]);
  const play = `'${process.execPath}' '${program}' play - --motion none --lang en; echo left $?`;
  terminal = new Terminal([], {shell: `cat '${pipe}' | ${play}`, columns: 100});
  const descriptor = openSync(pipe, 'w');
  const file = readFileSync(mixed);
  const end = (n: number): number => {
    const record = readBytes(file).records[n - 1];
    return (record?.fileOffset ?? 0) + (record?.bytes.length ?? 0);
  };
  writeSync(descriptor, file, 0, end(40));
  await terminal.shows('live');
  terminal.type('q');
  await terminal.shows('standard input');
  await terminal.shows(/\d connections/);
  terminal.type('j\r');
  await terminal.shows('#1 · capture');
  writeSync(descriptor, file, end(40), file.length - end(40));
  closeSync(descriptor);
  // What had been opened stays as it was; back among them, all are there.
  terminal.type('q');
  await terminal.shows('136 packets · 12 connections');
  terminal.type('k\r');
  await terminal.shows('ended');
  terminal.type('q');
  await terminal.shows('136 packets · 12 connections');
  terminal.type('q');
  await terminal.shows('left 0');
});
