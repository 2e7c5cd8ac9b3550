// Oracles: the examples of RFC 9112, and the reader: what is written reads back as the same message, or is not written.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Field} from '../../../source/wire/http/field-lines.ts';
import {textOfOctets} from '../../../source/wire/http/grammar.ts';
import {messagesOf} from '../../../source/wire/http/message.ts';
import {requestParser, responseParser} from '../../../source/wire/http/parser.ts';
import type {StartLineText} from '../../../source/wire/http/start-line.ts';
import {lastChunk, type MessageText, writeChunk, writeHead} from '../../../source/wire/http/write.ts';
import {codePoint} from '../../helpers/any-text.ts';
import {runs} from '../../helpers/seeds.ts';
import {contentOf, octets, readAll} from './reading.ts';

const get = (target = '/'): StartLineText => ({kind: 'request', method: 'GET', target, version: 'HTTP/1.1'});
const okay: StartLineText = {kind: 'response', version: 'HTTP/1.1', status: 200, reason: 'OK'};
const field = (name: string, value: string): Field => ({name, value});
const written = (message: MessageText): string => {
  const head = writeHead(message);
  return head.ok ? textOfOctets(head.value.bytes) : `! ${head.error.code}`;
};

test('a request as RFC 9112 §3.2.1 writes it', () => {
  const message = {start: get('/where?q=now'), fields: [field('Host', 'www.example.org')]};
  expect(written(message)).toBe('GET /where?q=now HTTP/1.1\r\nHost: www.example.org\r\n\r\n');
});

test('a response whose reason is empty keeps its space (RFC 9112 §4)', () => {
  const message = {start: {...okay, status: 204, reason: ''}, fields: []};
  expect(written(message)).toBe('HTTP/1.1 204 \r\n\r\n');
});

test('chunks (RFC 9112 §7.1)', () => {
  expect(textOfOctets(writeChunk(octets('0123456789abcdef0')))).toBe('11\r\n0123456789abcdef0\r\n');
  expect(writeChunk(octets(''))).toHaveLength(0);
  expect(textOfOctets(lastChunk)).toBe('0\r\n\r\n');
});

describe('what is not written', () => {
  test.each([
    ['a line end in a value', 'A', 'b\r\nSet-Cookie: c', 'field-value'],
    ['a line end in a name', 'A\r\nB', 'c', 'field-name'],
    ['white space that would be lost', 'A', ' b', 'field-value'],
    ['what is no octet', 'A', '中', 'field-value'],
    ['a colon in a name', 'A:', 'b', 'field-name'],
    ['an unreadable length', 'Content-Length', '1x', 'length-syntax'],
    ['a coding that is not last', 'Transfer-Encoding', 'chunked, gzip', 'coding-not-last'],
  ])('%s', (_, name, value, code) => {
    expect(written({start: get(), fields: [field(name, value)]})).toBe(`! ${code}`);
  });

  test.each([
    ['a space in a target', {...get(), target: '/a b'}, 'request-line'],
    ['a line end in a target', {...get(), target: '/\r\nX'}, 'target'],
    ['a method that is no token', {...get(), method: 'G T'}, 'request-line'],
    ['a code of four digits', {...okay, status: 2000}, 'status-code'],
    ['a line end in a reason', {...okay, reason: 'a\r\nb'}, 'reason'],
    ['another version', {...okay, version: 'HTTP/2.0'}, 'version-major'],
  ] as const)('%s', (_, start, code) => {
    expect(written({start, fields: []})).toBe(`! ${code}`);
  });

  test('both lengths', () => {
    const fields = [field('Content-Length', '0'), field('Transfer-Encoding', 'chunked')];
    expect(written({start: okay, fields})).toBe('! length-and-coding');
  });

  test('too many fields', () => {
    const fields = Array.from({length: 257}, () => field('A', 'b'));
    expect(written({start: get(), fields})).toBe('! fields-many');
  });
});

const token = fc.stringMatching(/^[A-Za-z!#$%&'*+.^_`|~-]{1,12}$/);
const value = fc.stringMatching(
  /^([\x21-\x7e\x80-\xff]([\t\x20-\x7e\x80-\xff]{0,20}[\x21-\x7e\x80-\xff])?)?$/,
);
const plainField = fc
  .tuple(token, value)
  .filter(([name]) => !/^(transfer-encoding|content-length)$/i.test(name))
  .map(([name, text]) => field(name, text));
const start: fc.Arbitrary<StartLineText> = fc.oneof(
  fc.record({
    kind: fc.constant('request' as const),
    method: token.filter((method) => method !== 'CONNECT'),
    target: fc.stringMatching(/^\/[!$-~]{0,20}$/),
    version: fc.constantFrom('HTTP/1.0', 'HTTP/1.1'),
  }),
  fc.record({
    kind: fc.constant('response' as const),
    version: fc.constantFrom('HTTP/1.0', 'HTTP/1.1'),
    status: fc.integer({min: 200, max: 599}).filter((status) => status !== 204 && status !== 304),
    reason: fc.stringMatching(/^[\t\x20-\x7e\x80-\xff]{0,20}$/),
  }),
);
const message = fc.tuple(
  start,
  fc.array(plainField, {maxLength: 5}),
  fc.uint8Array({maxLength: 60}),
  fc.constantFrom('length', 'chunked', 'close'),
);

test('what is written reads back as it was', () => {
  fc.assert(
    fc.property(message, ([line, fields, content, by]) => {
      const chunked = by === 'chunked' && line.version === 'HTTP/1.1';
      const length =
        chunked || (by === 'close' && line.kind === 'response')
          ? []
          : [field('Content-Length', `${content.length}`)];
      const framed = [...fields, ...(chunked ? [field('Transfer-Encoding', 'chunked')] : length)];
      const head = writeHead({start: line, fields: framed});
      if (!head.ok) throw new Error(head.error.code);
      const body = chunked ? [writeChunk(content), lastChunk] : [content];
      const bytes = new Uint8Array(Buffer.concat([head.value.bytes, ...body]));
      const parser = line.kind === 'request' ? requestParser() : responseParser(['GET']);
      const {messages} = messagesOf(readAll(parser, [bytes]).parts);
      expect(messages).toHaveLength(1);
      const [read] = messages;
      expect(read?.whole).toBe(true);
      expect(read?.head.start).toMatchObject(line);
      expect(read?.head.fields.map(({name, value: text}) => field(name, text))).toEqual(framed);
      expect(read && contentOf(read, bytes)).toEqual(content);
    }),
    {numRuns: runs(1000)},
  );
});

test('any text for a field makes one line of a head, or none', () => {
  fc.assert(
    fc.property(
      fc.string({unit: codePoint, maxLength: 20}),
      fc.string({unit: codePoint, maxLength: 20}),
      (name, text) => {
        const head = writeHead({start: okay, fields: [field(name, text)]});
        if (head.ok) expect(textOfOctets(head.value.bytes).split('\r\n')).toHaveLength(4);
      },
    ),
    {numRuns: runs(1000)},
  );
});
