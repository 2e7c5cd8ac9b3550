// HTTP as `inspect --json` tells it. Oracle: messages that are written down (RFC 9112 §2.1, §6, §11.2; RFC 9110 §15.2; RFC 6455 §5.7).
import {expect, test} from 'vitest';
import {inspectionMembers, isList} from '../../source/observe/inspection-json.ts';
import {inspectedPassing, type Passed} from '../helpers/passed-capture.ts';

/** `c …`: the client says it, `s …` the server; the handshake is frames 1 and 2, the first of these frame 3. */
const told = (...said: readonly (readonly ['c' | 's', string | Uint8Array])[]) => {
  const next = {c: 1001, s: 9001};
  const passed: Passed[] = [
    {atMs: 0, by: 'client', flags: 'S', seq: 1000},
    {atMs: 1, by: 'server', flags: 'SA', seq: 9000, ack: 1001},
  ];
  for (const [by, data] of said) {
    const [own, far] = by === 'c' ? [next.c, next.s] : [next.s, next.c];
    passed.push({
      ...{atMs: passed.length, by: by === 'c' ? 'client' : 'server', flags: 'PA'},
      ...{seq: own, ack: far, data},
    });
    next[by] += data.length;
  }
  const {facts, inspector, told} = inspectedPassing(passed);
  return (name: string) => {
    const [, value = null] = inspectionMembers(facts, inspector, told).find(([each]) => each === name) ?? [];
    return isList(value) ? Array.from({length: value.length}, (_, index) => value.entry(index)) : value;
  };
};

test('a request and its answer: what both say, and where', () => {
  const json = told(
    ['c', 'POST /a HTTP/1.1\r\nHost: h\r\nCookie: a=1\r\nContent-Length: 5\r\n\r\nab'],
    ['c', 'cde'],
    ['s', 'HTTP/1.1 100 Continue\r\n\r\n'],
    [
      's',
      'HTTP/1.1 201 Created\r\nContent-Type: text/plain\r\nLocation: /b\r\nETag: "x"\r\nSet-Cookie: b=2\r\nSet-Cookie: c=3\r\nConnection: close\r\nContent-Length: 12, 12\r\n\r\nok ok ok ok.',
    ],
  );
  expect(json('http')).toEqual([
    {
      ...{stream: 0, method: 'POST', target: '/a', host: 'h', version: 'HTTP/1.1', requestFrame: 4},
      ...{cookie: 'a=1', requestBodyBytes: 5, status: 201, interim: [100], responseVersion: 'HTTP/1.1'},
      ...{responseFrame: 6, setCookie: ['b=2', 'c=3'], contentLength: 12, contentType: 'text/plain'},
      ...{location: '/b', connection: 'close', etag: '"x"'},
    },
  ]);
  expect([json('websocket'), json('ambiguousRequests')]).toEqual([null, null]);
});

test('what is not there is not told; what has not come is null', () => {
  const get = 'GET / HTTP/1.0\r\n\r\n';
  const asked = {
    ...{stream: 0, method: 'GET', target: '/', host: null, version: 'HTTP/1.0'},
    requestFrame: 3,
  };
  expect(told(['c', get])('http')).toEqual([{...asked, status: null}]);
  const answer = 'HTTP/1.1 204 No Content\r\n\r\n';
  expect(told(['c', get], ['s', answer])('http')).toEqual([
    {...asked, status: 204, responseVersion: 'HTTP/1.1', responseFrame: 4, setCookie: []},
  ]);
});

test('two lengths of one request: whom it was for, and what was answered', () => {
  const twice =
    'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n';
  const json = told(['c', twice], ['s', 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n']);
  expect(json('ambiguousRequests')).toEqual([
    {stream: 0, server: '192.0.2.2:80', contentLengths: [5], transferEncoding: 'chunked', statuses: [400]},
  ]);
});

test('frames of a WebSocket, by whom, and what closed it', () => {
  const octets = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
  const upgrade = 'GET /c HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
  const agreed = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
  const socket = (...more: readonly (readonly ['c' | 's', Uint8Array])[]) =>
    told(
      ['c', upgrade],
      ['s', agreed],
      ['c', octets('81 85 37 fa 21 3d 7f 9f 4d 51 58')],
      ...more,
    )('websocket');
  const hello = {...{frame: 5, by: 'client', opcode: 'text', fin: true}, masked: true, length: 5};
  expect(socket()).toEqual([{stream: 0, frames: [hello], close: null}]);
  const bye = {...{frame: 6, by: 'server', opcode: 'close', fin: true}, masked: false};
  expect(socket(['s', octets('88 05 03 e8 62 79 65')])).toEqual([
    {stream: 0, frames: [hello, {...bye, length: 5}], close: {by: 'server', code: 1000, reason: 'bye'}},
  ]);
  expect(socket(['s', octets('88 00')])).toEqual([
    {stream: 0, frames: [hello, {...bye, length: 0}], close: {by: 'server', code: null, reason: ''}},
  ]);
});
