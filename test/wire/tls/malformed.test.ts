// Handshake messages that break a rule, each with the clause and the alert; and any bytes at all. Oracle: RFC 9846 §6:
// syntax is answered with decode_error, a well-formed value that may not be with illegal_parameter.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {hexOf, octetsOf} from '../../../source/wire/octets.ts';
import {tls12, tls13} from '../../../source/wire/tls/handshake.ts';
import {splitHandshake} from '../../../source/wire/tls/handshake-stream.ts';
import {joinBytes, uint16} from '../../../source/wire/tls/presentation.ts';
import {splitRecords} from '../../../source/wire/tls/record.ts';
import {type TlsErrorCode, tlsError} from '../../../source/wire/tls/tls-error.ts';
import {runs} from '../../helpers/seeds.ts';
import {tlsCaptures, tlsConnections} from './captured.ts';

const message = (type: number, body: Uint8Array): Uint8Array =>
  Uint8Array.of(type, body.length >> 16, (body.length >> 8) & 0xff, body.length & 0xff, ...body);

const vector16 = (bytes: Uint8Array): Uint8Array => joinBytes([uint16.write(bytes.length), bytes]);
const extension = (type: number, hex: string): Uint8Array =>
  joinBytes([uint16.write(type), vector16(octetsOf(hex))]);

const random = new Uint8Array(32).fill(0x5a);

/** Its parts in hex; all that is not given is well formed. */
const clientHello = ({
  session = '00',
  suites = '00021301',
  compression = '0100',
  extensions = [] as readonly Uint8Array[],
}): Uint8Array =>
  message(
    1,
    joinBytes([
      Uint8Array.of(3, 3),
      random,
      octetsOf(session),
      octetsOf(suites),
      octetsOf(compression),
      vector16(joinBytes(extensions)),
    ]),
  );

const serverHello = (extensions: readonly Uint8Array[]): Uint8Array =>
  message(2, joinBytes([Uint8Array.of(3, 3), random, octetsOf('00130100'), vector16(joinBytes(extensions))]));

const withExtension = (type: number, hex: string): Uint8Array =>
  clientHello({extensions: [extension(type, hex)]});

const good = clientHello({});
const psk = extension(41, `000a0004aabbccdd000000000021${'20'}${'00'.repeat(32)}`);
const syntax = 'decode_error';
const meaning = 'illegal_parameter';

test('the message that the table below spoils is good, with a pre_shared_key, too', () => {
  expect(tls13.decode(good).ok).toBe(true);
  expect(tls13.decode(clientHello({extensions: [psk]})).ok).toBe(true);
  expect(tls13.decode(serverHello([extension(51, '001d000401020304')])).ok).toBe(true);
});

/** What the sections say of each. */
const clauses: readonly (readonly [TlsErrorCode, string, string])[] = [
  ['content-type', 'RFC 9846 §5', '"unexpected record type … MUST terminate"'],
  ['change-cipher-spec', 'RFC 9846 §5', 'one octet 0x01, when'],
  ['record-long', 'RFC 9846 §5.1', '2^14 octets'],
  ['record-empty', 'RFC 9846 §5.1', 'zero-length fragments of Handshake'],
  ['interleaved', 'RFC 9846 §5.1', 'no other type between'],
  ['alert-size', 'RFC 9846 §5.1', '"A record with an Alert type MUST contain exactly one message"'],
  ['handshake-type', 'RFC 9846 §4', 'enum HandshakeType'],
  ['handshake-long', 'RFC 9846 §6.2', 'decode_error: "the length of the message was incorrect"'],
  ['short', 'RFC 9846 §6', 'unparsable'],
  ['trailing', 'RFC 9846 §6', 'unparsable: decode_error'],
  ['vector-length', 'RFC 9846 §3.4', 'vectors’ bounds'],
  ['extension-twice', 'RFC 9846 §4.3', '"MUST NOT be more than one extension of the same type"'],
  ['psk-not-last', 'RFC 9846 §4.3.11', '"MUST be the last extension in the ClientHello"'],
  ['key-update', 'RFC 9846 §4.7.3', 'values other than 0 and 1'],
  ['der-tag', 'RFC 5280 §4.1', 'ASN.1 of Certificate'],
  ['der-length', 'X.690 §10.1', 'shortest definite form'],
  ['der-value', 'X.690 §8', 'encoding of values'],
  ['certificate-extension-twice', 'RFC 5280 §4.2', '"MUST NOT include more than one instance"'],
  ['certificate-time', 'RFC 5280 §4.1.2.5', 'Validity'],
];

test.each(clauses)('%s: %s, %s', (code, clause) => {
  expect(tlsError(code, 0).clause).toBe(clause);
});

describe('what is refused, by clause and alert', () => {
  const table: readonly (readonly [string, Uint8Array, string, string])[] = [
    ['no octets', new Uint8Array(0), 'short', syntax],
    ['half a header', octetsOf('0100'), 'short', syntax],
    ['a length beyond the message', octetsOf('14000020aabb'), 'short', syntax],
    ['a short length', message(1, good.slice(4)).with(3, 40), 'trailing', syntax],
    ['octets behind the message', Uint8Array.of(...octetsOf('05000000'), 1), 'trailing', syntax],
    ['a type that nobody knows', octetsOf('63000000'), 'handshake-type', 'unexpected_message'],
    ['a type of TLS 1.2', octetsOf('0e000000'), 'handshake-type', 'unexpected_message'],
    ['EndOfEarlyData with content', octetsOf('0500000100'), 'trailing', syntax],
    ['hello cut in random', message(1, octetsOf('0303aabb')), 'short', syntax],
    ['a session ID of 33 octets', clientHello({session: `21${'00'.repeat(33)}`}), 'vector-length', syntax],
    ['no cipher suite', clientHello({suites: '0000'}), 'vector-length', syntax],
    ['half a cipher suite', clientHello({suites: '0003130100'}), 'short', syntax],
    ['no compression method', clientHello({compression: '00'}), 'vector-length', syntax],
    ['octets behind the extensions', message(1, Uint8Array.of(...good.slice(4), 0)), 'trailing', syntax],
    ['half an extension block', message(1, good.slice(4, -1)), 'short', syntax],
    ['extension’s header cut', clientHello({extensions: [octetsOf('0000')]}), 'short', syntax],
    ['extension beyond block', clientHello({extensions: [octetsOf('00170004')]}), 'short', syntax],
    [
      'an extension twice',
      clientHello({extensions: [extension(23, ''), extension(23, '')]}),
      'extension-twice',
      meaning,
    ],
    [
      'GREASE twice',
      clientHello({extensions: [extension(0x2a2a, ''), extension(0x2a2a, '00')]}),
      'extension-twice',
      meaning,
    ],
    [
      'pre_shared_key not at the end',
      clientHello({extensions: [psk, extension(23, '')]}),
      'psk-not-last',
      meaning,
    ],
    ['server_name: an empty list', withExtension(0, '0000'), 'vector-length', syntax],
    ['server_name: an empty name', withExtension(0, '0003000000'), 'vector-length', syntax],
    [
      'server_name: octets behind the list',
      withExtension(0, '0004000001610'.padEnd(14, '0')),
      'trailing',
      syntax,
    ],
    ['ALPN: an empty protocol', withExtension(16, '00020000'), 'vector-length', syntax],
    ['ALPN: a list of one octet', withExtension(16, '000100'), 'vector-length', syntax],
    ['supported_groups: none', withExtension(10, '0000'), 'vector-length', syntax],
    ['supported_groups: an odd length', withExtension(10, '0003001d00'), 'short', syntax],
    ['signature_algorithms: none', withExtension(13, '0000'), 'vector-length', syntax],
    ['supported_versions: none', withExtension(43, '00'), 'vector-length', syntax],
    ['supported_versions: 255 octets', withExtension(43, `ff${'03'.repeat(255)}`), 'vector-length', syntax],
    ['key_share: a share without a key', withExtension(51, '0004001d0000'), 'vector-length', syntax],
    ['key_share: a key cut', withExtension(51, '0006001d002001aa'), 'short', syntax],
    ['psk_key_exchange_modes: none', withExtension(45, '00'), 'vector-length', syntax],
    ['cookie: empty', withExtension(44, '0000'), 'vector-length', syntax],
    ['early_data with content', withExtension(42, '00'), 'trailing', syntax],
    ['extended_master_secret with content', withExtension(23, '00'), 'trailing', syntax],
    [
      'pre_shared_key: no identity',
      withExtension(41, `00000021${'20'}${'00'.repeat(32)}`),
      'vector-length',
      syntax,
    ],
    [
      'pre_shared_key: a binder of 31 octets',
      withExtension(41, `000a0004aabbccdd00000000${'0021'}1f${'00'.repeat(32)}`),
      'vector-length',
      syntax,
    ],
    ['ServerHello: a list of shares', serverHello([extension(51, '0006001d0002aabb')]), 'short', syntax],
    ['ServerHello: a list of versions', serverHello([extension(43, '020304')]), 'trailing', syntax],
    ['EncryptedExtensions without a block', octetsOf('08000000'), 'short', syntax],
    ['a certificate of no octets', message(11, octetsOf('000000050000000000')), 'vector-length', syntax],
    ['a certificate list cut', message(11, octetsOf('0000001000000a')), 'short', syntax],
    ['CertificateVerify cut in its signature', message(15, octetsOf('080400100102')), 'short', syntax],
    [
      'a ticket of no octets',
      message(4, octetsOf('0000000000000000000000' + '0000')),
      'vector-length',
      syntax,
    ],
    ['KeyUpdate: 2', octetsOf('1800000102'), 'key-update', meaning],
    ['KeyUpdate: two octets', octetsOf('180000020001'), 'trailing', syntax],
  ];

  test.each(table)('%s', (_, bytes, code, alert) => {
    const read = tls13.decode(bytes);
    expect(read).toMatchObject({ok: false, error: {code, alert}});
    if (read.ok) return;
    expect(read.error.clause).toMatch(/^RFC \d+ §/);
    expect(read.error.at).toBeLessThanOrEqual(bytes.length);
  });

  test('a message of TLS 1.3 is not expected in TLS 1.2', () => {
    expect(tls12.decode(octetsOf('0800000200' + '00'))).toMatchObject({error: {code: 'handshake-type'}});
  });
});

const recorded: readonly Uint8Array[] = [
  ...new Map(
    tlsCaptures
      .flatMap((name) => tlsConnections(name).flat())
      .flatMap(({messages}) => messages)
      .map((bytes) => [hexOf(bytes), bytes]),
  ).values(),
];

test('what is read from damaged messages is written as it was', () => {
  const damage = fc.tuple(
    fc.constantFrom(...recorded),
    fc.array(fc.tuple(fc.nat(1200), fc.nat(255)), {maxLength: 4}),
    fc.nat(1500),
  );
  let read = 0;
  fc.assert(
    fc.property(damage, ([bytes, changes, length]) => {
      const copy = bytes.slice(0, Math.max(4, length));
      for (const [at, octet] of changes) if (at < copy.length) copy[at] = octet;
      for (const set of [tls12, tls13] as const) {
        const one = set.decode(copy);
        if (!one.ok) expect(one.error.at).toBeLessThanOrEqual(copy.length);
        else {
          read += 1;
          expect(encodeAgain(set === tls12, copy)).toEqual(copy);
        }
      }
    }),
    {numRuns: runs(1500), seed: 8446},
  );
  // Most of the damage is in random octets and keys: a good part stays readable.
  expect(read).toBeGreaterThan(runs(1500) / 5);
});

const encodeAgain = (old: boolean, bytes: Uint8Array): Uint8Array | undefined => {
  if (old) {
    const one = tls12.decode(bytes);
    return one.ok ? tls12.encode(one.value) : undefined;
  }
  const one = tls13.decode(bytes);
  return one.ok ? tls13.encode(one.value) : undefined;
};

test('any bytes: records, messages or an error, in bounded time', () => {
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 400}), (bytes) => {
      const {records, rest} = splitRecords(new Uint8Array(0), bytes);
      expect(rest.length).toBeLessThanOrEqual(bytes.length);
      for (const {fragment} of records) splitHandshake(new Uint8Array(0), fragment);
      for (const set of [tls12, tls13]) set.decode(bytes);
    }),
    {numRuns: runs(1000)},
  );
});

test('a hello of 64 KiB full of the smallest extensions is read in one go', () => {
  const extensions = Array.from({length: 16_000}, (_, index) => extension(0x4000 + index, ''));
  const read = tls13.decode(clientHello({extensions}));
  expect(read.ok && read.value.type === 'client_hello' && read.value.body.extensions?.length).toBe(16_000);
});
