// QUIC packets that were never captured: sealed here with the keys of RFC 9001, so that what no recording has can be read, too.
import {nodeCrypto} from '../../source/io/crypto.ts';
import {hexOf} from '../../source/wire/octets.ts';
import {initialKeys, type PacketKeys, secretKeys} from '../../source/wire/quic/packet-protection.ts';
import {type LongType, type QuicVersion, quicVersion} from '../../source/wire/quic/quic-version.ts';
import {varint} from '../../source/wire/quic/varint.ts';
import {tls13} from '../../source/wire/tls/handshake.ts';
import type {KeyLog} from '../../source/wire/tls/key-log.ts';
import {joinBytes, uint16, uint32} from '../../source/wire/tls/presentation.ts';

export const versionOf = (number: number): QuicVersion => {
  const version = quicVersion(number);
  if (!version) throw new Error(`no version ${number}`);
  return version;
};

const text = (words: string): Uint8Array => Uint8Array.from(words, (each) => each.charCodeAt(0));
const filled = (octet: number, size = 32): Uint8Array => new Uint8Array(size).fill(octet);

export const secrets = {
  early: filled(1),
  handshake: [filled(2), filled(3)],
  application: [filled(4), filled(5)],
} as const;
const random = filled(9);

/** As a server and a client would have logged them. */
export const madeLog = (): KeyLog => {
  const of = (label: string, secret: Uint8Array): [string, readonly Uint8Array[]] => [
    `${label} ${hexOf(random)}`,
    [secret],
  ];
  return {
    unreadable: 0,
    secrets: new Map([
      of('CLIENT_EARLY_TRAFFIC_SECRET', secrets.early),
      of('CLIENT_HANDSHAKE_TRAFFIC_SECRET', secrets.handshake[0]),
      of('SERVER_HANDSHAKE_TRAFFIC_SECRET', secrets.handshake[1]),
      of('CLIENT_TRAFFIC_SECRET_0', secrets.application[0]),
      of('SERVER_TRAFFIC_SECRET_0', secrets.application[1]),
    ]),
  };
};

export const hello = {
  client: (alpn = 'h3'): Uint8Array =>
    tls13.encode({
      type: 'client_hello',
      body: {
        legacyVersion: 0x0303,
        random,
        legacySessionId: new Uint8Array(0),
        cipherSuites: [0x1301, 0x1303],
        legacyCompressionMethods: [0],
        extensions: [
          {name: 'server_name', value: [{nameType: 0, name: text('made.example')}]},
          {name: 'application_layer_protocol_negotiation', value: [text(alpn)]},
        ],
      },
    }),
  server: (suite: number, resumed = false): Uint8Array =>
    tls13.encode({
      type: 'server_hello',
      body: {
        legacyVersion: 0x0303,
        random: filled(8),
        legacySessionIdEcho: new Uint8Array(0),
        cipherSuite: suite,
        legacyCompressionMethod: 0,
        extensions: [
          {name: 'supported_versions', value: 0x0304},
          ...(resumed ? [{name: 'pre_shared_key', value: 0} as const] : []),
        ],
      },
    }),
  encrypted: (alpn = 'h3', early = false): Uint8Array =>
    tls13.encode({
      type: 'encrypted_extensions',
      body: {
        extensions: [
          {name: 'application_layer_protocol_negotiation', value: [text(alpn)]},
          ...(early ? [{name: 'early_data', value: undefined} as const] : []),
        ],
      },
    }),
};

export const frames = {
  crypto: (data: Uint8Array): Uint8Array => joinBytes([Uint8Array.of(6, 0), varint.write(data.length), data]),
  stream: (id: number, data: Uint8Array, {offset = 0, fin = false} = {}): Uint8Array =>
    joinBytes([
      Uint8Array.of(0x0e | (fin ? 1 : 0)),
      ...[varint.write(id), varint.write(offset), varint.write(data.length), data],
    ]),
  newId: (sequence: number, id: Uint8Array): Uint8Array =>
    joinBytes([Uint8Array.of(0x18, sequence, 0, id.length), id, filled(7, 16)]),
};

type Sealed = {
  readonly header: Uint8Array;
  readonly number: number;
  readonly payload: Uint8Array;
  readonly keys: PacketKeys;
};

/** RFC 9001 §5.3, §5.4: two octets of packet number at the end of `header`. */
const seal = ({header, number, payload, keys}: Sealed): Uint8Array => {
  const {suite, key, iv, hp, crypto: _} = keys;
  if (suite.aead === 'aes-128-ccm') throw new Error('nobody here seals with it');
  const nonce = iv.slice();
  nonce[11] = (nonce[11] ?? 0) ^ (number & 0xff);
  nonce[10] = (nonce[10] ?? 0) ^ (number >> 8);
  const whole = joinBytes([header, uint16.write(number)]);
  const padded = payload.length < 4 ? joinBytes([payload, new Uint8Array(4)]) : payload;
  const sealed = nodeCrypto.seal({aead: suite.aead, key, nonce, additional: whole, plaintext: padded});
  const packet = joinBytes([whole, sealed]);
  const sample = packet.subarray(header.length + 4, header.length + 20);
  const mask = nodeCrypto.headerMask({aead: suite.aead, key: hp, sample});
  packet[0] = (packet[0] ?? 0) ^ ((mask[0] ?? 0) & ((packet[0] ?? 0) & 0x80 ? 0x0f : 0x1f));
  for (const at of [0, 1])
    packet[header.length + at] = (packet[header.length + at] ?? 0) ^ (mask[at + 1] ?? 0);
  return packet;
};

export type Long = {
  readonly version: QuicVersion;
  readonly kind: Exclude<LongType, 'Retry'>;
  readonly dcid: Uint8Array;
  readonly scid: Uint8Array;
  readonly number?: number;
  readonly payload: Uint8Array;
  readonly keys: PacketKeys;
  /** Two bits that have to be 0 (RFC 9000 §17.2). */
  readonly reserved?: number;
};

export const long = ({
  version,
  kind,
  dcid,
  scid,
  number = 0,
  payload,
  keys,
  reserved = 0,
}: Long): Uint8Array => {
  const first = 0xc1 | (version.longTypes.indexOf(kind) << 4) | (reserved << 2);
  const body = Math.max(4, payload.length) + (payload.length < 4 ? payload.length : 0) + 18;
  const header = joinBytes([
    ...[Uint8Array.of(first), uint32.write(version.number)],
    ...[Uint8Array.of(dcid.length), dcid, Uint8Array.of(scid.length), scid],
    ...(kind === 'Initial' ? [Uint8Array.of(0)] : []),
    varint.write(body),
  ]);
  return seal({header, number, payload, keys});
};

export const short = (
  dcid: Uint8Array,
  {number, payload, keys, phase = 0}: {number: number; payload: Uint8Array; keys: PacketKeys; phase?: number},
): Uint8Array => seal({header: joinBytes([Uint8Array.of(0x41 | (phase << 2)), dcid]), number, payload, keys});

export const keysOf = (version: QuicVersion, suite: number) => {
  const of = (secret: Uint8Array): PacketKeys => {
    const keys = secretKeys(nodeCrypto, {version, suite}, secret);
    if (!keys) throw new Error('no keys');
    return keys;
  };
  return {
    initial: (dcid: Uint8Array) => initialKeys(nodeCrypto, version, dcid),
    early: of(secrets.early),
    handshake: secrets.handshake.map(of),
    application: secrets.application.map(of),
  };
};
