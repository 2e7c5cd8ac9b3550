// Reason phrases. Oracle: Node's own table, but for the one name that RFC 9110 §15.5.14 has changed since.
import {STATUS_CODES} from 'node:http';
import {expect, test} from 'vitest';
import {reasonOf} from '../../../source/stack/http/reasons.ts';

test('the phrases of the statuses that a server says', () => {
  const said = [
    ...[100, 101, 103, 200, 201, 202, 204, 206, 301, 302, 303, 304, 307, 308],
    ...[400, 401, 403, 404, 405, 408, 409, 410, 412, 413, 414, 415, 417, 421, 425, 429, 431],
    ...[500, 501, 502, 503, 504, 505],
  ];
  const phrases: Readonly<Record<number, string | undefined>> = {...STATUS_CODES, 413: 'Content Too Large'};
  expect(said.map((status) => [status, reasonOf(status)])).toEqual(
    said.map((status) => [status, phrases[status]]),
  );
});

test('another has none', () => {
  expect(reasonOf(599)).toBe('');
});
