// Transport parameters written out by hand (RFC 9000 §18, RFC 9221 §3), and error codes by IANA's numbers.
import {describe, expect, it} from 'vitest';
import {octetsOf} from '../../../source/wire/octets.ts';
import {closeName, isNoError} from '../../../source/wire/quic/error-name.ts';
import {isQuic} from '../../../source/wire/quic/packet-header.ts';
import {quicVersion, quicVersionName} from '../../../source/wire/quic/quic-version.ts';
import {idleTimeoutMs, transportParameters} from '../../../source/wire/quic/transport-parameters.ts';
import {quietReaderOf, readerOf} from '../../../source/wire/tls/presentation.ts';

const octets = (hex: string): Uint8Array => octetsOf(hex.replaceAll(' ', ''));

// max_idle_timeout 30000, initial_source_connection_id, disable_active_migration, one that is reserved, max_datagram_frame_size.
const written = '01 04 80007530 0f 02 aabb 0c 00 1b 01 ff 20 02 4400';

describe('transport parameters', () => {
  const rowsOf = (hex: string): readonly string[] => {
    const from = readerOf(octets(hex));
    transportParameters.read(from);
    return from.rows
      .filter(({name}) => !/[.](type|length)$/.test(name))
      .map(
        ({name, value, start, end}) => `${name.replace('tls.quic.parameter.', '')} ${value} ${start}-${end}`,
      );
  };

  it('are read, and written again', () => {
    const all = transportParameters.read(quietReaderOf(octets(written)));
    expect(all.map(({id}) => id)).toEqual([1, 15, 12, 27, 32]);
    expect(idleTimeoutMs(all)).toBe(30_000);
    expect(idleTimeoutMs(all.slice(1))).toBe(0);
    expect(transportParameters.write(all)).toEqual(octets(written));
  });

  it('have rows: connection ids as octets, numbers as numbers, of others their octets alone', () => {
    expect(rowsOf(written)).toEqual([
      ...['value 80007530 2-6', 'max_idle_timeout 30000 2-6'],
      ...['value aabb 8-10', 'initial_source_connection_id aabb 8-10'],
      ...['value ff 14-15', 'value 4400 17-19', 'max_datagram_frame_size 1024 17-19'],
    ]);
    expect(rowsOf('0d 01 ff 00 01 aa 02 01 bb 10 01 cc')).toEqual([
      'value ff 2-3',
      ...['value aa 5-6', 'original_destination_connection_id aa 5-6'],
      ...['value bb 8-9', 'stateless_reset_token bb 8-9'],
      ...['value cc 11-12', 'retry_source_connection_id cc 11-12'],
    ]);
  });

  it('those behind one that is cut are left out, and the hello stays readable', () => {
    const from = quietReaderOf(octets('01 01 05 0f 04 aabb'));
    expect(transportParameters.read(from).map(({id}) => id)).toEqual([1]);
    expect(from).toMatchObject({at: 7, error: undefined});
  });
});

describe('error codes (RFC 9000 §20.1, RFC 9001 §4.8, RFC 9114 §8.1, RFC 9204 §6)', () => {
  const transport = (code: number) => closeName({application: false, code}, true);
  const http3 = (code: number) => closeName({application: true, code}, true);

  it('of the transport', () => {
    expect([0x00, 0x07, 0x0a, 0x10, 0x11, 0x128, 0x1ff, 0x200].map(transport)).toEqual([
      ...['NO_ERROR', 'FRAME_ENCODING_ERROR', 'PROTOCOL_VIOLATION', 'NO_VIABLE_PATH', '0x11'],
      ...['CRYPTO_ERROR handshake_failure', 'CRYPTO_ERROR unknown (0xff)', '0x200'],
    ]);
    expect(transport(0x100)).toBe('CRYPTO_ERROR close_notify');
  });

  it('of applications', () => {
    expect([0x100, 0x102, 0x10c, 0x110, 0x111, 0x200, 0x201, 0x202].map(http3)).toEqual([
      ...['H3_NO_ERROR', 'H3_INTERNAL_ERROR', 'H3_REQUEST_CANCELLED', 'H3_VERSION_FALLBACK', '0x111'],
      ...['QPACK_DECOMPRESSION_FAILED', 'QPACK_ENCODER_STREAM_ERROR', 'QPACK_DECODER_STREAM_ERROR'],
    ]);
    expect(closeName({application: true, code: 0x10c}, false)).toBe('268');
  });

  it('none', () => {
    const none = (application: boolean, code: number) => isNoError({application, code});
    expect([none(true, 0), none(false, 0), none(true, 0x100)]).toEqual([true, true, true]);
    expect([none(false, 0x100), none(true, 0x101)]).toEqual([false, false]);
  });
});

describe('versions', () => {
  it('by their names (RFC 9000 §15, RFC 9369 §3)', () => {
    const numbers = [
      1, 0x6b33_43cf, 0xff00_0000, 0xff00_001d, 0xff00_00ff, 0xff00_0100, 0x0a0a_0a0a, 0x1a2a_3a4a, 2,
    ];
    expect(numbers.map(quicVersionName)).toEqual([
      ...['1', '2', 'draft-0', 'draft-29', 'draft-255', '0xff000100', 'grease', 'grease', '0x00000002'],
    ]);
  });

  // draft-ietf-quic-tls-33 §5.2 brought the salt that stayed.
  it('drafts up to 32 have their own salt', () => {
    const salts = [29, 32, 33, 34].map((number) => quicVersion(0xff00_0000 + number)?.salt);
    expect(salts[1]).toEqual(salts[0]);
    expect(salts[0]).not.toEqual(quicVersion(1)?.salt);
    expect(salts.slice(2)).toEqual([quicVersion(1)?.salt, quicVersion(1)?.salt]);
    expect([28, 35].map((number) => quicVersion(0xff00_0000 + number))).toEqual([undefined, undefined]);
  });
});

// RFC 9000 §14.1, §10.3: what is shorter is no first datagram of a client, and no packet at all.
it('what may be QUIC, by its port, its version and its length', () => {
  const of = (hex: string, size: number): Uint8Array => {
    const bytes = new Uint8Array(size);
    bytes.set(octets(hex));
    return bytes;
  };
  expect([20, 21].map((size) => isQuic(of('40', size), [443]))).toEqual([false, true]);
  expect(isQuic(of('40', 21), [444])).toBe(false);
  expect(isQuic(of('00', 21), [443])).toBe(false);
  expect([1199, 1200].map((size) => isQuic(of('c00a0a0a0a', size), [4433]))).toEqual([false, true]);
  expect([6, 7].map((size) => isQuic(of('c000000001', size), [443]))).toEqual([false, true]);
  expect(isQuic(of('80 00000001', 7), [443])).toBe(false);
  // On the port: versions that somebody speaks or negotiates (Q050, T051, reserved, none), and no other.
  const versions = ['51303530', '54303531', 'faceb002', '1a2a3a4a', '00000000', '12345678', '51313530'];
  expect(versions.map((each) => isQuic(of(`c0${each}`, 40), [443]))).toEqual([
    true,
    true,
    true,
    true,
    true,
    false,
    false,
  ]);
});
