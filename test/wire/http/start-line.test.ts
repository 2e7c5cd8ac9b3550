// Status lines and where their parts stand. Oracles: RFC 9112 §4, where the space behind the code belongs to the line; what other readers
// take all the same (§2.2).
import {describe, expect, test} from 'vitest';
import {readStatusLine} from '../../../source/wire/http/start-line.ts';

/** As if the line began at octet 100. */
const read = (text: string, lenient: boolean) => {
  const found = readStatusLine({text, span: {start: 100, end: 100 + text.length}}, lenient);
  if (!found.ok) return undefined;
  const {version, status, reason, spans} = found.value;
  const parts = [spans.version, spans.status, spans.reason].map(({start, end}) =>
    text.slice(start - 100, end - 100),
  );
  return {told: [version, `${status}`, reason], parts, reasonAt: spans.reason.start - 100};
};

describe.each([false, true])('lenient: %s', (lenient) => {
  test.each([
    ['HTTP/1.1 200 OK', ['HTTP/1.1', '200', 'OK'], 13],
    ['HTTP/1.0 404 Not Found', ['HTTP/1.0', '404', 'Not Found'], 13],
    ['HTTP/1.1 204 ', ['HTTP/1.1', '204', ''], 13],
  ])('%j', (text, told, reasonAt) => {
    expect(read(text, lenient)).toEqual({told, parts: told, reasonAt});
  });

  test.each(['HTTP/1.1 20 OK', 'HTTP/1.1 2000 OK', 'http/1.1 200 OK', 'HTTP/1.1', ''])(
    '%j is none',
    (text) => {
      expect(read(text, lenient)).toBe(undefined);
    },
  );
});

test.each([
  ['HTTP/1.1 200', ['HTTP/1.1', '200', ''], 12],
  ['HTTP/1.1  200 OK', ['HTTP/1.1', '200', 'OK'], 14],
  ['HTTP/9.9 200 OK', ['HTTP/9.9', '200', 'OK'], 13],
])('%j is taken by lenient readers alone', (text, told, reasonAt) => {
  expect(read(text, false)).toBe(undefined);
  expect(read(text, true)).toEqual({told, parts: told, reasonAt});
});
