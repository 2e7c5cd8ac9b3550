// Oracles: the bounds of RFC 9846 §5 and RFC 5246 §6.2; the same stream cut anywhere gives the same records and messages.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {hexOf, octetsOf} from '../../../source/wire/octets.ts';
import {decodeAlert, encodeAlert} from '../../../source/wire/tls/alert.ts';
import {tls13} from '../../../source/wire/tls/handshake.ts';
import {interleaved, splitHandshake} from '../../../source/wire/tls/handshake-stream.ts';
import {joinBytes} from '../../../source/wire/tls/presentation.ts';
import {
  changeCipherSpec,
  decodeChangeCipherSpec,
  encodeRecord,
  fragmentsOf,
  maxCiphertext,
  maxPlaintext,
  recordHeader,
  splitRecords,
  type TlsRecord,
} from '../../../source/wire/tls/record.ts';
import {
  AlertDescription,
  AlertLevel,
  ContentType,
  ProtocolVersion,
} from '../../../source/wire/tls/registry.ts';
import {runs} from '../../helpers/seeds.ts';

const none = new Uint8Array(0);
const version = ProtocolVersion['TLS 1.2'];

/** `bytes` handed over in pieces that end at `cuts`. */
const splitIn = (bytes: Uint8Array, cuts: readonly number[]) => {
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1))), bytes.length].sort((a, b) => a - b);
  const records: TlsRecord[] = [];
  let rest: Uint8Array = none;
  let start = 0;
  for (const end of ends) {
    const split = splitRecords(rest, bytes.subarray(start, end));
    records.push(...split.records);
    rest = split.rest;
    if (split.error) return {records, error: split.error.code};
    start = end;
  }
  return {records, rest};
};

const record = fc.record({
  type: fc.constantFrom(ContentType.handshake, ContentType.application_data, ContentType.alert),
  version: fc.constantFrom(0x0301, 0x0303),
  fragment: fc.uint8Array({minLength: 1, maxLength: 40}),
});

describe('records', () => {
  test('the header is type, version and length', () => {
    const bytes = encodeRecord({type: ContentType.alert, version, fragment: Uint8Array.of(2, 40)});
    expect(hexOf(bytes)).toBe('15030300020228');
    expect(recordHeader(ContentType.alert, version, 2)).toEqual(bytes.slice(0, 5));
  });

  test('wherever the stream is cut, the records are the same', () => {
    fc.assert(
      fc.property(fc.array(record, {maxLength: 6}), fc.array(fc.nat(), {maxLength: 8}), (records, cuts) => {
        expect(splitIn(joinBytes(records.map(encodeRecord)), cuts)).toEqual({records, rest: none});
      }),
      {numRuns: runs(300)},
    );
  });

  test('what has begun is kept', () => {
    expect(splitRecords(none, octetsOf('160303000401'))).toEqual({
      records: [],
      rest: octetsOf('160303000401'),
    });
  });

  test('content is cut into fragments of 2^14 octets', () => {
    expect(fragmentsOf(new Uint8Array(40_000)).map(({length}) => length)).toEqual([16_384, 16_384, 7232]);
    expect(fragmentsOf(new Uint8Array(maxPlaintext))).toHaveLength(1);
    expect(fragmentsOf(none)).toEqual([none]);
  });

  test.each([
    ['type 0', '00030300010a', undefined, 'content-type', 'unexpected_message', 0],
    ['type 25', '19030300010a', undefined, 'content-type', 'unexpected_message', 0],
    ['SSL 2: a length instead of a type', '802e0100', undefined, 'content-type', 'unexpected_message', 0],
    ['HTTP on the port of HTTPS', '485454502f312e31', undefined, 'content-type', 'unexpected_message', 0],
    ['2^14 + 2049 octets', '1703034801', undefined, 'record-long', 'record_overflow', 3],
    ['2^14 + 257 in TLS 1.3', '1703034101', maxCiphertext['TLS 1.3'], 'record-long', 'record_overflow', 3],
    ['2^14 + 1 in clear', '1603034001', maxPlaintext, 'record-long', 'record_overflow', 3],
    ['an empty handshake record', '1603030000', undefined, 'record-empty', 'unexpected_message', 3],
    ['an empty alert', '1503030000', undefined, 'record-empty', 'unexpected_message', 3],
    ['an empty change_cipher_spec', '1403030000', undefined, 'record-empty', 'unexpected_message', 3],
  ])('%s is refused at once', (_, hex, max, code, alert, at) => {
    const {records, error} = splitRecords(none, octetsOf(hex), max);
    expect(records).toEqual([]);
    expect(error).toMatchObject({code, alert, at});
  });

  test.each([
    ['2^14 + 256 in TLS 1.3', '1703034100', maxCiphertext['TLS 1.3']],
    ['2^14 in clear', '1603034000', maxPlaintext],
    ['application data without content', '1703030000', undefined],
    ['a first ClientHello that says TLS 1.0', '1603010001', undefined],
    ['any other version', '1604000001', undefined],
  ])('%s may be', (_, hex, max) => {
    expect(splitRecords(none, octetsOf(hex), max).error).toBeUndefined();
  });

  test('what stands before the fault is read', () => {
    const {records, error} = splitRecords(none, octetsOf('14030300010199'));
    expect(records).toHaveLength(1);
    expect(error).toMatchObject({code: 'content-type', at: 6});
  });
});

describe('handshake messages in records', () => {
  const messages = [
    tls13.encode({type: 'finished', body: new Uint8Array(32).fill(1)}),
    tls13.encode({type: 'key_update', body: {requestUpdate: 1}}),
    tls13.encode({type: 'end_of_early_data', body: undefined}),
  ];

  test('however they are spread over records, they come out whole', () => {
    const bytes = joinBytes(messages);
    for (let size = 1; size <= bytes.length; size++) {
      const found: Uint8Array[] = [];
      let rest: Uint8Array = none;
      for (const fragment of fragmentsOf(bytes, size)) {
        const split = splitHandshake(rest, fragment);
        if (!split.ok) throw new Error(split.error.code);
        found.push(...split.value.messages);
        rest = split.value.rest;
      }
      expect(found).toEqual(messages);
      expect(rest).toEqual(none);
    }
  });

  test('a length beyond all reason is refused by the header alone', () => {
    expect(splitHandshake(none, octetsOf('0bffffff'))).toMatchObject({
      ok: false,
      error: {code: 'handshake-long', alert: 'decode_error', at: 1},
    });
  });

  test('no other record may stand inside a message (RFC 9846 §5.1)', () => {
    const held = octetsOf('0800');
    expect(interleaved(held, ContentType.alert)).toMatchObject({alert: 'unexpected_message'});
    expect(interleaved(held, ContentType.handshake)).toBeUndefined();
    expect(interleaved(none, ContentType.application_data)).toBeUndefined();
  });
});

describe('alerts and change_cipher_spec', () => {
  test('level and description', () => {
    const alert = {level: AlertLevel.fatal, description: AlertDescription.handshake_failure};
    expect(hexOf(encodeAlert(alert))).toBe('0228');
    expect(decodeAlert(octetsOf('0228'))).toEqual({ok: true, value: alert});
  });

  test.each(['', '02', '022800', '01000100'])('a record of %j holds no single alert', (hex) => {
    expect(decodeAlert(octetsOf(hex))).toMatchObject({ok: false, error: {code: 'alert-size'}});
  });

  test('change_cipher_spec is the octet 1', () => {
    expect(decodeChangeCipherSpec(changeCipherSpec).ok).toBe(true);
    for (const hex of ['', '00', '02', '0101']) {
      expect(decodeChangeCipherSpec(octetsOf(hex))).toMatchObject({
        error: {code: 'change-cipher-spec', alert: 'unexpected_message'},
      });
    }
  });
});
