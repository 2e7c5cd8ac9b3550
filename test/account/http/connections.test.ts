// The connections of HTTP as their clients see them. Oracles: that a look at a capture in the making changes nothing of what later ones
// tell; the captures' own frames, RFC 9112 §9, RFC 9110 §15.2.
import {describe, expect, test} from 'vitest';
import {ClientStream} from '../../../source/account/http/client-stream.ts';
import {httpConnectionsIn} from '../../../source/account/http/connections.ts';
import {requestParser, responseParser} from '../../../source/wire/http/parser.ts';
import {ropeFromBytes} from '../../../source/wire/rope.ts';
import {seq} from '../../../source/wire/seq.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {encodeUtf8} from '../../../source/wire/utf8.ts';
import {delayed, type Frames, GrowingCapture, interleaved, without} from '../../helpers/growing.ts';
import {some} from '../../helpers/seeds.ts';

const captures = ['14c-http11-pipelining.pcap', '14g-http-head.pcapng', '15a-cookie-login.pcap'] as const;

/** As it comes, two that begin at the same time, one frame late, one missing. */
const ways = (name: string): readonly (readonly [string, Frames])[] => {
  const frames = interleaved([[name, 0]]);
  const middle = frames.length >> 1;
  return [
    ['as it comes', frames],
    [
      'beside names that are asked for',
      interleaved([
        ['13a-dns-full-walk.pcap', 0],
        [name, 20_000],
      ]),
    ],
    ['with a late frame', delayed(frames, middle, 2)],
    ['without a frame', without(frames, middle)],
  ];
};

describe.each(captures)('%s in the making', (name) => {
  test.each(ways(name))('%s', (_, frames) => {
    const capture = new GrowingCapture(frames);
    for (const count of some(
      Array.from(frames, (_, index) => index + 1),
      12,
    )) {
      const grown = httpConnectionsIn(capture.upTo(count));
      expect(grown, `${count} frames`).toEqual(httpConnectionsIn(new GrowingCapture(frames).upTo(count)));
    }
  });
});

describe('a direction, read', () => {
  const see = (stream: ClientStream, packet: number, at: number, text: string) =>
    stream.see(
      packet,
      {
        ...{
          srcPort: 40_000,
          dstPort: 80,
          seq: seq(at),
          ack: seq(1),
          flags: TcpFlag.ACK,
          window: 1,
          urgent: 0,
        },
        ...{options: [], payload: ropeFromBytes(encodeUtf8(text))},
      },
      {n: 10 * packet, atUs: packet},
    );
  const stampOf = (packet: number) => ({n: 10 * packet, atUs: packet});

  test('a message has the packets that carry it, and the times of its first byte, its head and its end', () => {
    const stream = new ClientStream(requestParser());
    see(stream, 3, 1, 'GET /a HTTP/1.1\r\n');
    see(stream, 5, 18, 'Host: a\r\n\r\nPOST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab');
    see(stream, 8, 79, 'cd');
    const [first, second] = stream.messages();
    expect(first).toMatchObject({packets: [3, 5], began: stampOf(3), known: stampOf(5), ended: stampOf(5)});
    expect(second).toMatchObject({packets: [5, 8], began: stampOf(5), known: stampOf(5), ended: stampOf(8)});
  });

  test('what is taken back has not been', () => {
    const stream = new ClientStream(requestParser());
    see(stream, 3, 1, 'GET /a HTTP/1.1\r\n');
    const back = stream.asItIs();
    see(stream, 5, 18, 'Host: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n');
    back();
    expect(stream.messages()).toEqual([]);
    see(stream, 6, 18, 'Host: other\r\n\r\n');
    expect(stream.messages()).toMatchObject([
      {packets: [3, 6], began: stampOf(3), known: stampOf(6), ended: stampOf(6)},
    ]);
  });

  test('so is what a message under way has got since', () => {
    const stream = new ClientStream(requestParser());
    see(stream, 3, 1, 'POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab');
    const before = stream.messages();
    const back = stream.asItIs();
    see(stream, 4, 51, 'cd');
    expect(stream.messages()).toMatchObject([{packets: [3, 4], ended: stampOf(4)}]);
    back();
    expect(stream.messages()).toEqual(before);
    see(stream, 5, 51, 'cd');
    expect(stream.messages()).toMatchObject([{packets: [3, 5], ended: stampOf(5)}]);
  });

  test('packets stand in the order of the stream, and what comes again is none of it', () => {
    const stream = new ClientStream(requestParser());
    see(stream, 3, 1, 'GET /a HTTP/1.1\r\n');
    see(stream, 4, 27, '\r\n');
    see(stream, 5, 1, 'GET /a HTTP/1.1\r\n');
    expect(stream.messages()).toEqual([]);
    see(stream, 6, 18, 'Host: a\r\n');
    expect(stream.messages()).toMatchObject([{packets: [3, 6, 4], began: stampOf(3), known: stampOf(6)}]);
    const [told] = stream.messages();
    expect(stream.messages()[0]).toBe(told);
  });

  test('a response to HEAD has no content (RFC 9112 §6.3)', () => {
    const stream = new ClientStream(responseParser([]));
    for (const method of ['HEAD', 'GET']) stream.expect(method);
    see(stream, 3, 1, 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n');
    see(stream, 4, 39, 'HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nabc');
    expect(stream.messages()).toMatchObject([
      {packets: [3], ended: stampOf(3)},
      {packets: [4], ended: stampOf(4)},
    ]);
  });

  test('nor is anything behind octets that are missing', () => {
    const stream = new ClientStream(requestParser());
    const text = encodeUtf8('GET /a HTTP/1.1\r\nHost: a\r\n\r\n');
    const piece = (start: number) => ({kind: 'bytes', start, bytes: text, frame: 3}) as const;
    expect(stream.take(piece(0), stampOf(3))).toHaveLength(1);
    expect(stream.take({kind: 'hole', start: 28, end: 40}, stampOf(4))).toEqual([]);
    expect(stream.take(piece(40), stampOf(5))).toEqual([]);
  });

  test('behind what is no HTTP nothing is', () => {
    const stream = new ClientStream(requestParser());
    see(stream, 3, 1, '\u0000\u0001\r\n\r\n');
    see(stream, 4, 7, 'GET /a HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(stream.messages()).toEqual([]);
  });
});
