// Oracle: RFC 9110 §5.3, §5.6, §7.2, §10.1.1 and RFC 9112 §3.2, §9.3, with their own examples.
import {expect, test} from 'vitest';
import {expectsContinue, keepsConnection, requestHost} from '../../../source/wire/http/connection.ts';
import {combinedValue, fieldMembers, fieldValues} from '../../../source/wire/http/field-lines.ts';
import type {Head} from '../../../source/wire/http/framing.ts';
import {isQuotedString, listMembers, unquoted} from '../../../source/wire/http/grammar.ts';
import {feed, requestParser, responseParser} from '../../../source/wire/http/parser.ts';
import type {RequestLine} from '../../../source/wire/http/start-line.ts';
import {octets} from './reading.ts';

const lines = (...pairs: readonly string[]) =>
  pairs.map((pair) => ({name: pair.split(': ')[0] ?? '', value: pair.split(': ')[1] ?? ''}));

test('lines of one name are one value, in order (RFC 9110 §5.3)', () => {
  const fields = lines('Example-Field: Foo, Bar', 'Other: x', 'example-field: Baz');
  expect(combinedValue(fields, 'EXAMPLE-FIELD')).toBe('Foo, Bar, Baz');
  expect(combinedValue(fields, 'Missing')).toBeUndefined();
});

test('Set-Cookie is never one value (RFC 9110 §5.3)', () => {
  const fields = lines('Set-Cookie: a=1', 'A: 1', 'set-cookie: b=2');
  expect(fieldValues(fields, 'Set-Cookie')).toEqual(['a=1', 'b=2']);
});

test('lines of Cookie are joined as pairs (RFC 9113 §8.2.3)', () => {
  expect(combinedValue(lines('Cookie: a=1', 'Cookie: b=2'), 'cookie')).toBe('a=1; b=2');
});

test('members of a list (RFC 9110 §5.6.1)', () => {
  expect(listMembers('foo,bar')).toEqual(['foo', 'bar']);
  expect(listMembers('foo ,bar,')).toEqual(['foo', 'bar']);
  expect(listMembers('foo , ,bar,charlie')).toEqual(['foo', 'bar', 'charlie']);
  for (const empty of ['', ',', ',   ,']) expect(listMembers(empty)).toEqual([]);
  expect(listMembers('"a,b", c="d\\",e"')).toEqual(['"a,b"', 'c="d\\",e"']);
  expect(fieldMembers(lines('A: 1, 2', 'B: x', 'a: 3'), 'A')).toEqual(['1', '2', '3']);
});

test('quoted strings (RFC 9110 §5.6.4)', () => {
  expect(unquoted('"a\\"b\\\\c"')).toBe('a"b\\c');
  expect(unquoted('token')).toBe('token');
  expect(isQuotedString('""')).toBe(true);
  for (const wrong of ['"', '"a', 'a"', '"a"b"', '"a\\"', '"\x7f"'])
    expect(isQuotedString(wrong)).toBe(false);
});

const headOf = (text: string): Head => {
  const parser = text.startsWith('HTTP/') ? responseParser() : requestParser();
  const [head] = feed(parser, octets(`${text.replaceAll('\n', '\r\n')}\r\n\r\n`)).parts;
  if (head?.kind !== 'head') throw new Error(`no head: ${text}`);
  return head.head;
};

const requestOf = (text: string): Head<RequestLine> => {
  const {start, fields} = headOf(text);
  if (start.kind !== 'request') throw new Error(`no request: ${text}`);
  return {start, fields};
};

test.each([
  ['GET / HTTP/1.1', true],
  ['GET / HTTP/1.1\nConnection: close', false],
  ['GET / HTTP/1.1\nConnection: upgrade, CLOSE', false],
  ['GET / HTTP/1.1\nConnection: upgrade\nConnection: close', false],
  ['GET / HTTP/1.1\nConnection: closed', true],
  ['GET / HTTP/1.0', false],
  ['GET / HTTP/1.0\nConnection: Keep-Alive', true],
  ['GET / HTTP/1.0\nConnection: keep-alive, close', false],
  ['GET / HTTP/1.2', true],
  ['HTTP/1.1 200 OK', true],
  ['HTTP/1.0 200 OK\nConnection: keep-alive', true],
] as const)('%j keeps the connection: %s (RFC 9112 §9.3)', (text, keeps) => {
  expect(keepsConnection(headOf(text))).toBe(keeps);
});

test('who waits for 100 (RFC 9110 §10.1.1)', () => {
  expect(expectsContinue(requestOf('PUT / HTTP/1.1\nExpect: 100-Continue'))).toBe(true);
  expect(expectsContinue(requestOf('PUT / HTTP/1.0\nExpect: 100-continue'))).toBe(false);
  expect(expectsContinue(requestOf('PUT / HTTP/1.1\nExpect: 200-ok'))).toBe(false);
  expect(expectsContinue(requestOf('PUT / HTTP/1.1'))).toBe(false);
});

test.each([
  ['GET / HTTP/1.1\nHost: www.example.org', 'www.example.org'],
  ['GET / HTTP/1.1\nHost: www.example.org:8001', 'www.example.org:8001'],
  ['GET / HTTP/1.1\nHost: [2001:db8::7]:80', '[2001:db8::7]:80'],
  ['GET / HTTP/1.1\nHost:', ''],
  ['GET http://www.example.org:8001/pub HTTP/1.1\nHost: other', 'www.example.org:8001'],
  ['CONNECT server.example.com:80 HTTP/1.1\nHost: server.example.com', 'server.example.com:80'],
  ['OPTIONS * HTTP/1.1\nHost: www.example.org:8001', 'www.example.org:8001'],
  ['GET / HTTP/1.0', ''],
  ['GET / HTTP/1.0\nHost: a', 'a'],
])('%j is for %j (RFC 9112 §3.2–3.3)', (text, host) => {
  expect(requestHost(requestOf(text))).toEqual({ok: true, value: host});
});

test.each([
  ['GET / HTTP/1.1', 'host-missing'],
  ['GET / HTTP/1.1\nHost: a\nHost: a', 'host-twice'],
  ['GET / HTTP/1.0\nHost: a\nHost: b', 'host-twice'],
  ['GET / HTTP/1.1\nHost: a, b', 'host-invalid'],
  ['GET / HTTP/1.1\nHost: a/b', 'host-invalid'],
  ['GET / HTTP/1.1\nHost: user@a', 'host-invalid'],
  ['GET / HTTP/1.1\nHost: a:x', 'host-invalid'],
  ['GET / HTTP/1.1\nHost: [::1', 'host-invalid'],
  ['GET / HTTP/1.1\nHost: [1.2.3.4]', 'host-invalid'],
  ['GET http://a/ HTTP/1.1', 'host-missing'],
])('%j: %s (RFC 9112 §3.2)', (text, code) => {
  expect(requestHost(requestOf(text))).toMatchObject({
    ok: false,
    error: {code, at: 0, clause: 'RFC 9112 §3.2'},
  });
});
