// Key logs with the secrets of a ClientHello that was answered twice: by whom it was meant for, and by whom it was replayed to (RFC 9850).
import {expect, test} from 'vitest';
import {octetsOf} from '../../../source/wire/octets.ts';
import {
  joinKeyLogs,
  keyLogLines,
  parseKeyLog,
  sameSecrets,
  secretsIn,
} from '../../../source/wire/tls/key-log.ts';
import {encodeUtf8} from '../../../source/wire/utf8.ts';

const random = '11'.repeat(32);
const [first, second] = ['aa'.repeat(32), 'bb'.repeat(32)];
const line = (secret: string): string => `SERVER_HANDSHAKE_TRAFFIC_SECRET ${random} ${secret}\n`;
const parsed = (text: string) => parseKeyLog(encodeUtf8(text));
const foundIn = (log: ReturnType<typeof parsed>) =>
  secretsIn(log, 'SERVER_HANDSHAKE_TRAFFIC_SECRET', octetsOf(random));

test('several secrets of one name are kept in their order, each once', () => {
  const log = parsed(`${line(first)}${line(second)}${line(first)}`);
  expect(foundIn(log)).toEqual([octetsOf(first), octetsOf(second)]);
  expect(log.unreadable).toBe(0);
});

test('logs are joined: what both say is there once', () => {
  expect(foundIn(joinKeyLogs([parsed(line(first)), parsed(`${line(first)}${line(second)}`)]))).toEqual([
    octetsOf(first),
    octetsOf(second),
  ]);
});

test('lines that are too long, and secrets of one name without end, are not kept', () => {
  const long = `${line(first).trim()}${' '.repeat(2000)}\n`;
  expect(parsed(`${long}${'x'.repeat(100_000)}\n${line(second)}`)).toMatchObject({unreadable: 1});
  const all = Array.from({length: 500}, (_, index) => line(index.toString(16).padStart(64, '0')));
  expect(foundIn(parsed(all.join('')))).toHaveLength(64);
  expect(parsed('\r\n# comment\n\n').unreadable).toBe(0);
});

test('the lines of some hellos, as they were', () => {
  const other = `CLIENT_RANDOM ${'22'.repeat(32)} ${'cc'.repeat(48)}\n`;
  const log = parsed(`${line(first)}${other}${line(second)}`);
  expect(keyLogLines(log, new Set([random]))).toBe(`${line(first)}${line(second)}`);
  expect(keyLogLines(log, new Set(['22'.repeat(32)]))).toBe(other);
  expect(keyLogLines(log, new Set())).toBe('');
});

test('two logs have the same secrets of a hello, or one has others, or more', () => {
  const same = (one: string, other: string) => sameSecrets(parsed(one), parsed(other), octetsOf(random));
  const other = line(second).replace(random, '22'.repeat(32));
  expect(same(line(first), line(first))).toBe(true);
  expect(same(line(first), `${line(first)}${other}`)).toBe(true);
  expect(same(line(first), line(second))).toBe(false);
  expect(same(line(first), `${line(first)}${line(second)}`)).toBe(false);
  expect(same('', line(first))).toBe(false);
});
