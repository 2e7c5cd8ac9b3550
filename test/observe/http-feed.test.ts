// One direction of a connection, read piece by piece by somebody who looks on. Oracles: RFC 9112 §2.1, §6.3; RFC 9110 §9.3.2.
import {expect, test} from 'vitest';
import {feedHttp, watchedResponses} from '../../source/observe/http-feed.ts';
import {expectResponse, type HttpParser} from '../../source/wire/http/parser.ts';
import {encodeUtf8} from '../../source/wire/utf8.ts';

const read = (parser: HttpParser | undefined, text: string) => feedHttp(parser, encodeUtf8(text));
const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n';

test.each([
  ['HTTP/1.1 200 OK\r\n', 'responses'],
  ['HTT', 'responses'],
  ['GET / HTTP/1.1\r\n', 'requests'],
  ['HTTPS / HTTP/1.1\r\n', 'requests'],
])('which way it goes: %j', (text, reads) => {
  expect(read(undefined, text).parser.reads).toBe(reads);
});

test('what was asked for is not forgotten, what nobody asked for answers GET', () => {
  const first = read(watchedResponses(['GET']), `${ok}hi`);
  expect(first.parser.asked).toEqual([]);
  // After HEAD no body comes, whatever the length says.
  const second = read(expectResponse(first.parser, 'HEAD'), ok);
  expect([second.error, second.parser.asked]).toEqual([undefined, []]);
  const third = read(second.parser, `${ok}hi${ok}hi`);
  expect([third.error, third.parser.asked]).toEqual([undefined, []]);
  const half = read(expectResponse(expectResponse(third.parser, 'GET'), 'HEAD'), ok.slice(0, 9));
  expect(half.parser.asked).toEqual(['GET', 'HEAD']);
});
