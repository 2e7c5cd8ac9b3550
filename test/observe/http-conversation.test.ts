// A connection that goes on as something else (RFC 9110 §7.8): WebSocket (RFC 6455 §1.3), HTTP/2 (RFC 7540 §3.2), or neither.
import {describe, expect, test} from 'vitest';
import {HttpConversation} from '../../source/observe/http-conversation.ts';
import {joinBytes} from '../../source/wire/tls/presentation.ts';
import {encodeUtf8} from '../../source/wire/utf8.ts';
import {frame, settings} from './http2-words.ts';

type Said = readonly [side: 0 | 1, ...octets: readonly (string | readonly number[])[]];

const converse = (...said: readonly Said[]) => {
  const conversation = new HttpConversation(undefined);
  const at = [0, 0];
  for (const [index, [side, ...parts]] of said.entries()) {
    const bytes = joinBytes(
      parts.map((part) => (typeof part === 'string' ? encodeUtf8(part) : Uint8Array.from(part))),
    );
    const start = at[side] ?? 0;
    at[side] = start + bytes.length;
    conversation.take(side, {kind: 'bytes', start, bytes, frame: index + 1}, index + 1);
  }
  return conversation;
};

const ask = (to: string, more = '') =>
  `GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: ${to}\r\n${more}\r\n`;
const switches = (to: string) =>
  `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${to}\r\n\r\n`;
/** A frame of text, RFC 6455 §5.7: Hello. */
const hello = [0x81, 5, 0x48, 0x65, 0x6c, 0x6c, 0x6f];

test('nothing was said: there is nothing', () => {
  const {http, faults, answered, http2, ambiguous, unrequested, websocket} = new HttpConversation(undefined);
  expect([http, faults, answered, http2, ambiguous, unrequested, websocket]).toEqual([
    ...[[], [], false, undefined, undefined, [], undefined],
  ]);
});

test('HTTP/1 alone', () => {
  const said = converse(
    [0, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'],
    [1, 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'],
  );
  expect([said.http.length, said.answered, said.http2, said.websocket]).toEqual([
    1,
    true,
    undefined,
    undefined,
  ]);
});

describe('WebSocket', () => {
  test.each(['websocket', 'WebSocket', ' websocket '])('named %j', (name) => {
    const {websocket, http2} = converse(
      [0, ask('websocket')],
      [1, switches(name), hello],
      [0, hello],
      [1, hello],
    );
    expect(websocket?.frames.map(({side, frame, start}) => [side, frame, start])).toEqual([
      [1, 2, switches(name).length],
      [0, 3, ask('websocket').length],
      [1, 4, switches(name).length + hello.length],
    ]);
    expect(http2).toBeUndefined();
  });

  test('before it is agreed there is none', () => {
    expect(converse([0, ask('websocket')]).websocket).toBeUndefined();
    expect(
      converse([0, ask('websocket')], [1, 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n']).websocket,
    ).toBeUndefined();
  });
});

describe('HTTP/2 in clear', () => {
  const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
  // INITIAL_WINDOW_SIZE 1 in base64url: 00 04 00 00 00 01.
  const asked = ask('h2c', 'HTTP2-Settings: AAQAAAAB\r\n');

  test('the request is that of stream 1, settings came with it', () => {
    const {http2, http} = converse(
      ...[[0, asked] as const, [1, switches('h2c'), settings()] as const, [0, preface, settings()] as const],
      [1, frame('HEADERS', [0x88], {flags: 4, stream: 1}), frame('DATA', [0x61], {stream: 1})],
    );
    expect(http.length).toBe(1);
    const [stream] = http2?.streams ?? [];
    expect([stream?.id, stream?.response.value(':status'), stream?.response.contentBytes]).toEqual([
      1,
      '200',
      1,
    ]);
    // One octet uses the window up.
    expect(http2?.stalls).toEqual([{side: 1, stream: 1, frame: 4, count: 1}]);
  });

  test('frames may stand in the packet of the answer, or not', () => {
    const frames = settings();
    const together = converse([0, asked], [1, switches('H2C'), frames], [0, preface, settings()]);
    const apart = converse([0, asked], [1, switches('h2c')], [1, frames], [0, preface, settings()]);
    for (const {http2} of [together, apart]) expect(http2?.faults).toEqual([]);
  });
});

test('what nobody here reads is followed no further', () => {
  const {websocket, http2} = converse([0, ask('tls/1.0')], [1, switches('tls/1.0')], [0, hello]);
  expect([websocket, http2]).toEqual([undefined, undefined]);
});

test('with HTTP/2 from the first octet', () => {
  const conversation = new HttpConversation({start: 'prior-knowledge', client: 0});
  expect(conversation.http2).toBeDefined();
  const bytes = encodeUtf8('GET / HTTP/1.1\r\n\r\n');
  conversation.take(0, {kind: 'bytes', start: 0, bytes, frame: 1}, 1);
  expect(conversation.http).toEqual([]);
});
