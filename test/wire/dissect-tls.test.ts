// Records of TLS, octet by octet. Oracles: RFC 9846 §5.1 (records), §4 (messages), §6 (alerts), RFC 5246 §7.4.1.1, §7.4.5 (HelloRequest and
// ServerHelloDone, four octets each); names are Wireshark's.
import {describe, expect, test} from 'vitest';
import {dissectTls, isTlsPort, looksLikeTls, openedRows, recordLayer} from '../../source/wire/dissect-tls.ts';
import type {Field} from '../../source/wire/layer.ts';
import {octetsOf} from '../../source/wire/octets.ts';

const told = (rows: readonly Field[]): readonly string[] =>
  rows.map(({name, value, start, end}) => `${start}…${end} ${name.replace('tls.', '')} ${value}`);

const stretch = (hex: string) => {
  const bytes = octetsOf(hex.replaceAll(' ', ''));
  return {bytes, start: 0, end: bytes.length, wireEnd: bytes.length, quoted: false};
};

const read = (hex: string, secret = false) => {
  const {layers, problem} = dissectTls(stretch(hex), secret);
  return {rows: layers.map(({fields}) => told(fields)), problem};
};
/** Behind the header, which has three rows. */
const content = (hex: string, secret = false) => read(hex, secret).rows.map((rows) => rows.slice(3));

const done = '0e000000';
const helloRequest = '00000000';

test('the header of a record', () => {
  expect(read('15 0303 0002 0228').rows).toEqual([
    [
      ...['0…1 record.content_type 21', '1…3 record.version 0x0303', '3…5 record.length 2'],
      ...['5…6 alert_message.level 2', '6…7 alert_message.desc 40'],
    ],
  ]);
  expect([443, 8443, 80].map(isTlsPort)).toEqual([true, true, false]);
});

describe('content', () => {
  test('messages in clear, one behind the other', () => {
    const [rows] = content(`16 0303 0008 ${helloRequest} ${done}`);
    expect(rows?.filter((row) => row.includes('handshake.type'))).toEqual([
      ...['5…6 handshake.type 0', '9…10 handshake.type 14'],
    ]);
  });

  test('what is no message, behind change_cipher_spec or by its first octet, is octets', () => {
    const secret = '5…9 handshake 0e000000';
    expect(content(`16 0303 0004 ${done}`, true)).toEqual([[secret]]);
    expect(content(`14 0303 0001 01 16 0303 0004 ${done}`)).toEqual([
      ['5…6 change_cipher_spec 01'],
      ['11…15 handshake 0e000000'],
    ]);
    expect(content('16 0303 0004 63000000')).toEqual([['5…9 handshake 63000000']]);
    // A second message that is none makes the first none.
    expect(content(`16 0303 0008 ${done} 63000000`)).toEqual([['5…13 handshake 0e00000063000000']]);
    expect(content(`16 0303 0006 ${done} 0e00`)[0]?.at(-1)).toBe('9…11 segment.data 0e00');
    // A whole record with less than a header of a message.
    expect(content('16 0303 0003 0e0000')).toEqual([['5…8 handshake 0e0000']]);
  });

  test('a message that goes on in the next record has a reason to only where the record is long', () => {
    const long = (octets: number) => {
      const size = (octets + 4).toString(16).padStart(4, '0');
      return content(`16 0303 ${size} 0b 00 ffff ${'00'.repeat(octets)}`)[0];
    };
    expect(long(507)).toEqual([expect.stringMatching(/^5…516 handshake 0b00ffff/)]);
    expect(long(508)?.[0]).toBe('5…6 handshake.type 11');
    // Longer than any message may be.
    expect(content(`16 0303 0204 0b ffffff ${'00'.repeat(512)}`)[0]).toEqual([
      expect.stringMatching(/^5…521 handshake 0bffffff/),
    ]);
  });

  test('alerts: two octets in clear, more are protected', () => {
    expect(content('15 0303 0003 010203')).toEqual([['5…8 alert_message 010203']]);
    expect(content('15 0303 0001 01')).toEqual([['5…6 alert_message 01']]);
  });

  test('application data, and records of none', () => {
    expect(content('17 0303 0002 aabb')).toEqual([['5…7 app_data aabb']]);
    expect(content('17 0303 0000')).toEqual([[]]);
  });

  test('records that go on behind the segment', () => {
    expect(content('17 0303 0005 aabb')).toEqual([['5…7 segment.data aabb']]);
    expect(content('17 0303 0005')).toEqual([[]]);
    expect(content('15 0303 0005 0102')).toEqual([['5…7 segment.data 0102']]);
    expect(content('16 0303 0008 0e0000')).toEqual([['5…8 segment.data 0e0000']]);
    expect(content(`16 0303 0008 ${done} 0e`)[0]?.at(-1)).toBe('9…10 segment.data 0e');
    expect(content(`16 0303 0008 ${done}`)[0]?.at(-1)).toBe('6…9 handshake.length 0');
  });
});

test('a message that breaks a rule is the problem, its rest octets', () => {
  expect(read('16 0303 0006 0e000002 0000')).toMatchObject({problem: 'tls:trailing'});
  expect(content('16 0303 0006 0e000002 0000')[0]?.at(-1)).toBe('9…11 segment.data 0000');
  expect(read(`16 0303 000a ${done} 0e000002 0000`).problem).toBe('tls:trailing');
  expect(read(`16 0303 0008 ${done} ${done}`).problem).toBeUndefined();
  // A certificate of one octet that is no DER (X.690 §8.1.2).
  const certificate = '0b000007 000004 000001 02';
  expect(read(`16 0303 000b ${certificate}`).problem).toBe('tls:short');
  // Of several the first one.
  expect(read(`16 0303 0011 ${certificate} 0e000002 0000`).problem).toBe('tls:short');
  expect(read(`16 0303 0011 0e000002 0000 ${certificate}`).problem).toBe('tls:trailing');
});

describe('what follows', () => {
  const alert = '15 0303 0002 0228';
  test.each([
    ['ffffffffff', 'tls:content-type', '7…12 segment.data ffffffffff'],
    ['ffffffff', undefined, '7…11 segment.data ffffffff'],
    ['16 0303 00', undefined, '7…11 segment.data 16030300'],
    // A length of none but for application data, a version of none, one that is too long.
    ['15 0303 0000', 'tls:content-type', '7…12 segment.data 1503030000'],
    ['15 0305 0002', 'tls:content-type', '7…12 segment.data 1503050002'],
    ['15 02ff 0002', 'tls:content-type', '7…12 segment.data 1502ff0002'],
    ['17 0303 4801', 'tls:content-type', '7…12 segment.data 1703034801'],
  ])('%s', (hex, problem, row) => {
    const found = read(`${alert} ${hex}`);
    expect([found.problem, found.rows[1]]).toEqual([problem, [row]]);
  });

  test('in front any part of a record may stand', () => {
    expect(read('ffffffffffff')).toEqual({problem: undefined, rows: [['0…6 segment.data ffffffffffff']]});
    for (const version of ['0300', '0304']) expect(read(`17 ${version} 4800 aa`).rows[0]).toHaveLength(4);
  });
});

describe('on a port that is not known', () => {
  const hello = (type: string, length = '000010', version = '0303') =>
    `16 0301 0014 ${type} ${length} ${version}`;
  test.each([
    [hello('01'), true],
    [hello('02'), true],
    [hello('0b'), false],
    [hello('01', '000010', '0403'), false],
    [hello('01', 'ffffff'), false],
    ['16 0301 0014 01 000010 03', false],
    ['15 0303 0002 0228', true],
    ['15 0303 0002 0228 15 0303 0002 0228', true],
    ['15 0303 0002 0228 15', false],
    ['17 0303 0003 aabb', false],
    // A hello counts in front only.
    [`15 0303 0002 0228 ${hello('01')}`, false],
    ['', false],
  ])('%s: %s', (hex, is) => expect(looksLikeTls(stretch(hex))).toBe(is));
});

describe('content that has been opened', () => {
  const none: Uint8Array = new Uint8Array();
  const opened = (type: number, hex: string, {held = none, version = 0x0304} = {}) =>
    told(openedRows(type, octetsOf(hex.replaceAll(' ', '')), {held, version}));

  test('data and alerts', () => {
    expect(opened(23, 'aabb')).toEqual(['0…0 record.content_type 23', '0…2 app_data aabb']);
    expect(opened(21, '0100')).toEqual([
      ...['0…0 record.content_type 21', '0…1 alert_message.level 1', '1…2 alert_message.desc 0'],
    ]);
  });

  test('messages of either version; what goes on elsewhere is octets', () => {
    const ended = '05000000';
    expect(opened(22, `${ended} 08`)).toEqual([
      ...[
        '0…0 record.content_type 22',
        '0…1 handshake.type 5',
        '1…4 handshake.length 0',
        '4…5 segment.data 08',
      ],
    ]);
    expect(opened(22, `${ended} 080000`).at(-1)).toBe('4…7 segment.data 080000');
    expect(opened(22, `${ended} 08000001`).at(-1)).toBe('4…8 segment.data 08000001');
    expect(opened(22, done, {version: 0x0303})).toContain('0…1 handshake.type 14');
    // A certificate has its extensions and a context in front in TLS 1.3 alone (RFC 8446 §4.4.2).
    const chain = {13: '0b 00000c 00 000008 000003 aabbcc 0000', 12: '0b 000009 000006 000003 aabbcc'};
    expect(opened(22, chain[13])).toContain('4…5 handshake.certificate_request_context_length 0');
    expect(opened(22, chain[12], {version: 0x0303})).toContain('4…7 handshake.certificates_length 6');
    // In TLS 1.3 there is no such message.
    expect(opened(22, done).at(-1)).not.toBe('1…4 handshake.length 14');
  });

  test('what records before it have brought stands before 0', () => {
    expect(opened(22, '0000', {held: octetsOf('0500')})).toEqual([
      ...['0…0 record.content_type 22', '-2…-1 handshake.type 5', '-1…2 handshake.length 0'],
    ]);
  });

  test('a whole record by itself, with what was held before', () => {
    const record = octetsOf('1603030002' + '0000');
    const {layer, problem} = recordLayer(record, {secret: false, held: octetsOf('0e00')});
    expect(problem).toBeUndefined();
    expect(layer).toMatchObject({protocol: 'tls', start: 0, end: 7});
    const rows = told(layer.fields);
    expect(rows.slice(0, 3)).toEqual([
      ...['0…1 record.content_type 22', '1…3 record.version 0x0303', '3…5 record.length 2'],
    ]);
    expect(rows.some((row) => row.includes('handshake.type 14'))).toBe(true);
  });
});
