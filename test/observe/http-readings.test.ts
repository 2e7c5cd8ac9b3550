// HTTP/1 of a connection as an instant has it, over gaps, on its way, and while a capture grows. Oracle: RFC 9112 §6.3, §9.3; RFC 9110
// §9.3.2, §15.2; a reading that goes on tells what one from the beginning does.
import {describe, expect, test} from 'vitest';
import type {Connection} from '../../source/observe/connections.ts';
import {readingAt, type SeenMessage} from '../../source/observe/http-exchanges.ts';
import {connectionOf, type Said} from '../helpers/said.ts';

const shown = (message: SeenMessage | undefined): string => {
  if (!message) return '-';
  const {head, content, whole, headWhole} = message;
  const name = head.start.kind === 'request' ? head.start.target : String(head.start.status);
  const octets = content.reduce((sum, {start, end}) => sum + end - start, 0);
  return `${name}${octets > 0 ? ` ${octets}` : ''}${whole ? '.' : ''}${headWhole ? '' : '…'}`;
};

const exchangesIn = (connection: Connection, event = Number.POSITIVE_INFINITY) =>
  readingAt(connection, event).exchanges.map(
    ({number, request, interim, response}) =>
      `${number} ${[request, ...interim, response].map(shown).join(' | ')}`,
  );
const exchanges = (...said: readonly Said[]) => exchangesIn(connectionOf(...said));

const get = (target: string, more = ''): string => `GET ${target} HTTP/1.1\r\n${more}\r\n`;
const ok = (length: number, status = '200 OK'): string =>
  `HTTP/1.1 ${status}\r\nContent-Length: ${length}\r\n\r\n`;
const interim = (status: number): string => `HTTP/1.1 ${status} So\r\n\r\n`;

describe('which answer is whose', () => {
  test('in their order, several in a packet', () => {
    expect(
      exchanges([0, get('/a') + get('/b')], [1, `${ok(2)}hi${ok(0, '404 No')}`], [0, get('/c')]),
    ).toEqual([...['1 /a. | 200 2.', '2 /b. | 404.', '3 /c. | -']]);
  });

  // RFC 9110 §15.2: 1xx come before the response; 101 is the last that HTTP says (§15.2.2).
  test.each([
    [100, ['1 /a. | 100. | 200 2.']],
    [103, ['1 /a. | 103. | 200 2.']],
    [199, ['1 /a. | 199. | 200 2.']],
  ])('%i comes before it', (status, expected) => {
    expect(exchanges([0, get('/a')], [1, interim(status)], [1, `${ok(2)}hi`])).toEqual(expected);
  });

  test('101 is itself the answer', () => {
    expect(exchanges([0, get('/a', 'Upgrade: x\r\nConnection: upgrade\r\n')], [1, interim(101)])).toEqual([
      '1 /a. | 101.',
    ]);
  });

  test('without a request that was seen', () => {
    expect(exchanges([1, `${ok(2)}hi`], [0, get('/a')])).toEqual(['1 - | 200 2.', '2 /a. | -']);
  });

  // RFC 9112 §6.3, 1: to HEAD no content comes.
  test('what was asked decides where it ends', () => {
    expect(exchanges([0, `HEAD /a HTTP/1.1\r\n\r\n${get('/b')}`], [1, `${ok(2)}${ok(3)}hey`])).toEqual([
      ...['1 /a. | 200.', '2 /b. | 200 3.'],
    ]);
  });

  test.each([
    [0, 1],
    [1, 0],
  ] as const)('end %i asks, arrived or not', (asks, answers) => {
    const connection = connectionOf(
      [asks, `HEAD /a HTTP/1.1\r\n\r\n${get('/b')}`],
      [answers, `${ok(2)}${ok(3)}hey`],
      [asks, get('/c')],
      [answers, `${ok(1)}x`],
    );
    const expected = ['1 /a. | 200.', '2 /b. | 200 3.', '3 /c. | 200 1.'];
    for (const arrived of [0, 1, 2, 3, 4])
      expect(exchangesIn({...connection, arrived: connection.arrived.slice(0, arrived)})).toEqual(expected);
  });
});

describe('how far a message has come', () => {
  test.each<readonly [string, readonly Said[], readonly string[]]>([
    ['its head is open', [[0, 'GET /a HTTP/1.1\r\nHost: b\r\nX-']], ['1 /a… | -']],
    ['its line has not', [[0, 'GET /a HTTP/1.']], []],
    [
      'its content lacks bytes',
      [
        [0, get('/a')],
        [1, `${ok(5)}hi`],
      ],
      ['1 /a. | 200 2'],
    ],
    [
      'the connection ends it',
      [
        [0, get('/a')],
        [1, 'HTTP/1.1 200 OK\r\n\r\nhey'],
        [1, 'end'],
      ],
      ['1 /a. | 200 3.'],
    ],
    [
      'it may continue',
      [
        [0, get('/a')],
        [1, 'HTTP/1.1 200 OK\r\n\r\nhey'],
      ],
      ['1 /a. | 200 3'],
    ],
  ])('%s', (_, said, expected) => {
    expect(exchanges(...said)).toEqual(expected);
  });

  test('a head at hand reaches to the last octet that has come', () => {
    const text = 'GET /b HTTP/1.1\r\nHost: b\r\nX-';
    const {messages, directions} = readingAt(connectionOf([0, get('/a')], [0, text]), 1000);
    const start = get('/a').length;
    expect(messages[0][1]).toMatchObject({
      ...{side: 0, headWhole: false, whole: false, span: {start, end: start + text.length}},
      headSpan: {start, end: start + text.length},
    });
    expect(directions[0]).toMatchObject({ended: false, stopped: false, arrived: start + text.length});
  });

  test('the end, and what is no HTTP', () => {
    const {directions} = readingAt(connectionOf([0, get('/a')], [0, 'end'], [1, 'HTTP/1.1 abc\r\n']), 1000);
    expect(directions.map(({ended, stopped}) => [ended, stopped])).toEqual([
      ...[
        [true, false],
        [false, true],
      ],
    ]);
  });
});

describe('gaps', () => {
  const large = 1 << 24;

  test.each<readonly [string, readonly Said[], readonly string[]]>([
    [
      'within known content',
      [
        [1, ok(10)],
        [1, 4],
        [1, 'abcdef'],
        [1, ok(0)],
      ],
      ['200 10.', '200.'],
    ],
    [
      'as long as content',
      [
        [1, ok(4)],
        [1, 4],
        [1, ok(0)],
      ],
      ['200 4.', '200.'],
    ],
    [
      'longer than content',
      [
        [1, ok(4)],
        [1, 5],
        [1, 'xx'],
        [1, ok(0)],
      ],
      ['200', '200.'],
    ],
    [
      'in a chunk',
      [
        [1, 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n'],
        [1, 5],
        [1, '\r\n0\r\n\r\n'],
      ],
      ['200 5.'],
    ],
    [
      'before the connection ends',
      [
        [1, 'HTTP/1.1 200 OK\r\n\r\n'],
        [1, 7],
        [1, 'end'],
      ],
      ['200 7.'],
    ],
    [
      'at the reading limit',
      [
        [1, ok(large)],
        [1, large],
        [1, ok(0)],
      ],
      [`200 ${large}.`, '200.'],
    ],
    [
      'that is longer',
      [
        [1, ok(large + 1)],
        [1, large + 1],
        [1, ok(0)],
      ],
      ['200', '200.'],
    ],
    [
      'in a head',
      [
        [1, 'HTTP/1.1 200 OK\r\nA: b\r\n'],
        [1, 9],
        [1, `${ok(2)}hi`],
      ],
      ['200…', '200 2.'],
    ],
    [
      'before the first octet',
      [
        [1, 9],
        [1, 'xx'],
        [1, `${ok(2)}hi`],
      ],
      ['200 2.'],
    ],
    [
      'between two',
      [
        [1, ok(0)],
        [1, 9],
        [1, 'nothing of it'],
        [1, `${ok(2)}hi`],
      ],
      ['200.', '200 2.'],
    ],
  ])('%s', (_, said, expected) => {
    const {messages} = readingAt(connectionOf(...said), 1e6);
    expect(messages[1].map(shown)).toEqual(expected);
  });

  test('behind one a request is read again where it begins, the cut head before it', () => {
    const said: readonly Said[] = [
      ...[[0, 'GET /a HTTP/1.1\r\nA: b\r\n'] as const, [0, 20] as const, [0, 'rest of it'] as const],
      ...[[0, get('/b')] as const, [1, `${ok(2)}hi`] as const],
    ];
    expect(exchanges(...said)[0]).toMatch(/^1 \/a… \| /);
    expect(readingAt(connectionOf(...said), 1e6).messages[0].map(shown)).toEqual(['/a…', '/b.']);
  });

  // Which requests were sent is not known: the answer to HEAD may be gone.
  test('behind one an answer is read as if it were to GET', () => {
    expect(exchanges([0, 'HEAD /a HTTP/1.1\r\n\r\n'], [1, 9], [1, `${ok(2)}hi`])).toEqual(['1 /a. | 200 2.']);
  });

  test('behind one the last request that was sent before it is answered', () => {
    const said: readonly Said[] = [
      ...[[0, get('/a')] as const, [0, get('/b')] as const, [1, 30] as const, [1, ok(0)] as const],
    ];
    expect(exchanges(...said)).toEqual(['1 /a. | -', '2 /b. | 200.']);
    expect(exchanges(...said.filter(([, what]) => what !== 30))).toEqual(['1 /a. | 200.', '2 /b. | -']);
  });

  test('an interim answer before one belongs to another response', () => {
    expect(exchanges([0, get('/a')], [1, interim(103)], [0, get('/b')], [1, 9], [1, ok(0)])).toEqual([
      ...['1 /a. | 103. | -', '2 /b. | 200.'],
    ]);
  });
});

describe('instants', () => {
  const connection = connectionOf([0, get('/a')], [1, `${ok(4)}hi`], [1, 'ho'], [0, get('/b')]);

  test('what is on its way is read, and how far it has arrived is told', () => {
    const told = (event: number) => {
      const {directions} = readingAt(connection, event);
      return [exchangesIn(connection, event), directions.map(({arrived}) => arrived)];
    };
    const [asked, answered] = [get('/a').length, ok(4).length + 2];
    expect([9, 10, 15, 20, 25, 30, 35, 45].map(told)).toEqual([
      [[], [0, 0]],
      [['1 /a. | -'], [0, 0]],
      [['1 /a. | -'], [asked, 0]],
      [['1 /a. | 200 2'], [asked, 0]],
      [['1 /a. | 200 2'], [asked, answered]],
      [['1 /a. | 200 4.'], [asked, answered]],
      [['1 /a. | 200 4.'], [asked, answered + 2]],
      [
        ['1 /a. | 200 4.', '2 /b. | -'],
        [2 * asked, answered + 2],
      ],
    ]);
    expect([25, 10, 45].map((event) => told(event)[0])).toEqual([
      ...[['1 /a. | 200 2'], ['1 /a. | -'], ['1 /a. | 200 4.', '2 /b. | -']],
    ]);
  });

  test('asked again for the same instant it is the same', () => {
    expect(readingAt(connection, 25)).toBe(readingAt(connection, 29));
    expect(readingAt(connection, 25)).not.toBe(readingAt(connection, 30));
  });

  test('of what was sent the part that has not arrived counts', () => {
    const whole = connectionOf([0, get('/a')], [0, get('/b')]);
    const [first, second] = whole.arrived;
    if (first?.piece.kind !== 'bytes' || !second) throw new Error('no octets');
    // Half of the first piece has come.
    const half = {...first, piece: {...first.piece, bytes: first.piece.bytes.subarray(0, 8)}};
    const {directions, messages} = readingAt({...whole, arrived: [half]}, 16);
    expect([messages[0].map(shown), directions[0].arrived]).toEqual([['/a.'], 8]);
    expect(directions[0].pieces.map(({start}) => start)).toEqual([0, 8]);
  });
});

describe('a capture in the making', () => {
  const turn = (index: number): readonly Said[] => [
    [0, get(`/${index}`)],
    [1, `${ok(3)}${String(index).padStart(3, '0')}`],
  ];
  const all = connectionOf(...Array.from({length: 200}, (_, index) => turn(index)).flat());
  const upTo = (count: number): Connection => ({
    ...all,
    sent: all.sent.slice(0, count),
    arrived: all.arrived.slice(0, count),
  });
  /** With pieces that nobody has seen before. */
  const anew = ({sent, arrived, ...rest}: Connection): Connection => ({
    ...rest,
    sent: sent.map((each) => ({...each})),
    arrived: arrived.map((each) => ({...each})),
  });
  const told = (connection: Connection) => {
    const {messages, directions} = readingAt(connection, Number.POSITIVE_INFINITY);
    return [
      exchangesIn(connection),
      messages.map((each) => each.length),
      directions.map(({arrived}) => arrived),
    ];
  };

  test('what a later look has more is read on', () => {
    for (const count of [3, 200, 300, 301, 400]) {
      const look = upTo(count);
      expect(told(look), `${count}`).toEqual(told(anew(look)));
    }
  });

  test('what was sent long ago and never arrived is still on its way', () => {
    const late = 10;
    const asked = Array.from({length: 300}, (_, index): Said => [0, get(`/${index}`)]);
    const {sent, arrived, ...rest} = connectionOf(...asked.toSpliced(late, 0, [1, ok(0)]));
    const look = (count: number): Connection => ({
      ...rest,
      sent: sent.slice(0, count),
      arrived: arrived.slice(0, count).filter(({side}) => side === 0),
    });
    for (const count of [3, 301]) told(look(count));
    expect(exchangesIn(look(301))[0]).toBe('1 /0. | 200.');
    expect(told(look(301))).toEqual(told(anew(look(301))));
  });

  test('what has come last may come otherwise, and what was read for good may be gone', () => {
    const changed = (count: number, from: number): Connection => {
      const {sent, arrived, ...rest} = upTo(count);
      const other = anew(connectionOf(...Array.from({length: 200}, (_, index) => turn(index + 500)).flat()));
      return {
        ...rest,
        sent: [...sent.slice(0, from), ...other.sent.slice(from, count)],
        arrived: [...arrived.slice(0, from), ...other.arrived.slice(from, count)],
      };
    };
    told(upTo(400));
    for (const [count, from] of [
      [400, 390],
      [350, 330],
      [400, 100],
    ] as const) {
      const look = changed(count, from);
      expect(told(look), `${count} ${from}`).toEqual(told(anew(look)));
    }
  });
});
