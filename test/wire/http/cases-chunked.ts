// The chunked transfer coding (RFC 9112 §7.1): chunks, extensions, trailers.
import type {Case} from './reading.ts';

const head = 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n';
const start = 'POST / HTTP/1.1 {Transfer-Encoding: chunked} chunked';

/** Where the content begins. */
export const at = head.length;

const chunked = (clause: string, what: string, content: string, ...says: string[]): Case => ({
  clause,
  what,
  reads: 'requests',
  stream: head + content,
  says,
});

const wrong = (clause: string, what: string, content: string, sizes: string, error: string): Case =>
  chunked(clause, what, content, `${start}${sizes} …`, `! ${error}`);

const long = 'x'.repeat(4096);
const extensions = `1;${'e'.repeat(4000)}\r\na\r\n`;

export const chunkedCases: readonly Case[] = [
  chunked('RFC 9112 §7.1', 'one chunk', '5\r\nhello\r\n0\r\n\r\n', `${start} 5+0 "hello"`),
  chunked('RFC 9112 §7.1', 'several', '1\r\na\r\n2\r\nbc\r\n0\r\n\r\n', `${start} 1+2+0 "abc"`),
  chunked('RFC 9112 §7.1', 'none but the last', '0\r\n\r\n', `${start} 0`),
  chunked(
    'RFC 9112 §7.1',
    'hexadecimal in either case',
    'a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n',
    `${start} 10+10+0 "01234567890123456789"`,
  ),
  chunked('RFC 9112 §7.1', 'zeros in front', '001\r\na\r\n000\r\n\r\n', `${start} 1+0 "a"`),
  chunked('RFC 9112 §7.1', 'line ends in content', '4\r\n\r\n\r\n\r\n0\r\n\r\n', `${start} 4+0 "\r\n\r\n"`),
  chunked(
    'RFC 9112 §7.1',
    'the next request follows',
    '0\r\n\r\nGET / HTTP/1.1\r\n\r\n',
    `${start} 0`,
    'GET / HTTP/1.1 none',
  ),
  wrong('RFC 9112 §7.1', 'no size', '\r\n', ' ', `chunk-size ${at}`),
  wrong('RFC 9112 §7.1', 'no number', 'g\r\n', ' ', `chunk-size ${at}`),
  wrong('RFC 9112 §7.1', 'a sign', '-1\r\n', ' ', `chunk-size ${at}`),
  wrong('RFC 9112 §7.1', 'a prefix', '0x5\r\nhello\r\n', ' ', `chunk-size ${at}`),
  wrong('RFC 9112 §7.1', 'a space in front', ' 5\r\nhello\r\n', ' ', `chunk-size ${at}`),
  wrong('RFC 9112 §7.1', 'a space behind', '5 \r\nhello\r\n', ' ', `chunk-size-space ${at + 1}`),
  wrong('RFC 9112 §7.1', 'too large a number', 'fffffffffffffffff\r\n', ' ', `chunk-size-large ${at}`),
  wrong('RFC 9112 §7.1', 'largest 64-bit size', 'ffffffffffffffff\r\n', ' ', `chunk-size-large ${at}`),
  wrong('RFC 9112 §7.1', 'overlong chunk', '5\r\nhello!\r\n', ' 5 "hello"', `chunk-end ${at + 8}`),
  wrong('RFC 9112 §7.1', 'short chunk', '5\r\nhell\r\n0\r\n\r\n', ' 5 "hell\r"', `chunk-end ${at + 8}`),
  wrong('RFC 9112 §7.1', 'a CR alone behind a chunk', '1\r\na\rb', ' 1 "a"', `chunk-end ${at + 5}`),
  wrong('RFC 9112 §7.1', 'a LF alone behind a chunk', '1\r\na\n0\r\n\r\n', ' 1 "a"', `chunk-end ${at + 4}`),
  wrong('RFC 9112 §7.1', 'a LF alone behind the size', '1\na\r\n0\r\n\r\n', ' ', `bare-lf ${at + 1}`),
  wrong('RFC 9112 §8', 'closed in a chunk', '5\r\nhe', ' 5 "he"', `chunks-incomplete ${at + 5}`),
  wrong('RFC 9112 §8', 'between two chunks', '2\r\nhe\r\n', ' 2 "he"', `chunks-incomplete ${at + 7}`),
  wrong('RFC 9112 §8', 'before last empty line', '0\r\n', ' 0', `chunks-incomplete ${at + 3}`),
  {
    clause: 'RFC 9112 §8',
    what: 'cut before last chunk',
    reads: 'responses',
    asked: ['GET'],
    stream: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n',
    says: ['HTTP/1.1 200 OK {Transfer-Encoding: chunked} chunked 1 "a" …', '! chunks-incomplete 53'],
  },

  chunked('RFC 9112 §7.1.1', 'an extension', '1;a\r\nx\r\n0\r\n\r\n', `${start} 1+0 "x"`),
  chunked('RFC 9112 §7.1.1', 'with a value', '1;a=b;c="d;\\"e"\r\nx\r\n0;f=1\r\n\r\n', `${start} 1+0 "x"`),
  chunked('RFC 9112 §7.1.1', 'white space around it', '1 ; a = b\r\nx\r\n0\r\n\r\n', `${start} 1+0 "x"`),
  wrong('RFC 9112 §7.1.1', 'without a name', '1;\r\nx\r\n', ' ', `chunk-extension ${at + 1}`),
  wrong('RFC 9112 §7.1.1', 'no value behind “=”', '1;a=\r\nx\r\n', ' ', `chunk-extension ${at + 1}`),
  wrong('RFC 9112 §7.1.1', 'an open quote', '1;a="b\r\nx\r\n', ' ', `chunk-extension ${at + 1}`),
  wrong('RFC 9112 §7.1.1', 'a CR in an extension', '1;a\rb\r\nx\r\n', ' ', `bare-cr ${at + 3}`),
  wrong(
    'RFC 9112 §7.1.1',
    'a line beyond 4096 octets',
    `1;${long}\r\nx`,
    ' ',
    `chunk-line-long ${at + 4096}`,
  ),
  wrong('RFC 9112 §7.1.1', 'a line that never ends', `1;${long}`, ' ', `chunk-line-long ${at + 4096}`),
  wrong(
    'RFC 9112 §7.1.1',
    '64 KiB of extensions',
    extensions.repeat(17),
    ` ${'1+'.repeat(15)}1 "${'a'.repeat(16)}"`,
    `chunk-extensions-long ${at + 16 * extensions.length}`,
  ),

  chunked(
    'RFC 9112 §7.1.2',
    'a trailer',
    '1\r\nx\r\n0\r\nDigest: abc\r\n\r\n',
    `${start} 1+0 "x" {Digest: abc}`,
  ),
  chunked(
    'RFC 9112 §7.1.2',
    'trailers, then next request',
    '0\r\nA: 1\r\nB: 2\r\n\r\nGET / HTTP/1.1\r\n\r\n',
    `${start} 0 {A: 1 | B: 2}`,
    'GET / HTTP/1.1 none',
  ),
  chunked(
    'RFC 9110 §6.5.1',
    'length in trailers',
    '0\r\nContent-Length: 5\r\n\r\nGET / HTTP/1.1\r\n\r\n',
    `${start} 0 {Content-Length: 5}`,
    'GET / HTTP/1.1 none',
  ),
  wrong('RFC 9112 §7.1.2', 'a trailer without a colon', '0\r\nA\r\n\r\n', ' 0', `field-colon ${at + 3}`),
  wrong('RFC 9112 §5.2', 'a folded trailer', '0\r\nA: b\r\n c\r\n\r\n', ' 0', `obs-fold ${at + 9}`),
  wrong(
    'RFC 9110 §5.4',
    'trailers beyond 64 KiB',
    `0\r\nA: ${'b'.repeat(65_536)}\r\n\r\n`,
    ' 0',
    `fields-long ${at + 3 + 65_536}`,
  ),
];
