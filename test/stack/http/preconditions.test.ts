// Conditional requests, row by row of RFC 9110 §13.2.2; dates are those of §5.6.7's example.
import {expect, test} from 'vitest';
import {failedCondition} from '../../../source/stack/http/preconditions.ts';
import {messagesOf} from '../../../source/wire/http/message.ts';
import {feed, requestParser} from '../../../source/wire/http/parser.ts';

/** Sun, 06 Nov 1994 08:49:37 GMT, and half a second more, which no date tells. */
const secondUs = 784_111_777_000_000;
const modifiedUs = secondUs + 500_000;
const then = 'Sun, 06 Nov 1994 08:49:37 GMT';
const before = 'Sun, 06 Nov 1994 08:49:36 GMT';
const strong = {etag: '"xyzzy"', lastModifiedUs: modifiedUs};
const weak = {etag: 'W/"xyzzy"', lastModifiedUs: modifiedUs};

const headOf = (method: string, fields: string) => {
  const text = `${method} / HTTP/1.1\r\nHost: a\r\n${fields}\r\n\r\n`;
  const {messages} = messagesOf(feed(requestParser(), new TextEncoder().encode(text)).parts);
  const head = messages[0]?.head;
  if (head?.start.kind !== 'request') throw new Error(text);
  return {start: head.start, fields: head.fields};
};

test.each([
  ['§13.1.2 the same tag', 'GET', 'If-None-Match: "xyzzy"', strong, 304],
  ['§13.1.2 one of a list', 'GET', 'If-None-Match: "r2d2", W/"xyzzy", "c3po"', strong, 304],
  ['§13.1.2 weak comparison', 'GET', 'If-None-Match: "xyzzy"', weak, 304],
  ['§13.1.2 a comma within a tag', 'GET', 'If-None-Match: "a,b"', {etag: '"a,b"'}, 304],
  ['§13.1.2 another tag', 'GET', 'If-None-Match: "r2d2"', strong, undefined],
  ['§13.1.2 any', 'HEAD', 'If-None-Match: *', strong, 304],
  ['§13.1.2 any, to write', 'PUT', 'If-None-Match: *', strong, 412],
  ['§13.1.1 the same tag', 'PUT', 'If-Match: "xyzzy"', strong, undefined],
  ['§13.1.1 strong comparison', 'PUT', 'If-Match: W/"xyzzy"', weak, 412],
  ['§13.1.1 another tag', 'PUT', 'If-Match: "r2d2"', strong, 412],
  ['§13.1.3 not since', 'GET', `If-Modified-Since: ${then}`, strong, 304],
  ['§13.1.3 since', 'GET', `If-Modified-Since: ${before}`, strong, undefined],
  [
    '§13.1.3 within that second',
    'GET',
    `If-Modified-Since: ${then}`,
    {lastModifiedUs: secondUs + 999_999},
    304,
  ],
  [
    '§13.1.3 a second later',
    'GET',
    `If-Modified-Since: ${then}`,
    {lastModifiedUs: secondUs + 1e6},
    undefined,
  ],
  ['§13.1.3 only for GET and HEAD', 'POST', `If-Modified-Since: ${then}`, strong, undefined],
  ['§13.1.3 no date', 'GET', 'If-Modified-Since: yesterday', strong, undefined],
  ['§13.1.3 RFC 850', 'GET', 'If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT', strong, 304],
  [
    '§13.1.3 gives way to a tag',
    'GET',
    `If-None-Match: "r2d2"\r\nIf-Modified-Since: ${then}`,
    strong,
    undefined,
  ],
  ['§13.1.4 not since', 'PUT', `If-Unmodified-Since: ${then}`, strong, undefined],
  ['§13.1.4 since', 'PUT', `If-Unmodified-Since: ${before}`, strong, 412],
  ['§13.2.2 If-Match before all', 'GET', 'If-Match: "r2d2"\r\nIf-None-Match: "xyzzy"', strong, 412],
  [
    '§13.2.2 If-Match holds, then the next',
    'GET',
    'If-Match: "xyzzy"\r\nIf-None-Match: "xyzzy"',
    strong,
    304,
  ],
  ['§13.2.2 nothing to compare with', 'GET', `If-Modified-Since: ${then}`, {}, undefined],
] as const)('%s (%s)', (_, method, fields, validators, expected) => {
  expect(failedCondition(headOf(method, fields), validators, modifiedUs)).toBe(expected);
});
