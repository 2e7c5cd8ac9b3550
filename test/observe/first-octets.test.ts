// What is spoken, by its first octets: HTTP/1 (RFC 9112 §2.1, §3, §4), TLS (RFC 9846 §5.1), not HTTP/2 (RFC 9113 §3.4).
import {expect, test} from 'vitest';
import {
  beginsHttp,
  mayAnswerHttp2,
  mayBegin,
  type Spoken,
  spokenIn,
} from '../../source/observe/first-octets.ts';
import {encodeUtf8} from '../../source/wire/utf8.ts';

const octets = (text: string): Uint8Array =>
  /^[0-9a-f ]+$/.test(text)
    ? Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))
    : encodeUtf8(text);

test.each<[string, Spoken | undefined]>([
  ['GET / HTTP/1.1\r\n', 'http'],
  ['GET / HTTP/1.0\n', 'http'],
  ['M-SEARCH * HTTP/1.1\r\n', 'http'],
  ['HTTP/1.1 200 OK\r\n', 'http'],
  ['HTTP/1.0 4', 'http'],
  ['HTTP/2 200\r\n', undefined],
  ['GET /\r\n', undefined],
  ['GET / HTTP/1.1 \r\n', undefined],
  ['get / HTTP/1.1\r\n', undefined],
  ['GO / HTTP/1.1\r\n', undefined],
  ['ABCDEFGHIJKLMNOP / HTTP/1.1\r\n', 'http'],
  ['ABCDEFGHIJKLMNOPQ / HTTP/1.1\r\n', undefined],
  ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'http2'],
  ['16 03 01 00 05 01', 'tls'],
  ['15 03 03 00 02 02', 'tls'],
  ['16 03 04 00 05 01', 'tls'],
  ['16 03 05 00 05 01', undefined],
  ['16 02 01 00 05 01', undefined],
  ['17 03 03 00 05 01', undefined],
  ['16 03 01 00 05', undefined],
])('%j', (text, spoken) => {
  expect(spokenIn(octets(text))).toBe(spoken);
});

test('a line that has not ended is believed from 512 octets on', () => {
  const long = (size: number): Uint8Array => octets('GET /'.padEnd(size, 'x'));
  expect([511, 512].map((size) => beginsHttp(long(size)))).toEqual([false, true]);
  // Where it ends too late to be looked at it counts as one that has not ended.
  const late = (at: number): boolean => beginsHttp(octets(`${'GET /'.padEnd(at, 'x')}\n`));
  expect([4095, 4096].map(late)).toEqual([false, true]);
});

test.each<[string, boolean]>([
  ['16', true],
  ['15 03', true],
  ['16 03 04 00 05', true],
  ['16 03 01 00 05 01', false],
  ['16 04', false],
  ['17', false],
  ['G', true],
  ['GET', true],
  ['GET / HT', true],
  ['GET /\n', false],
  ['ABCDEFGHIJKLMNOP', true],
  ['ABCDEFGHIJKLMNOPQ', false],
  ['HTTP/', true],
  ['HTTP/1.', true],
  ['HTTP/2', false],
  ['Get', false],
  ['get', false],
  ['[', false],
  ['@', false],
  ['', false],
])('%j may become one: %s', (text, may) => {
  expect(mayBegin(octets(text))).toBe(may);
});

test('from 512 octets on nothing may become a request any more', () => {
  expect([511, 512].map((size) => mayBegin(octets('GET /'.padEnd(size, 'x'))))).toEqual([true, false]);
});

// RFC 9113 §3.4, §4.1, §6.5: a SETTINGS frame of whole settings, without flags, on stream 0.
test.each<[string, boolean]>([
  ['00 00 00 04 00 00 00 00 00', true],
  ['00 00 06 04 00 00 00 00 00 00 03 00 00 00 64', true],
  ['00 00 06 04 00 00 00 00 00', true],
  ['00 00 00 04 00 00 00 00', false],
  ['00 00 05 04 00 00 00 00 00', false],
  ['00 00 00 04 01 00 00 00 00', false],
  ['00 00 00 04 00 00 00 00 01', false],
  ['00 00 00 06 00 00 00 00 00', false],
  ['01 00 00 04 00 00 00 00 00', false],
  ['00 01 00 04 00 00 00 00 00', false],
])('%s from a server: %s', (hex, may) => {
  expect(mayAnswerHttp2(octets(hex))).toBe(may);
});
