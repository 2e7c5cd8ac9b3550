// An answer as it is written. Oracles: RFC 9112 §6.1 and §6.2 (what delimits content), §7.1 (chunks), §9.3 (what becomes of the connection),
// RFC 9110 §6.6.1 (Date), §8.6, §9.3.2 (HEAD), §15.2, §15.3.5, §15.4.5 (no content); octets by hand.
import {describe, expect, test} from 'vitest';
import type {Reply} from '../../../source/stack/http/reply.ts';
import {
  continueBytes,
  needsClose,
  type Sending,
  writeResponse,
} from '../../../source/stack/http/response-bytes.ts';

const reply: Reply = {
  ...{status: 200, fields: [{name: 'A', value: 'b'}], because: '9110:15/answer', close: false},
  content: new TextEncoder().encode('0123456789'),
};
const written = (own: Partial<Reply> = {}, more: Partial<Sending> = {}) => {
  const sending: Sending = {
    ...{method: 'GET', minor: 1, keep: true, nowUs: 0},
    ...more,
    reply: {...reply, ...own},
  };
  const result = writeResponse(sending);
  if (!result.ok) return expect.fail(JSON.stringify(result.error));
  const [head = '', ...body] = new TextDecoder().decode(result.value.bytes).split('\r\n\r\n');
  const [start, ...fields] = head.split('\r\n');
  return {start, fields, body: body.join('\r\n\r\n'), content: result.value.content};
};
const date = 'Date: Thu, 01 Jan 2026 00:00:00 GMT';
const length = 'Content-Length: 10';
const chunks = 'Transfer-Encoding: chunked';

test('status, date, server, its own fields, length, content', () => {
  expect(written()).toEqual({
    start: 'HTTP/1.1 200 OK',
    fields: [date, 'A: b', length],
    body: '0123456789',
    content: 10,
  });
  expect(written({}, {server: 's', nowUs: 61_000_000}).fields).toEqual([
    ...['Date: Thu, 01 Jan 2026 00:01:01 GMT', 'Server: s', 'A: b', length],
  ]);
});

type Row = readonly [
  what: string,
  own: Partial<Reply>,
  more: Partial<Sending>,
  fields: readonly string[],
  body: string,
  content: number,
];
const rows: readonly Row[] = [
  ['HEAD: the fields of GET', {}, {method: 'HEAD'}, [length], '', 0],
  ['HEAD, in chunks', {chunkBytes: 4}, {method: 'HEAD'}, [chunks], '', 0],
  ['204', {status: 204}, {}, [], '', 0],
  ['304', {status: 304}, {}, [], '', 0],
  ['205 has none', {status: 205, content: new Uint8Array()}, {}, ['Content-Length: 0'], '', 0],
  ['199 is interim', {status: 199}, {}, [], '', 0],
  ['in chunks', {chunkBytes: 4}, {}, [chunks], '4\r\n0123\r\n4\r\n4567\r\n2\r\n89\r\n0\r\n\r\n', 10],
  ['in one chunk', {chunkBytes: 10}, {}, [chunks], 'a\r\n0123456789\r\n0\r\n\r\n', 10],
  [
    'in chunks of nothing',
    {chunkBytes: 0, content: reply.content.subarray(0, 2)},
    {},
    [chunks],
    '1\r\n0\r\n1\r\n1\r\n0\r\n\r\n',
    2,
  ],
  [
    'to 1.0 without a length',
    {chunkBytes: 4},
    {minor: 0, keep: false},
    ['Connection: close'],
    '0123456789',
    10,
  ],
  ['to 1.0, kept alive', {}, {minor: 0}, [length, 'Connection: keep-alive'], '0123456789', 10],
  ['the last', {}, {keep: false}, [length, 'Connection: close'], '0123456789', 10],
  ['cut off', {cutAfter: 3}, {}, [length], '012', 3],
  ['cut off in chunks', {cutAfter: 3, chunkBytes: 2}, {}, [chunks], '2\r\n01\r\n1\r\n2\r\n', 3],
];
test.each(rows)('%s', (_, own, more, fields, body, content) => {
  expect(written(own, more)).toMatchObject({fields: [date, 'A: b', ...fields], body, content});
});

describe('the connection ends', () => {
  const ends = (own: Partial<Reply>, more: Partial<Sending> = {}) =>
    needsClose({method: 'GET', minor: 1, ...more, reply: {...reply, ...own}});

  test('where the answer says so, is cut off, or has no other end', () => {
    expect([ends({}), ends({close: true}), ends({cutAfter: 3}), ends({chunkBytes: 4})]).toEqual([
      ...[false, true, true, false],
    ]);
    expect([
      ends({}, {minor: 0}),
      ends({chunkBytes: 4}, {minor: 0}),
      ends({chunkBytes: 4}, {minor: 0, method: 'HEAD'}),
    ]).toEqual([false, true, false]);
  });
});

test('100 (Continue) is a line and an empty one (RFC 9110 §15.2.1)', () => {
  expect(new TextDecoder().decode(continueBytes)).toBe('HTTP/1.1 100 Continue\r\n\r\n');
});
