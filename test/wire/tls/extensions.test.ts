// The bounds of each extension's vectors: the shortest body that its RFC allows, and what is shorter. Oracle: the presentation language of
// RFC 9846 §4.3, RFC 6066 §3, RFC 7301 §3.1, RFC 8422 §5.1.2, RFC 5746 §3.2; numbers of IANA.
import {describe, expect, test} from 'vitest';
import {octetsOf} from '../../../source/wire/octets.ts';
import {tls13} from '../../../source/wire/tls/handshake.ts';
import {joinBytes, uint16} from '../../../source/wire/tls/presentation.ts';

const vector16 = (bytes: Uint8Array): Uint8Array => joinBytes([uint16.write(bytes.length), bytes]);
const octets = (hex: string): Uint8Array => octetsOf(hex.replaceAll(' ', ''));

const hello = (side: 'client' | 'server', type: number, body: string): Uint8Array => {
  const extensions = vector16(joinBytes([uint16.write(type), vector16(octets(body))]));
  const fixed = `0303${'5a'.repeat(32)}00${side === 'client' ? '00021301 0100' : '1301 00'}`;
  const message = joinBytes([octets(fixed), extensions]);
  return joinBytes([
    Uint8Array.of(side === 'client' ? 1 : 2, 0, message.length >> 8, message.length & 0xff),
    message,
  ]);
};

const binder = (size: number): string => `${size.toString(16)}${'00'.repeat(size)}`;

type Bodies = readonly [name: string, type: number, good: readonly string[], bad: readonly string[]];

const ofClient: readonly Bodies[] = [
  [
    'server_name',
    0,
    ['0004 00 0001 61'],
    ['', '0000', '0003 00 0000', '0004 00 0002 61', '0004 00 0001 61 00'],
  ],
  ['status_request', 5, ['01', '01 0000 0000'], ['']],
  ['supported_groups', 10, ['0002 001d'], ['', '0000', '0003 001d 00', '0001 00']],
  ['ec_point_formats', 11, ['01 00'], ['', '00', '02 00']],
  ['signature_algorithms', 13, ['0002 0403'], ['', '0000', '0003 0403 08']],
  [
    'application_layer_protocol_negotiation',
    16,
    ['0002 01 61', '0004 01 61 01 62'],
    ['', '0000', '0001 00', '0003 01 61 00'],
  ],
  ['padding', 21, ['', '0000'], []],
  ['encrypt_then_mac', 22, [''], ['00']],
  ['extended_master_secret', 23, [''], ['00']],
  ['session_ticket', 35, ['', 'aabb'], []],
  [
    'pre_shared_key',
    41,
    [
      `0007 0001aa 00000000 0021 ${binder(32)}`,
      `000f 0002aabb 00000000 0001cc 00000000 0042 ${binder(32)}${binder(32)}`,
    ],
    [
      '',
      `0006 0000 00000000 0021 ${binder(32)}`,
      `0000 0021 ${binder(32)}`,
      '0007 0001aa 00000000 0000',
      `0007 0001aa 00000000 0020 ${binder(31)}`,
      `0006 0001aa 000000 0021 ${binder(32)}`,
      `0007 0001aa 00000000 0041 ${binder(32)} ${binder(31)}`,
    ],
  ],
  ['early_data', 42, [''], ['00']],
  ['supported_versions', 43, ['02 0304', `fe ${'0304'.repeat(127)}`], ['', '00', '01 03', '03 0304 03']],
  ['cookie', 44, ['0001 aa'], ['', '0000']],
  ['psk_key_exchange_modes', 45, ['01 01', '02 0001'], ['', '00']],
  ['certificate_authorities', 47, ['0003 0001 aa'], ['', '0000', '0002 0000', '0005 0001 aa 0000']],
  ['post_handshake_auth', 49, [''], ['00']],
  ['signature_algorithms_cert', 50, ['0002 0403'], ['', '0000']],
  [
    'key_share',
    51,
    ['0000', '0005 001d 0001 aa'],
    ['', '0004 001d 0000', '0003 001d 00', '0005 001d 0002 aa'],
  ],
  ['renegotiation_info', 0xff01, ['00', '01 aa'], ['', '01']],
];

const ofServer: readonly Bodies[] = [
  ['server_name', 0, [''], ['00']],
  ['status_request', 5, [''], ['00']],
  ['session_ticket', 35, [''], ['00']],
  ['pre_shared_key', 41, ['0000', 'ffff'], ['', '00', '000000']],
  ['supported_versions', 43, ['0304'], ['', '03', '030400']],
  ['key_share', 51, ['001d 0001 aa'], ['', '001d 0000', '001d', '001d 0001 aa 00']],
  ['renegotiation_info', 0xff01, ['00'], ['']],
];

describe.each([
  ['client', ofClient],
  ['server', ofServer],
] as const)('in a hello of the %s', (side, bodies) => {
  test.each(bodies)('%s (%i)', (name, type, good, bad) => {
    for (const body of good) {
      const bytes = hello(side, type, body);
      const read = tls13.decode(bytes);
      if (!read.ok) throw new Error(`«${body}»: ${read.error.code}`);
      const {value} = read;
      if (value.type !== 'client_hello' && value.type !== 'server_hello') throw new Error(value.type);
      expect(
        value.body.extensions?.map((each) => each.name),
        body,
      ).toEqual([name]);
      expect(tls13.encode(value), body).toEqual(bytes);
    }
    for (const body of bad) expect(tls13.decode(hello(side, type, body)).ok, `«${body}»`).toBe(false);
  });
});
