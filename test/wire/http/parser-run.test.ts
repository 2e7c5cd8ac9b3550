// What a reader takes that only looks on, and what it says of it. Oracles: RFC 9112 §2.2 (single LF, white space), §3 (spaces in a target),
// §3.2 (Host), §5.1, §5.2 (line folding), §6.1, §6.3 (lengths), RFC 9113 §3.4 (what HTTP/2 begins with).
import {describe, expect, test} from 'vitest';
import {textOfOctets} from '../../../source/wire/http/grammar.ts';
import {feed, type HttpParser, requestParser, responseParser} from '../../../source/wire/http/parser.ts';
import {octets} from './reading.ts';

/** Heads as `GET /a HTTP/1.1 | Host=x`, faults as `at code`, content as it stands. */
const read = (parser: HttpParser, text: string): readonly string[] => {
  const bytes = octets(text);
  const {parts, error} = feed(parser, bytes);
  const said = parts.flatMap((part) => {
    if (part.kind === 'fault') return [`${part.span.start} ${part.error.code}`];
    if (part.kind === 'content') return [textOfOctets(bytes, part.span.start, part.span.end)];
    if (part.kind !== 'head') return [];
    const {start, fields} = part.head;
    const line =
      start.kind === 'request' ? `${start.method} ${start.target}` : `${start.status} ${start.reason}`;
    return [[line, start.version, ...fields.map(({name, value}) => `${name}=${value}`)].join(' | ')];
  });
  return [...said, ...(error ? [`refused ${error.at} ${error.code}`] : [])];
};

const lenient = {...requestParser(), lenient: true};
const strict = requestParser();

test.each<[what: string, text: string, at: string, head: string]>([
  ['a single LF', 'GET /a HTTP/1.1\nHost: x\r\n\r\n', '15 bare-lf', 'GET /a | HTTP/1.1 | Host=x'],
  ['ending the head', 'GET /a HTTP/1.1\r\nHost: x\r\n\n', '26 bare-lf', 'GET /a | HTTP/1.1 | Host=x'],
  [
    'a space in the target',
    'GET /a b HTTP/1.1\r\nHost: x\r\n\r\n',
    '0 request-line',
    'GET /a b | HTTP/1.1 | Host=x',
  ],
  ['two spaces', 'GET  /a HTTP/1.1\r\nHost: x\r\n\r\n', '0 request-line', 'GET /a | HTTP/1.1 | Host=x'],
  [
    'a space before the colon',
    'GET /a HTTP/1.1\r\nHost : x\r\n\r\n',
    '21 field-name-space',
    'GET /a | HTTP/1.1 | Host=x',
  ],
  [
    'a value that goes on',
    'GET /a HTTP/1.1\r\nHost: x\r\nA: 1\r\n  2 \r\n\r\n',
    '32 obs-fold',
    'GET /a | HTTP/1.1 | Host=x | A=1 2',
  ],
  [
    'before an empty line',
    'GET /a HTTP/1.1\r\nHost: x\r\nA: 1\r\n\t\r\n\r\n',
    '32 obs-fold',
    'GET /a | HTTP/1.1 | Host=x | A=1',
  ],
  ['no Host', 'GET /a HTTP/1.1\r\nA: 1\r\n\r\n', '0 host-missing', 'GET /a | HTTP/1.1 | A=1'],
])('%s is told, and read on over', (_, text, fault, head) => {
  const said = read(lenient, text);
  expect(said).toContain(head);
  expect(said.filter((line) => line !== head)).toEqual([
    fault.endsWith('host-missing') ? expect.stringMatching(/host-missing$/) : fault,
  ]);
});

test.each([
  ['GET /a HTTP/1.1\nHost: x\r\n\r\n', 'refused 15 bare-lf'],
  ['GET /a b HTTP/1.1\r\n\r\n', 'refused 0 request-line'],
  ['GET /a HTTP/1.1\r\nHost : x\r\n\r\n', 'refused 21 field-name-space'],
  ['GET /a HTTP/1.1\r\nA: 1\r\n 2\r\n\r\n', 'refused 23 obs-fold'],
  ['GET /a HTTP/1.1\r\n A: 1\r\n\r\n', 'refused 17 leading-space'],
])('whoever serves refuses it: %j', (text, refused) => expect(read(strict, text)).toEqual([refused]));

test('a line before the first field belongs to none; one that is no field is left out', () => {
  expect(read(lenient, 'GET /a HTTP/1.1\r\n x\r\nHost: x\r\n\r\n')).toEqual([
    ...['17 leading-space', 'GET /a | HTTP/1.1 | Host=x'],
  ]);
  expect(read(lenient, 'GET /a HTTP/1.1\r\nHost: x\r\nnonsense\r\nA: 1\r\n\r\n')).toEqual([
    ...['26 field-colon', 'GET /a | HTTP/1.1 | Host=x | A=1'],
  ]);
});

test('a single CR is no line’s end for anybody, nor is the preface of HTTP/2 a request', () => {
  expect(read(lenient, 'GET /a\r HTTP/1.1\r\n\r\n')).toEqual(['refused 6 bare-cr']);
  expect(read(lenient, 'PRI * HTTP/2.0\r\n\r\n')).toEqual(['refused 6 version-major']);
  expect(read(lenient, 'G(T /a b HTTP/1.1\r\n\r\n')).toEqual(['refused 0 request-line']);
});

describe('where the parts of a lax line stand', () => {
  test.each([
    ['GET   /a b   HTTP/9.9  ', ['GET', '/a b', 'HTTP/9.9']],
    ['GET /HTTP/1.1 HTTP/2.0', ['GET', '/HTTP/1.1', 'HTTP/2.0']],
  ])('%j', (line, told) => {
    const {parts} = feed(lenient, octets(`${line}\r\nHost: x\r\n\r\n`));
    const head = parts.find((part) => part.kind === 'head');
    if (head?.head.start.kind !== 'request') throw new Error('no request');
    const {spans, method, target, version} = head.head.start;
    expect([method, target, version]).toEqual(told);
    expect([spans.method, spans.target, spans.version].map(({start, end}) => line.slice(start, end))).toEqual(
      told,
    );
  });
});

describe('where content ends', () => {
  const answers = {...responseParser(), lenient: true};
  const head = 'HTTP/1.1 200 OK\r\n';

  test('a coding beside a length, or of HTTP/1.0, is read as chunks, and told', () => {
    const chunked = 'Transfer-Encoding: chunked\r\n';
    const body = '\r\n3\r\nabc\r\n0\r\n\r\n';
    const both = read(answers, `${head}${chunked}Content-Length: 9\r\n${body}`);
    expect(both).toEqual([
      expect.stringMatching(/ length-and-coding$/),
      expect.stringContaining('200 OK'),
      'abc',
    ]);
    const old = read(answers, `HTTP/1.0 200 OK\r\n${chunked}${body}`);
    expect(old).toEqual([expect.stringMatching(/ coding-1\.0$/), expect.stringContaining('200 OK'), 'abc']);
    expect(read(responseParser(), `HTTP/1.0 200 OK\r\n${chunked}${body}`)).toEqual([
      expect.stringMatching(/^refused \d+ coding-1\.0$/),
    ]);
  });

  test('where nobody can say, the message is told, and nothing behind it', () => {
    const said = read(answers, `${head}Content-Length: 1, 2\r\n\r\nabc`);
    expect(said).toEqual([expect.stringContaining('200 OK'), expect.stringMatching(/^refused \d+ length-/)]);
    expect(read(responseParser(), `${head}Content-Length: 1, 2\r\n\r\nabc`)).toEqual([
      expect.stringMatching(/^refused \d+ length-/),
    ]);
  });
});

test('a request that is right is told without a fault', () =>
  expect(read(lenient, 'GET /a HTTP/1.1\r\nHost: x\r\n\r\n')).toEqual(['GET /a | HTTP/1.1 | Host=x']));
