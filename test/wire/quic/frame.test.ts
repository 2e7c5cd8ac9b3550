// RFC 9000 §16 and §19: frames written out by hand, as the figures draw them.
import {describe, expect, it} from 'vitest';
import {octetsOf} from '../../../source/wire/octets.ts';
import {framesIn, shownFramesIn} from '../../../source/wire/quic/frame.ts';
import {headerRows, isQuic, packetsIn} from '../../../source/wire/quic/packet-header.ts';
import {varint} from '../../../source/wire/quic/varint.ts';
import {quietReaderOf} from '../../../source/wire/tls/presentation.ts';

const octets = (hex: string): Uint8Array => octetsOf(hex.replaceAll(' ', ''));

describe('variable-length integers (RFC 9000 §A.1)', () => {
  it.each([
    ['c2197c5eff14e88c', Number('151288809941952652')],
    ['9d7f3e7d', 494_878_333],
    ['7bbd', 15_293],
    ['25', 37],
    ['4025', 37],
  ])('%s is %i', (hex, value) => {
    expect(varint.read(quietReaderOf(octets(hex)))).toBe(value);
    if (hex !== '4025' && value < 2 ** 53) expect(varint.write(value)).toEqual(octets(hex));
  });
});

describe('frames', () => {
  const one = (hex: string) => {
    const {frames, stoppedAt} = framesIn(octets(hex));
    expect(stoppedAt).toBeUndefined();
    expect(frames).toHaveLength(1);
    return frames[0];
  };

  it.each([
    ['000000', 'PADDING', {octets: 3}],
    ['01', 'PING', undefined],
    [
      '02 0a 05 01 02 01 03',
      'ACK',
      {
        delay: 5,
        ranges: [
          {first: 8, last: 10},
          {first: 2, last: 5},
        ],
        ecn: undefined,
      },
    ],
    ['03 04 00 00 04 07 08 09', 'ACK', {delay: 0, ranges: [{first: 0, last: 4}], ecn: [7, 8, 9]}],
    ['04 08 4100 05', 'RESET_STREAM', {streamId: 8, code: 256, finalSize: 5}],
    ['05 08 4100', 'STOP_SENDING', {streamId: 8, code: 256}],
    ['06 00 02 aabb', 'CRYPTO', {offset: 0, data: octets('aabb')}],
    ['07 02 aabb', 'NEW_TOKEN', {token: octets('aabb')}],
    ['08 04 aabb', 'STREAM', {streamId: 4, offset: 0, data: octets('aabb'), fin: false}],
    ['0f 04 05 01 aa', 'STREAM', {streamId: 4, offset: 5, data: octets('aa'), fin: true}],
    ['10 4400', 'MAX_DATA', {maximum: 1024}],
    ['11 04 4400', 'MAX_STREAM_DATA', {streamId: 4, maximum: 1024}],
    ['13 05', 'MAX_STREAMS', {maximum: 5}],
    ['14 05', 'DATA_BLOCKED', {limit: 5}],
    ['15 04 05', 'STREAM_DATA_BLOCKED', {streamId: 4, limit: 5}],
    ['17 05', 'STREAMS_BLOCKED', {limit: 5}],
    ['19 02', 'RETIRE_CONNECTION_ID', {sequence: 2}],
    ['1a 0102030405060708', 'PATH_CHALLENGE', {data: octets('0102030405060708')}],
    ['1b 0102030405060708', 'PATH_RESPONSE', {data: octets('0102030405060708')}],
    ['1c 0a 06 02 6f6b', 'CONNECTION_CLOSE', {application: false, code: 10, reason: 'ok'}],
    ['1d 4100 00', 'CONNECTION_CLOSE', {application: true, code: 256, reason: ''}],
    ['1e', 'HANDSHAKE_DONE', undefined],
    ['30 aabb', 'DATAGRAM', {data: octets('aabb')}],
    ['31 01 aa', 'DATAGRAM', {data: octets('aa')}],
  ])('%s is %s', (hex, name, body) => {
    expect(one(hex)).toMatchObject({name, ...(body && {body})});
  });

  it('stops where one is cut or unknown, and keeps those before', () => {
    expect(framesIn(octets('01 06 00 05 aa'))).toMatchObject({frames: [{name: 'PING'}], stoppedAt: 1});
    expect(framesIn(octets('01 21 00'))).toMatchObject({frames: [{name: 'PING'}], stoppedAt: 1});
  });

  it('says no more of acknowledged packets than there are', () => {
    expect(framesIn(octets('02 02 00 01 00 05 05')).frames[0]).toMatchObject({
      body: {ranges: [{first: 2, last: 2}]},
    });
    // As many ranges as there are octets for, whatever the count says.
    expect(framesIn(octets('02 02 00 bfffffff 00 00 00')).stoppedAt).toBe(0);
  });

  it('has a row for each field, in all digits', () => {
    const {rows} = shownFramesIn(octets('04 08 ffffffffffffffff 05'));
    expect(rows.map(({name, value, start, end}) => [name, value, start, end])).toEqual([
      ['quic.frame_type', '4', 0, 1],
      ['quic.rsts.stream_id', '8', 1, 2],
      ['quic.rsts.application_error_code', '4611686018427387903', 2, 10],
      ['quic.rsts.final_size', '5', 10, 11],
    ]);
  });
});

describe('headers', () => {
  it('a Version Negotiation names what the server speaks (RFC 9000 §17.2.1)', () => {
    const bytes = octets('80 00000000 02 aabb 01 cc 00000001 1a2a3a4a');
    const [header] = packetsIn(bytes);
    expect(header).toMatchObject({kind: 'Version Negotiation', versions: [1, 0x1a2a_3a4a]});
    const rows = header ? headerRows(bytes, header) : [];
    expect(rows.filter(({name}) => name === 'quic.supported_version').map(({value}) => value)).toEqual([
      '0x00000001',
      '0x1a2a3a4a',
    ]);
  });

  it('of an unknown version only the ids are read (RFC 8999 §5.1)', () => {
    const [header, ...more] = packetsIn(octets('c0 fabadaba 01 aa 02 bbcc 0102030405'));
    expect(header).toMatchObject({kind: 'unknown', dcid: octets('aa'), scid: octets('bbcc'), end: 15});
    expect(more).toEqual([]);
  });

  it('coalesced packets stand one behind the other, a short header comes last (§12.2)', () => {
    const long = 'e0 00000001 01 aa 00 04 00112233';
    expect(
      packetsIn(octets(`${long} ${long} 40 aa 0011`)).map(({kind, start, end}) => [kind, start, end]),
    ).toEqual([
      ['Handshake', 0, 13],
      ['Handshake', 13, 26],
      ['1-RTT', 26, 30],
    ]);
  });

  it('takes nothing else for QUIC', () => {
    const dtls = octets('16 fefd 0000 0000 0000 0000 0010 00112233445566778899aabbccddeeff');
    expect(isQuic(dtls, [443, 5000])).toBe(false);
    expect(isQuic(octets('c0 00000002 00 00 00'), [4433, 5000])).toBe(false);
    expect(isQuic(octets('c0 00000001 00 00 00'), [4433, 5000])).toBe(true);
  });
});
