// What every command prints with `--json`, over lessons and captures that have all of it between them, beside the tables of docs/reference.md: nothing is missing there, and
// nothing stands there that no command prints.
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {encodePcap} from '../../source/wire/pcap/writer.ts';
import {root} from '../helpers/root.ts';
import {runProgram} from '../helpers/run-program.ts';
import {captureFolder} from '../wire/captures.ts';
import {type Listed, listedIn, membersOf, namesIn, rowsOf, unlisted} from './reference-page.ts';
import {lineMembers, unlistedLines} from './shown-lines.ts';

const home = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
afterAll(() => rmSync(home, {recursive: true}));

/** Captures that have every member between them, by folder. */
const captures = Object.entries({
  'captures-made': [
    'tls12-resumed.pcap',
    'http-lax-responses.pcap',
    'dns-types.pcap',
    'path-stall.pcap.gz',
    'nagle-delayed-ack.pcap',
    'loss-server-closes.pcap',
    'faults-http.pcap.gz',
  ],
  captures: [
    '17c-url-to-page-plain.pcap',
    '13g-dns-authoritative-direct.pcap',
    '15c-cookie-wrong-password.pcapng',
  ],
  'captures-today': [
    '21k-h2-protocol-error.pcap',
    '28b-quic-ccm.pcap',
    '28i-dns-nsec3.pcap',
    '23k-dns-two-answers.pcap',
    '21e-h2-ping-reset-goaway.pcap',
    '27c-dhcp.pcap',
    '25g-http-smuggling-cl-te.pcap',
    '28k-quic-one-port.pcap',
    '28k-websocket.pcap',
    '23e-dnssec-bogus.pcap',
    '25i-http-cors-preflight.pcap',
    '25e-http-server-sent-events.pcap',
    '28l-quic-no-version.pcap',
    '21m-h2-trailers.pcapng',
    '28h-dns-nsec.pcap',
    '22c-quic-retry.pcapng',
    '22k-quic-idle-timeout.pcap',
    '27e-packet-too-big.pcap',
  ],
}).flatMap(([folder, names]) => names.map((name) => join(root, 'test/fixtures', folder, name)));

/** Returns a frame with a UDP datagram between two ports. */
const datagram = (from: number, to: number, payload: readonly number[]): Uint8Array => {
  const length = 8 + payload.length;
  const ports = [from >> 8, from & 255, to >> 8, to & 255, 0, length, 0, 0];
  const ip = [0x45, 0, 0, 20 + length, 0, 1, 0, 0, 64, 17, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2];
  return new Uint8Array([...Array.from({length: 12}, () => 2), 8, 0, ...ip, ...ports, ...payload]);
};

/** Writes a capture with an inverse query and with more conversations than are kept; returns its path. */
const crowded = (): string => {
  const asked = [
    ...[0, 7, 0x09, 0, 0, 0, 0, 1, 0, 0, 0, 0],
    1,
    97,
    0,
    0,
    1,
    0,
    1,
    0,
    0,
    0,
    0,
    0,
    4,
    10,
    0,
    0,
    9,
  ];
  const frames = [
    datagram(5000, 53, asked),
    ...Array.from({length: 20_002}, (_, nth) => datagram(1024 + nth, 40_000, [1])),
  ];
  const records = frames.map((bytes, index) => ({atUs: index, bytes, originalLength: bytes.length}));
  const path = join(home, 'crowded.pcap');
  writeFileSync(path, Buffer.concat([...encodePcap(1, records)]));
  return path;
};

const outputOf = (...args: readonly string[]): string => runProgram([...args, '--json']).stdout;

/** Returns what a capture has with the key log beside it. */
const withKeys = (command: string, file: string): string => {
  const keys = file.replace(/\.pcap(ng)?(\.gz)?$/, '.keys');
  return outputOf(command, file, ...(existsSync(keys) ? ['--keylog', keys] : []));
};

/** Returns each listed member that none of these values has. */
const neverPrinted = (listed: Listed, printed: ReadonlySet<string>): readonly string[] =>
  [...listed].flatMap(([place, names]) =>
    [...names].map((name) => `${place}.${name}`).filter((name) => !printed.has(name)),
  );

const placed = (value: unknown): readonly string[] =>
  [...membersOf(value)].map(([place, name]) => `${place}.${name}`);

test('inspect', () => {
  const listed = listedIn('`inspect --json`');
  const printed = new Set<string>();
  for (const file of [...captures, crowded()]) {
    const output = withKeys('inspect', file);
    const inspected: unknown = JSON.parse(output);
    expect(unlisted(inspected, listed), file).toEqual([]);
    for (const name of placed(inspected)) printed.add(name);
  }
  // A record has only the parts of its type, and each list of records has the same row; no capture here asks for a part of a content.
  const ofRecords = /^dns\[\]\.(answers|authority|additional)\[\]\./;
  const rare = new Set(['range', 'contentRange', 'ifMatch', 'ifModifiedSince', 'ifRange']);
  const ofHttp3 = /^http3\[\]\.streams\[\]\./;
  const missing = neverPrinted(listed, printed).filter(
    (name) => !ofRecords.test(name) && !ofHttp3.test(name) && !rare.has(name.replace('http[].', '')),
  );
  expect(missing).toEqual([]);
}, 300_000);

test('show', () => {
  const printed = new Set<string>();
  const calls = [
    ...['url-to-page', 'cookies-session', 'syn-flood', 'dns-cache', 'https-tls12'].map((id) => [id]),
    ...[['http-status'], ['https-why', '--run', 'what-if-2'], ['https-why'], ['time-wait']],
    ['handshake', '--fault', 'edit:tcp.window_size_value=1@packet=2'],
    ['why-three', '--run', 'two-way'],
    ['handshake', '--set', 'path.delay=80ms'],
    ...['00a-handshake-only.pcap', '08h-rto-four-times.pcap'].map((name) => [join(captureFolder, name)]),
  ];
  for (const args of calls) {
    const output = outputOf('show', ...args);
    expect(unlistedLines(output), args.join(' ')).toEqual([]);
    for (const [row, name] of lineMembers(output)) {
      for (const place of [row, '']) printed.add(`${place}.${name}`);
    }
  }
  const listed = listedIn('`show --json`', '| line | members |');
  // None of these calls plays a host by hand; challenge.test.ts shows such a run by its code.
  const byHand = ['trace.byHand', 'send.by'];
  expect(neverPrinted(listed, printed).filter((name) => !byHand.includes(name))).toEqual([]);
}, 120_000);

test('quiz', () => {
  const asked: unknown[] = JSON.parse(outputOf('quiz', '--seed', '1', '--count', '60'));
  const capture = join(captureFolder, '14a-http10-close-per-request.pcap');
  const ofCapture: unknown[] = JSON.parse(outputOf('quiz', '--source', capture, '--connection', '1'));
  const listed = listedIn('`quiz --json`');
  const altered: unknown[] = JSON.parse(outputOf('quiz', 'handshake', '--set', 'path.delay=80ms'));
  const all = [...asked, ...ofCapture, ...altered];
  expect(unlisted(all, listed)).toEqual([]);
  const printed = new Set(all.flatMap(placed));
  expect(neverPrinted(listed, printed)).toEqual([]);
}, 60_000);

test('explain', () => {
  const capture = join(captureFolder, '06c-refused-three-ports.pcap');
  const rows = rowsOf('`explain --json`', '| with | members |');
  for (const [option = '', members = ''] of rows) {
    const [name = ''] = namesIn(option);
    const output = outputOf('explain', capture, name, name === '--packet' ? '4' : '1');
    expect(Object.keys(JSON.parse(output)).toSorted()).toEqual(namesIn(members).toSorted());
  }
});

const others = rowsOf('The other commands with `--json`', '| command | in | members |');

/** Returns what is listed of one command. */
const listedOf = (command: string): Listed =>
  new Map(
    others
      .filter(([first = '']) => namesIn(first)[0] === command)
      .map(([, place = '', members = '']) => [namesIn(place)[0] ?? '', new Set(namesIn(members))] as const),
  );

test.each([
  ['list', []],
  ['progress', []],
  ['review', []],
  ['words', []],
  ['interview', []],
])('%s', (command, args) => {
  expect(listedOf(command).size).toBeGreaterThan(0);
  expect(unlisted(JSON.parse(outputOf(command, ...args)), listedOf(command))).toEqual([]);
});

test('check, also of what fails', () => {
  writeFileSync(join(home, 'wrong.yaml'), 'format: 2\n');
  writeFileSync(join(home, 'wrong.pkt'), '0 nothing\n');
  const lesson = join(root, 'lessons/foundations/handshake.yaml');
  const lines = outputOf('check', lesson, join(home, 'wrong.yaml'), join(home, 'wrong.pkt')).split('\n');
  const printed: readonly unknown[] = lines.filter((line) => line !== '').map((line) => JSON.parse(line));
  expect(printed).toHaveLength(3);
  expect(unlisted(printed, listedOf('check'))).toEqual([]);
});

test('quiz: a report and a class', () => {
  const answers = join(home, 'answers.json');
  writeFileSync(answers, '{"answers": {}}');
  const sheet = ['quiz', 'handshake', '--seed', '7', '--count', '3', '--answers', answers];
  const report: unknown = JSON.parse(runProgram([...sheet, '--report', 'json']).stdout);
  expect(unlisted(report, listedOf('quiz --report json'))).toEqual([]);
  runProgram([...sheet, '--name', 'Ann', '--save', join(home, 'class', 'ann.json')]);
  runProgram([...sheet, '--name', 'Ann', '--save', join(home, 'ann.json')]);
  const graded: unknown = JSON.parse(outputOf('quiz', '--grade', home));
  expect(placed(graded)).toContain('people[].name');
  expect(unlisted(graded, listedOf('quiz --grade'))).toEqual([]);
});
