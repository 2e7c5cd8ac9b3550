// Requests and their answers while the bytes come. Oracle: RFC 9112 §6 (lengths), §9.3 (order), §11.2 (smuggling), RFC 9110 §7.8 and §15.2,
// RFC 8297; counted by hand in messages that are written down.
import {describe, expect, test} from 'vitest';
import {HttpTransactions, mostHinted} from '../../source/observe/http-transactions.ts';
import type {Piece} from '../../source/observe/reassembly.ts';

/** `c …`: the client says it, `s …` the server; `s -100`: so many octets are missing; `s .`: its end. A line is a packet. */
const read = (...lines: readonly string[]): HttpTransactions => {
  const http = new HttpTransactions();
  const at: [number, number] = [0, 0];
  for (const [index, line] of lines.entries()) {
    const side = line[0] === 'c' ? 0 : 1;
    const text = line.slice(2);
    const [frame, start] = [index + 1, at[side]];
    const missing = /^-(\d+)$/.exec(text)?.[1];
    const bytes = new TextEncoder().encode(text);
    const end = start + (missing === undefined ? bytes.length : Number(missing));
    const piece: Piece =
      missing !== undefined
        ? {kind: 'hole', start, end}
        : text === '.'
          ? {kind: 'end', start, frame}
          : {kind: 'bytes', start, bytes, frame};
    at[side] = end;
    http.take(side, piece, frame);
  }
  return http;
};

const get = (target: string, more = ''): string => `c GET ${target} HTTP/1.1\r\nHost: a\r\n${more}\r\n`;
const ok = (length: number, content = ''): string =>
  `s HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n${content}`;

/** `/a 1-1: 200 2-4 9`: asked in packet 1, answered in 2 to 4 with 9 octets; `?`: not whole. */
const told = (http: HttpTransactions): readonly string[] =>
  http.all.map(({request, interim, response}) => {
    const asked = `${request.head.start.target} ${request.begins}-${request.frame ?? '?'}`;
    const early = interim.map((status) => ` ${status}`).join('');
    if (!response) return `${asked}:${early} none`;
    const {head, begins, frame, contentBytes} = response;
    return `${asked}:${early} ${head.start.status} ${begins}-${frame ?? '?'} ${contentBytes}`;
  });

describe('in their order', () => {
  test('one after the other, and several at once', () => {
    expect(told(read(get('/a'), ok(3, 'abc'), get('/b'), ok(9, 'abc'), 's defghi'))).toEqual([
      '/a 1-1: 200 2-2 3',
      '/b 3-3: 200 4-5 9',
    ]);
    expect(told(read(get('/a') + get('/b').slice(2), ok(1, 'x'), ok(0)))).toEqual([
      '/a 1-1: 200 2-2 1',
      '/b 1-1: 200 3-3 0',
    ]);
    expect(told(read(get('/a'), ok(9, 'abc')))).toEqual(['/a 1-1: 200 2-? 3']);
    expect(told(read(get('/a')))).toEqual(['/a 1-1: none']);
  });

  test('what ends with the connection is whole there (RFC 9112 §6.3)', () => {
    const open = 's HTTP/1.1 200 OK\r\n\r\nabc';
    expect(told(read(get('/a'), open, 's def'))).toEqual(['/a 1-1: 200 2-? 6']);
    expect(told(read(get('/a'), open, 's def', 's .'))).toEqual(['/a 1-1: 200 2-4 6']);
    // Nothing stands behind the end.
    expect(told(read(get('/a'), 's .', ok(0)))).toEqual(['/a 1-1: none']);
  });

  test('of a request content is counted as well', () => {
    const http = read('c POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab', 'c cde', ok(0));
    expect(told(http)).toEqual(['/a 1-2: 200 3-3 0']);
    expect(http.all[0]?.request.contentBytes).toBe(5);
  });
});

describe('interim responses (RFC 9110 §15.2)', () => {
  test('stand before the final one; what they hint is kept, sixteen at most (RFC 8297)', () => {
    const hints = (from: number, count: number): string =>
      `s HTTP/1.1 103 Early Hints\r\n${Array.from({length: count}, (_, n) => `Link: </${from + n}>; rel=preload\r\n`).join('')}\r\n`;
    const http = read(get('/a'), 's HTTP/1.1 100 Continue\r\n\r\n', hints(1, 2), hints(3, 20), ok(0));
    expect(told(http)).toEqual(['/a 1-1: 100 103 103 200 5-5 0']);
    expect(http.all[0]?.hinted).toEqual(Array.from({length: mostHinted}, (_, n) => `/${n + 1}`));
    expect(mostHinted).toBe(16);
  });

  test('behind 101 another protocol is spoken', () => {
    const upgrade = 's HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\nxyz';
    const http = read(get('/chat', 'Upgrade: websocket\r\n'), upgrade, get('/b'));
    expect(told(http)).toEqual(['/chat 1-1: 101 2-2 0']);
    expect(http.switched).toEqual({to: 'websocket', behind: 3});
    expect(read(get('/a'), ok(0)).switched).toBeUndefined();
    // It has to say which (§7.8).
    expect(read(get('/a'), 's HTTP/1.1 101 Switching Protocols\r\n\r\n').switched).toEqual({
      to: '',
      behind: 0,
    });
  });
});

describe('octets that were not captured', () => {
  test('inside content of a known length they are content', () => {
    expect(told(read(get('/a'), ok(100, 'ab'), 's -98', get('/b'), ok(0)))).toEqual([
      '/a 1-1: 200 2-3 100',
      '/b 4-4: 200 5-5 0',
    ]);
    expect(told(read(get('/a'), ok(200_000), 's -150000', `s ${'x'.repeat(50_000)}`))).toEqual([
      '/a 1-1: 200 2-4 200000',
    ]);
    const chunked = 's HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nab';
    expect(told(read(get('/a'), chunked, 's -98', 's \r\n0\r\n\r\n'))).toEqual(['/a 1-1: 200 2-4 100']);
    expect(told(read(get('/a'), 's HTTP/1.1 200 OK\r\n\r\n', 's -9', 's .'))).toEqual(['/a 1-1: 200 2-4 9']);
  });

  test('beyond it nobody knows where the next begins: it is waited for', () => {
    const lost = read(get('/a'), ok(100, 'ab'), 's -99', get('/b'), 's middle of something', ok(1, 'x'));
    expect(told(lost)).toEqual(['/a 1-1: 200 2-? 2', '/b 4-4: 200 6-6 1']);
    // Longer than anybody reads over.
    const long = 2 ** 24 + 1;
    expect(told(read(get('/a'), ok(long), `s -${long}`))).toEqual(['/a 1-1: 200 2-? 0']);
    expect(told(read(get('/a'), ok(long - 1), `s -${long - 1}`))).toEqual([`/a 1-1: 200 2-3 ${long - 1}`]);
  });

  test('an answer to HEAD has no content behind a gap either (RFC 9112 §6.3)', () => {
    const head = 'c HEAD /h HTTP/1.1\r\nHost: a\r\n\r\n';
    expect(told(read(head, 's -9', ok(5), get('/b'), ok(2, 'xy')))).toEqual([
      '/h 1-1: 200 3-3 0',
      '/b 4-4: 200 5-5 2',
    ]);
    // Which of two in one packet is answered: not the one that has its answer.
    expect(told(read(head + get('/b').slice(2), ok(5), 's -9', ok(2, 'xy')))).toEqual([
      '/h 1-1: 200 2-2 0',
      '/b 1-1: 200 4-4 2',
    ]);
    // The first of those in one packet that have none.
    const three = get('/a') + head.slice(2) + get('/b').slice(2);
    expect(told(read(three, ok(0), 's -9', ok(5), ok(2, 'xy')))).toEqual([
      '/a 1-1: 200 2-2 0',
      '/h 1-1: 200 4-4 0',
      '/b 1-1: 200 5-5 2',
    ]);
    // Of those that were asked before it the last: the earlier ones had their answers in the gap.
    expect(told(read(head, 's -9', get('/b'), ok(2, 'xy')))).toEqual(['/h 1-1: none', '/b 3-3: 200 4-4 2']);
  });

  test('of a head what there is is told', () => {
    expect(told(read('c GET /a HTTP/1.1\r\nHost: a\r\nX: ', 'c -20', ok(0)))).toEqual(['/a 2-2: 200 3-3 0']);
  });
});

test('responses to nothing that was asked', () => {
  const unasked = (...lines: readonly string[]) => {
    const {unrequested, faults, answered} = read(...lines);
    const codes = faults.map(({code, frame, count}) => `${code} ${frame} ${count}`);
    return [unrequested.map(({head}) => head.start.status), codes, answered];
  };
  expect(unasked(get('/a'), ok(0))).toEqual([[], [], true]);
  expect(unasked(get('/a'), ok(0), ok(0), ok(0))).toEqual([[200, 200], ['response-unasked 3 2'], true]);
  // 408 says itself that nothing was asked (RFC 9110 §15.5.9); without any request they were not captured.
  const late = 's HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n';
  expect(unasked(get('/a'), ok(0), late)).toEqual([[408], [], true]);
  expect(unasked(ok(0))).toEqual([[200], [], true]);
  expect(unasked(get('/a'))).toEqual([[], [], false]);
});

test('a request that says two things about its length (RFC 9112 §11.2)', () => {
  const ambiguous = (fields: string) =>
    read(`c POST /a HTTP/1.1\r\nHost: a\r\n${fields}\r\n0\r\n\r\n`, ok(0)).ambiguous;
  expect(ambiguous('Content-Length: 5\r\nTransfer-Encoding: chunked\r\n')).toEqual({
    ...{contentLengths: [5], transferEncoding: 'chunked', statuses: [200]},
  });
  expect(ambiguous('Content-Length: 5, 6\r\n')).toMatchObject({contentLengths: [5, 6]});
  for (const fields of [
    'Content-Length: 5\r\n',
    'Content-Length: 5, 5\r\n',
    'Transfer-Encoding: chunked\r\n',
  ])
    expect(ambiguous(fields)).toBeUndefined();
});
