// Where the fields of each frame stand, and how many digits they have. Oracles: the figures of RFC 9000 §19 and RFC 9221 §4, names of Wireshark;
// RFC 9000 §15, §16, §20, RFC 9001 §4.8, RFC 9114 §8.1 and RFC 9204 §6 for versions, numbers and names of errors.
import {describe, expect, test} from 'vitest';
import {octetsOf} from '../../../source/wire/octets.ts';
import {closeName, isNoError} from '../../../source/wire/quic/error-name.ts';
import {frameName, shownFramesIn} from '../../../source/wire/quic/frame.ts';
import {quicVersion, quicVersionName} from '../../../source/wire/quic/quic-version.ts';
import {shownVarint, takeOctets, varint} from '../../../source/wire/quic/varint.ts';
import {quietReaderOf, readerOf} from '../../../source/wire/tls/presentation.ts';

/** Without the row of the type, which is the first. */
const rows = (hex: string): readonly string[] => {
  const {rows: all, stoppedAt} = shownFramesIn(octetsOf(hex.replaceAll(' ', '')));
  expect(stoppedAt).toBeUndefined();
  expect(all[0]).toMatchObject({name: 'quic.frame_type', start: 0, end: 1});
  return all.slice(1).map(({name, value, start, end}) => `${start}-${end} ${name.slice(5)} ${value}`);
};

const stream = (fin: number, len: number, off: number) => [
  ...[`0-1 stream.fin ${fin}`, `0-1 stream.len ${len}`, `0-1 stream.off ${off}`],
];

test.each<[hex: string, told: readonly string[]]>([
  ['000000', ['1-3 padding_length 3']],
  ['01', []],
  [
    '02 0a 4005 01 02 01 03',
    [
      ...['1-2 ack.largest_acknowledged 10', '2-4 ack.ack_delay 5', '4-5 ack.ack_range_count 1'],
      ...['5-6 ack.first_ack_range 2', '6-7 ack.gap 1', '7-8 ack.ack_range 3'],
    ],
  ],
  [
    '03 04 00 00 04 07 08 09',
    [
      ...['1-2 ack.largest_acknowledged 4', '2-3 ack.ack_delay 0', '3-4 ack.ack_range_count 0'],
      ...[
        '4-5 ack.first_ack_range 4',
        '5-6 ack.ect0_count 7',
        '6-7 ack.ect1_count 8',
        '7-8 ack.ecn_ce_count 9',
      ],
    ],
  ],
  ['04 08 4100 05', ['1-2 rsts.stream_id 8', '2-4 rsts.application_error_code 256', '4-5 rsts.final_size 5']],
  ['05 08 4100', ['1-2 ss.stream_id 8', '2-4 ss.application_error_code 256']],
  ['06 03 02 aabb', ['1-2 crypto.offset 3', '2-3 crypto.length 2', '3-5 crypto.crypto_data ']],
  ['07 02 aabb', ['1-2 nt.length 2', '2-4 nt.token aabb']],
  [
    '0f 07 05 01 aa',
    [
      ...stream(1, 1, 1),
      ...['1-2 stream.stream_id 7', '1-2 stream.initiator 1', '1-2 stream.direction 1'],
      ...['2-3 stream.offset 5', '3-4 stream.length 1', '4-5 stream_data aa'],
    ],
  ],
  [
    '08 04 aabb',
    [
      ...stream(0, 0, 0),
      ...[
        '1-2 stream.stream_id 4',
        '1-2 stream.initiator 0',
        '1-2 stream.direction 0',
        '2-4 stream_data aabb',
      ],
    ],
  ],
  ['10 05', ['1-2 md.maximum_data 5']],
  ['11 04 05', ['1-2 msd.stream_id 4', '2-3 msd.maximum_stream_data 5']],
  ['13 05', ['1-2 ms.max_streams 5']],
  ['14 05', ['1-2 sb.stream_data_limit 5']],
  ['15 04 05', ['1-2 sdb.stream_id 4', '2-3 sb.stream_data_limit 5']],
  ['17 05', ['1-2 sib.stream_limit 5']],
  [
    `18 05 02 04 aabbccdd ${'11'.repeat(16)}`,
    [
      ...['1-2 nci.sequence 5', '2-3 nci.retire_prior_to 2', '3-4 nci.connection_id.length 4'],
      ...['4-8 nci.connection_id aabbccdd', `8-24 nci.stateless_reset_token ${'11'.repeat(16)}`],
    ],
  ],
  ['19 05', ['1-2 rci.sequence 5']],
  ['1a 0001020304050607', ['1-9 path_challenge.data 0001020304050607']],
  ['1b 0001020304050607', ['1-9 path_response.data 0001020304050607']],
  [
    '1c 0a 06 02 6869',
    [
      ...[
        '1-2 cc.error_code 10',
        '2-3 cc.frame_type 6',
        '3-4 cc.reason_phrase.length 2',
        '4-6 cc.reason_phrase hi',
      ],
    ],
  ],
  ['1d 4100 00', ['1-3 cc.error_code.app 256', '3-4 cc.reason_phrase.length 0']],
  ['1e', []],
  ['30 aabb', ['1-3 dg aabb']],
  ['31 01 aa', ['1-2 dg.length 1', '2-3 dg aa']],
])('%s', (hex, told) => expect(rows(hex)).toEqual(told));

test('of an identifier that is cut no row says what it would be', () => {
  const cut = shownFramesIn(octetsOf('180502' + '04' + 'aabb'));
  expect(cut.stoppedAt).toBe(0);
  expect(cut.rows.map(({name}) => name.slice(5))).toEqual([
    ...['frame_type', 'nci.sequence', 'nci.retire_prior_to', 'nci.connection_id.length'],
  ]);
  expect(shownFramesIn(octetsOf('1805')).rows.map(({name}) => name.slice(5))).toEqual([
    'frame_type',
    'nci.sequence',
  ]);
});

test('types by name', () => {
  const names = [0, 1, 2, 3, 8, 15, 16, 18, 19, 22, 23, 28, 29, 30, 48, 49].map(frameName);
  expect(names).toEqual([
    ...['PADDING', 'PING', 'ACK', 'ACK', 'STREAM', 'STREAM', 'MAX_DATA', 'MAX_STREAMS', 'MAX_STREAMS'],
    ...['STREAMS_BLOCKED', 'STREAMS_BLOCKED', 'CONNECTION_CLOSE', 'CONNECTION_CLOSE', 'HANDSHAKE_DONE'],
    ...['DATAGRAM', 'DATAGRAM'],
  ]);
  expect([0x1f, 0x2f, 0x32].map(frameName)).toEqual(['0x1f', '0x2f', '0x32']);
});

describe('numbers of variable length (§16)', () => {
  test.each([
    [0, '00'],
    [63, '3f'],
    [64, '4040'],
    [16_383, '7fff'],
    [16_384, '80004000'],
    [1_073_741_823, 'bfffffff'],
    [1_073_741_824, 'c000000040000000'],
    [2 ** 40 + 258, 'c000010000000102'],
  ])('%i is %s', (value, hex) => {
    expect(varint.write(value)).toEqual(octetsOf(hex));
    expect(varint.read(quietReaderOf(octetsOf(hex)))).toBe(value);
  });

  test('a row has all digits, the quiet make none', () => {
    const shown = (hex: string) => {
      const from = readerOf(octetsOf(hex));
      shownVarint('x').read(from);
      return from.rows;
    };
    expect(shown('ffffffffffffffff')).toEqual([{name: 'x', value: '4611686018427387903', start: 0, end: 8}]);
    expect(shown('c01fffffffffffff')[0]?.value).toBe('9007199254740991');
    expect(shown('c020000000000001')[0]?.value).toBe('9007199254740993');
    expect(shown('7f')).toEqual([]);
    const quiet = quietReaderOf(octetsOf('05'));
    expect([shownVarint('x').read(quiet), quiet.rows]).toEqual([5, []]);
  });

  test('octets that are not there', () => {
    const from = readerOf(octetsOf('aabbcc'));
    expect([takeOctets(from, 2), from.at]).toEqual([octetsOf('aabb'), 2]);
    expect([takeOctets(from, 1), from.error]).toEqual([octetsOf('cc'), undefined]);
    expect([takeOctets(from, 1), from.error?.code, takeOctets(from, 0)]).toEqual([
      ...[new Uint8Array(), 'short', new Uint8Array()],
    ]);
  });
});

test('errors by name', () => {
  const transport = (code: number) => closeName({application: false, code}, true);
  expect([0, 1, 5, 10, 16, 17].map(transport)).toEqual([
    ...['NO_ERROR', 'INTERNAL_ERROR', 'STREAM_STATE_ERROR', 'PROTOCOL_VIOLATION', 'NO_VIABLE_PATH', '0x11'],
  ]);
  expect([0x100, 0x128, 0x1ff, 0x200].map(transport)).toEqual([
    ...['CRYPTO_ERROR close_notify', 'CRYPTO_ERROR handshake_failure'],
    ...[expect.stringMatching(/^CRYPTO_ERROR /), '0x200'],
  ]);
  const application = (code: number, http3 = true) => closeName({application: true, code}, http3);
  expect([0x100, 0x101, 0x10c, 0x110, 0x111, 0x200, 0x202, 0].map((code) => application(code))).toEqual([
    ...['H3_NO_ERROR', 'H3_GENERAL_PROTOCOL_ERROR', 'H3_REQUEST_CANCELLED', 'H3_VERSION_FALLBACK', '0x111'],
    ...['QPACK_DECOMPRESSION_FAILED', 'QPACK_DECODER_STREAM_ERROR', '0x0'],
  ]);
  expect(application(256, false)).toBe('256');
  const fine = [
    [false, 0],
    [true, 0],
    [true, 0x100],
    [false, 0x100],
    [true, 1],
  ] as const;
  expect(fine.map(([app, code]) => isNoError({application: app, code}))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});

test('versions: names, reserved ones, what drafts have of their own', () => {
  expect(
    [1, 0x6b33_43cf, 0x709a_50c4, 0xff00_001d, 0xff00_00ff, 0xff00_0100, 0x1a2a_3a4a, 0xfafa_fafa, 2].map(
      quicVersionName,
    ),
  ).toEqual([
    ...['1', '2', 'v2-draft-01', 'draft-29', 'draft-255', '0xff000100', 'grease', 'grease', '0x00000002'],
  ]);
  const types = (number: number) => quicVersion(number)?.longTypes.join(' ');
  expect([types(1), types(0x6b33_43cf)]).toEqual([
    'Initial 0-RTT Handshake Retry',
    'Retry Initial 0-RTT Handshake',
  ]);
  expect([quicVersion(1)?.label('key'), quicVersion(0x6b33_43cf)?.label('hp')]).toEqual([
    'quic key',
    'quicv2 hp',
  ]);
  const salts = [29, 32, 33, 34].map((draft) => quicVersion(0xff00_0000 + draft)?.salt);
  const [early, one] = [
    'afbfec289993d24c9e9786f19c6111e04390a899',
    '38762cf7f55934b34d179ae6a4c80cadccbb7f0a',
  ];
  expect(salts).toEqual([early, early, one, one].map((hex) => octetsOf(hex)));
  expect([quicVersion(0xff00_001c), quicVersion(0xff00_0023), quicVersion(0)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
