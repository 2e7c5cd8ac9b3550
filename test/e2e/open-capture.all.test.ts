// A capture from the menu, as somebody would open it: chosen, typed, completed, pasted; and the mistakes on the way.
import {cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {gunzipSync} from 'node:zlib';
import {afterAll, afterEach, test as anywhere, beforeAll, expect} from 'vitest';
import {noFile} from '../../source/words/catalogue/errors.ts';
import {isKind} from '../../source/words/catalogue/file-errors.ts';
import {notAFile} from '../../source/words/catalogue/open-capture.ts';
import {readingTexts} from '../../source/words/catalogue/reading.ts';
import {lacks} from '../helpers/posix.ts';
import {program, Terminal} from '../helpers/terminal.ts';
import {leaveMenu} from '../helpers/terminals.ts';

const test = anywhere.skipIf(lacks('/bin/sh, /dev/zero'));

const mixed = fileURLToPath(new URL('../fixtures/inspected/18a-mixed-twelve.pcap', import.meta.url));

let folder = '';
let terminal: Terminal | undefined;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
  mkdirSync(join(folder, 'sub'));
  cpSync(mixed, join(folder, 'mixed.pcap'));
  cpSync(mixed, join(folder, 'sub', "it's mixed.pcap"));
  writeFileSync(join(folder, 'sub', 'words.pcap'), 'hello');
});
afterAll(() => rmSync(folder, {recursive: true}));
afterEach(() => terminal?.close());

const open = (options: string, columns = 100): Terminal => {
  const config = `XDG_CONFIG_HOME='${folder}/config'`;
  const shell = `cd '${folder}'; ${config} '${process.execPath}' '${program}' ${options}; echo left $?`;
  terminal = new Terminal([], {shell, columns});
  return terminal;
};

test('chosen from the list, typed and completed, dropped onto the terminal; back in the menu it is the last', async () => {
  const shown = open('--lang en --motion none');
  await shown.shows('First time? Press enter.');
  shown.type('jjj');
  await shown.shows(/▸ Open a capture +\.pcap, \.pcapng, or a pipe from tcpdump/);
  shown.type('\r');
  await shown.shows(/▸ mixed\.pcap +41\.6 kB {2}\d{4}-\d\d-\d\d \d\d:\d\d/);
  shown.type('\r');
  await shown.shows('136 packets · 12 connections');
  shown.type('j\r');
  await shown.shows('#1 · capture');
  shown.type('q');
  await shown.shows('136 packets · 12 connections');
  shown.type('q');
  await shown.shows(/▸ Open a capture +last opened: mixed\.pcap/);
  shown.type('\r');
  await shown.shows('/ type a path');
  // Both begin so: nothing more can be said of it; then one does.
  shown.type('./su\t');
  await shown.shows('path  ./sub/▏');
  shown.type('\t');
  await shown.shows("it's mixed.pcap  words.pcap");
  shown.type('w\t');
  await shown.shows('path  ./sub/words.pcap▏');
  shown.type('\r');
  await shown.shows(/✗ \.\/sub\/words\.pcap .*68 65 6c 6c/);
  // Nothing is lost by it.
  expect(shown.text()).toContain('path  ./sub/words.pcap▏');
  shown.type('\x15./nothing.pcap\r');
  await shown.shows(`✗ ${noFile.what.en({file: './nothing.pcap'})}; ${noFile.remedy.en}`);
  shown.type('\x15./sub\r');
  await shown.shows(`✗ ./sub ${isKind.folder.what.en}; ${isKind.folder.remedy.en}`);
  shown.type('\x15/dev/zero\r');
  await shown.shows(`✗ ${notAFile.what.en({file: '/dev/zero'})}`);
  shown.type('\x1b');
  await shown.shows('/ type a path');
  // As GNOME's terminal writes what is dropped onto it.
  shown.type(`'${folder}/sub/it'\\''s mixed.pcap' `);
  await shown.shows("s mixed.pcap'");
  shown.type('\r');
  await shown.shows(/it's mixed\.pcap +136 packets/);
  shown.type('q');
  await shown.shows("last opened: it's mixed.pcap");
  await leaveMenu(shown);
  await shown.shows('left 0');
  const kept: unknown = JSON.parse(readFileSync(join(folder, 'config/packet-tutor/config.json'), 'utf8'));
  expect(kept).toEqual({format: 1, lastCapture: join(folder, "sub/it's mixed.pcap")});
});

test('what was opened last, by `play` too, and is gone is said so; then the page says it, and what is left', async () => {
  cpSync(mixed, join(folder, 'gone.pcap'));
  const played = open('play gone.pcap --lang zh; echo');
  await played.shows('12 个连接');
  played.type('q');
  await played.shows('left 0');
  played.close();
  rmSync(join(folder, 'gone.pcap'));
  const shown = open('--lang zh');
  await shown.shows('上次打开：gone.pcap（已不在）');
  shown.type('jjj\r');
  await shown.shows('✗ 上次打开的 gone.pcap 已经不在了');
  await shown.shows(/▸ mixed\.pcap/);
  shown.resize(60, 15);
  await shown.until('the small page', (text) => text.split('\n').length === 15 && text.includes('修改时间'));
  shown.type('q');
  await shown.shows('测验');
  shown.type('\x03');
  await shown.shows('left 130');
});

test('in sentences: the list, a path letter by letter, a mistake, the capture; not one escape sequence', async () => {
  const shown = open('--lang en --screen-reader', 400);
  await shown.shows(/^Keys: .*q quit\.$/m);
  shown.type('jjj\r');
  await shown.shows(/\d of \d: mixed\.pcap, 41\.6 kB, changed \d{4}/);
  shown.type('./x');
  await shown.shows(/^path: \.$[\s\S]*^\/$\n^x$/m);
  shown.type('\r');
  await shown.shows(/no file \.\/x; check the name and the folder\./i);
  shown.type('\x1b');
  await shown.shows(/confirm[\s\S]*\d of \d: mixed\.pcap[\s\S]*Keys: enter open/);
  shown.type('G');
  shown.type('\r');
  await shown.shows(/136 packets, 12 connections/);
  shown.type('q');
  await shown.shows(/Marked: 4\.\n/);
  await leaveMenu(shown);
  await shown.shows('left 0');
  expect(shown.output.replaceAll('\r\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
});

test('one that takes long to read shows how far it is, then it is open and hears keys', async () => {
  const late = gunzipSync(readFileSync(new URL('../fixtures/repairs/late.pcap.gz', import.meta.url)));
  const again = late.subarray(24);
  writeFileSync(join(folder, 'long.pcap'), Buffer.concat([late, again, again]));
  const shown = open('play long.pcap --lang en --motion none');
  await shown.shows('q stops');
  await shown.shows(readingTexts.work.en({name: 'long.pcap', packets: 46_365}));
  await shown.shows('46,365 packets · ');
  shown.type('j');
  await shown.shows(/▸ +1 /);
  shown.type('q');
  await shown.shows('left 0');
});
