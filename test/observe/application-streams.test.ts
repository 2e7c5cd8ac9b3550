// What programs say on one connection, asked directly: where reading begins, what is kept, what is given up behind a gap.
// Oracles: RFC 9293 §3.4 (order), RFC 7766 §8 (DNS over TCP), RFC 9846 §5.1 (records), RFC 9112 §2.1.
import {describe, expect, test} from 'vitest';
import {ApplicationStreams} from '../../source/observe/application-streams.ts';
import {OctetStore} from '../../source/observe/octet-store.ts';
import {MAX_HELD_STRETCHES} from '../../source/observe/reassembly.ts';
import type {SeenSegment} from '../../source/observe/seen-segment.ts';
import {octetsOf} from '../../source/wire/octets.ts';
import {type Seq, seq} from '../../source/wire/seq.ts';

import {FIN, RST, SYN, segmentOf} from './segments.ts';

type Given = Parameters<typeof segmentOf>[0];

const opened: readonly [Seq, Seq] = [seq(99), seq(299)];
const unseen: readonly [undefined, undefined] = [undefined, undefined];

const streamsOn = (
  ports: readonly number[],
  isns: readonly [Seq | undefined, Seq | undefined] = opened,
): ApplicationStreams => new ApplicationStreams(new OctetStore(1 << 20), ports, isns);

const withOctets = (given: Given, octets: string): SeenSegment => {
  const data = octetsOf(octets.replaceAll(' ', ''));
  return {...segmentOf(given), data, length: data.length};
};

const request = 'GET /a HTTP/1.1\r\nHost: x\r\n\r\n';

describe('HTTP', () => {
  const requestsIn = (streams: ApplicationStreams) =>
    streams.http.map(({request: {head, begins, frame}}) => [head.start.target, begins, frame]);

  test('from the first octet behind SYN', () => {
    const streams = streamsOn([5000, 8000]);
    expect(streams.spoken).toBeUndefined();
    streams.take(0, segmentOf({seq: 100, text: request, frame: 4}));
    expect(streams.spoken).toBe('http');
    expect(requestsIn(streams)).toEqual([['/a', 4, 4]]);
    expect(streams.httpAnswered).toBe(false);
    streams.take(1, segmentOf({seq: 300, text: 'HTTP/1.1 204 No Content\r\n\r\n', frame: 5}));
    expect(streams.httpAnswered).toBe(true);
    expect(streams.http[0]?.response).toMatchObject({frame: 5, head: {start: {status: 204}}});
  });

  test.each<[string, readonly (readonly [at: number, frame: number])[], readonly unknown[]]>([
    [
      'letter by letter',
      [
        [0, 1],
        [1, 2],
        [3, 3],
        [9, 4],
      ],
      ['/a', 4, 4],
    ],
    [
      'backwards',
      [
        [9, 1],
        [3, 2],
        [1, 3],
        [0, 4],
      ],
      ['/a', 4, 4],
    ],
  ])('in pieces, %s', (_name, pieces, expected) => {
    const ends = pieces.map(([at]) => at).toSorted((a, b) => a - b);
    const streams = streamsOn([5000, 8000]);
    for (const [at, frame] of pieces)
      streams.take(0, segmentOf({seq: 100 + at, text: request.slice(at, ends[ends.indexOf(at) + 1]), frame}));
    expect(requestsIn(streams)).toEqual([expected]);
  });

  test('of a connection that had begun before, whichever segment begins a message', () => {
    const streams = streamsOn([5000, 8000], unseen);
    streams.take(0, segmentOf({seq: 500, text: 'rest of something'}));
    streams.take(0, segmentOf({seq: 900, text: request, frame: 2}));
    expect(requestsIn(streams)).toEqual([['/a', 2, 2]]);
  });

  test.each([
    [
      'at once behind a gap',
      [
        [100, 'hello?\n'],
        [500, request],
      ],
    ],
    [
      'where it comes early',
      [
        [107, request],
        [100, 'hello?\n'],
      ],
    ],
  ] as const)('HTTP behind other text, %s', (_name, segments) => {
    const streams = streamsOn([5000, 8000]);
    for (const [first, text] of segments) streams.take(0, segmentOf({seq: first, text, frame: 2}));
    expect(requestsIn(streams)).toEqual([['/a', 2, 2]]);
  });

  test('of a connection that had begun before two segments make no beginning', () => {
    const streams = streamsOn([5000, 8000], unseen);
    for (const [first, text] of [
      [100, 'GE'],
      [102, request.slice(2)],
    ] as const)
      streams.take(0, segmentOf({seq: first, text}));
    expect(streams.spoken).toBeUndefined();
  });

  test('nor do they behind a gap that was given up', () => {
    const streams = streamsOn([5000, 8000]);
    streams.take(0, segmentOf({seq: 100, text: 'GE'}));
    // One stretch more than is held.
    for (let at = 0; at <= MAX_HELD_STRETCHES; at++)
      streams.take(0, segmentOf({seq: 110 + 2 * at, text: 'G'}));
    streams.take(0, segmentOf({seq: 111 + 2 * MAX_HELD_STRETCHES, text: request.slice(1)}));
    expect(streams.spoken).toBeUndefined();
    streams.take(1, segmentOf({seq: 300, text: 'HTTP/1.1 204 No Content\r\n\r\n', frame: 3}));
    expect([streams.spoken, streams.httpAnswered]).toEqual(['http', true]);
  });

  test('a FIN alone ends what goes on until the end', () => {
    const streams = streamsOn([5000, 8000]);
    streams.take(0, segmentOf({seq: 100, text: request, frame: 1}));
    streams.take(1, segmentOf({seq: 300, text: 'HTTP/1.0 200 OK\r\n\r\nabc', frame: 2}));
    expect(streams.http[0]?.response?.frame).toBeUndefined();
    streams.take(1, segmentOf({seq: 322, flags: FIN, frame: 3}));
    expect(streams.http[0]?.response).toMatchObject({frame: 3, contentBytes: 3});
  });

  test('a segment without data or with RST says nothing', () => {
    const streams = streamsOn([5000, 8000], unseen);
    streams.take(0, segmentOf({seq: 100, ack: 1}));
    streams.take(0, segmentOf({seq: 100, text: request, flags: RST}));
    expect(streams.spoken).toBeUndefined();
    // Nor does the former make it a connection that had begun before: SYN still tells where it begins.
    streams.take(0, segmentOf({seq: 99, flags: SYN}));
    streams.take(0, segmentOf({seq: 100, text: request}));
    expect(requestsIn(streams)).toEqual([['/a', 1, 1]]);
  });

  test('what stands behind a gap is told at the end, without an end that was not captured', () => {
    const streams = streamsOn([5000, 8000]);
    streams.take(0, segmentOf({seq: 100, text: request, frame: 1}));
    streams.take(0, segmentOf({seq: 500, text: 'GET /b HTTP/1.1\r\n\r\n', frame: 2}));
    expect(requestsIn(streams)).toEqual([['/a', 1, 1]]);
    expect(streams.finish(9)).toEqual([]);
    expect(requestsIn(streams)).toEqual([
      ['/a', 1, 1],
      ['/b', 2, 2],
    ]);
  });

  test('IPP is content of HTTP: there it counts once something was said', () => {
    const [ipp, other] = [streamsOn([5000, 631]), streamsOn([5000, 80])];
    expect(ipp.expectsHttp).toBe(false);
    for (const streams of [ipp, other]) streams.take(0, segmentOf({seq: 100, flags: FIN}));
    expect(ipp.expectsHttp).toBe(false);
    for (const streams of [ipp, other]) streams.take(0, segmentOf({seq: 100, text: '?'}));
    expect([ipp.expectsHttp, other.expectsHttp]).toEqual([true, false]);
  });
});

describe('TLS', () => {
  const alert = '15 0303 0002 0228';

  test('octets are kept as they were, in the order in which they could be read, with holes and ends', () => {
    const streams = streamsOn([5000, 443]);
    streams.take(0, withOctets({seq: 100, frame: 1}, alert));
    streams.take(1, withOctets({seq: 300, frame: 2}, alert));
    streams.take(0, withOctets({seq: 110, frame: 3, flags: FIN}, 'aabb'));
    expect(streams.told).toEqual([
      {side: 0, event: 1, piece: {kind: 'bytes', start: 0, frame: 1, bytes: octetsOf('15030300020228')}},
      {side: 1, event: 2, piece: {kind: 'bytes', start: 0, frame: 2, bytes: octetsOf('15030300020228')}},
    ]);
    streams.finish(9);
    // FIN was captured, but not all that comes before it.
    expect(streams.told.slice(2)).toEqual([
      {side: 0, event: 3, piece: {kind: 'hole', start: 7, end: 10}},
      {side: 0, event: 3, piece: {kind: 'bytes', start: 10, frame: 3, bytes: octetsOf('aabb')}},
    ]);
  });

  test('an end in order is kept with its own frame', () => {
    const streams = streamsOn([5000, 443]);
    streams.take(0, withOctets({seq: 100, frame: 1, flags: FIN}, alert));
    expect(streams.told.map(({piece}) => piece)).toMatchObject([
      {kind: 'bytes'},
      {kind: 'end', start: 7, frame: 1},
    ]);
  });

  // `tshark -G decodes` of version 4.0: the ports of TCP that are TLS's.
  test.each([
    324, 443, 465, 636, 802, 853, 993, 995, 1300, 2221, 2443, 3249, 3250, 3251, 3252, 3496, 5061, 5671, 5684,
    5868, 8883, 11207, 19999, 27017,
  ])('%i is a port of TLS', (port) => {
    const streams = streamsOn([5000, port]);
    streams.take(0, withOctets({seq: 100}, '00112233'));
    expect(streams.unclearTls).toBe(true);
  });

  test.each([
    ['neither TLS nor text', [5000, 443], '00112233', true],
    ['on another port', [5000, 444], '00112233', false],
    ['text of four octets', [5000, 443], '20417a7e', false],
    ['three octets of text', [5000, 443], '41427a', true],
    ['one is below space', [5000, 443], '4142431f', true],
    ['one is not ASCII', [5000, 443], '4142437f', true],
    ['four, then no text', [5000, 443], '4142434400', false],
  ])('unclear: %s', (_name, ports, octets, unclear) => {
    const streams = streamsOn(ports);
    streams.take(0, segmentOf({seq: 100, flags: FIN}));
    expect(streams.unclearTls).toBe(false);
    streams.take(0, withOctets({seq: 100}, octets));
    expect(streams.unclearTls).toBe(unclear);
  });
});

describe('DNS over TCP', () => {
  const query = (id: string) =>
    `001d ${id} 0100 0001 0000 0000 0000 07 6578616d706c65 03 636f6d 00 0001 0001`;
  const message = (id: string) => octetsOf(query(id).replaceAll(' ', '')).subarray(2);
  const whole = octetsOf(query('0007').replaceAll(' ', ''));
  const part = (start: number, end?: number) => Buffer.from(whole.subarray(start, end)).toString('hex');

  test('by its port, whatever it begins with', () => {
    expect(streamsOn([5000, 53]).spoken).toBe('dns');
    expect(streamsOn([5000, 54]).spoken).toBeUndefined();
  });

  test('a message is told with the frame that completes it, and its time', () => {
    const streams = streamsOn([5000, 53]);
    expect(streams.take(0, withOctets({seq: 100, frame: 1, atUs: 10}, part(0, 9)))).toEqual([]);
    expect(streams.take(0, withOctets({seq: 109, frame: 2, atUs: 20}, part(9)))).toEqual([
      {side: 0, bytes: message('0007'), frame: 2, atUs: 20},
    ]);
    expect(streams.take(1, withOctets({seq: 300, frame: 3, atUs: 30}, part(0)))).toEqual([
      {side: 1, bytes: message('0007'), frame: 3, atUs: 30},
    ]);
  });

  test('what waited for what comes before it is told with the frame that filled the gap', () => {
    const streams = streamsOn([5000, 53]);
    streams.take(0, withOctets({seq: 109, frame: 1, atUs: 10}, part(9)));
    expect(streams.take(0, withOctets({seq: 100, frame: 2, atUs: 20}, part(0, 9)))).toEqual([
      {side: 0, bytes: message('0007'), frame: 2, atUs: 20},
    ]);
  });

  test('behind a gap that nothing fills it could be read as it came; both directions in the order of frames', () => {
    const streams = streamsOn([5000, 53]);
    streams.take(1, withOctets({seq: 310, frame: 1, atUs: 10}, query('0002')));
    streams.take(0, withOctets({seq: 110, frame: 2, atUs: 20}, query('0001')));
    streams.take(1, withOctets({seq: 341, frame: 3, atUs: 30}, query('0003')));
    expect(streams.finish(9)).toEqual([
      {side: 1, bytes: message('0002'), frame: 1, atUs: 10},
      {side: 0, bytes: message('0001'), frame: 2, atUs: 20},
      {side: 1, bytes: message('0003'), frame: 3, atUs: 30},
    ]);
  });
});

test('nobody has said anything', () => {
  const streams = streamsOn([5000, 80]);
  expect([streams.http, streams.told, streams.finish(3), streams.httpAnswered]).toEqual([[], [], [], false]);
});
