// Header sections (RFC 9110 §5, RFC 9112 §5), and messages behind one another (RFC 9112 §9).
import type {Case} from './reading.ts';

/** A request with these lines below its request line. */
const fields = (clause: string, what: string, lines: string, ...says: string[]): Case => ({
  clause,
  what,
  reads: 'requests',
  stream: `GET / HTTP/1.1\r\n${lines}\r\n\r\n`,
  says,
});

const read = (text: string): string => `GET / HTTP/1.1 {${text}} none`;

const responses = (
  clause: string,
  what: string,
  asked: readonly string[],
  stream: string,
  ...says: string[]
): Case => ({
  clause,
  what,
  reads: 'responses',
  asked,
  stream,
  says,
});

const requests = (clause: string, what: string, stream: string, ...says: string[]): Case => ({
  clause,
  what,
  reads: 'requests',
  stream,
  says,
});

const many = (count: number): string =>
  Array.from({length: count}, (_, index) => `A${index}: 1`).join('\r\n');

export const fieldCases: readonly Case[] = [
  fields('RFC 9112 §5', 'name, colon, value', 'Accept: a', read('Accept: a')),
  fields('RFC 9112 §5', 'no white space', 'Host:a', read('Host: a')),
  fields('RFC 9112 §5.1', 'white space around value', 'Host: \t a \t', read('Host: a')),
  fields('RFC 9112 §5.1', 'white space inside is', 'A: b  c', read('A: b  c')),
  fields('RFC 9110 §5.5', 'an empty value', 'A:', read('A: ')),
  fields('RFC 9110 §5.5', 'white space as value', 'A: \t ', read('A: ')),
  fields('RFC 9112 §5.1', 'a colon in the value', 'A: b:c', read('A: b:c')),
  fields('RFC 9112 §5', 'no colon', 'Host', '! field-colon 16'),
  fields('RFC 9112 §5.1', 'a space before the colon', 'Host : a', '! field-name-space 20'),
  fields('RFC 9112 §5.1', 'a tab before the colon', 'Transfer-Encoding\t: chunked', '! field-name-space 33'),
  fields('RFC 9110 §5.1', 'any token is a name', "!#$%&'*+-.^_`|~09Az: a", read("!#$%&'*+-.^_`|~09Az: a")),
  fields('RFC 9110 §5.1', 'no name', ': a', '! field-name 16'),
  fields('RFC 9110 §5.1', 'a name with a space', 'A B: c', '! field-name 16'),
  fields('RFC 9110 §5.1', 'a name with a control character', 'A\x00B: c', '! field-name 16'),
  fields('RFC 9110 §5.1', 'a name beyond ASCII', '\xc4: c', '! field-name 16'),
  fields('RFC 9110 §5.6.2', 'separator in name', 'A(B): c', '! field-name 16'),
  fields('RFC 9110 §5.5', 'obs-text', 'A: \xe4\xff', read('A: \xe4\xff')),
  fields('RFC 9110 §5.5', 'NUL in a value', 'A: b\x00c', '! field-value 19'),
  fields('RFC 9110 §5.5', 'DEL in a value', 'A: b\x7fc', '! field-value 19'),
  fields('RFC 9110 §5.5', 'a tab in a value', 'A: b\tc', read('A: b\tc')),
  fields('RFC 9112 §5.2', 'a folded line', 'A: b\r\n c', '! obs-fold 22'),
  fields('RFC 9112 §5.2', 'a line folded with a tab', 'A: b\r\n\tc', '! obs-fold 22'),
  fields('RFC 9112 §5.2', 'fold of white space', 'A: b\r\n ', '! obs-fold 22'),
  fields('RFC 9110 §5.3', 'same names in order', 'A: 1\r\nB: 2\r\na: 3', read('A: 1 | B: 2 | a: 3')),
  fields('RFC 9110 §5.4', '256 lines', many(256), read(many(256).replaceAll('\r\n', ' | '))),
  fields('RFC 9110 §5.4', '257 lines', many(257), `! fields-many ${16 + many(256).length + 2}`),
  fields('RFC 9110 §5.4', 'a section beyond 64 KiB', `A: ${'b'.repeat(65_536)}`, '! fields-long 65536'),
  requests(
    'RFC 9110 §5.4',
    'a line that never ends',
    `GET / HTTP/1.1\r\nA: ${'b'.repeat(70_000)}`,
    '! fields-long 65536',
  ),
  fields(
    'RFC 9110 §5.4',
    'many lines beyond 64 KiB',
    Array.from({length: 8}, () => `A: ${'b'.repeat(9000)}`).join('\r\n'),
    '! fields-long 65536',
  ),

  requests(
    'RFC 9112 §9.3.2',
    'requests in a row',
    'GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\nGET /3 HTTP/1.1\r\n\r\n',
    'GET /1 HTTP/1.1 none',
    'GET /2 HTTP/1.1 none',
    'GET /3 HTTP/1.1 none',
  ),
  requests(
    'RFC 9112 §9.3.2',
    'a request behind a body',
    'PUT /1 HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET /2 HTTP/1.1\r\n\r\n',
    'PUT /1 HTTP/1.1 {Content-Length: 3} length "abc"',
    'GET /2 HTTP/1.1 none',
  ),
  requests(
    'RFC 9112 §9.3.2',
    'before an error',
    'GET /1 HTTP/1.1\r\n\r\nGET\r\n',
    'GET /1 HTTP/1.1 none',
    '! request-line 19',
  ),
  responses(
    'RFC 9112 §9.3.2',
    'responses in order',
    ['HEAD', 'GET'],
    'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi',
    'HTTP/1.1 200 OK {Content-Length: 5} none',
    'HTTP/1.1 200 OK {Content-Length: 2} length "hi"',
  ),
  responses(
    'RFC 9112 §9.2',
    'an unasked response',
    ['GET'],
    'HTTP/1.1 204 \r\n\r\nHTTP/1.1 200 OK\r\n\r\n',
    'HTTP/1.1 204  none',
    '! response-unasked 17',
  ),
  responses('RFC 9112 §9.2', 'an unasked line', [], 'hello\r\n', '! response-unasked 0'),
  {
    clause: 'RFC 9112 §9.2',
    what: 'unseen requests are GET',
    reads: 'responses',
    stream: 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhiHTTP/1.1 204 \r\n\r\n',
    says: ['HTTP/1.1 200 OK {Content-Length: 2} length "hi"', 'HTTP/1.1 204  none'],
  },
  responses(
    'RFC 9110 §15.2',
    'interim, then final',
    ['POST'],
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 1\r\n\r\nx',
    'HTTP/1.1 100 Continue none',
    'HTTP/1.1 201 Created {Content-Length: 1} length "x"',
  ),
  responses(
    'RFC 8297 §2',
    'several interim responses',
    ['GET'],
    'HTTP/1.1 103 Early Hints\r\nLink: </s.css>\r\n\r\nHTTP/1.1 102 P\r\n\r\nHTTP/1.1 304 N\r\n\r\n',
    'HTTP/1.1 103 Early Hints {Link: </s.css>} none',
    'HTTP/1.1 102 P none',
    'HTTP/1.1 304 N none',
  ),
  responses(
    'RFC 9110 §15.2.2',
    'behind 101',
    ['GET'],
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n\x81\x00',
    'HTTP/1.1 101 Switching Protocols {Upgrade: x} tunnel',
    'tunnel "\x81\x00"',
  ),
  requests(
    'RFC 9110 §9.3.6',
    'behind CONNECT',
    'CONNECT a:1 HTTP/1.1\r\n\r\n\x16\x03',
    'CONNECT a:1 HTTP/1.1 none',
    'tunnel "\x16\x03"',
  ),
  requests('RFC 9112 §8', 'ends in request line', 'GET / HT', '! head-incomplete 8'),
  requests('RFC 9112 §8', 'ends in header section', 'GET / HTTP/1.1\r\nA: b\r\n', '! head-incomplete 22'),
  {
    clause: 'RFC 9112 §8',
    what: 'stream still open',
    reads: 'requests',
    stream: 'GET / HTTP/1.1\r\nA: b',
    open: true,
    says: [],
  },
];
