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
    // Without a length it goes on to the end (§19.8).
    ['09 04 aabb', 'STREAM', {streamId: 4, offset: 0, data: octets('aabb'), fin: true}],
    ['0c 04 05 aabb', 'STREAM', {streamId: 4, offset: 5, data: octets('aabb'), fin: false}],
    ['0a 04 01 aa', 'STREAM', {streamId: 4, offset: 0, data: octets('aa'), fin: false}],
    ['12 4400', 'MAX_STREAMS', {maximum: 1024}],
    ['16 05', 'STREAMS_BLOCKED', {limit: 5}],
    [
      `18 02 01 04 aabbccdd ${'5e'.repeat(16)}`,
      'NEW_CONNECTION_ID',
      {sequence: 2, retirePriorTo: 1, connectionId: octets('aabbccdd'), resetToken: octets('5e'.repeat(16))},
    ],
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

  it.each(['1f', '20', '2f', '32', '40fe'])('%s is no type', (type) => {
    expect(framesIn(octets(`${type} 00 00`)).stoppedAt).toBe(0);
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

describe('rows', () => {
  const rows = (hex: string) =>
    shownFramesIn(octets(hex)).rows.map(({name, value, start, end}) => `${name} ${value} ${start}-${end}`);

  it.each([
    [
      '09 04 aabb',
      [
        ...[
          'quic.frame_type 9 0-1',
          'quic.stream.fin 1 0-1',
          'quic.stream.len 0 0-1',
          'quic.stream.off 0 0-1',
        ],
        ...['quic.stream.stream_id 4 1-2', 'quic.stream.initiator 0 1-2', 'quic.stream.direction 0 1-2'],
        'quic.stream_data aabb 2-4',
      ],
    ],
    [
      '0e 07 05 00',
      [
        ...[
          'quic.frame_type 14 0-1',
          'quic.stream.fin 0 0-1',
          'quic.stream.len 1 0-1',
          'quic.stream.off 1 0-1',
        ],
        ...['quic.stream.stream_id 7 1-2', 'quic.stream.initiator 1 1-2', 'quic.stream.direction 1 1-2'],
        ...['quic.stream.offset 5 2-3', 'quic.stream.length 0 3-4'],
      ],
    ],
    ['00 00 00', ['quic.frame_type 0 0-1', 'quic.padding_length 3 1-3']],
    ['01 00 00', ['quic.frame_type 1 0-1', 'quic.frame_type 0 1-2', 'quic.padding_length 2 2-3']],
    [
      '1c 0a 06 02 6f6b',
      [
        ...['quic.frame_type 28 0-1', 'quic.cc.error_code 10 1-2', 'quic.cc.frame_type 6 2-3'],
        ...['quic.cc.reason_phrase.length 2 3-4', 'quic.cc.reason_phrase ok 4-6'],
      ],
    ],
    [
      `18 02 01 02 aabb ${'5e'.repeat(16)}`,
      [
        ...['quic.frame_type 24 0-1', 'quic.nci.sequence 2 1-2', 'quic.nci.retire_prior_to 1 2-3'],
        ...['quic.nci.connection_id.length 2 3-4', 'quic.nci.connection_id aabb 4-6'],
        `quic.nci.stateless_reset_token ${'5e'.repeat(16)} 6-22`,
      ],
    ],
  ])('%s', (hex, shown) => expect(rows(hex)).toEqual(shown));
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

  const of = (hex: string) => packetsIn(octets(hex));
  const told = (hex: string) => {
    const bytes = octets(hex);
    const [header] = packetsIn(bytes);
    return (
      header &&
      headerRows(bytes, header).map(({name, value, start, end}) => `${name} ${value} ${start}-${end}`)
    );
  };
  const tag = '0f'.repeat(16);

  it('an Initial has a token and a length, others a length alone (§17.2.2)', () => {
    expect(of('c0 00000001 01 aa 02 bbcc 03 010203 04 00112233 ff')).toMatchObject([
      {kind: 'Initial', token: octets('010203'), numberAt: 15, start: 0, end: 19},
    ]);
    expect(of('d0 00000001 01 aa 02 bbcc 04 00112233')).toMatchObject([
      {kind: '0-RTT', token: new Uint8Array(0), numberAt: 11, end: 15},
    ]);
  });

  it('the types of version 2 are others (RFC 9369 §3.2)', () => {
    const kinds = ['c0', 'd0', 'e0', 'f0'].map(
      (first) => of(`${first} 6b3343cf 00 00 00 00 ${tag}`)[0]?.kind,
    );
    expect(kinds).toEqual(['Retry', 'Initial', '0-RTT', 'Handshake']);
  });

  it('a Retry ends with its tag, whose octets it needs (§17.2.5)', () => {
    expect(of(`f0 00000001 00 01 bb aabb ${tag}`)).toMatchObject([
      {kind: 'Retry', token: octets('aabb'), scid: octets('bb'), end: 26},
    ]);
    expect(of(`f0 00000001 00 00 ${tag}`)).toMatchObject([{kind: 'Retry', token: new Uint8Array(0)}]);
    expect(of(`f0 00000001 00 00 ${tag.slice(2)}`)).toEqual([]);
  });

  it('ids of version 1 have at most 20 octets (§17.2); the fixed bit is set, or greased (RFC 9287)', () => {
    const long = (size: number) => of(`d0 00000001 ${size.toString(16)} ${'aa'.repeat(size)} 00 00`).length;
    expect([long(20), long(21)]).toEqual([1, 0]);
    expect(of(`d0 00000001 00 14 ${'aa'.repeat(20)} 00`)).toHaveLength(1);
    expect(of(`d0 00000001 00 15 ${'aa'.repeat(21)} 00`)).toEqual([]);
    expect(of('90 00000001 00 00 00')).toMatchObject([{kind: '0-RTT'}]);
    expect(of('d0 00000001 02 aa')).toEqual([]);
  });

  it('a Version Negotiation stands alone, and names at least one (§17.2.1)', () => {
    expect(of('80 00000000 00 00 000000')).toEqual([]);
    expect(of('80 00000000 00 00 00000001 00')).toMatchObject([{versions: [1]}]);
    expect(of('d0 00000001 00 00 01 ff 80 00000000 00 00 00000001').map(({kind}) => kind)).toEqual(['0-RTT']);
  });

  it('rows say what is in clear', () => {
    expect(told('60 aabb')).toEqual([
      ...[
        'quic.packet_length 3 0-0',
        'quic.header_form 0 0-1',
        'quic.fixed_bit 1 0-1',
        'quic.spin_bit 1 0-1',
      ],
    ]);
    expect(told('c3 00000001 01 aa 02 bbcc 01 09 04 00112233')).toEqual([
      ...['quic.packet_length 17 0-0', 'quic.header_form 1 0-1', 'quic.fixed_bit 1 0-1'],
      ...[
        'quic.long.packet_type 0 0-1',
        'quic.version 0x00000001 1-5',
        'quic.dcil 1 5-6',
        'quic.dcid aa 6-7',
      ],
      ...['quic.scil 2 7-8', 'quic.scid bbcc 8-10', 'quic.token_length 1 10-11', 'quic.token 09 11-12'],
      'quic.length 4 12-13',
    ]);
    expect(told(`c0 6b3343cf 00 00 aa ${tag}`)).toEqual([
      ...['quic.packet_length 24 0-0', 'quic.header_form 1 0-1', 'quic.long.packet_type_v2 0 0-1'],
      ...['quic.version 0x6b3343cf 1-5', 'quic.dcil 0 5-6', 'quic.scil 0 6-7'],
      ...['quic.retry_token aa 7-8', `quic.retry_integrity_tag ${tag} 8-24`],
    ]);
    expect(told('c0 fabadaba 00 00 aa')).toEqual([
      ...['quic.packet_length 8 0-0', 'quic.header_form 1 0-1', 'quic.version 0xfabadaba 1-5'],
      ...['quic.dcil 0 5-6', 'quic.scil 0 6-7'],
    ]);
  });

  it('takes nothing else for QUIC', () => {
    const dtls = octets('16 fefd 0000 0000 0000 0000 0010 00112233445566778899aabbccddeeff');
    expect(isQuic(dtls, [443, 5000])).toBe(false);
    expect(isQuic(octets('c0 00000002 00 00 00'), [4433, 5000])).toBe(false);
    expect(isQuic(octets('c0 00000001 00 00 00'), [4433, 5000])).toBe(true);
  });
});
