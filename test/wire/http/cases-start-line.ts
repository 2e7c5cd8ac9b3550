// Start lines and versions (RFC 9112 §2–4, RFC 9110 §2.5, §15).
import type {Case} from './reading.ts';

const request = (clause: string, what: string, stream: string, ...says: string[]): Case => ({
  clause,
  what,
  reads: 'requests',
  stream,
  says,
});

const response = (clause: string, what: string, stream: string, ...says: string[]): Case => ({
  clause,
  what,
  reads: 'responses',
  asked: ['GET'],
  stream,
  says,
});

/** A request of this line and nothing else. */
const line = (clause: string, what: string, text: string, says = `${text} none`): Case =>
  request(clause, what, `${text}\r\n\r\n`, says);

/** A response of this line with an empty body. */
const status = (clause: string, what: string, text: string, says: string): Case =>
  response(clause, what, `${text}\r\nContent-Length: 0\r\n\r\n`, says);

const empty = '{Content-Length: 0} length';

export const startLineCases: readonly Case[] = [
  request(
    'RFC 9112 §2.1',
    'a whole head',
    'GET / HTTP/1.1\r\nHost: a\r\n\r\n',
    'GET / HTTP/1.1 {Host: a} none',
  ),
  request('RFC 9112 §2.1', 'nothing at all', ''),
  request('RFC 9112 §2.2', 'empty line before request', '\r\nGET / HTTP/1.1\r\n\r\n', 'GET / HTTP/1.1 none'),
  request(
    'RFC 9112 §2.2',
    'several of them too',
    '\r\n\r\n\r\nGET / HTTP/1.1\r\n\r\n',
    'GET / HTTP/1.1 none',
  ),
  response('RFC 9112 §2.2', 'only before a request', '\r\nHTTP/1.1 200 OK\r\n\r\n', '! status-line 0'),
  request('RFC 9112 §2.2', 'a CR alone', 'GET / HTTP/1.1\rHost: a\r\n\r\n', '! bare-cr 14'),
  request('RFC 9112 §2.2', 'a CR alone in a value', 'GET / HTTP/1.1\r\nA: b\rc\r\n\r\n', '! bare-cr 20'),
  request('RFC 9112 §2.2', 'a LF alone', 'GET / HTTP/1.1\nHost: a\r\n\r\n', '! bare-lf 14'),
  request('RFC 9112 §2.2', 'LF as empty line', 'GET / HTTP/1.1\r\n\nX', '! bare-lf 16'),
  request('RFC 9112 §2.2', 'CR CR LF', 'GET / HTTP/1.1\r\r\n\r\n', '! bare-cr 14'),
  request(
    'RFC 9112 §2.2',
    'space before first field',
    'GET / HTTP/1.1\r\n Host: a\r\n\r\n',
    '! leading-space 16',
  ),
  request(
    'RFC 9112 §2.2',
    'tab before first field',
    'GET / HTTP/1.1\r\n\tHost: a\r\n\r\n',
    '! leading-space 16',
  ),

  line('RFC 9112 §2.3', 'version 1.0', 'GET / HTTP/1.0'),
  line('RFC 9112 §2.3', 'the name is case-sensitive', 'GET / http/1.1', '! version 6'),
  line('RFC 9112 §2.3', 'one digit each', 'GET / HTTP/1.10', '! version 6'),
  line('RFC 9112 §2.3', 'both digits', 'GET / HTTP/1', '! version 6'),
  line('RFC 9112 §2.3', '0.9 without version', 'GET /', '! request-line 0'),
  line('RFC 9110 §2.5', 'higher minor version', 'GET / HTTP/1.2'),
  line('RFC 9110 §2.5', 'higher major version', 'GET / HTTP/2.0', '! version-major 6'),
  line('RFC 9113 §3.4', 'preface of HTTP/2', 'PRI * HTTP/2.0', '! version-major 6'),
  status('RFC 9110 §2.5', 'response, other major version', 'HTTP/3.0 200 OK', '! version-major 0'),

  line('RFC 9112 §3', 'two spaces', 'GET  / HTTP/1.1', '! request-line 0'),
  line('RFC 9112 §3', 'a space in front', ' GET / HTTP/1.1', '! request-line 0'),
  line('RFC 9112 §3', 'a space behind', 'GET / HTTP/1.1 ', '! request-line 0'),
  line('RFC 9112 §3', 'a tab between', 'GET\t/ HTTP/1.1', '! request-line 0'),
  line('RFC 9112 §3', 'no target', 'GET HTTP/1.1', '! request-line 0'),
  request(
    'RFC 9112 §3',
    '8000 octets',
    `GET /${'a'.repeat(7983)} HTTP/1.1\r\n\r\n`,
    `GET /${'a'.repeat(7983)} HTTP/1.1 none`,
  ),
  request('RFC 9112 §3', 'an endless one', 'G'.repeat(70_000), '! start-line-long 65536'),
  line('RFC 9112 §3.1', 'the method is case-sensitive', 'get / HTTP/1.1'),
  line('RFC 9110 §9.1', 'any token is a method', 'X-!#$%&*+.^_`|~1 / HTTP/1.1'),
  line('RFC 9110 §9.1', 'a method is a token', 'G(T / HTTP/1.1', '! method 0'),
  line('RFC 9110 §9.1', 'and not empty', ' / HTTP/1.1', '! request-line 0'),
  line('RFC 9112 §3.2', 'white space in a target', 'GET /a b HTTP/1.1', '! request-line 0'),
  line('RFC 9112 §3.2', 'a fragment is not sent', 'GET /a#b HTTP/1.1', '! target 4'),
  line('RFC 9112 §3.2', 'a control character in a target', 'GET /a\x01 HTTP/1.1', '! target 4'),
  line('RFC 9112 §3.2', 'octets beyond ASCII in a target', 'GET /\xe4 HTTP/1.1', '! target 4'),
  line('RFC 9112 §3.2.1', 'origin form: a path', 'GET /where?q=now HTTP/1.1'),
  line('RFC 9112 §3.2.1', 'a query alone', 'GET ?q HTTP/1.1', '! target 4'),
  line('RFC 9112 §3.2.1', 'path without slash', 'GET where HTTP/1.1', '! target 4'),
  line('RFC 9112 §3.2.2', 'absolute form', 'GET http://www.example.org/pub/WWW/TheProject.html HTTP/1.1'),
  line('RFC 9112 §3.2.3', 'authority form', 'CONNECT www.example.com:80 HTTP/1.1'),
  line('RFC 9112 §3.2.3', 'IPv6 authority', 'CONNECT [2001:db8::1]:443 HTTP/1.1'),
  line('RFC 9112 §3.2.3', 'authority without port', 'CONNECT www.example.com HTTP/1.1', '! target 8'),
  line('RFC 9112 §3.2.3', 'CONNECT has no other form', 'CONNECT / HTTP/1.1', '! target 8'),
  line(
    'RFC 9112 §3.2.3',
    'elsewhere scheme and path',
    'GET www.example.com:80/ HTTP/1.1',
    'GET www.example.com:80/ HTTP/1.1 none',
  ),
  line('RFC 9112 §3.2.4', 'asterisk form', 'OPTIONS * HTTP/1.1'),
  line('RFC 9112 §3.2.4', 'is for OPTIONS only', 'GET * HTTP/1.1', '! target 4'),

  status('RFC 9112 §4', 'status line', 'HTTP/1.1 200 OK', `HTTP/1.1 200 OK ${empty}`),
  status('RFC 9112 §4', 'a reason with spaces', 'HTTP/1.1 404 Not Found', `HTTP/1.1 404 Not Found ${empty}`),
  status('RFC 9112 §4', 'empty reason, with space', 'HTTP/1.1 200 ', `HTTP/1.1 200  ${empty}`),
  status('RFC 9112 §4', 'no space', 'HTTP/1.1 200', '! status-line 0'),
  status(
    'RFC 9112 §4',
    'obs-text and tabs in a reason',
    'HTTP/1.1 200 \xe4\tb',
    `HTTP/1.1 200 \xe4\tb ${empty}`,
  ),
  status('RFC 9112 §4', 'a control character in a reason', 'HTTP/1.1 200 a\x00b', '! reason 13'),
  status('RFC 9112 §4', 'a code of two digits', 'HTTP/1.1 20 OK', '! status-code 9'),
  status('RFC 9110 §15', 'a code of four digits', 'HTTP/1.1 2000 OK', '! status-code 9'),
  status('RFC 9112 §4', 'code without number', 'HTTP/1.1 2x0 OK', '! status-code 9'),
  status('RFC 9110 §15', 'code of no class', 'HTTP/1.1 999 ?', `HTTP/1.1 999 ? ${empty}`),
  status('RFC 9112 §2.3', 'no version', 'ICY 200 OK', '! version 0'),
  response('RFC 9112 §4', 'a request is no response', 'GET / HTTP/1.1\r\n\r\n', '! version 0'),
  request('RFC 9112 §3', 'a response is no request', 'HTTP/1.1 200 OK\r\n\r\n', '! method 0'),
];
