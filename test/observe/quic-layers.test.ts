// Where the fields of QUIC packets stand, with what the mask had hidden and what was inside. Oracle: RFC 9000 §17.2, §17.3.1, §19 and
// RFC 9001 §5.4.1, counted by hand; tshark's names (quic-layers.all.test.ts asks tshark itself).
import {describe, expect, test} from 'vitest';
import {quicLayers} from '../../source/observe/quic-layers.ts';
import type {Field, Layer} from '../../source/wire/layer.ts';
import {hexOf, octetsOf} from '../../source/wire/octets.ts';
import {joinBytes} from '../../source/wire/tls/presentation.ts';
import {frames, hello, keysOf, long, short, versionOf} from './quic-made.ts';
import {appKeys, ids, opening, openingOf, quicRecorded, type SaidInQuic} from './quic-recorded.ts';

/** Where the datagram begins. */
const zero = 100;

const layersOf = (...said: readonly SaidInQuic[]): readonly Layer[] => {
  const trace = quicRecorded([...opening, ...said]);
  return quicLayers(trace, trace.packetCount, zero) ?? [];
};

const told = ({name, value, start, end, mask}: Field) => [name, value, start - zero, end - zero, mask];
const spans = (layers: readonly Layer[]) =>
  layers.map(({protocol, start, end, opened}) => [protocol, start - zero, end - zero, opened ?? false]);

const app = (payload: Uint8Array, more: {number?: number; phase?: number} = {}) =>
  short(ids.server, {number: 7, keys: appKeys[0], payload, ...more});
const ping = Uint8Array.of(1, 0, 0, 0);
const version = versionOf(1);

describe('a 1-RTT packet', () => {
  // One octet, the id's four, two of the number, four of payload and sixteen of the tag.
  const bytes = app(ping);

  test('its bits, its id and its number, then what is sealed', () => {
    const [own] = layersOf([0, bytes]);
    expect(own?.fields.slice(1).map(told)).toEqual([
      ['quic.header_form', '0', 0, 1, 0x80],
      ['quic.fixed_bit', '1', 0, 1, 0x40],
      ['quic.spin_bit', String((bytes[0] ?? 0) & 0x20 && 1), 0, 1, 0x20],
      ['quic.short.reserved', '0', 0, 1, 0x18],
      ['quic.key_phase', '0', 0, 1, 0x04],
      ['quic.packet_number_length', '1', 0, 1, 0x03],
      ['quic.dcid', '51525354', 1, 5, undefined],
      ['quic.packet_number', '7', 5, 7, undefined],
      ['quic.protected_payload', hexOf(bytes, 7, 27), 7, 27, undefined],
    ]);
  });

  // `phase` stands at bit 2: 6 are both reserved bits, above a key phase of 0.
  test.each([
    [2, '1', '0'],
    [4, '2', '0'],
    [6, '3', '0'],
  ])('reserved bits: %i', (phase, reserved, keyPhase) => {
    const [own] = layersOf([0, app(ping, {phase})]);
    const value = (wanted: string) => own?.fields.find(({name}) => name === wanted)?.value;
    expect([value('quic.short.reserved'), value('quic.key_phase')]).toEqual([reserved, keyPhase]);
  });

  test('what was inside stands where its ciphertext does', () => {
    const layers = layersOf([0, bytes]);
    expect(spans(layers)).toEqual([
      ['quic', 0, 27, false],
      ['quic', 7, 11, true],
    ]);
    const [type] = layers[1]?.fields ?? [];
    expect(type && told(type)).toEqual(['quic.frame_type', '1', 7, 8, undefined]);
  });

  test('closed: what stands behind its id', () => {
    const broken = Uint8Array.from(bytes);
    broken[26] = (broken[26] ?? 0) ^ 1;
    const layers = layersOf([0, broken]);
    expect(spans(layers)).toEqual([['quic', 0, 27, false]]);
    expect(layers[0]?.fields.slice(4).map(told)).toEqual([
      ['quic.remaining_payload', hexOf(broken, 5, 27), 5, 27, undefined],
    ]);
  });
});

describe('long headers', () => {
  const {handshake} = keysOf(version, 0x1301);
  const [keys] = handshake;
  if (!keys) throw new Error('no keys');
  const made = (reserved: number, payload = ping) =>
    long({
      ...{version, kind: 'Handshake', dcid: ids.server, scid: ids.client, number: 5},
      ...{payload, keys, reserved},
    });
  // 1, version 4, 1 + 4, 1 + 4, length 1: the number at 16, the payload at 18, 4 + 16 octets of it.
  test.each([0, 1, 2, 3])('reserved bits: %i', (reserved) => {
    const bytes = made(reserved);
    const [own] = layersOf([0, bytes]);
    expect(own?.fields.slice(-4).map(told)).toEqual([
      ['quic.long.reserved', String(reserved), 0, 1, 0x0c],
      ['quic.packet_number_length', '1', 0, 1, 0x03],
      ['quic.packet_number', '5', 16, 18, undefined],
      ['quic.payload', hexOf(bytes, 18, 38), 18, 38, undefined],
    ]);
  });

  test('closed: what stands behind the length', () => {
    const bytes = made(0);
    bytes[37] = (bytes[37] ?? 0) ^ 1;
    const layers = layersOf([0, bytes]);
    expect(spans(layers)).toEqual([['quic', 0, 38, false]]);
    expect(layers[0]?.fields.slice(-1).map(told)).toEqual([
      ['quic.remaining_payload', hexOf(bytes, 16, 38), 16, 38, undefined],
    ]);
  });

  test.each(Array.from({length: 20}, (_, lost) => 18 + lost))('cut after %i octets', (length) => {
    const bytes = made(0).subarray(0, length);
    const [own] = layersOf([0, bytes]);
    expect(own?.end).toBe(zero + length);
    expect(own?.fields.slice(-1).map(told)).toEqual([
      ['quic.remaining_payload', hexOf(bytes, 16, length), 16, length, undefined],
    ]);
  });

  test('one behind the other in a datagram, and what none of them holds', () => {
    const tail = octetsOf('0102030405');
    const one = app(ping);
    const layers = layersOf([0, joinBytes([made(0), one])], [0, joinBytes([made(0), tail])]);
    expect(spans(layers)).toEqual([
      ['quic', 0, 38, false],
      ['quic', 18, 22, true],
      ['quic', 38, 43, false],
    ]);
    expect(layers.at(-1)?.fields.map(told)).toEqual([
      ['quic.coalesced_padding_data', '0102030405', 38, 43, undefined],
    ]);
    expect(spans(layersOf([0, joinBytes([made(0), one])]))).toEqual([
      ['quic', 0, 38, false],
      ['quic', 18, 22, true],
      ['quic', 38, 65, false],
      ['quic', 45, 49, true],
    ]);
  });

  test('Retry has nothing hidden', () => {
    const bytes = joinBytes([
      octetsOf('f000000001'),
      ...[Uint8Array.of(4), ids.client, Uint8Array.of(4), ids.server, new Uint8Array(20)],
    ]);
    const trace = quicRecorded([...opening.slice(0, 1), [1, bytes]]);
    const [own, ...others] = quicLayers(trace, 2, zero) ?? [];
    expect(others).toEqual([]);
    expect(own?.fields.at(-1)).toMatchObject({name: 'quic.retry_integrity_tag', end: zero + 35});
  });
});

describe('inside the frames', () => {
  const insideOf = (payload: Uint8Array) => layersOf([0, app(payload)]).slice(2);

  // Type, offset and length take an octet each, or the length two; the payload begins at 7.
  test('the first message of a CRYPTO stream, whatever stands around it', () => {
    const message = hello.encrypted();
    const [tls, ...rest] = insideOf(joinBytes([Uint8Array.of(1), frames.crypto(message), Uint8Array.of(1)]));
    expect(rest).toEqual([]);
    const at = 7 + 1 + 3;
    expect(tls && spans([tls])).toEqual([['tls', at, at + message.length, true]]);
    expect(tls?.fields.slice(0, 2).map(told)).toEqual([
      ['tls.handshake.type', '8', at, at + 1, undefined],
      ['tls.handshake.length', String(message.length - 4), at + 1, at + 4, undefined],
    ]);
  });

  const settings = octetsOf('00040100');
  const atOffset = (data: Uint8Array, offset: number) => frames.stream(2, data, {offset});

  test('a CRYPTO frame that goes on with a message begins none', () => {
    const [, , ...inside] = layersOf([0, app(joinBytes([octetsOf('060104'), octetsOf('08000000')]))]);
    expect(inside).toEqual([]);
  });

  test('the beginning of a stream of HTTP/3, behind type, id, offset and length', () => {
    const [http3, ...rest] = insideOf(atOffset(settings, 0));
    expect(rest).toEqual([]);
    expect(http3 && spans([http3])).toEqual([['http3', 11, 15, true]]);
    expect(http3?.fields.slice(0, 2).map(told)).toEqual([
      ['http3.stream_type', '0', 11, 12, undefined],
      ['http3.frame_type', '4', 12, 13, undefined],
    ]);
  });

  test.each([
    ['one that goes on', atOffset(settings, 1)],
    ['an empty one', joinBytes([atOffset(new Uint8Array(0), 0)])],
    ['no frame of data', ping],
  ])('%s has none', (_, payload) => {
    expect(insideOf(payload)).toEqual([]);
  });

  test('where something else is spoken nothing is read of it', () => {
    const trace = quicRecorded([...openingOf('doq'), [0, app(atOffset(settings, 0))]]);
    expect(spans(quicLayers(trace, 3, zero) ?? [])).toEqual([
      ['quic', 0, 31, false],
      ['quic', 7, 15, true],
    ]);
  });
});

test('what is no QUIC has no layers of it', () => {
  expect(quicLayers(quicRecorded([[0, Uint8Array.of(1, 2, 3)]]), 1, zero)).toBeUndefined();
});
