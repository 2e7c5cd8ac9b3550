// Captures that somebody is still making: through a pipe by hand, and from tcpdump on an interface of its own.
import {execFileSync, spawnSync} from 'node:child_process';
import {closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, test as anywhere, beforeAll, expect} from 'vitest';
import {readingTexts} from '../../source/words/catalogue/reading.ts';
import {lacks} from '../helpers/posix.ts';
import {runProgram} from '../helpers/run-program.ts';
import {program, Terminal} from '../helpers/terminal.ts';
import {captureFolder, readCapture} from '../wire/captures.ts';

const test = anywhere.skipIf(lacks('named pipes'));

const name = '01a-client-close-idle.pcap';
const file = readFileSync(captureFolder + name);
const {records} = readCapture(name);
const headerBytes = 16;

/** Where packet `n` of the file ends. */
const endOf = (n: number): number => {
  const record = records[n - 1];
  if (!record) throw new Error(`no packet ${n}`);
  return record.fileOffset + record.bytes.length;
};

let folder = '';
let terminal: Terminal | undefined;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
});
afterAll(() => rmSync(folder, {recursive: true}));
afterEach(() => terminal?.close());

const play = `'${process.execPath}' '${program}' play - --motion none --lang en`;

/** From the player, by way of the capture's page. */
const leave = async (): Promise<void> => {
  terminal?.type('q');
  await terminal?.shows('all packets together');
  terminal?.type('q');
  await terminal?.shows('left 0');
};

/** What is written goes into the pipe of the program, as soon as it is written. */
const follow = (columns = 100) => {
  const pipe = join(mkdtempSync(join(folder, 'p')), 'pipe');
  execFileSync('mkfifo', [pipe]);
  terminal = new Terminal([], {shell: `cat '${pipe}' | ${play}; echo left $?`, columns});
  const descriptor = openSync(pipe, 'w');
  let written = 0;
  return {
    terminal,
    writeTo(end: number): void {
      written += writeSync(descriptor, file, written, end - written);
    },
    end: () => closeSync(descriptor),
  };
};

test('packets are seen as they come; keys work meanwhile; the end of the pipe is no end of the player', async () => {
  const {terminal, writeTo, end} = follow();
  await terminal.shows(readingTexts.waiting.en);
  // Half a packet is none yet.
  writeTo(endOf(3) + headerBytes + 10);
  await terminal.shows('live');
  terminal.type('\u001b[F');
  await terminal.shows('SYN seq=3916767790');
  expect(terminal.text()).not.toContain('SYN,ACK');
  writeTo(endOf(5));
  await terminal.shows('SYN,ACK seq=');
  terminal.type('?');
  await terminal.shows('PgUp PgDn');
  terminal.type('?');
  await terminal.until('the help closed', (text) => !text.includes('PgUp PgDn'));
  // Whoever has gone back stays there.
  terminal.type('\u001b[H');
  await terminal.until('the beginning', (text) => !text.includes('SYN,ACK'));
  writeTo(file.length);
  end();
  await terminal.shows('ended');
  expect(terminal.text()).not.toContain('SYN,ACK');
  terminal.type('\u001b[F');
  await terminal.shows(`seq=1569641461`);
  await leave();
});

test('a pipe that breaks off in a packet says so; what came is there', async () => {
  const {terminal, writeTo, end} = follow();
  writeTo(endOf(2));
  await terminal.shows('live');
  writeTo(endOf(4) + 5);
  end();
  await terminal.shows('packet 5');
  terminal.type('\u001b[F');
  await terminal.shows('SYN,ACK seq=1569641460');
  terminal.type('\u0003');
  await terminal.shows('left 130');
});

test('what is no capture is refused, as from a file', async () => {
  terminal = new Terminal([], {shell: `printf 'GET / HTTP/1.1' | ${play}; echo left $?`, columns: 100});
  await terminal.shows(/standard input .*47 45 54 20/);
  await terminal.shows('left 2');
});

test('without a terminal it is shown', () => {
  const shown = runProgram(['show', '-', '--lang', 'en'], {input: file});
  const played = runProgram(['play', '-', '--lang', 'en'], {input: file});
  expect(played.code).toBe(0);
  expect(played.stdout).toBe(shown.stdout);
});

/** What stands in the way of capturing in a network namespace; undefined: nothing. */
const noNamespace = (): string | undefined => {
  const tried = spawnSync('unshare', ['-n', 'sh', '-c', 'ip link set lo up && command -v tcpdump']);
  if (tried.error) return tried.error.message;
  return tried.status === 0 ? undefined : `${tried.stderr}`.trim() || 'no tcpdump';
};
const skipped = noNamespace();
if (skipped) console.log(`live capture skipped: ${skipped}`);

anywhere.skipIf(skipped)('tcpdump on the loopback of a network namespace', async () => {
  const conversation = `const net = require('node:net');
    const server = net.createServer((socket) => socket.end('hello')).listen(8080, '127.0.0.1', () =>
      net.connect(8080, '127.0.0.1').resume().on('close', () => server.close()));`;
  const inside = `ip link set lo up
    (until grep -q listening '${folder}/said' 2>/dev/null; do sleep 0.1; done; '${process.execPath}' -e "${conversation}"; n=0; until [ -e '${folder}/stop' ] || [ $n -ge 300 ]; do n=$((n+1)); sleep 0.1; done; kill $(cat '${folder}/dump')) &
    sh -c 'echo $$ > ${folder}/dump; exec tcpdump -U -i lo -w - port 8080 2>${folder}/said' | ${play}
    echo left $?`;
  terminal = new Terminal([], {shell: `unshare -n sh -c ${quoted(inside)}`, columns: 100, rows: 40});
  await terminal.shows('live');
  terminal.type('\u001b[F');
  await terminal.shows(/SYN,ACK[\s\S]*len=5[\s\S]*FIN,ACK[\s\S]*FIN,ACK/);
  writeFileSync(join(folder, 'stop'), '');
  await terminal.shows('ended');
  terminal.type('\u001b[F');
  await terminal.shows(/SYN,ACK[\s\S]*len=5[\s\S]*FIN,ACK[\s\S]*FIN,ACK/);
  await leave();
});

/** As one word of a shell's command line. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

test('what has come by now is asked about and replayed, while more comes', async () => {
  const {terminal, writeTo, end} = follow(120);
  writeTo(endOf(6));
  await terminal.shows('live');
  terminal.type('\u001b[H');
  await terminal.until('the beginning', (text) => !text.includes('SYN,ACK'));
  terminal.type('p');
  await terminal.shows('ahead; p turns questions off');
  writeTo(endOf(8));
  // The next thing to stop at is the question.
  terminal.type(']');
  await terminal.shows('a–d');
  // Nothing that comes meanwhile answers it, or takes it away.
  writeTo(file.length);
  await terminal.shows('a–d');
  terminal.type('p');
  await terminal.shows('no more questions');
  terminal.type('R');
  await terminal.shows('packets alike');
  terminal.type('\r');
  await terminal.shows('The calls of both programs');
  terminal.type('q');
  end();
  await terminal.shows('ended');
  await leave();
});
