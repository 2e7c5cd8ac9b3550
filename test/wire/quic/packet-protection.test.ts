// RFC 9001 appendix A and RFC 9369 appendix A. An AEAD opens what was sealed under its key alone, so packets judge all that leads there.
import {describe, expect, it} from 'vitest';
import {nodeCrypto} from '../../../source/io/crypto.ts';
import {hexOf, octetsOf} from '../../../source/wire/octets.ts';
import {framesIn} from '../../../source/wire/quic/frame.ts';
import {packetsIn} from '../../../source/wire/quic/packet-header.ts';
import {
  initialKeys,
  isTrueRetry,
  openPayload,
  type PacketKeys,
  packetNumber,
  secretKeys,
  unmask,
  updatedKeys,
} from '../../../source/wire/quic/packet-protection.ts';
import {type QuicVersion, quicVersion} from '../../../source/wire/quic/quic-version.ts';
import {CipherSuite} from '../../../source/wire/tls/cipher-suites.ts';

const dcid = octetsOf('8394c8f03e515708');

const versionOf = (number: number): QuicVersion => {
  const version = quicVersion(number);
  if (!version) throw new Error(`version ${number}`);
  return version;
};

const shown = ({key, iv, hp}: PacketKeys) => [key, iv, hp].map((octets) => hexOf(octets));

const open = (keys: PacketKeys, bytes: Uint8Array, largest: number) => {
  const [header] = packetsIn(bytes);
  if (!header || !(header.kind === '1-RTT' || 'numberAt' in header)) throw new Error('no header');
  const place = {...header, numberAt: 'numberAt' in header ? header.numberAt : 1};
  const unmasked = unmask(keys, bytes, place);
  if (!unmasked) throw new Error('no sample');
  const number = packetNumber(largest, unmasked);
  const at = place.numberAt + unmasked.numberBytes;
  return {number, payload: openPayload(keys, bytes, {at, end: place.end, number, header: unmasked.header})};
};

const vectors = [
  {
    name: 'RFC 9001',
    number: 1,
    client: [
      '1f369613dd76d5467730efcbe3b1a22d',
      'fa044b2f42a3fd3b46fb255c',
      '9f50449e04a0e810283a1e9933adedd2',
    ],
    server: [
      'cf3a5331653c364c88f0f379b6067e37',
      '0ac1493ca1905853b0bba03e',
      'c206b8d9b9f0f37644430b490eeaa314',
    ],
    initial:
      'cf000000010008f067a5502a4262b5004075c0d95a482cd0991cd25b0aac406a5816b6394100f37a1c69797554780bb38cc5a99f5ede4cf73c3ec2493a1839b3dbcba3f6ea46c5b7684df3548e7ddeb9c3bf9c73cc3f3bded74b562bfb19fb84022f8ef4cdd93795d77d06edbb7aaf2f58891850abbdca3d20398c276456cbc42158407dd074ee',
    retry: 'ff000000010008f067a5502a4262b5746f6b656e04a265ba2eff4d829058fb3f0f2496ba',
    chacha: '4cfe4189655e5cd55c41f69080575d7999c25a5bfb',
    chachaKey: 'c6d98ff3441c3fe1b2182094f69caa2ed4b716b65488960a7a984979fb23e1c8',
    updated: '1223504755036d556342ee9361d253421a826c9ecdf3c7148684b36b714881f9',
  },
  {
    name: 'RFC 9369',
    number: 0x6b33_43cf,
    client: [
      '8b1a0bc121284290a29e0971b5cd045d',
      '91f73e2351d8fa91660e909f',
      '45b95e15235d6f45a6b19cbcb0294ba9',
    ],
    server: [
      '82db637861d55e1d011f19ea71d5d2a7',
      'dd13c276499c0249d3310652',
      'edf6d05c83121201b436e16877593c3a',
    ],
    initial:
      'dc6b3343cf0008f067a5502a4262b5004075d92faaf16f05d8a4398c47089698baeea26b91eb761d9b89237bbf87263017915358230035f7fd3945d88965cf17f9af6e16886c61bfc703106fbaf3cb4cfa52382dd16a393e42757507698075b2c984c707f0a0812d8cd5a6881eaf21ceda98f4bd23f6fe1a3e2c43edd9ce7ca84bed8521e2e140',
    retry: 'cf6b3343cf0008f067a5502a4262b5746f6b656ec8646ce8bfe33952d955543665dcc7b6',
    chacha: '5558b1c60ae7b6b932bc27d786f4bc2bb20f2162ba',
    chachaKey: '3bfcddd72bcf02541d7fa0dd1f5f9eeea817e09a6963a0e6c7df0f9a1bab90f2',
    updated: 'c69374c49e3d2a9466fa689e49d476db5d0dfbc87d32ceeaa6343fd0ae4c7d88',
  },
];

describe.each(vectors)('$name appendix A', (vector) => {
  const version = versionOf(vector.number);
  const initial = initialKeys(nodeCrypto, version, dcid);

  it('derives the keys of both senders from the connection id', () => {
    expect(shown(initial.client)).toEqual(vector.client);
    expect(shown(initial.server)).toEqual(vector.server);
  });

  it('opens the server’s Initial', () => {
    const {number, payload} = open(initial.server, octetsOf(vector.initial), -1);
    expect(number).toBe(1);
    const {frames, stoppedAt} = framesIn(payload ?? new Uint8Array(0));
    expect(stoppedAt).toBeUndefined();
    expect(frames.map(({name}) => name)).toEqual(['ACK', 'CRYPTO']);
    expect(frames.map(({name, body}) => (name === 'ACK' ? body.ranges : undefined))[0]).toEqual([
      {first: 0, last: 0},
    ]);
    const data = frames.map(({name, body}) => (name === 'CRYPTO' ? hexOf(body.data) : ''))[1];
    expect(data).toMatch(/^020000560303eefce7f7b37ba1d1632e96677825ddf73988cfc79825df566dc5430b9a045a12/);
  });

  it('knows a Retry by its tag', () => {
    const bytes = octetsOf(vector.retry);
    const [header] = packetsIn(bytes);
    if (header?.kind !== 'Retry') throw new Error('no Retry');
    expect(hexOf(header.token)).toBe(hexOf(Uint8Array.from('token', (each) => each.charCodeAt(0))));
    expect(isTrueRetry(nodeCrypto, bytes, header, dcid)).toBe(true);
    expect(isTrueRetry(nodeCrypto, bytes, header, dcid.subarray(1))).toBe(false);
  });

  it('opens a packet of ChaCha20-Poly1305, and has the keys behind it', () => {
    const secret = octetsOf('9ac312a7f877468ebe69422748ad00a15443f18203a07d6060f688f30f21632b');
    const suite = CipherSuite.TLS_CHACHA20_POLY1305_SHA256;
    const keys = secretKeys(nodeCrypto, {version, suite}, secret);
    if (!keys) throw new Error('no keys');
    expect(hexOf(keys.key)).toBe(vector.chachaKey);
    const {number, payload} = open(keys, octetsOf(vector.chacha), 654_360_563);
    expect(number).toBe(654_360_564);
    expect(payload && hexOf(payload)).toBe('01');
    expect(hexOf(updatedKeys(keys).secret)).toBe(vector.updated);
    expect(hexOf(updatedKeys(keys).hp)).toBe(hexOf(keys.hp));
  });
});

// §5.4.2: the sample stands four octets behind the packet number's beginning, and has sixteen.
it('a packet without a whole sample, or that was cut, is not opened', () => {
  const {client} = initialKeys(nodeCrypto, versionOf(1), dcid);
  const bytes = new Uint8Array(40);
  const can = (end: number, size = 40) =>
    unmask(client, bytes.subarray(0, size), {start: 0, end, numberAt: 10}) !== undefined;
  expect([can(30), can(29), can(40), can(40, 39), can(41)]).toEqual([true, false, true, false, false]);
});

describe('RFC 9000 appendix A', () => {
  it('decodes packet numbers', () => {
    // The one that is nearest to what is expected: up to half a window before it, and up to half behind it.
    for (const largest of [-1, 0, 100, 126, 127, 128, 255, 256, 383, 1000])
      for (let apart = -127; apart <= 128; apart++) {
        const number = largest + 1 + apart;
        const read = {first: 0, header: new Uint8Array(0), truncated: number & 0xff, numberBytes: 1};
        if (number >= 0) expect(packetNumber(largest, read)).toBe(number);
      }
    const header = new Uint8Array(0);
    for (const [numberBytes, window] of [
      [2, 0x1_0000],
      [3, 0x100_0000],
      [4, 0x1_0000_0000],
    ] as const)
      for (const number of [10 * window - 1, 10 * window, 10 * window + window / 2])
        expect(
          packetNumber(10 * window - 1, {first: 0, header, truncated: number % window, numberBytes}),
        ).toBe(number);
    expect(packetNumber(0xa82f_30ea, {first: 0, header, truncated: 0x9b32, numberBytes: 2})).toBe(
      0xa82f_9b32,
    );
  });
});

describe('the number nearest to the one that is expected (RFC 9000 §A.3)', () => {
  const header = {first: 0, header: new Uint8Array(0)};
  it.each([
    // The RFC's example.
    [0xa82f30ea, 2, 0x9b32, 0xa82f9b32],
    // Half a window behind the expected one is the next window's; half a window before it is its own.
    [383, 1, 0, 512],
    [383, 1, 1, 257],
    [255, 1, 128, 384],
    [255, 1, 129, 129],
    // There is no number below 0 and none from 2^62 on.
    [0, 1, 200, 200],
    [2 ** 62 - 2 ** 31, 4, 0, 2 ** 62 - 2 ** 32],
    [2 ** 61 - 2 ** 31, 4, 0, 2 ** 61],
  ])('behind %i, %i octets of %i: %i', (largest, numberBytes, truncated, number) => {
    expect(packetNumber(largest, {...header, numberBytes, truncated})).toBe(number);
  });
});
