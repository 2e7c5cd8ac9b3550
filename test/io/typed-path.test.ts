// Paths as terminals hand them over. The oracles: what a shell quotes, the URIs of URL.
import {execFileSync} from 'node:child_process';
import {pathToFileURL} from 'node:url';
import {expect, test} from 'vitest';
import {expanded, pathsMeant, shortened, unquoted} from '../../source/io/typed-path.ts';
import {lacks} from '../helpers/posix.ts';

const names = [
  '/tmp/a.pcap',
  '/tmp/with space.pcap',
  "/tmp/it's.pcapng",
  '/tmp/"quoted" $x `y`.pcap',
  '/tmp/back\\slash.pcap',
  '/tmp/抓包 (1).pcap',
  '/tmp/50% & more;.cap',
];

test.skipIf(lacks('bash')).each(names)('%s, quoted by a shell, is meant', (name) => {
  const quoted = (format: string): string =>
    execFileSync('bash', ['--norc', '-c', `printf '${format}' "$1"`, 'bash', name], {
      env: {LC_ALL: 'C.UTF-8'},
    }).toString();
  expect(unquoted(quoted('%q'), true)).toBe(name);
  const single = `'${name.replaceAll("'", "'\\''")}'`;
  expect(execFileSync('bash', ['--norc', '-c', `printf %s ${single}`]).toString()).toBe(name);
  expect(unquoted(single, true)).toBe(name);
  const double = `"${name.replace(/["\\$`]/g, '\\$&')}"`;
  expect(execFileSync('bash', ['--norc', '-c', `printf %s ${double}`]).toString()).toBe(name);
  expect(unquoted(double, true)).toBe(name);
  expect(unquoted(pathToFileURL(name).href, true)).toBe(name);
  // Where backslashes part folders they are no quotes.
  expect(unquoted('C:\\my captures\\a.pcap', false)).toBe('C:\\my captures\\a.pcap');
});

test('blanks around it are no part of it; a name that has quotes comes first as it is; nothing is nothing', () => {
  expect(pathsMeant(" '/tmp/a b.pcap' ")).toEqual(["'/tmp/a b.pcap'", '/tmp/a b.pcap']);
  expect(pathsMeant('/tmp/a.pcap')).toEqual(['/tmp/a.pcap']);
  expect(pathsMeant('  ')).toEqual([]);
  expect(pathsMeant('file:///tmp/%zz')).toContain('file:///tmp/%zz');
});

test('~ is the home folder, before the first separator only', () => {
  expect(expanded('~/a.pcap', '/home/li')).toBe('/home/li/a.pcap');
  expect(expanded('~', '/home/li')).toBe('/home/li');
  expect(expanded('~wang/a.pcap', '/home/li')).toBe('~wang/a.pcap');
  expect(shortened('/home/li/a.pcap', '/home/li')).toBe('~/a.pcap');
  expect(shortened('/home/lin/a.pcap', '/home/li')).toBe('/home/lin/a.pcap');
  expect(shortened('/etc/a.pcap', '/')).toBe('/etc/a.pcap');
});
