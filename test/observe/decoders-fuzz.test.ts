// Nothing that somebody sends makes the readers of HTTP/2, WebSocket, DNS and DHCP throw, hang or keep without bound: octets by
// chance, and frames that are well begun. `npm run test:long` tries 20,000 of each.
import fc from 'fast-check';
import {expect, it} from 'vitest';
import {Http2Connection} from '../../source/observe/http2-connection.ts';
import {http2Json} from '../../source/observe/http2-json.ts';
import {WebSocketFrames} from '../../source/observe/websocket-frames.ts';
import {readDhcp} from '../../source/wire/dhcp.ts';
import {dissect} from '../../source/wire/dissect.ts';
import {decodeDns, decodeDnsPart} from '../../source/wire/dns/decode.ts';
import {preface} from '../../source/wire/http2/frame-reader.ts';
import {HpackDecoder} from '../../source/wire/http2/hpack.ts';
import {joinBytes} from '../../source/wire/tls/presentation.ts';
import {runs, seed} from '../helpers/seeds.ts';

const cases = {numRuns: runs(1000, 100), seed};
const octets = fc.uint8Array({maxLength: 120});
const side = fc.constantFrom(0 as const, 1 as const);

/** RFC 9113 §4.1: a length that is true, or one that lies. */
const frame = fc
  .tuple(fc.nat({max: 17}), fc.nat({max: 255}), fc.nat({max: 9}), octets, fc.option(fc.nat({max: 70_000})))
  .map(([type, flags, stream, payload, lie]) => {
    const length = lie ?? payload.length;
    const head = [length >> 16, (length >> 8) & 0xff, length & 0xff, type, flags, 0, 0, 0, stream];
    return joinBytes([Uint8Array.from(head), payload]);
  });

it('HTTP/2', () => {
  const pieces = fc.array(fc.tuple(side, fc.oneof(frame, octets)), {maxLength: 12});
  fc.assert(
    fc.property(pieces, fc.boolean(), (all, begun) => {
      const http2 = new Http2Connection({start: 'prior-knowledge', client: 0});
      const at = [0, 0];
      const take = (from: 0 | 1, bytes: Uint8Array, number: number): void => {
        http2.take(from, {kind: 'bytes', start: at[from] ?? 0, bytes, frame: number}, number);
        at[from] = (at[from] ?? 0) + bytes.length;
      };
      if (begun) take(0, preface, 1);
      for (const [index, [from, bytes]] of all.entries()) take(from, bytes, index + 2);
      expect(JSON.stringify(http2Json({stream: 0, http2})).length).toBeLessThan(1 << 20);
    }),
    cases,
  );
});

it('HPACK', () => {
  fc.assert(
    fc.property(fc.array(octets, {maxLength: 8}), (blocks) => {
      const hpack = new HpackDecoder();
      for (const block of blocks) hpack.decode(block);
      expect(hpack.tableSize).toBeLessThanOrEqual(4096);
    }),
    cases,
  );
});

it('WebSocket', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(side, octets), {maxLength: 12}), (pieces) => {
      const frames = new WebSocketFrames();
      for (const [index, [from, bytes]] of pieces.entries())
        frames.take(from, {kind: 'bytes', start: 0, bytes, frame: index + 1}, index + 1);
      const sent = pieces.reduce((sum, [, bytes]) => sum + bytes.length, 0);
      expect(frames.frames.length).toBeLessThanOrEqual(sent / 2);
    }),
    cases,
  );
});

/** A message as servers begin one (RFC 1035 §4.1.1), then anything: pointers to themselves, lengths that lie. */
const dns = fc
  .tuple(fc.array(fc.nat({max: 3}), {minLength: 4, maxLength: 4}), fc.uint8Array({maxLength: 300}))
  .map(([counts, rest]) =>
    joinBytes([Uint8Array.from([0, 7, 0x81, 0x80, ...counts.flatMap((count) => [0, count])]), rest]),
  );

/** IPv4 and UDP around it, from port 53. */
const inDatagram = (payload: Uint8Array): Uint8Array => {
  const length = 28 + payload.length;
  const ip = [0x45, 0, length >> 8, length & 0xff, 0, 1, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2];
  const udp = [0, 53, 0x80, 0, (length - 20) >> 8, (length - 20) & 0xff, 0, 0];
  return joinBytes([Uint8Array.from([...ip, ...udp]), payload]);
};

it('DNS, and its rows', () => {
  fc.assert(
    fc.property(fc.oneof(dns, octets), (bytes) => {
      decodeDns(bytes);
      decodeDnsPart(bytes);
      const packet = inDatagram(bytes);
      for (const {fields} of dissect(packet, 101).layers)
        for (const {start, end} of fields) expect(start <= end && end <= packet.length).toBe(true);
    }),
    cases,
  );
});

it('DHCP', () => {
  const magic = Uint8Array.of(0x63, 0x82, 0x53, 0x63, 53, 1, 2);
  fc.assert(
    fc.property(octets, (options) => {
      readDhcp(joinBytes([new Uint8Array(236), magic, options]));
      readDhcp(options);
    }),
    cases,
  );
});
