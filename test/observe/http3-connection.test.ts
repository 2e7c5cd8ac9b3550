// Streams of HTTP/3 written out by hand (RFC 9114 §4, §6.2, §7; RFC 9204 §2.1.2): what is told of them, and in which packet.
import {describe, expect, it} from 'vitest';
import {Http3Connection} from '../../source/observe/http3-connection.ts';
import {QuicStream} from '../../source/observe/quic-streams.ts';
import {octetsOf} from '../../source/wire/octets.ts';

/** Stream, who sends, octets: each in a packet of its own, from 1. */
type Said = readonly [stream: number, side: 0 | 1, hex: string];

const heard = (...said: readonly Said[]) => {
  const http3 = new Http3Connection();
  const streams = new Map<number, QuicStream>();
  for (const [index, [id, side, hex]] of said.entries()) {
    const stream = streams.get(id) ?? new QuicStream(id);
    streams.set(id, stream);
    http3.take({stream, side, bytes: octetsOf(hex.replaceAll(' ', '')), frame: index + 1});
  }
  return http3;
};

const told = (...said: readonly Said[]) => [...heard(...said).told];

// `:method: GET`, `:path: /`; `:status: 200` (RFC 9204 appendix A).
const get = '01 04 0000 d1 c1';
const ok200 = '01 03 0000 d9';
/** A literal field of one octet and one (RFC 9204 §4.5.6). */
const trailers = '01 06 0000 21 61 01 78';
/** A table of 4096 octets, and `a: x` into it (§4.3.1, §4.3.3). */
const inserts = '3fe11f 41 61 01 78';
/** The first entry of that table (§4.5.1, §4.5.2). */
const dynamic = '01 03 0200 80';

describe('requests and answers', () => {
  it('heads by what they say, what else there is as frames', () => {
    const said: readonly Said[] = [
      ...[[0, 0, get] as const, [0, 1, `${ok200} 00 02 aabb`] as const, [0, 1, trailers] as const],
      [4, 0, `${get} 21 00`],
    ];
    expect(told(...said)).toEqual([
      [1, [{kind: 'request', stream: 0, method: 'GET', path: '/'}]],
      [
        2,
        [
          {kind: 'response', stream: 0, status: 200},
          {kind: 'frame', stream: 0, type: 0, octets: 2},
        ],
      ],
      [3, [{kind: 'frame', stream: 0, type: 1, octets: 6}]],
      [
        4,
        [
          {kind: 'request', stream: 4, method: 'GET', path: '/'},
          {kind: 'frame', stream: 4, type: 0x21, octets: 0},
        ],
      ],
    ]);
    const {exchanges} = heard(...said.toReversed());
    expect(exchanges.map(({stream}) => stream.id)).toEqual([0, 4]);
    const [{request, response} = {}] = heard(...said).exchanges;
    expect([request?.value(':path'), response?.value(':status'), response?.contentBytes]).toEqual([
      '/',
      '200',
      2,
    ]);
    expect(response?.trailers).toEqual([{name: 'a', value: 'x'}]);
  });

  // RFC 9114 §4.4: CONNECT has no path.
  it('CONNECT by whom it is for', () => {
    expect(told([0, 0, '01 06 0000 cf 50 01 61'])).toEqual([
      [1, [{kind: 'request', stream: 0, method: 'CONNECT', path: 'a'}]],
    ]);
  });

  // RFC 9114 §4.3: what has to be there and is not is told as nothing.
  it('heads without what they have to say', () => {
    expect(told([0, 0, '01 03 0000 d1'], [4, 0, '01 03 0000 c1'], [8, 1, '01 06 0000 21 61 01 78'])).toEqual([
      [1, [{kind: 'request', stream: 0, method: 'GET', path: ''}]],
      [2, [{kind: 'request', stream: 4, method: '', path: '/'}]],
      [3, [{kind: 'response', stream: 8, status: 0}]],
    ]);
  });

  it('of a field section that cannot be read nothing is told', () => {
    const http3 = heard([0, 0, '01 03 0000 ff'], [4, 0, get]);
    expect([...http3.told.keys()]).toEqual([2]);
    expect(http3.exchanges[0]?.request.head).toBeUndefined();
  });
});

it('a field section that is too long is passed over', () => {
  const http3 = new Http3Connection();
  const bytes = new Uint8Array(5 + (1 << 18) + 1);
  // HEADERS, and its length in four octets.
  bytes.set([0x01, 0x80, 0x04, 0x00, 0x01]);
  http3.take({stream: new QuicStream(0), side: 0, bytes, frame: 1});
  expect(http3.told.size).toBe(0);
  expect(http3.exchanges[0]?.request.head).toBeUndefined();
});

describe('one-way streams', () => {
  it('SETTINGS, the first ones, of each end', () => {
    const http3 = heard(
      ...[[2, 0, '00 04 02 01 05'] as const, [3, 1, '40'] as const, [3, 1, '00 04 00'] as const],
      [2, 0, '04 02 01 06'],
    );
    expect(http3.settings).toEqual([[[1, 5]], []]);
    expect([...http3.told]).toEqual([
      [1, [{kind: 'frame', stream: 2, type: 4, octets: 2}]],
      [3, [{kind: 'frame', stream: 3, type: 4, octets: 0}]],
      [4, [{kind: 'frame', stream: 2, type: 4, octets: 2}]],
    ]);
  });

  it('a frame of another type is no SETTINGS; a push stream and a reserved one say nothing', () => {
    const http3 = heard([2, 0, '00 07 01 00'], [3, 1, '01 00 04 00'], [7, 1, '21 04 00']);
    expect(http3.settings).toEqual([undefined, undefined]);
    expect([...http3.told.keys()]).toEqual([1]);
  });
});

describe('the dynamic table', () => {
  it('field sections wait for it, those of one message in order (RFC 9204 §2.1.2)', () => {
    const http3 = heard(
      [2, 0, '00 04 03 01 5000'],
      ...[[0, 0, get] as const, [0, 1, ok200] as const, [0, 1, dynamic] as const, [4, 1, dynamic] as const],
      ...[[4, 1, trailers] as const, [7, 1, '02 3fe1'] as const, [7, 1, '1f 41 61 01'] as const],
    );
    expect(http3.exchanges.map(({response}) => response.trailers)).toEqual([undefined, undefined]);
    expect(http3.exchanges[1]?.response.head).toBeUndefined();
    http3.take({stream: new QuicStream(7), side: 1, bytes: Uint8Array.of(0x78), frame: 9});
    const [first, second] = http3.exchanges;
    expect(first?.response.trailers).toEqual([{name: 'a', value: 'x'}]);
    expect(second?.response.head).toEqual({fields: [], frame: 9});
    expect(second?.response.trailers).toEqual([{name: 'a', value: 'x'}]);
    expect(http3.told.get(5)).toEqual([{kind: 'frame', stream: 4, type: 1, octets: 3}]);
    expect(http3.told.has(9)).toBe(false);
  });

  it('a section waits until all that it needs has come', () => {
    const two = '01 03 0300 80';
    const told = (...more: readonly Said[]) =>
      heard([2, 0, '00 04 03 01 5000'], [0, 1, two], [7, 1, `02 ${inserts}`], ...more).exchanges[0]?.response
        .head;
    expect(told()).toBeUndefined();
    expect(told([7, 1, '41 62 01 79'])).toMatchObject({frame: 4});
  });

  it('is that of the sender', () => {
    const http3 = heard([7, 1, `02 ${inserts}`], [0, 0, dynamic], [0, 1, `${ok200} ${dynamic}`]);
    expect(http3.exchanges[0]?.request.head).toBeUndefined();
    expect(http3.exchanges[0]?.response.trailers).toEqual([{name: 'a', value: 'x'}]);
  });

  // 8192 octets hold 256 entries: 257 and what is beyond come round at 512, not at 256 (§4.5.1.1).
  it('is as large as the other end allows', () => {
    const allowed: Said = [3, 1, '00 04 03 01 6000'];
    const many = `02 3fe11f ${'41610178'.repeat(300)}`;
    const last = '01 04 ff2e 00 80';
    const head = ({exchanges}: Http3Connection) => exchanges[0]?.request.head?.frame;
    expect(head(heard(allowed, [2, 0, many], [0, 0, last]))).toBe(3);
    expect(head(heard([2, 0, many], [0, 0, last]))).toBeUndefined();
  });
});
