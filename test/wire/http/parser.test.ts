// Oracle: the RFCs, clause by clause; and that it does not matter in which pieces a stream comes.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type HttpErrorCode, httpErrorClauses} from '../../../source/wire/http/http-error.ts';
import {messagesOf} from '../../../source/wire/http/message.ts';
import {
  expectResponse,
  feed,
  finish,
  type HttpParser,
  requestParser,
  responseParser,
} from '../../../source/wire/http/parser.ts';
import {MAX_SECTION_BYTES} from '../../../source/wire/http/parser-steps.ts';
import {runs, some} from '../../helpers/seeds.ts';
import {chunkedCases} from './cases-chunked.ts';
import {fieldCases} from './cases-fields.ts';
import {framingCases} from './cases-framing.ts';
import {startLineCases} from './cases-start-line.ts';
import {type Case, octets, parserFor, readAll, textOf} from './reading.ts';

const cases: readonly Case[] = [...startLineCases, ...fieldCases, ...framingCases, ...chunkedCases];

const saidOf = (each: Case, pieces: readonly Uint8Array[]): readonly string[] =>
  textOf(readAll(parserFor(each), pieces, each.open), octets(each.stream));

describe.each(cases)('$clause: $what', (each) => {
  test('is read so', () => expect(saidOf(each, [octets(each.stream)])).toEqual(each.says));
});

test('there are more than 120 cases, and no two of one stream', () => {
  expect(cases.length).toBeGreaterThan(120);
  const streams = cases.map(({reads, asked, stream, open}) => JSON.stringify([reads, asked, stream, open]));
  expect(streams.filter((stream, index) => streams.indexOf(stream) < index)).toEqual([]);
  for (const {clause} of cases) expect(clause).toMatch(/^RFC \d{4} §[\d.]+(\(\d\))?$/);
});

test('every code that a reader gives has a case', () => {
  const ofWriters = ['content-forbidden', 'content-length-wrong', 'trailer-field'];
  const ofHosts = ['host-missing', 'host-left-out', 'host-twice', 'host-invalid'];
  const seen = new Set(cases.flatMap(({says}) => says.flatMap((line) => line.match(/^! (\S+)/)?.[1] ?? [])));
  const codes = Object.keys(httpErrorClauses).filter((code) => ![...ofWriters, ...ofHosts].includes(code));
  expect([...seen].sort()).toEqual(codes.sort());
});

test('an error names the clause that one of its cases is taken from', () => {
  const clauses = new Map<HttpErrorCode, Set<string>>();
  for (const each of cases) {
    const {error} = readAll(parserFor(each), [octets(each.stream)], each.open);
    if (error === undefined) continue;
    const of = clauses.get(error.code) ?? new Set();
    clauses.set(error.code, of.add(each.clause.replace(/\(\d\)$/, '')));
  }
  for (const [code, of] of clauses) expect([...of], code).toContain(httpErrorClauses[code]);
  // Of writers, RFC 9110: what a message's content and its trailers may be.
  expect(httpErrorClauses['content-length-wrong']).toBe('RFC 9110 §8.6');
  expect(httpErrorClauses['trailer-field']).toBe('RFC 9110 §6.5.1');
  expect(httpErrorClauses['content-forbidden']).toBe('RFC 9112 §6.3');
});

const cut = (bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] => {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...ends].map((start, index) => bytes.subarray(start, ends[index] ?? bytes.length));
};

/** What was found, without how content was cut by the pieces. */
const foundIn = (each: Pick<Case, 'reads' | 'asked'>, pieces: Iterable<Uint8Array>) => {
  const {parts, error} = readAll(parserFor(each), pieces);
  return {...messagesOf(parts), error};
};

test('octet by octet, every case gives the same messages, spans and errors', () => {
  for (const each of some(
    cases.filter(({stream}) => stream.length < 20_000),
    50,
  )) {
    const bytes = octets(each.stream);
    const single = cut(
      bytes,
      Array.from(bytes, (_, index) => index),
    );
    expect(saidOf(each, single), each.what).toEqual(each.says);
    expect(foundIn(each, single), each.what).toEqual(foundIn(each, [bytes]));
  }
});

test('any split of any case or of several in a row gives the same', () => {
  const streams = fc.tuple(
    fc.array(fc.constantFrom(...cases), {minLength: 1, maxLength: 3}),
    fc.array(fc.nat(100_000), {maxLength: 6}),
  );
  fc.assert(
    fc.property(streams, ([chosen, places]) => {
      const [first] = chosen;
      if (first === undefined) return;
      const bytes = octets(chosen.map(({stream}) => stream).join(''));
      expect(foundIn(first, cut(bytes, places))).toEqual(foundIn(first, [bytes]));
    }),
    {numRuns: runs(600)},
  );
});

test.each([0, 1, 2])('a start line may be 65536 octets long with its end, %i more are too many', (more) => {
  const stream = `GET /${'x'.repeat(MAX_SECTION_BYTES - 'GET / HTTP/1.1\r\n'.length + more)} HTTP/1.1\r\n`;
  const bytes = octets(stream);
  // Where it is cut makes no difference: before its end, in it, behind it.
  for (const place of [10, MAX_SECTION_BYTES - 1, MAX_SECTION_BYTES, MAX_SECTION_BYTES + 1]) {
    const {error} = foundIn({reads: 'requests'}, cut(bytes, [place]));
    expect(error?.code).toBe(more === 0 ? 'head-incomplete' : 'start-line-long');
  }
});

/** Bytes that look like HTTP for a while. */
const damaged = fc
  .tuple(
    fc.constantFrom(...cases.filter(({stream}) => stream.length < 2000)),
    fc.array(fc.tuple(fc.nat(400), fc.nat(255)), {maxLength: 4}),
  )
  .map(([each, changes]) => {
    const bytes = octets(each.stream);
    for (const [place, octet] of changes) if (place < bytes.length) bytes[place] = octet;
    return {reads: each.reads, ...(each.asked && {asked: each.asked}), bytes};
  });
const anything = fc
  .tuple(fc.constantFrom('requests' as const, 'responses' as const), fc.uint8Array({maxLength: 300}))
  .map(([reads, bytes]) => ({reads, bytes}));

test('any bytes give messages or an error, whose spans follow one another in the stream', () => {
  fc.assert(
    fc.property(fc.oneof(damaged, anything), ({bytes, ...each}) => {
      const {messages, error} = foundIn(each, [bytes]);
      let before = 0;
      for (const {span, headSpan, content, whole} of messages) {
        expect(span.start).toBeGreaterThanOrEqual(before);
        expect(headSpan.start).toBe(span.start);
        for (const {start, end} of content) {
          expect(start).toBeGreaterThanOrEqual(headSpan.end);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(span.end);
        }
        expect(whole || error !== undefined).toBe(true);
        before = span.end;
      }
      expect(before).toBeLessThanOrEqual(bytes.length);
      if (error) {
        expect(error.at).toBeLessThanOrEqual(bytes.length);
        expect(error.clause).toBe(httpErrorClauses[error.code]);
      }
    }),
    {numRuns: runs(3000)},
  );
});

/** Everything that a state holds, in octets and values. */
const weight = (value: unknown): number => {
  if (value instanceof Uint8Array) return value.buffer.byteLength;
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((sum: number, each) => sum + weight(each), 1);
};

const megabyte = 1 << 20;

describe('memory stays bounded', () => {
  const endless = (head: string, piece: string, megabytes: number): {most: number; last: HttpParser} => {
    const bytes = octets(piece.repeat(Math.ceil(megabyte / 4 / piece.length)));
    let parser = feed(requestParser(), octets(head)).parser;
    let most = 0;
    for (let fed = 0; fed < megabytes * megabyte; fed += bytes.length) {
      parser = feed(parser, bytes).parser;
      most = Math.max(most, weight(parser));
    }
    return {most, last: parser};
  };
  const post = 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n';

  test('under 50 MB of chunks', () => {
    const {most, last} = endless(post, `400\r\n${'a'.repeat(1024)}\r\n`, 50);
    expect(last.phase.at).toMatch(/^chunk-/);
    expect(last.offset + last.pending.length).toBeGreaterThanOrEqual(50 * megabyte);
    expect(most).toBeLessThan(8192);
  });

  test('under one chunk of 50 MB', () => {
    const {most, last} = endless(`${post}${(50 * megabyte).toString(16)}\r\n`, 'a', 49);
    expect(last.phase.at).toBe('chunk-data');
    expect(most).toBeLessThan(100);
  });

  test('under endless fields, lines, empty lines and trailers', () => {
    for (const [head, piece] of [
      ['GET / HTTP/1.1\r\n', 'A: b\r\n'],
      ['GET / HTTP/1.1\r\n', `A: ${'b'.repeat(1000)}\r\n`],
      ['GET / HTTP/1.1\r\nA: ', 'b'],
      ['', 'G'],
      ['', '\r\n'],
      [`${post}0\r\n`, 'A: b\r\n'],
      [`${post}1;`, 'a'],
    ] as const) {
      expect(endless(head, piece, 2).most, piece).toBeLessThan(2 * MAX_SECTION_BYTES);
    }
  });

  test('a line without end, octet by octet, is held once', () => {
    let parser = requestParser();
    for (let fed = 0; fed < 5000; fed++) parser = feed(parser, octets('G')).parser;
    expect(weight(parser)).toBeLessThan(5100);
  });
});

test('spans name the octets of each part, whichever segments they came in', () => {
  const stream = 'POST /a HTTP/1.1\r\nHost:  x \r\nContent-Length: 3\r\n\r\nabc';
  const bytes = octets(stream);
  const {parts} = readAll(requestParser(), [bytes.subarray(0, 22), bytes.subarray(22)]);
  const [head, ...rest] = parts;
  const at = ({start, end}: {readonly start: number; readonly end: number}): string =>
    stream.slice(start, end);
  if (head?.kind !== 'head' || head.head.start.kind !== 'request') throw new Error('no request');
  const {start, fields} = head.head;
  expect([start.spans.method, start.spans.target, start.spans.version].map(at)).toEqual([
    'POST',
    '/a',
    'HTTP/1.1',
  ]);
  expect(at(start.span)).toBe('POST /a HTTP/1.1\r\n');
  expect(fields.map(({span}) => at(span))).toEqual(['Host:  x \r\n', 'Content-Length: 3\r\n']);
  expect(fields.map(({valueSpan}) => at(valueSpan))).toEqual(['x', '3']);
  expect(at(head.span)).toBe(stream.slice(0, -3));
  expect(rest.map(({kind, span}) => [kind, at(span)])).toEqual([
    ['content', 'abc'],
    ['end', stream],
  ]);
});

test('spans of a status line', () => {
  const stream = 'HTTP/1.1 404 Not Found\r\n\r\n';
  const [head] = feed(responseParser(), octets(stream)).parts;
  if (head?.kind !== 'head' || head.head.start.kind !== 'response') throw new Error('no response');
  const {version, status, reason} = head.head.start.spans;
  expect([version, status, reason].map(({start, end}) => stream.slice(start, end))).toEqual([
    'HTTP/1.1',
    '404',
    'Not Found',
  ]);
});

test('requests may be sent while responses come', () => {
  const answer = octets('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n');
  const asked = feed(expectResponse(responseParser([]), 'HEAD'), answer);
  expect(asked.parts.map(({kind}) => kind)).toEqual(['head', 'end']);
  expect(asked.parser.asked).toEqual([]);
  expect(feed(asked.parser, answer).error?.code).toBe('response-unasked');
  expect(feed(expectResponse(asked.parser, 'GET'), answer).parser.phase).toEqual({at: 'content', left: 9});
});

test('a CONNECT that is refused: a parser behind it reads on', () => {
  const stream = octets('CONNECT a:1 HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n');
  const {parts} = feed(requestParser(), stream);
  const end = parts.find(({kind}) => kind === 'end')?.span.end ?? 0;
  const again = feed(requestParser(end), stream.subarray(end));
  expect(again.parts[0]).toMatchObject({
    kind: 'head',
    head: {start: {method: 'GET'}},
    span: {start: 24, end: 42},
  });
});

test('after an error nothing is read, after the end neither', () => {
  const broken = feed(requestParser(), octets('\n'));
  expect(feed(broken.parser, octets('GET / HTTP/1.1\r\n\r\n'))).toEqual({
    parser: broken.parser,
    parts: [],
    error: broken.error,
  });
  expect(finish(broken.parser).error).toEqual(broken.error);
  const ended = finish(requestParser()).parser;
  expect(feed(ended, octets('GET / HTTP/1.1\r\n\r\n'))).toEqual({parser: ended, parts: []});
});

test('extensions of chunks with their values', () => {
  const {parts} = feed(
    requestParser(),
    octets('POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1 ;a;b=c; d = "e;\\"f"\r\nx\r\n'),
  );
  expect(parts[1]).toMatchObject({
    kind: 'chunk',
    size: 1,
    extensions: [{name: 'a'}, {name: 'b', value: 'c'}, {name: 'd', value: 'e;"f'}],
  });
});
