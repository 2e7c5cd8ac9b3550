// What the dissector says of one segment alone: cut records, records that began before, other ports, damage.
// Oracle: the rules of RFC 9846 §5.1 on records; the recorded connections, cut anywhere.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {dissectTls, looksLikeTls} from '../../../source/wire/dissect-tls.ts';
import {octetsOf} from '../../../source/wire/octets.ts';
import {joinBytes} from '../../../source/wire/tls/presentation.ts';
import {encodeRecord} from '../../../source/wire/tls/record.ts';
import {runs, some} from '../../helpers/seeds.ts';
import {tlsCaptures, tlsConnections} from './captured.ts';

const stretchOf = (bytes: Uint8Array, wireEnd = bytes.length) => ({
  bytes,
  start: 0,
  end: bytes.length,
  wireEnd,
  quoted: false,
});

const streams: readonly Uint8Array[] = tlsCaptures
  .flatMap((name) => tlsConnections(name).flat())
  .map(({records}) => joinBytes(records.map(encodeRecord)));

const rowsOf = (bytes: Uint8Array) => dissectTls(stretchOf(bytes)).layers.flatMap(({fields}) => fields);

describe('a segment that ends inside a record', () => {
  const hello = streams[0] ?? new Uint8Array(0);
  const whole = rowsOf(hello);

  test('shows the rows that lie before its end, and the octets behind them', () => {
    const lengths = Array.from({length: 74}, (_, index) => 6 + 7 * index);
    for (const length of some(lengths, 12)) {
      const {layers, problem} = dissectTls(stretchOf(hello.slice(0, length)));
      const rows = layers.flatMap(({fields}) => fields);
      const read = rows.filter(({name}) => name !== 'tls.segment.data');
      expect(problem, `${length}`).toBeUndefined();
      expect(layers[0]?.end).toBe(length);
      for (const row of read) expect(whole).toContainEqual(row);
      const last = Math.max(...rows.map(({end}) => end));
      expect(last).toBe(length);
    }
  });
});

test('a segment that begins inside a record is one stretch of octets', () => {
  const bytes = octetsOf('aabbccddeeff');
  expect(dissectTls(stretchOf(bytes))).toEqual({
    layers: [
      {
        protocol: 'tls',
        start: 0,
        end: 6,
        fields: [{name: 'tls.segment.data', value: 'aabbccddeeff', start: 0, end: 6}],
      },
    ],
  });
});

test('behind a whole record, what cannot be a header is a problem', () => {
  expect(dissectTls(stretchOf(octetsOf('140303000101ffffffffff'))).problem).toBe('tls:content-type');
  expect(dissectTls(stretchOf(octetsOf('1403030001011603'))).problem).toBeUndefined();
});

test('a message that breaks a rule is named; what it leaves unread is shown as octets', () => {
  // ServerHelloDone with content.
  const {problem, layers} = dissectTls(stretchOf(octetsOf('16030300060e0000020000')));
  expect(problem).toBe('tls:trailing');
  expect(layers[0]?.fields.at(-1)).toMatchObject({name: 'tls.segment.data', start: 9, end: 11});
});

describe('on a port that is not known', () => {
  test.each([
    ['a ClientHello that goes on', '16030100800100007c0303aabb', true],
    ['an alert', '15030300020228', true],
    ['two whole records', '140303000101170303000155', true],
    ['unfinished application data', '1703030100aabb', false],
    ['an octet more', '1503030002022800', false],
    ['HTTP', '474554202f20485454502f312e310d0a', false],
    ['version 3.5', '15030500020228', false],
    ['an empty alert', '1503030000', false],
    ['nothing', '', false],
  ])('%s', (_, hex, expected) => {
    expect(looksLikeTls(stretchOf(octetsOf(hex)))).toBe(expected);
  });
});

test('any part of a recorded stream, damaged: layers in order without a gap, rows inside them', () => {
  const part = fc.tuple(
    fc.constantFrom(...streams),
    fc.nat(4000),
    fc.nat(1500),
    fc.array(fc.tuple(fc.nat(1500), fc.nat(255)), {maxLength: 3}),
  );
  fc.assert(
    fc.property(part, ([stream, from, length, changes]) => {
      const start = from % stream.length;
      const bytes = stream.slice(start, start + length + 1);
      for (const [at, octet] of changes) if (at < bytes.length) bytes[at] = octet;
      const {layers} = dissectTls(stretchOf(bytes, bytes.length + 10));
      let at = 0;
      for (const layer of layers) {
        expect(layer.start).toBe(at);
        at = layer.end;
        for (const field of layer.fields) {
          expect(field.start).toBeGreaterThanOrEqual(layer.start);
          expect(field.end).toBeGreaterThanOrEqual(field.start);
          expect(field.end).toBeLessThanOrEqual(layer.end);
        }
      }
      expect(at).toBe(bytes.length);
    }),
    {numRuns: runs(1000)},
  );
});
