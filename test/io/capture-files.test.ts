// Captures in folders, and how a path can go on.
import {mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {capturesIn, completionOf, hasCaptureName} from '../../source/io/capture-files.ts';
import {kindAt} from '../../source/io/files.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
  const files = [
    'slow-a.pcap',
    'slow-b.pcapng.gz',
    '抓包.cap',
    'notes.txt',
    '.hidden.pcap',
    'evil\u001b[31m.pcap',
  ];
  for (const [index, name] of files.entries()) {
    writeFileSync(join(folder, name), 'x'.repeat(index));
    utimesSync(join(folder, name), 1000 + index, 1000 + index);
  }
  mkdirSync(join(folder, 'slow'));
  mkdirSync(join(folder, 'folder.pcap'));
  symlinkSync('nowhere', join(folder, 'gone.pcap'));
  symlinkSync('slow', join(folder, 'to-slow'));
});
afterAll(() => rmSync(folder, {recursive: true}));

test('captures by their names, files only, with size and time', () => {
  const found = capturesIn(folder);
  expect(found.map(({path}) => path.slice(folder.length + 1)).toSorted()).toEqual([
    '.hidden.pcap',
    'evil\u001b[31m.pcap',
    'slow-a.pcap',
    'slow-b.pcapng.gz',
    '抓包.cap',
  ]);
  expect(found.find(({path}) => path.endsWith('.gz'))).toMatchObject({bytes: 1, changedMs: 1_001_000});
  expect(capturesIn(join(folder, 'is not there'))).toEqual([]);
  expect(['a.PCAP', 'a.cap.gz', 'a.pcap.txt', 'pcap'].map(hasCaptureName)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test('what stands behind a path', () => {
  const kinds = ['slow-a.pcap', 'slow', 'gone.pcap', 'to-slow'].map((name) => kindAt(join(folder, name)));
  expect(kinds).toEqual(['file', 'folder', 'missing', 'folder']);
  expect(kindAt('/dev/null')).toBe(process.platform === 'win32' ? 'missing' : 'device');
});

test('a path goes on as far as there is one way; then the ways are told', () => {
  const from = (typed: string) => completionOf(join(folder, '/') + typed);
  const to = (text: string) => join(folder, '/') + text;
  expect(from('sl')).toEqual({
    text: to('slow'),
    names: ['slow-a.pcap', 'slow-b.pcapng.gz', 'slow/'],
    more: 0,
  });
  expect(from('slow-a')).toEqual({text: to('slow-a.pcap'), names: [], more: 0});
  expect(from('to')).toEqual({text: to('to-slow/'), names: [], more: 0});
  expect(from('抓')).toEqual({text: to('抓包.cap'), names: [], more: 0});
  expect(from('notes').names).toEqual([]);
  expect(from('notes').text).toBe(to('notes'));
  expect(from('').names).not.toContain('.hidden.pcap');
  expect(from('.').text).toBe(to('.hidden.pcap'));
  expect(completionOf(`"${to('slow-a')}"`).text).toBe(to('slow-a.pcap'));
  expect(completionOf('~')).toEqual({text: '~/', names: [], more: 0});
});
